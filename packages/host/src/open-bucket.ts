import type { AzureStorePolicy, GcsStorePolicy, S3StorePolicy } from '@weighbridge/manifest';
import type { Bucket } from '@weighbridge/ports';
import { openAzureBucket, openGcsBucket, openS3Bucket } from '@weighbridge/stores';
import { proxyOf } from './proxy.js';

type BucketPolicy = S3StorePolicy | GcsStorePolicy | AzureStorePolicy;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The bucket that a policy names, as the environment reaches it: its credentials are found as the service's own tools
 * find them, its requests go through the proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name. Nothing is loaded or asked
 * before the first use. @throws store/misconfigured for an endpoint that is no address
 */
export function openBucket(policy: BucketPolicy, environment: Environment): Bucket {
  switch (policy.type) {
    case 's3':
      return openS3(policy, environment);
    case 'gcs':
      return openGcs(policy, environment);
    case 'azure':
      return openAzure(policy, environment);
  }
}

function openAzure({ account, container, prefix, endpoint }: AzureStorePolicy, environment: Environment): Bucket {
  return openAzureBucket({
    account,
    container,
    ...(prefix === null ? {} : { prefix }),
    ...(endpoint === null ? {} : { endpoint }),
    environment,
    proxy: proxyOf(environment),
  });
}

function openS3(policy: S3StorePolicy, environment: Environment): Bucket {
  const { bucket, prefix, region, endpoint, pathStyle, profile, conditionalWrites } = policy;
  return openS3Bucket({
    bucket,
    ...(prefix === null ? {} : { prefix }),
    ...(region === null ? {} : { region }),
    ...(endpoint === null ? {} : { endpoint }),
    ...(pathStyle === null ? {} : { pathStyle }),
    ...(profile === null ? {} : { profile }),
    conditionalWrites,
    environment,
    proxy: proxyOf(environment),
  });
}

function openGcs(policy: GcsStorePolicy, environment: Environment): Bucket {
  const { bucket, prefix } = policy;
  const endpoint = policy.endpoint ?? emulatorOf(environment['STORAGE_EMULATOR_HOST']);
  const universeDomain = environment['GOOGLE_CLOUD_UNIVERSE_DOMAIN'];
  return openGcsBucket({
    bucket,
    ...(prefix === null ? {} : { prefix }),
    ...(endpoint === null ? {} : { endpoint }),
    ...(universeDomain === undefined || universeDomain === '' ? {} : { universeDomain }),
    proxy: proxyOf(environment),
  });
}

/** The address of an emulator, as the libraries of Google read it: with a scheme, or a host alone. */
export function emulatorOf(host: string | undefined): string | null {
  const named = host?.trim() ?? '';
  if (named === '') return null;
  return named.includes('://') ? named : `http://${named}`;
}
