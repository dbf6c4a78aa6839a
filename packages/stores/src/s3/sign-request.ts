import { createHash, createHmac } from 'node:crypto';
import { escapeUri } from '../http/escape-uri.js';

/** Keys that sign, in a region. */
export interface SigningKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly region: string;
}

/** A request before it is signed; names of headers in lower case, `host` and `x-amz-content-sha256` among them. */
export interface Signable {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Signs requests one after the other. */
export type RequestSigner = (request: Signable, keys: SigningKeys, at: Date) => Readonly<Record<string, string>>;

/**
 * Signs requests to S3 with Signature Version 4
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html): answers the headers with the time,
 * the token of a session and the signature. Every header is signed. The SDK's signer comes to the same signatures in 70
 * microseconds instead of 20, since it derives its key from the secret again for each request and copies the request.
 * The key of a day is kept here.
 */
export function openRequestSigner(): RequestSigner {
  let known: { readonly of: string; readonly key: Buffer } | null = null;

  function keyOf({ secretAccessKey, region }: SigningKeys, day: string): Buffer {
    const of = `${day} ${region} ${secretAccessKey}`;
    if (known?.of !== of) known = { of, key: deriveKey(secretAccessKey, [day, region, 's3', 'aws4_request']) };
    return known.key;
  }

  return ({ method, url, headers }, keys, at) => {
    const time = at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
    const day = time.slice(0, 8);
    const { accessKeyId, sessionToken } = keys;
    const all: Record<string, string> = { ...headers, 'x-amz-date': time };
    if (sessionToken !== undefined) all['x-amz-security-token'] = sessionToken;
    const names = Object.keys(all).sort();
    let lines = '';
    for (const name of names) lines += `${name}:${trimmed(all[name] ?? '')}\n`;
    const signed = names.join(';');
    const canonical = `${method}\n${url.pathname}\n${queryOf(url)}\n${lines}\n${signed}\n${all['x-amz-content-sha256']}`;
    const scope = `${day}/${keys.region}/s3/aws4_request`;
    const hashed = createHash('sha256').update(canonical).digest('hex');
    const toSign = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hashed}`;
    const signature = createHmac('sha256', keyOf(keys, day)).update(toSign).digest('hex');
    all['authorization'] =
      `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
    return all;
  };
}

function deriveKey(secret: string, parts: readonly string[]): Buffer {
  return parts.reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

const blanks = /\s/;

/** Without blanks around, and each run of blanks as one. */
function trimmed(value: string): string {
  return blanks.test(value) ? value.trim().replaceAll(/\s+/g, ' ') : value;
}

/** Names and values as RFC 3986 writes them, sorted; a name without a value has an empty one. */
function queryOf({ search, searchParams }: URL): string {
  if (search === '') return '';
  const pairs = [...searchParams].map(([name, value]) => [escapeUri(name), escapeUri(value)] as const);
  return pairs
    .sort(([left, ofLeft], [right, ofRight]) => compare(left, right) || compare(ofLeft, ofRight))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
