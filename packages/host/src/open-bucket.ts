import type { S3StorePolicy } from '@weighbridge/manifest';
import type { Bucket } from '@weighbridge/ports';
import { openS3Bucket } from '@weighbridge/stores';
import { proxyOf } from './proxy.js';

/**
 * The bucket that a policy names, as the environment reaches it: its credentials are found by the AWS SDK's own chain,
 * its requests go through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name. Nothing is loaded or asked before
 * the first use. @throws store/misconfigured for an endpoint that is no address
 */
export function openBucket(policy: S3StorePolicy, environment: Readonly<Record<string, string | undefined>>): Bucket {
  const { bucket, prefix, region, endpoint, pathStyle, profile, conditionalWrites } = policy;
  return openS3Bucket({
    bucket,
    ...(prefix === null ? {} : { prefix }),
    ...(region === null ? {} : { region }),
    ...(endpoint === null ? {} : { endpoint }),
    ...(pathStyle === null ? {} : { pathStyle }),
    ...(profile === null ? {} : { profile }),
    conditionalWrites,
    proxy: proxyOf(environment),
  });
}
