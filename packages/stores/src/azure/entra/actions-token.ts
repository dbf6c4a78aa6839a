import { weighbridgeError } from '@weighbridge/core';
import { askIdentity, type IdentityMeans } from './ask-identity.js';

/** Whether the job may ask GitHub for tokens that say which job it is: `permissions: id-token: write`. */
export function hasActionsToken({ environment }: Pick<IdentityMeans, 'environment'>): boolean {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = environment;
  return (url ?? '') !== '' && (token ?? '') !== '' && URL.canParse(url ?? '');
}

/**
 * A token of the job, made for an audience
 * (https://docs.github.com/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect).
 * It is good for a few minutes: a new one is asked for each time. @throws store/denied, store/io, store/unreachable
 */
export async function requestActionsToken(audience: string, means: IdentityMeans): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer = '' } = means.environment;
  const url = new URL(address);
  url.searchParams.set('audience', audience);
  const service = 'the token service of GitHub Actions';
  const headers = { authorization: `Bearer ${bearer}` };
  const remedyOf = () => 'Give the job "permissions: id-token: write", and run this step in the job that has it.';
  const { value } = await askIdentity({ service, method: 'GET', url, headers, remedyOf }, means);
  if (typeof value === 'string' && value !== '') return value;
  const reason = `${service} answered no token`;
  throw weighbridgeError('store/io', { action: 'sign in to', path: means.shown, reason });
}
