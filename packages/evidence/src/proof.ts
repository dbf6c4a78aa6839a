import type { JsonObject } from '@weighbridge/core';
import { isJsonObject } from '@weighbridge/formats';
import type { Read } from './statement.js';
import { type FoundAttestation, recogniseAttestation } from './read-attestation.js';
import type { RunProof } from './run-proof.js';

/** What may raise the level of a metric document, before anybody looked whether it does. */
export type Proof =
  | { readonly kind: 'attestation'; readonly attestation: FoundAttestation }
  | { readonly kind: 'run'; readonly run: RunProof };

/** A proof as the ledger keeps it. Inverse of parseProof. */
export function formatProof(proof: Proof): JsonObject {
  return proof.kind === 'attestation'
    ? { schema: 1, attestation: proof.attestation.value }
    : { schema: 1, run: proof.run as unknown as JsonObject };
}

/** Reads what formatProof wrote; its writer signed the entry that names it. */
export function parseProof(value: unknown): Read<Proof> {
  if (typeof value !== 'object' || value === null) return { fault: 'it is no proof' };
  const { attestation, run } = value as JsonObject;
  const found = recogniseAttestation(attestation);
  if (found !== null) return { value: { kind: 'attestation', attestation: found } };
  return isJsonObject(run)
    ? { value: { kind: 'run', run: run as unknown as RunProof } }
    : { fault: 'it is no proof of a kind that this version knows' };
}
