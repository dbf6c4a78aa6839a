import type { AzureStorePolicy, GcsStorePolicy, S3StorePolicy, StorePolicy } from './policy.js';
import type { Place } from './source/place.js';

/** The store of a policy without faults; null when none is written. */
export function readStore(store: Place): StorePolicy | null {
  if (!store.written) return null;
  const address = store.text();
  if (address !== null) return readAddress(address);
  const type = store.at('type').text();
  if (type === 's3') return readS3(store);
  if (type === 'gcs') return readGcs(store);
  if (type === 'azure') return readAzure(store);
  return { type: 'folder', path: store.at('path').text() ?? '' };
}

/** `s3://bucket/prefix`, `gs://` likewise, and `az://account/container/prefix`. */
function readAddress(address: string): StorePolicy {
  const [, scheme, bucket = '', rest = ''] = /^([a-z0-9]+):\/\/([^/]*)\/?(.*)$/.exec(address) ?? [];
  const prefix = trimmed(rest);
  if (scheme === 'az') return readAzureAddress(bucket, rest);
  if (scheme === 'gs') return { type: 'gcs', bucket, prefix, endpoint: null };
  return {
    type: 's3',
    bucket,
    prefix,
    region: null,
    endpoint: null,
    pathStyle: null,
    profile: null,
    conditionalWrites: true,
  };
}

function readS3(store: Place): S3StorePolicy {
  return {
    type: 's3',
    bucket: store.at('bucket').text() ?? '',
    prefix: trimmed(store.at('prefix').text() ?? ''),
    region: store.at('region').text(),
    endpoint: store.at('endpoint').text(),
    pathStyle: store.at('path_style').truth(),
    profile: store.at('profile').text(),
    conditionalWrites: store.at('conditional_writes').truth() ?? true,
  };
}

function readGcs(store: Place): GcsStorePolicy {
  return {
    type: 'gcs',
    bucket: store.at('bucket').text() ?? '',
    prefix: trimmed(store.at('prefix').text() ?? ''),
    endpoint: store.at('endpoint').text(),
  };
}

function readAzureAddress(account: string, rest: string): AzureStorePolicy {
  const [, container = '', prefix = ''] = /^([^/]*)\/?(.*)$/.exec(rest) ?? [];
  return { type: 'azure', account, container, prefix: trimmed(prefix), endpoint: null };
}

function readAzure(store: Place): AzureStorePolicy {
  return {
    type: 'azure',
    account: store.at('account').text() ?? '',
    container: store.at('container').text() ?? '',
    prefix: trimmed(store.at('prefix').text() ?? ''),
    endpoint: store.at('endpoint').text(),
  };
}

function trimmed(prefix: string): string | null {
  return prefix.replace(/\/+$/, '') || null;
}
