import { weighbridgeError } from '@weighbridge/core';
import type { AccessToken } from './access-token.js';
import type { IdentityMeans } from './ask-identity.js';

/**
 * Reads what services answer that issue tokens: `access_token` with the time that it is good for, in seconds, or the
 * time at which it ends. @throws store/io for a document without them
 */
export function readToken(
  document: Readonly<Record<string, unknown>>,
  { service, means }: { readonly service: string; readonly means: Pick<IdentityMeans, 'shown' | 'now'> },
): AccessToken {
  const { access_token: token, expires_in: lasts, expires_on: ends } = document;
  const nowMs = means.now().getTime();
  const expiresAtMs = isNumber(lasts) ? nowMs + Number(lasts) * 1000 : isNumber(ends) ? Number(ends) * 1000 : null;
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) && expiresAtMs !== null) return { token, expiresAtMs };
  const reason = `${service} answered no token`;
  throw weighbridgeError('store/io', { action: 'sign in to', path: means.shown, reason });
}

/** As a number, or as the digits of one: services differ. */
function isNumber(value: unknown): value is number | string {
  return (typeof value === 'number' && value >= 0) || (typeof value === 'string' && /^\d{1,12}$/.test(value));
}
