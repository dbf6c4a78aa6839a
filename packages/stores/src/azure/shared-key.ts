import { createHmac } from 'node:crypto';

/** An account, and one of its two keys. */
export interface AccountKey {
  readonly account: string;
  readonly key: Uint8Array;
}

/** A request before it is signed; names of headers in lower case. */
export interface Unsigned {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBytes: number;
}

/** In the order in which they are signed; the length comes third, and stands for nothing when it is 0. */
const signedHeaders = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'if-modified-since',
  'if-match',
  'if-none-match',
  'if-unmodified-since',
  'range',
];

/** The value of `Authorization` (https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key). */
export function signWithKey(request: Unsigned, { account, key }: AccountKey): string {
  return `SharedKey ${account}:${hmac(key, stringToSign(request, account))}`;
}

/** What is signed of a request to the Blob service. */
export function stringToSign({ method, url, headers, bodyBytes }: Unsigned, account: string): string {
  const all: Readonly<Record<string, string>> =
    bodyBytes === 0 ? headers : { ...headers, 'content-length': String(bodyBytes) };
  const own = Object.keys(headers)
    .filter((name) => name.startsWith('x-ms-'))
    .sort()
    .map((name) => `${name}:${headers[name]}`);
  const lines = [method, ...signedHeaders.map((name) => all[name] ?? ''), ...own];
  return [...lines, `/${account}${url.pathname}`, ...parametersOf(url)].join('\n');
}

/** `name:value`, or `name:value,value` where a name comes twice. */
function parametersOf({ searchParams }: URL): readonly string[] {
  const names = [...new Set(searchParams.keys())].sort();
  return names.map((name) => `${name.toLowerCase()}:${searchParams.getAll(name).sort().join(',')}`);
}

/** HMAC-SHA-256, as base64. */
export function hmac(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('base64');
}
