import { weighbridgeError } from '@weighbridge/core';

/** Where an address of a server was written, other than in a policy. */
export interface EndpointOrigin {
  /** What messages call the place of the endpoint, such as a variable. Default: `store.endpoint in weighbridge.yaml`. */
  readonly endpointSetting?: string;
}

/**
 * The address of a server that somebody names instead of the usual one.
 * @throws store/misconfigured for what is no http address, or has a user, a password or a query
 */
export function parseEndpoint(
  text: string,
  {
    shown,
    example,
    endpointSetting = 'store.endpoint in weighbridge.yaml',
  }: EndpointOrigin & { readonly shown: string; readonly example: string },
): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const usable = url !== null && /^https?:$/.test(url.protocol) && `${url.username}${url.password}${url.search}` === '';
  if (usable) return url;
  throw weighbridgeError('store/misconfigured', {
    action: 'open',
    path: shown,
    reason: 'its endpoint is no address of a server',
    remedy: `Write ${endpointSetting} like ${example}, without a key or a query.`,
  });
}
