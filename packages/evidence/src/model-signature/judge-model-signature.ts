import type { JsonObject, Sha256 } from '@weighbridge/core';
import type { EvidenceSigner } from '@weighbridge/gates';
import { preAuthenticationEncoding } from '@weighbridge/ledger';
import type { SigningPolicy } from '@weighbridge/manifest';
import { type Read, statementPayloadType } from '../statement.js';
import { findSigner, type VerifiedBundle } from '../workflow-signer.js';
import { parseKeyBundle } from './key-bundle.js';
import { type ModelStatement, parseModelStatement } from './model-statement.js';
import { fingerprintOf, parseEcdsaKey, type VerifyEcdsa } from './public-key.js';
import { compareResources, quote, type Resource } from './resources.js';

/** What a signature is held against. */
export interface SignatureQuestion {
  readonly signing: SigningPolicy;
  readonly resources: readonly Resource[];
  readonly sha256: Sha256;
}

/** A signature that counts: what was signed, and who stands behind it. */
export interface GoodSignature {
  readonly statement: ModelStatement;
  readonly signer: EvidenceSigner;
  /** SHA-256 of the key in hexadecimal digits, or the address of the workflow. */
  readonly signerId: string;
  /** When it was signed, as a log vouches: RFC 3339, UTC. Null for a key, beside which nobody does. */
  readonly time: string | null;
}

const maxDifferences = 5;

/** Judges a bundle that a key signed: an ECDSA signature by a key of the policy over these very files. */
export function judgeKeyBundle(
  bundle: JsonObject,
  question: SignatureQuestion & { readonly verifyEcdsa: VerifyEcdsa },
): Read<GoodSignature> {
  const { signing, sha256 } = question;
  const parsed = parseKeyBundle(bundle);
  if ('fault' in parsed) return parsed;
  const { payload, fingerprint, signature } = parsed.value;
  const known = Object.entries(signing.keys).flatMap(([name, pem]) => {
    const key = parseEcdsaKey(pem);
    return key === null ? [] : [{ name, key, id: fingerprintOf(sha256, key) }];
  });
  const fitting = fingerprint === null ? known : known.filter(({ id }) => id === fingerprint);
  if (fitting.length === 0)
    return { fault: `it is signed by the key ${quote(fingerprint ?? '')}, which signing.keys does not list` };
  const message = preAuthenticationEncoding(payload);
  const signer = fitting.find(({ key }) => question.verifyEcdsa(key, message, signature));
  if (signer === undefined) {
    return { fault: `its signature by the key ${fitting.map(({ name }) => name).join(' or ')} is bad` };
  }
  const bound = bind(payload, question);
  if ('fault' in bound) return bound;
  const { name, id: signerId } = signer;
  const facts = { kind: 'key', name, ref: null, issuer: null, commit: null, run: null } as const;
  return { value: { statement: bound.value, signer: facts, signerId, time: null } };
}

/** Judges a bundle of Sigstore whose certificate and log entries were verified. */
export function judgeSigstoreBundle(bundle: VerifiedBundle, question: SignatureQuestion): Read<GoodSignature> {
  const { claims, payloadType, payload, time } = bundle;
  if (payloadType !== statementPayloadType) {
    return { fault: `it signs ${quote(payloadType)} and no statement (${statementPayloadType})` };
  }
  const allowed = findSigner(claims, question.signing, 'signing.signers');
  if ('fault' in allowed) return allowed;
  const bound = bind(payload, question);
  if ('fault' in bound) return bound;
  const { issuer, commit, run, ref } = claims;
  const name = allowed.signer.workflow;
  const signer = { kind: 'workflow', name, ref, issuer, commit, run } as const;
  return { value: { statement: bound.value, signer, signerId: name, time } };
}

function bind(payload: Uint8Array, { resources, sha256 }: SignatureQuestion): Read<ModelStatement> {
  const statement = parseModelStatement(payload, sha256);
  if ('fault' in statement) return statement;
  const differences = compareResources(statement.value.resources, resources);
  if (differences.length === 0) return statement;
  const more = differences.length - maxDifferences;
  const told = differences.slice(0, maxDifferences).join(', ');
  return { fault: `it is about other files: ${told}${more > 0 ? ` and ${more} more` : ''}` };
}
