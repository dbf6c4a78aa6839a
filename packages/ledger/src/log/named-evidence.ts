import { type Digest, isDigest } from '@weighbridge/core';
import { isListed } from '../evidence/artifact-list.js';
import type { LedgerEvent } from '../event.js';

/** Every digest that the body of an event names, anywhere in it: evidence beside an entry must be one of these. */
export function namedDigests(event: LedgerEvent): ReadonlySet<Digest> {
  const found = new Set<Digest>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string' && isDigest(value)) found.add(value);
    else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) visit(item);
  };
  visit(event.body);
  return found;
}

/** The digests whose bytes must be on the branch, since readers and auditors need them. */
export function requiredEvidence(event: LedgerEvent): readonly Digest[] {
  if (event.type === 'registered') {
    const { snapshot, artifacts, documents = [] } = event.body;
    const listed = isListed(artifacts) ? [artifacts.digest] : [];
    return [snapshot, ...listed, ...documents.map(({ digest }) => digest)];
  }
  if (event.type === 'evidence-added') {
    const { metrics, proof } = event.body;
    return proof === null || proof === undefined ? [metrics] : [metrics, proof];
  }
  if (event.type === 'signed') return [event.body.signature];
  if (event.type === 'gate-decided') return [event.body.decision];
  if (event.type === 'transitioned' && event.body.decision !== null) return [event.body.decision];
  return [];
}
