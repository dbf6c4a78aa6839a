import { digestBytes, weighbridgeError } from '@weighbridge/core';
import {
  type Backing,
  type BackingQuestion,
  type CheckedProof,
  judgeProof,
  type Proof,
  type Read,
  verifyEnvelope,
} from '@weighbridge/evidence';
import type { EvidenceTrust } from '@weighbridge/manifest';
import type { Files } from '../reading/files.js';
import type { Surroundings } from '../surroundings.js';
import type { ProofSources } from './proof-sources.js';

/** A trusted root has keys and certificates of a few authorities. */
const maxRootBytes = 4 * 1024 * 1024;

/** What proofs are checked with: the tools, and the trusted root of the policy as text. */
export interface ProofChecks {
  readonly sources: ProofSources;
  readonly trustedRoot: string | null;
}

/** Checks the signatures of a proof, and judges what it raises its document to. */
export async function checkProof(proof: Proof, checks: ProofChecks, question: BackingQuestion): Promise<Read<Backing>> {
  const checked = await verifyProof(proof, checks, question);
  return 'fault' in checked ? checked : judgeProof(checked.value, question);
}

async function verifyProof(
  proof: Proof,
  { sources, trustedRoot }: ProofChecks,
  { trust, sha256 }: BackingQuestion,
): Promise<Read<CheckedProof>> {
  if (proof.kind === 'run') return { value: proof };
  const { kind, value } = proof.attestation;
  if (kind === 'envelope') {
    const { verifySignature } = sources;
    const envelope = verifyEnvelope(value, { keys: trust.keys, sha256, verifySignature });
    return 'fault' in envelope ? envelope : { value: { kind, envelope: envelope.value } };
  }
  const bundle = await sources.bundles.verify(value, trustedRoot);
  return 'fault' in bundle ? bundle : { value: { kind, bundle: bundle.value } };
}

/** The trusted root that the policy pins, from whichever side: its digest decides. @throws evidence/trusted-root */
export async function readTrustedRoot(
  surroundings: Pick<Surroundings, 'sha256'>,
  files: Pick<Files, 'read'>,
  trust: Pick<EvidenceTrust, 'trustedRoot'>,
): Promise<string | null> {
  if (trust.trustedRoot === null) return null;
  const { path, digest } = trust.trustedRoot;
  const bytes = await files.read(path, maxRootBytes);
  if (bytes === null) throw weighbridgeError('evidence/trusted-root', { path, reason: 'there is no such file' });
  if (digestBytes(surroundings.sha256, bytes) !== digest) {
    throw weighbridgeError('evidence/trusted-root', {
      path,
      reason: 'it is not the file whose SHA-256 the policy has',
    });
  }
  return new TextDecoder('utf-8').decode(bytes);
}
