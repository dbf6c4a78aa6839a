import { weighbridgeError } from '@weighbridge/core';

/**
 * The address of a server that a policy names instead of the usual one.
 * @throws store/misconfigured for what is no http address, or has a user, a password or a query
 */
export function parseEndpoint(
  text: string,
  { shown, example }: { readonly shown: string; readonly example: string },
): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const usable = url !== null && /^https?:$/.test(url.protocol) && `${url.username}${url.password}${url.search}` === '';
  if (usable) return url;
  throw weighbridgeError('store/misconfigured', {
    action: 'open',
    path: shown,
    reason: 'its endpoint is no address of a server',
    remedy: `Write store.endpoint in weighbridge.yaml like ${example}, without a key or a query.`,
  });
}
