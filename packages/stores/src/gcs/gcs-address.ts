import { type EndpointOrigin, parseEndpoint } from '../http/endpoint.js';
import { escapeUri } from '../http/escape-uri.js';

/** Where a bucket is. */
export interface GcsPlace extends EndpointOrigin {
  readonly bucket: string;
  /** Stands before every key, with a slash between; none, or an empty text, for the whole bucket. */
  readonly prefix?: string;
  /** Address of another server, such as an emulator or a private endpoint. Default: the service of the universe. */
  readonly endpoint?: string;
  /** Domain of the service, for clouds that Google runs for others. Default: `googleapis.com`. */
  readonly universeDomain?: string;
}

/** How the objects of a bucket are addressed. */
export interface GcsAddress {
  /** `gs://bucket/prefix`, for people and the ledger. */
  readonly shown: string;
  /** `prefix/`, or an empty text. */
  readonly prefix: string;
  /** Where requests go, without a path. */
  readonly origin: URL;
  /**
   * Whether who asks may be told there: over TLS to a host of the universe alone. A token is as good as a password until
   * it expires, and whoever else is asked, such as an emulator, needs none.
   */
  readonly isTrusted: boolean;
  /** What is known of an object. */
  readonly objectUrl: (key: string) => URL;
  /** Takes an object again under its own name, with other properties. */
  readonly rewriteUrl: (key: string) => URL;
  /** The bytes of an object, where they are answered without a redirection. */
  readonly mediaUrl: (key: string) => URL;
  /** The objects of the bucket. */
  readonly listUrl: () => URL;
  /** Takes new objects. */
  readonly uploadUrl: () => URL;
  /** The object as anyone who may read it asks for it (the XML API), which is what signatures are for. */
  readonly plainUrl: (key: string) => URL;
}

const usualUniverse = 'googleapis.com';

/**
 * The address of a bucket (https://cloud.google.com/storage/docs/json_api, https://cloud.google.com/storage/docs/request-endpoints).
 * @throws store/misconfigured for an endpoint that is no address
 */
export function gcsAddress(place: GcsPlace): GcsAddress {
  const { bucket, prefix: written, endpoint, universeDomain } = place;
  const name = (written ?? '').replaceAll(/^\/+|\/+$/g, '');
  const prefix = name === '' ? '' : `${name}/`;
  const shown = name === '' ? `gs://${bucket}` : `gs://${bucket}/${name}`;
  const universe = universeDomain ?? usualUniverse;
  const origin =
    endpoint === undefined
      ? new URL(`https://storage.${universe}/`)
      : parseEndpoint(endpoint, { ...place, shown, example: 'http://127.0.0.1:4443' });
  const base = origin.pathname.replace(/\/+$/, '');
  const at = (path: string, query = ''): URL => {
    const url = new URL(origin);
    url.pathname = `${base}${path}`;
    url.search = query;
    return url;
  };
  const inBucket = `/storage/v1/b/${escapeUri(bucket)}/o`;
  return {
    shown,
    prefix,
    origin,
    isTrusted: origin.protocol === 'https:' && origin.hostname.endsWith(`.${universe}`),
    objectUrl: (key) => at(`${inBucket}/${escapeUri(prefix + key)}`),
    rewriteUrl: (key) => {
      const object = `${inBucket}/${escapeUri(prefix + key)}`;
      return at(`${object}/rewriteTo/${inBucket.slice('/storage/v1/'.length)}/${escapeUri(prefix + key)}`);
    },
    mediaUrl: (key) => at(`/download${inBucket}/${escapeUri(prefix + key)}`, 'alt=media'),
    listUrl: () => at(inBucket),
    uploadUrl: () => at(`/upload${inBucket}`),
    plainUrl: (key) => at(`/${[bucket, ...`${prefix}${key}`.split('/')].map(escapeUri).join('/')}`),
  };
}
