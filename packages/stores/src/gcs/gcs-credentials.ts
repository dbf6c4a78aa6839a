import type { ProxySetting } from '../http/agents.js';

/** A service account that signs addresses. */
export interface GcsSigner {
  readonly email: string;
  /** RSA PKCS #1 v1.5 with SHA-256 over the text. */
  sign(text: string): Promise<Uint8Array>;
}

/** Who asks Cloud Storage. */
export interface GcsCredentials {
  /** The headers that say so; `forceRefresh` asks for new ones although the known ones seem to be good. */
  headers(options?: { readonly forceRefresh?: boolean }): Promise<Readonly<Record<string, string>>>;
  /** Null where who asks is no service account. */
  signer(): Promise<GcsSigner | null>;
}

/** How credentials are looked for. */
export interface CredentialSearch {
  readonly proxy: ProxySetting;
  /** Null: what the credentials say. */
  readonly universeDomain: string | null;
  /** How long one request for a token may take. */
  readonly timeoutMs: number;
}

/** Storage and the signing of addresses; what may be done is a matter of IAM. */
const scope = 'https://www.googleapis.com/auth/cloud-platform';

/**
 * Application Default Credentials as Google's own library finds them: the file that GOOGLE_APPLICATION_CREDENTIALS names
 * (a federation of workload identities, a service account, a person), that of gcloud, and the metadata server of a
 * machine (https://cloud.google.com/docs/authentication/application-default-credentials). Addresses are signed by the
 * key of the file, or without one by signBlob of IAM.
 */
export async function findGcsCredentials({
  proxy,
  universeDomain,
  timeoutMs,
}: CredentialSearch): Promise<GcsCredentials> {
  const { GoogleAuth } = await import('google-auth-library');
  const throughProxy = proxy.https ?? proxy.http;
  const noProxy = (proxy.none ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  const search = () =>
    new GoogleAuth({
      scopes: [scope],
      // Else the library runs gcloud and asks further services for a project, which no request here names.
      projectId: 'none',
      ...(universeDomain === null ? {} : { universeDomain }),
      clientOptions: {
        transporterOptions: {
          timeout: timeoutMs,
          noProxy,
          ...(throughProxy === undefined ? {} : { proxy: throughProxy }),
        },
      },
    });
  let found = search();
  let renewing: Promise<void> | null = null;

  /** The library has no other way to forget a token. Requests that are refused at once are content with one search. */
  async function renew(): Promise<void> {
    const next = search();
    try {
      await headersOf(await next.getClient());
      found = next;
    } finally {
      renewing = null;
    }
  }

  return {
    async headers({ forceRefresh = false } = {}) {
      if (forceRefresh) await (renewing ??= renew());
      return headersOf(await found.getClient());
    },
    async signer() {
      const auth = found;
      const { client_email: email } = await auth.getCredentials();
      if (email === undefined) return null;
      return { email, sign: async (text) => Buffer.from(await auth.sign(text), 'base64') };
    },
  };
}

async function headersOf(client: {
  getRequestHeaders(): Promise<Iterable<readonly [string, string]>>;
}): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(await client.getRequestHeaders());
}
