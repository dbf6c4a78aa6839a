import { type EndpointOrigin, parseEndpoint } from '../http/endpoint.js';
import { escapeUri } from '../http/escape-uri.js';

/** Where a bucket is. */
export interface S3Place extends EndpointOrigin {
  readonly bucket: string;
  /** Stands before every key, with a slash between; none, or an empty text, for the whole bucket. */
  readonly prefix?: string;
  /** Default: what the environment or the profile says; `us-east-1` for an endpoint of one's own. */
  readonly region?: string;
  /** Address of a compatible server, such as `https://minio.acme.example`. Default: AWS, by the region. */
  readonly endpoint?: string;
  /** Bucket in the path instead of in the name of the host. Default: for endpoints, and for names with dots. */
  readonly pathStyle?: boolean;
}

/** How the objects of a bucket are addressed. */
export interface S3Address {
  /** `s3://bucket/prefix`, for people and the ledger. */
  readonly shown: string;
  /** `prefix/`, or an empty text. */
  readonly prefix: string;
  /** The address of the bucket, without a query. */
  readonly bucketUrl: (region: string) => URL;
  /** The address of an object. */
  readonly objectUrl: (region: string, key: string) => URL;
}

/**
 * The address of a bucket (https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html).
 * @throws store/misconfigured for an endpoint that is no address
 */
export function s3Address(place: S3Place): S3Address {
  const name = (place.prefix ?? '').replaceAll(/^\/+|\/+$/g, '');
  const prefix = name === '' ? '' : `${name}/`;
  const shown = name === '' ? `s3://${place.bucket}` : `s3://${place.bucket}/${name}`;
  const inPath = place.pathStyle ?? (place.endpoint !== undefined || place.bucket.includes('.'));
  const given =
    place.endpoint === undefined
      ? null
      : parseEndpoint(place.endpoint, { ...place, shown, example: 'https://minio.acme.example' });
  const hosts = new Map<string, string>();
  /** Of the server, without a slash at its end: the same for every object. */
  const hostOf = (region: string): string => {
    const known = hosts.get(region);
    if (known !== undefined) return known;
    const url = given === null ? new URL(`https://s3.${region}.${domainOf(region)}/`) : new URL(given);
    if (!inPath) url.hostname = `${place.bucket}.${url.hostname}`;
    const host = `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
    hosts.set(region, host);
    return host;
  };
  const addressOf = (region: string, parts: readonly string[]): URL => {
    const path = (inPath ? [place.bucket, ...parts] : parts).map(escapeUri).join('/');
    return new URL(`${hostOf(region)}/${path}`);
  };
  return {
    shown,
    prefix,
    bucketUrl: (region) => addressOf(region, []),
    objectUrl: (region, key) => addressOf(region, `${prefix}${key}`.split('/')),
  };
}

/** China has a domain of its own; the other partitions that may be reached from outside have the usual one. */
function domainOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
