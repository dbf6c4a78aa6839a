import type { AzureStorePolicy, S3StorePolicy, StorePolicy } from './policy.js';
import type { Place } from './source/place.js';

/** The store of a policy without faults; null when none is written. */
export function readStore(store: Place): StorePolicy | null {
  if (!store.written) return null;
  const address = store.text();
  if (address !== null) return readAddress(address);
  const type = store.at('type').text();
  if (type === 's3') return readS3(store);
  if (type === 'azure') return readAzure(store);
  return { type: 'folder', path: store.at('path').text() ?? '' };
}

/** `s3://bucket/prefix`, `az://account/container/prefix` */
function readAddress(address: string): StorePolicy {
  return address.startsWith('az:') ? readAzureAddress(address) : readS3Address(address);
}

function readS3Address(address: string): S3StorePolicy {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]*)\/?(.*)$/.exec(address) ?? [];
  return {
    type: 's3',
    bucket,
    prefix: trimmed(prefix),
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

function readAzureAddress(address: string): AzureStorePolicy {
  const [, account = '', container = '', prefix = ''] = /^az:\/\/([^/]*)\/([^/]*)\/?(.*)$/.exec(address) ?? [];
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
