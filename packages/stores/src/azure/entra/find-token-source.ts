import { readFile } from 'node:fs/promises';
import { weighbridgeError } from '@weighbridge/core';
import { howToSignIn } from '../how-to-sign-in.js';
import type { TokenSource } from './access-token.js';
import { hasActionsToken, requestActionsToken } from './actions-token.js';
import type { IdentityMeans } from './ask-identity.js';
import { authorityOf } from './authority.js';
import { requestCliToken } from './az-login.js';
import { type Application, exchangeForToken } from './entra-token.js';
import { hasHostedIdentity, hasMachineIdentity, requestHostedToken, requestMachineToken } from './managed-identity.js';

/**
 * Finds who signs in to Entra ID. What was set on purpose comes first: a secret, a federated token in a file, the token
 * of a GitHub Actions job, the managed identity of App Service or Container Apps, whoever has run `az login`; the managed
 * identity of the machine, which whoever is on it has, comes last.
 * @throws store/denied where nobody is found, store/misconfigured for an authority that is none
 */
export async function findTokenSource(blobEndpoint: URL, means: IdentityMeans): Promise<TokenSource> {
  const application = applicationOf(blobEndpoint, means);
  const ofApplication = application === null ? null : sourceOf(application, means);
  if (ofApplication !== null) return ofApplication;
  if (hasHostedIdentity(means)) return () => requestHostedToken(means);
  const ofCli = await cliSource(means);
  if (ofCli !== null) return ofCli;
  if (await hasMachineIdentity(means)) return () => requestMachineToken(means);
  throw nobody(means, application !== null);
}

function applicationOf(blobEndpoint: URL, means: IdentityMeans): Application | null {
  const { AZURE_TENANT_ID: tenantId = '', AZURE_CLIENT_ID: clientId = '' } = means.environment;
  if (tenantId === '' || clientId === '') return null;
  return { authority: authorityOf(blobEndpoint, means), tenantId, clientId };
}

/** Null where nothing proves to be the application. */
function sourceOf(application: Application, means: IdentityMeans): TokenSource | null {
  const { AZURE_CLIENT_SECRET: secret = '', AZURE_FEDERATED_TOKEN_FILE: file = '' } = means.environment;
  if (secret !== '') return () => exchangeForToken(application, { kind: 'secret', secret }, means);
  const assertion = (token: string) => exchangeForToken(application, { kind: 'assertion', token }, means);
  if (file !== '') return async () => assertion(await readTokenFile(file, means));
  if (!hasActionsToken(means)) return null;
  return async () => assertion(await requestActionsToken(application.authority.audience, means));
}

/** Whoever keeps the file renews it, so that it is read anew each time. */
async function readTokenFile(path: string, { shown }: IdentityMeans): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw weighbridgeError('store/denied', {
      action: 'sign in to',
      path: shown,
      reason: `the file that AZURE_FEDERATED_TOKEN_FILE names cannot be read (${code})`,
      remedy: 'Look who writes that file: in Kubernetes the webhook of workload identity does, for labelled pods.',
    });
  }
}

/** The first token is asked for here, since nothing else says whether somebody is signed in. */
async function cliSource(means: IdentityMeans): Promise<TokenSource | null> {
  const first = await requestCliToken(means);
  if (first === null) return null;
  let unused: typeof first | null = first;
  return async () => {
    const token = unused ?? (await requestCliToken(means));
    unused = null;
    if (token === null) throw nobody(means, false);
    return token;
  };
}

function nobody({ shown, environment }: IdentityMeans, hasApplication: boolean): Error {
  const inJob = environment['GITHUB_ACTIONS'] === 'true' && hasApplication;
  return weighbridgeError('store/denied', {
    action: 'sign in to',
    path: shown,
    reason: inJob
      ? 'AZURE_CLIENT_ID and AZURE_TENANT_ID are set, but the job may not ask for a token'
      : 'no Azure credentials were found',
    remedy: `Say who asks: ${howToSignIn}`,
  });
}
