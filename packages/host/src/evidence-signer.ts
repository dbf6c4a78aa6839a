import { type JsonObject, weighbridgeError } from '@weighbridge/core';
import { signEnvelope, statementPayloadType } from '@weighbridge/evidence';
import { openKeylessSigner, type SigstoreServices } from '@weighbridge/sigstore';
import type { Host } from './host.js';
import { sha256 } from './sha256.js';
import { readSigningKey } from './signing-key.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** How a statement is signed. */
export type SigningWay = 'key' | 'keyless' | 'none';

/** A signed statement as it is written to a file. */
export interface SignedStatement {
  readonly text: string;
  /** What follows the name of the document: see attestationPaths. */
  readonly suffix: '.sigstore.json' | '.intoto.jsonl' | '.statement.json';
  /** The verifier key, for evidence.keys; null for another way. */
  readonly verifierKey: string | null;
}

/** What was asked for, and what it is signed with. */
export interface SigningRequest {
  /** Null: by the key where there is one, else keyless where the job has an identity. */
  readonly way: SigningWay | null;
  readonly key: string | null;
  readonly services: Omit<SigstoreServices, 'identityToken'>;
}

const tokenTimeoutMs = 10_000;

/** Signs the bytes of a statement. @throws evidence/no-signer, evidence/keyless, host/signing-key */
export async function signEvidence(host: Host, statement: string, request: SigningRequest): Promise<SignedStatement> {
  const { environment } = host;
  const way = request.way ?? chooseWay(environment, request.key, host.signer !== null);
  if (way === 'none') return { text: `${statement}\n`, suffix: '.statement.json', verifierKey: null };
  const payload = new TextEncoder().encode(statement);
  if (way === 'keyless') {
    if (!hasIdentity(environment)) throw weighbridgeError('evidence/no-signer', {});
    const signer = openKeylessSigner({ ...request.services, identityToken: () => readIdentity(environment) });
    const bundle: JsonObject = await signer.sign(payload, statementPayloadType);
    return { text: `${JSON.stringify(bundle)}\n`, suffix: '.sigstore.json', verifierKey: null };
  }
  const key = await readSigningKey({ text: request.key, privateFolder: null });
  const signer = key ?? host.signer;
  if (signer === null) throw weighbridgeError('evidence/no-signer', {});
  const { verifierKey } = signer;
  return { text: `${signEnvelope(sha256, payload, signer)}\n`, suffix: '.intoto.jsonl', verifierKey };
}

/** The key that was given, else the identity of the job, else the key of the clone. @throws evidence/no-signer */
function chooseWay(environment: Environment, key: string | null, hasOwnKey: boolean): SigningWay {
  if (key !== null) return 'key';
  if (hasIdentity(environment)) return 'keyless';
  if (hasOwnKey) return 'key';
  throw weighbridgeError('evidence/no-signer', {});
}

/** Whether the CI vouches for the job, so that Sigstore can. */
export function hasIdentity(environment: Environment): boolean {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, SIGSTORE_ID_TOKEN: token } = environment;
  return (url ?? '') !== '' || (token ?? '') !== '';
}

/** The identity token of a job: GitHub gives one for an audience, other CIs put it into SIGSTORE_ID_TOKEN. */
export async function readIdentity(environment: Environment): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, SIGSTORE_ID_TOKEN: given } = environment;
  if (url === undefined || url === '') return given ?? '';
  const address = new URL(url);
  address.searchParams.set('audience', 'sigstore');
  const answer = await fetch(address, {
    headers: { authorization: `Bearer ${environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''}` },
    signal: AbortSignal.timeout(tokenTimeoutMs),
  });
  if (!answer.ok) throw new Error(`the identity token was refused with status ${answer.status}`);
  const { value } = (await answer.json()) as { readonly value: string };
  return value;
}
