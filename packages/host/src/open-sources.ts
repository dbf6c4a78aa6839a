import type { DataReferences, TrackedRuns } from '@weighbridge/ports';
import { openDataReferences, openTrackedRuns } from '@weighbridge/sources';
import { describeS3Object } from '@weighbridge/stores';
import { proxyOf } from './proxy.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What outside services are asked about: data, and training runs. */
export interface Sources {
  readonly data: DataReferences;
  readonly runs: TrackedRuns;
}

/** The services that an environment names, asked with the credentials that it has. Nothing is asked before it is needed. */
export function openSources(environment: Environment): Sources {
  const proxy = proxyOf(environment);
  // The variables of the AWS SDK and command line (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
  const endpoint = (environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL'] ?? '').trim();
  const place = endpoint === '' ? {} : { endpoint };
  return {
    data: openDataReferences({
      environment,
      proxy,
      objects: { s3: ({ bucket, key }) => describeS3Object({ bucket, ...place, proxy }, key) },
    }),
    runs: openTrackedRuns({ environment, proxy }),
  };
}
