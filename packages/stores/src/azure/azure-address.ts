import { type EndpointOrigin, parseEndpoint } from '../http/endpoint.js';
import { escapeUri } from '../http/escape-uri.js';

/** Where a container is. */
export interface AzurePlace extends EndpointOrigin {
  /** Name of the storage account. */
  readonly account: string;
  readonly container: string;
  /** Stands before every key, with a slash between; none, or an empty text, for the whole container. */
  readonly prefix?: string;
  /**
   * The blob endpoint of the account, such as `https://acme.blob.core.usgovcloudapi.net`, or of an emulator, such as
   * `http://127.0.0.1:10000/devstoreaccount1`. Default: that of a connection string, else the public cloud.
   */
  readonly endpoint?: string;
}

/** How the blobs of a container are addressed. */
export interface AzureAddress {
  /** `prefix/`, or an empty text. */
  readonly prefix: string;
  readonly serviceUrl: URL;
  readonly containerUrl: URL;
  readonly blobUrl: (key: string) => URL;
  /** What a shared access signature of a blob covers: `/blob/account/container/prefix/key`, without escapes. */
  readonly signedName: (key: string) => string;
}

/** `az://account/container/prefix`, for people and the ledger. */
export function shownAddress({ account, container, prefix }: AzurePlace): string {
  return ['az:/', account, container, ...wordsOf(prefix)].join('/');
}

/**
 * The addresses of a container and its blobs
 * (https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata).
 * @throws store/misconfigured for an endpoint that is no address
 */
export function azureAddress(place: AzurePlace): AzureAddress {
  const { account, container } = place;
  const prefix = wordsOf(place.prefix)
    .map((word) => `${word}/`)
    .join('');
  const text = place.endpoint ?? `https://${account}.blob.core.windows.net`;
  const example = 'https://acme.blob.core.windows.net';
  const base = parseEndpoint(text, { ...place, shown: shownAddress(place), example });
  const addressOf = (path: string): URL => {
    const url = new URL(base);
    url.pathname = `${base.pathname.replace(/\/+$/, '')}/${path.split('/').map(escapeUri).join('/')}`;
    return url;
  };
  return {
    prefix,
    serviceUrl: addressOf(''),
    containerUrl: addressOf(container),
    blobUrl: (key) => addressOf(`${container}/${prefix}${key}`),
    signedName: (key) => `/blob/${account}/${container}/${prefix}${key}`,
  };
}

function wordsOf(prefix: string | undefined): readonly string[] {
  const name = (prefix ?? '').replaceAll(/^\/+|\/+$/g, '');
  return name === '' ? [] : name.split('/');
}
