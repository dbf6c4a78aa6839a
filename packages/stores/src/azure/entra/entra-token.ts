import type { AccessToken } from './access-token.js';
import { storageResource } from './access-token.js';
import { askIdentity, type IdentityMeans } from './ask-identity.js';
import type { Authority } from './authority.js';
import { readToken } from './read-token.js';

/** An application, or a user-assigned identity, of a tenant. */
export interface Application {
  readonly authority: Authority;
  readonly tenantId: string;
  readonly clientId: string;
}

/** What proves who asks. */
export type Proof =
  | { readonly kind: 'secret'; readonly secret: string }
  /** A token of another issuer, and the subject in it, for messages. */
  | { readonly kind: 'assertion'; readonly token: string };

/**
 * Exchanges a secret or a token of another issuer for a token for Azure Storage
 * (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
 * @throws store/denied with the code of Entra ID, store/unreachable
 */
export async function exchangeForToken(
  { authority, tenantId, clientId }: Application,
  proof: Proof,
  means: IdentityMeans,
): Promise<AccessToken> {
  const url = new URL(authority.url);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`;
  const shared = { grant_type: 'client_credentials', client_id: clientId, scope: `${storageResource}/.default` };
  const form = proof.kind === 'secret' ? { ...shared, client_secret: proof.secret } : { ...shared, ...asserted(proof) };
  const remedyOf = (code: string | null) => remedyOfExchange(code, { proof, authority });
  const service = 'Entra ID';
  const document = await askIdentity({ service, method: 'POST', url, form, remedyOf }, means);
  return readToken(document, { service, means });
}

function asserted({ token }: Extract<Proof, { kind: 'assertion' }>): Readonly<Record<string, string>> {
  const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  return { client_assertion_type: type, client_assertion: token };
}

interface Exchange {
  readonly proof: Proof;
  readonly authority: Authority;
}

const noTenant = 'Check AZURE_TENANT_ID: there is no such tenant in this cloud.';

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const remedies: ReadonlyMap<string | null, string> = new Map([
  ['AADSTS90002', noTenant],
  ['AADSTS900023', noTenant],
  ['AADSTS700016', 'Check AZURE_CLIENT_ID and AZURE_TENANT_ID: the tenant has no such application.'],
  ['AADSTS7000215', 'Check AZURE_CLIENT_SECRET: it has to be the value of the secret, not its ID.'],
  ['AADSTS7000222', 'Make a new secret for the application, or use federated credentials, which do not expire.'],
]);

function remedyOfExchange(code: string | null, { proof, authority }: Exchange): string {
  const known = remedies.get(code);
  if (known !== undefined) return known;
  if (proof.kind === 'secret') return 'Check AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET.';
  return federation(proof.token, authority);
}

function federation(token: string, { audience }: Authority): string {
  const { iss, sub } = claimsOf(token);
  const who = iss === null || sub === null ? 'this token' : `issuer "${iss}" and subject "${sub}"`;
  return `Add a federated credential for ${who}, with audience "${audience}", to the application or identity that AZURE_CLIENT_ID names, and check AZURE_TENANT_ID.`;
}

/** Who a token says it is of: names, not proof. What does not look like a name is not told. */
function claimsOf(token: string): { readonly iss: string | null; readonly sub: string | null } {
  const nameIn = (claims: unknown, claim: 'iss' | 'sub') => {
    const value: unknown = claims !== null && typeof claims === 'object' ? Reflect.get(claims, claim) : null;
    return typeof value === 'string' && /^[\w.:/@*-]{1,256}$/.test(value) ? value : null;
  };
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return { iss: nameIn(claims, 'iss'), sub: nameIn(claims, 'sub') };
  } catch {
    // No token of that form: Entra ID has refused it for that, too.
    return { iss: null, sub: null };
  }
}
