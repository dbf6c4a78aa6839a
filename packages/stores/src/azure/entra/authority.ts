import { weighbridgeError } from '@weighbridge/core';
import { isPrivate } from '../../http/private-channel.js';
import type { IdentityMeans } from './ask-identity.js';

/** Where tokens of one cloud come from. */
export interface Authority {
  readonly url: URL;
  /** What a token of another issuer must be made for to be exchanged here. */
  readonly audience: string;
}

/** By the end of the account's host name; https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud */
const clouds = [
  {
    suffix: '.usgovcloudapi.net',
    host: 'https://login.microsoftonline.us',
    audience: 'api://AzureADTokenExchangeUSGov',
  },
  {
    suffix: '.chinacloudapi.cn',
    host: 'https://login.partner.microsoftonline.cn',
    audience: 'api://AzureADTokenExchangeChina',
  },
];
const publicCloud = { host: 'https://login.microsoftonline.com', audience: 'api://AzureADTokenExchange' };

/**
 * The authority of an account: what AZURE_AUTHORITY_HOST names, else that of the cloud in which the account is.
 * @throws store/misconfigured for an authority that is no https address
 */
export function authorityOf(blobEndpoint: URL, { environment, shown }: IdentityMeans): Authority {
  const { host, audience } = clouds.find(({ suffix }) => blobEndpoint.hostname.endsWith(suffix)) ?? publicCloud;
  const given = environment['AZURE_AUTHORITY_HOST'] ?? '';
  const text = given === '' ? host : given.includes('://') ? given : `https://${given}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && isPrivate(url)) return { url, audience };
  throw weighbridgeError('store/misconfigured', {
    action: 'sign in to',
    path: shown,
    reason: 'AZURE_AUTHORITY_HOST is no https address',
    remedy: `Unset it, or write it like ${host}.`,
  });
}
