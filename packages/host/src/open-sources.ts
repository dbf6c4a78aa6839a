import { resolve } from 'node:path';
import { unreadRuns } from '@weighbridge/flows';
import type { DataReferences, ForeignBucket, RemoteFiles, TrackedRuns } from '@weighbridge/ports';
import {
  type ForeignBuckets,
  openDataReferences,
  openRemoteFiles,
  openTrackedRuns,
  type SourceOptions,
} from '@weighbridge/sources';
import { openForeignAzure, openForeignGcs, openForeignS3, openFileSourceIfPresent } from '@weighbridge/stores';
import { emulatorOf } from './open-bucket.js';
import { proxyOf } from './proxy.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What outside services are asked about: data, files that they keep, and training runs. */
export interface Sources {
  readonly data: DataReferences;
  readonly remote: RemoteFiles;
  readonly runs: TrackedRuns;
  /** The same without credentials, for whoever may not choose what is read with them. */
  readonly forStrangers: { readonly data: DataReferences; readonly remote: RemoteFiles };
}

/**
 * The services that an environment names, asked with the credentials that it has. Nothing is asked before it is needed.
 * @param ofStranger whether the files of this job were written by somebody without write access: then no run is read, and
 * of data and files what everybody may read
 * @param root the folder of the repository, from which remotes of DVC in folders are found; absent: none is read
 */
export function openSources(
  environment: Environment,
  { ofStranger, root }: { readonly ofStranger: boolean; readonly root?: string } = { ofStranger: false },
): Sources {
  const proxy = proxyOf(environment);
  const forStrangers = openPublicSources(environment);
  if (ofStranger) return { ...forStrangers, runs: unreadRuns, forStrangers };
  const options = { environment, proxy, objects: objectStores(environment), ...foldersFrom(root) };
  return {
    data: openDataReferences(options),
    remote: openRemoteFiles(options),
    runs: openTrackedRuns({ environment, proxy }),
    forStrangers,
  };
}

/** The public Hub as anybody asks it. No other service is asked: a host of one's own may show more to a job than to others. */
function openPublicSources(environment: Environment): Sources['forStrangers'] {
  const isOwnHub = (environment['HF_ENDPOINT']?.trim() ?? '') !== '';
  // An address that is none: nobody is asked.
  const options = { environment: isOwnHub ? { HF_ENDPOINT: 'none' } : {}, proxy: proxyOf(environment) };
  return { data: openDataReferences(options), remote: openRemoteFiles(options) };
}

/** What DVC keeps in folders, relative to the repository or absolute. */
function foldersFrom(root: string | undefined): Pick<SourceOptions, 'folders'> {
  if (root === undefined) return {};
  return { folders: (path) => openFileSourceIfPresent(resolve(root, path), `file:${path}`) };
}

/** How each object store is asked, with the credentials that its own tools would find. */
function objectStores(environment: Environment): ForeignBuckets {
  const proxy = proxyOf(environment);
  // The variables of the AWS SDK and command line (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
  const endpoint = (environment['AWS_ENDPOINT_URL_S3'] ?? environment['AWS_ENDPOINT_URL'] ?? '').trim();
  const place = endpoint === '' ? {} : { endpoint, endpointSetting: 'AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL' };
  const emulator = emulatorOf(environment['STORAGE_EMULATOR_HOST']);
  const google = emulator === null ? {} : { endpoint: emulator, endpointSetting: 'STORAGE_EMULATOR_HOST' };
  return {
    s3: openOnce((bucket) => openForeignS3({ bucket, ...place, environment, proxy })),
    gs: openOnce((bucket) => openForeignGcs({ bucket, ...google, proxy })),
    az: openOnce((bucket) => {
      const [container = '', account = ''] = bucket.split('@');
      return openForeignAzure({ account, container, environment, proxy });
    }),
  };
}

/** One client for each bucket, which keeps its connections and credentials. */
function openOnce(open: (bucket: string) => ForeignBucket): (bucket: string) => ForeignBucket {
  const opened = new Map<string, ForeignBucket>();
  return (bucket) => {
    const known = opened.get(bucket) ?? open(bucket);
    opened.set(bucket, known);
    return known;
  };
}
