import { openAgents } from '../../http/agents.js';
import { exchange } from '../../http/exchange.js';
import { howToSignIn } from '../how-to-sign-in.js';
import { type AccessToken, storageResource } from './access-token.js';
import { askIdentity, type IdentityMeans } from './ask-identity.js';
import { readToken } from './read-token.js';

const service = 'the managed identity';
const remedyOf = () =>
  `Assign a managed identity to this machine (AZURE_CLIENT_ID names one of several), or say who asks in another way: ${howToSignIn}`;

/** Whether App Service, Functions or Container Apps say where their managed identity is asked. */
export function hasHostedIdentity({ environment }: Pick<IdentityMeans, 'environment'>): boolean {
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header } = environment;
  return URL.canParse(endpoint ?? '') && (header ?? '') !== '';
}

/** A token of it (https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference). @throws store/denied, store/unreachable */
export async function requestHostedToken(means: IdentityMeans): Promise<AccessToken> {
  const { IDENTITY_ENDPOINT: endpoint = '', IDENTITY_HEADER: header = '' } = means.environment;
  const url = withQuery(new URL(endpoint), '2019-08-01', means);
  const headers = { 'x-identity-header': header };
  return readToken(await askIdentity({ service, method: 'GET', url, headers, remedyOf }, directly(means)), {
    service,
    means,
  });
}

/** How long a machine outside of Azure is waited for, where nothing answers. */
const lookMs = 1000;
const maxLookBytes = 64 * 1024;

/** Whether the metadata service of an Azure machine is there: it answers at once, if only with a refusal. */
export async function hasMachineIdentity(means: IdentityMeans): Promise<boolean> {
  const url = metadataUrl(means);
  const bounds = { idleMs: lookMs, totalMs: lookMs, maxAnswerBytes: maxLookBytes };
  const question = { method: 'GET', url, headers: {}, body: [] };
  return (await exchange(question, await openAgents(url, {}), bounds)).kind === 'answer';
}

/** A token of the machine (https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token). @throws store/denied, store/unreachable */
export async function requestMachineToken(means: IdentityMeans): Promise<AccessToken> {
  const url = withQuery(metadataUrl(means), '2018-02-01', means);
  const headers = { metadata: 'true' };
  return readToken(await askIdentity({ service, method: 'GET', url, headers, remedyOf }, directly(means)), {
    service,
    means,
  });
}

/** The same variable as that of the Azure SDKs moves it elsewhere. */
function metadataUrl({ environment }: IdentityMeans): URL {
  const host = environment['AZURE_POD_IDENTITY_AUTHORITY_HOST'] ?? '';
  return new URL('/metadata/identity/oauth2/token', URL.canParse(host) ? host : 'http://169.254.169.254');
}

function withQuery(url: URL, version: string, { environment }: IdentityMeans): URL {
  const clientId = environment['AZURE_CLIENT_ID'] ?? '';
  url.searchParams.set('api-version', version);
  url.searchParams.set('resource', storageResource);
  if (clientId !== '') url.searchParams.set('client_id', clientId);
  return url;
}

/** Neither is ever behind a web proxy. */
function directly(means: IdentityMeans): IdentityMeans {
  return { ...means, proxy: {} };
}
