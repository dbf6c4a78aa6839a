import { createPublicKey, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pemOf, type SigstoreInstance, type TestIdentity } from './sigstore-instance.js';

/** An instance on a loopback socket: the authority, the log, and the CI that gives identity tokens. */
export interface SigstoreServer {
  readonly address: string;
  /** The identity token that the CI gives, for clients that are handed one. */
  readonly token: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** With a key and the token beside it, or with a PKCS #10 request in PEM in base64 and the token in the header. */
type CertificateRequest =
  | {
      readonly credentials: { readonly oidcIdentityToken: string };
      readonly publicKeyRequest: { readonly publicKey: { readonly content: string } };
    }
  | { readonly certificateSigningRequest: string };

interface EntryRequest {
  readonly spec: { readonly proposedContent: { readonly envelope: string; readonly verifiers: readonly string[] } };
}

interface LogEntry {
  readonly logIndex: string;
  readonly integratedTime: string;
  readonly canonicalizedBody: string;
  readonly logId: { readonly keyId: string };
  readonly inclusionPromise: { readonly signedEntryTimestamp: string };
  readonly inclusionProof: {
    readonly rootHash: string;
    readonly hashes: readonly string[];
    readonly checkpoint: { readonly envelope: string };
  };
}

const bearer = 'a-token-for-tokens';

/** Serves an instance as Fulcio (API v2), Rekor (API v1) and the token endpoint of GitHub Actions do. */
export async function serveSigstore(instance: SigstoreInstance, identity: TestIdentity): Promise<SigstoreServer> {
  const asked: string[] = [];
  const at = new Date();
  let address = '';
  const answer = (path: string, request: IncomingMessage, body: string): readonly [number, unknown] => {
    if (path === '/token') {
      const known = request.headers.authorization === `Bearer ${bearer}` && request.url?.includes('audience=sigstore');
      return known === true ? [200, { value: tokenOf(identity) }] : [401, {}];
    }
    if (path === '/api/v2/signingCert') {
      const asking = JSON.parse(body) as CertificateRequest;
      const header = request.headers.authorization?.replace('Bearer ', '');
      const token = 'credentials' in asking ? asking.credentials.oidcIdentityToken : header;
      if (token !== tokenOf(identity)) return [401, {}];
      const chain = instance.certify({ identity }, keyOf(asking), at);
      return [200, { signedCertificateEmbeddedSct: { chain: { certificates: chain.map(pemOf) } } }];
    }
    if (path === '/.well-known/openid-configuration') {
      return [200, { authorization_endpoint: `${address}/auth`, token_endpoint: `${address}/oauth/token` }];
    }
    return path === '/api/v1/log/entries' ? [201, { 'entry-1': enter(instance, JSON.parse(body), at) }] : [404, {}];
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = new URL(request.url ?? '/', 'http://loopback').pathname;
      asked.push(path);
      const [status, value] = answer(path, request, Buffer.concat(parts).toString('utf8'));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  address = `http://127.0.0.1:${port}`;
  return {
    address,
    token: tokenOf(identity),
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What the job must show to be given an identity token. */
export const identityBearer = bearer;

/** Only its claims are read on the client's side: the authority is the one to trust it. */
function tokenOf(identity: TestIdentity): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    sub: identity.subject ?? 'repo:acme/models',
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'sigstore',
    iat: 1_735_689_600,
    exp: 4_102_444_800,
  };
  return `${part({ alg: 'none' })}.${part(claims)}.${part('not checked here')}`;
}

function keyOf(asking: CertificateRequest): KeyObject {
  if ('publicKeyRequest' in asking) return createPublicKey(asking.publicKeyRequest.publicKey.content);
  const pem = Buffer.from(asking.certificateSigningRequest, 'base64').toString('utf8');
  const request = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  // RFC 2986: the request is [what is signed [version, subject, key, …], …].
  const [signed = request] = elementsOf(request);
  const [, , key = request] = elementsOf(signed);
  return createPublicKey({ key, format: 'der', type: 'spki' });
}

/** The elements of a DER sequence, each with its head. */
function elementsOf(sequence: Buffer): readonly Buffer[] {
  const elements: Buffer[] = [];
  for (let at = headBytes(sequence, 0); at < sequence.length; ) {
    const end = at + headBytes(sequence, at) + lengthAt(sequence, at);
    elements.push(sequence.subarray(at, end));
    at = end;
  }
  return elements;
}

function headBytes(der: Buffer, at: number): number {
  const length = der.readUInt8(at + 1);
  return length < 0x80 ? 2 : 2 + (length & 0x7f);
}

function lengthAt(der: Buffer, at: number): number {
  const length = der.readUInt8(at + 1);
  return length < 0x80 ? length : der.readUIntBE(at + 2, length & 0x7f);
}

function enter(instance: SigstoreInstance, request: EntryRequest, at: Date): unknown {
  const { envelope, verifiers } = request.spec.proposedContent;
  const { payload, signatures } = JSON.parse(envelope) as {
    readonly payload: string;
    readonly signatures: readonly { readonly sig: string }[];
  };
  const entry = instance.log({
    payload: Buffer.from(payload, 'base64'),
    signature: signatures[0]?.sig ?? '',
    certificate: Buffer.from(verifiers[0] ?? '', 'base64').toString('utf8'),
    at,
  }) as unknown as LogEntry;
  const hex = (base64: string) => Buffer.from(base64, 'base64').toString('hex');
  const { inclusionProof: proof } = entry;
  return {
    body: entry.canonicalizedBody,
    integratedTime: Number(entry.integratedTime),
    logID: hex(entry.logId.keyId),
    logIndex: Number(entry.logIndex),
    verification: {
      signedEntryTimestamp: entry.inclusionPromise.signedEntryTimestamp,
      inclusionProof: {
        checkpoint: proof.checkpoint.envelope,
        hashes: proof.hashes.map(hex),
        rootHash: hex(proof.rootHash),
        logIndex: Number(entry.logIndex),
        treeSize: 2,
      },
    },
  };
}
