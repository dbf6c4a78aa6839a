import { unreadRuns } from '@weighbridge/flows';
import type { DataReferences, TrackedRuns } from '@weighbridge/ports';
import { openDataReferences, openTrackedRuns, type SourceOptions } from '@weighbridge/sources';
import { describeAzureObject, describeGcsObject, describeS3Object } from '@weighbridge/stores';
import { emulatorOf } from './open-bucket.js';
import { proxyOf } from './proxy.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What outside services are asked about: data, and training runs. */
export interface Sources {
  readonly data: DataReferences;
  readonly runs: TrackedRuns;
}

/**
 * The services that an environment names, asked with the credentials that it has. Nothing is asked before it is needed.
 * @param ofStranger whether the files of this job were written by somebody without write access: then no run is read
 */
export function openSources(
  environment: Environment,
  { ofStranger }: { readonly ofStranger: boolean } = { ofStranger: false },
): Sources {
  const proxy = proxyOf(environment);
  return {
    data: openDataReferences({
      environment,
      proxy,
      objects: objectStores(environment),
    }),
    runs: ofStranger ? unreadRuns : openTrackedRuns({ environment, proxy }),
  };
}

/** How each object store is asked, with the credentials that its own tools would find. */
function objectStores(environment: Environment): NonNullable<SourceOptions['objects']> {
  const proxy = proxyOf(environment);
  // The variables of the AWS SDK and command line (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
  const endpoint = (environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL'] ?? '').trim();
  const place = endpoint === '' ? {} : { endpoint };
  const emulator = emulatorOf(environment['STORAGE_EMULATOR_HOST']);
  const google = emulator === null ? {} : { endpoint: emulator };
  return {
    s3: ({ bucket, key }) => describeS3Object({ bucket, ...place, proxy }, key),
    gs: ({ bucket, key }) => describeGcsObject({ bucket, ...google, proxy }, key),
    az: async ({ bucket, key }) => {
      const [container = '', account = ''] = bucket.split('@');
      return describeAzureObject({ account, container, environment, proxy }, key);
    },
  };
}
