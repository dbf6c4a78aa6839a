import { createHash } from 'node:crypto';
import { escapeUri } from '../http/escape-uri.js';

const algorithm = 'GOOG4-RSA-SHA256';

/** What an address is to allow: reading one object until a time. */
export interface UrlToSign {
  /** The object; its own query, such as a generation, is signed with it. */
  readonly url: URL;
  readonly expiresInSeconds: number;
  /** Email of the service account that signs. */
  readonly signer: string;
  readonly now: Date;
}

/** An address that waits for its signature. */
export interface PreparedUrl {
  /** What the account signs by RSA PKCS #1 v1.5 with SHA-256. */
  readonly stringToSign: string;
  /** The whole address. @param signature its bytes */
  readonly withSignature: (signature: Uint8Array) => string;
}

/**
 * Prepares an address that is signed as version 4 says: the host is the one header, the bytes are not signed
 * (https://cloud.google.com/storage/docs/authentication/canonical-requests, https://cloud.google.com/storage/docs/authentication/signatures).
 */
export function prepareSignedUrl({ url, expiresInSeconds, signer, now }: UrlToSign): PreparedUrl {
  const date = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = `${date.slice(0, 8)}/auto/storage/goog4_request`;
  // In the order of their names, as the canonical request wants them.
  const query = [
    ['X-Goog-Algorithm', algorithm],
    ['X-Goog-Credential', `${signer}/${scope}`],
    ['X-Goog-Date', date],
    ['X-Goog-Expires', String(expiresInSeconds)],
    ['X-Goog-SignedHeaders', 'host'],
    ...url.searchParams,
  ]
    .sort(([left = ''], [right = '']) => (left < right ? -1 : 1))
    .map(([name = '', value = '']) => `${name}=${escapeUri(value)}`)
    .join('&');
  const canonical = ['GET', url.pathname, query, `host:${url.host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  return {
    stringToSign: [algorithm, date, scope, digest].join('\n'),
    withSignature: (signature) =>
      `${url.origin}${url.pathname}?${query}&X-Goog-Signature=${Buffer.from(signature).toString('hex')}`,
  };
}
