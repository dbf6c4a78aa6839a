import { canonicalJson, type Digest, digestBytes, utf8, type Version } from '@weighbridge/core';
import { formatProof } from '@weighbridge/evidence';
import type { EvidenceFacts } from '@weighbridge/gates';
import type { EventContext, LedgerEvent } from '@weighbridge/ledger';
import type { EvidenceTrust } from '@weighbridge/manifest';
import { makeEvent } from '../events.js';
import type { Surroundings } from '../surroundings.js';
import { type BackedCandidate, type BackedDocument, gatedDocument, proofsOf, weighProofs } from './back-documents.js';

/** Events that record metric documents, with everything that they name. */
export interface PlannedEvidence {
  readonly events: readonly LedgerEvent[];
  readonly evidence: ReadonlyMap<Digest, string>;
}

/** One document that is to be recorded, with the proof that stands behind it. */
export interface RecordedDocument {
  readonly id: string;
  readonly facts: Pick<EvidenceFacts, 'document' | 'examples'>;
  readonly best: BackedDocument | null;
}

/** The event that records a document and its proof, by the digests of both. */
export function planEvidence(
  surroundings: Pick<Surroundings, 'sha256'>,
  about: { readonly candidate: BackedCandidate; readonly version: Version; readonly context: EventContext },
  { id, facts, best }: RecordedDocument,
  occasion: number,
): PlannedEvidence {
  const evidence = new Map<Digest, string>();
  const remember = (value: unknown): Digest => {
    const text = canonicalJson(value);
    const digest = digestBytes(surroundings.sha256, utf8(text));
    evidence.set(digest, text);
    return digest;
  };
  const { document, examples } = facts;
  const metrics = remember(examples === undefined ? document : { ...document, examples });
  const event = makeEvent(surroundings.sha256, {
    type: 'evidence-added',
    model: about.candidate.model.manifest.name,
    version: about.version,
    context: about.context,
    occasion,
    body: {
      metrics,
      id,
      level: best?.backing.level ?? 'reported',
      proof: best === null ? null : remember(formatProof(best.proof)),
    },
  });
  return { events: [event], evidence };
}

/**
 * What registration records beside a version: each document that somebody stands behind, so that promotion finds the
 * proof in the ledger. Reported documents are in the snapshot already.
 */
export async function planBackedDocuments(
  surroundings: Surroundings,
  trust: EvidenceTrust,
  about: { readonly candidate: BackedCandidate; readonly version: Version; readonly context: EventContext },
  documents: Readonly<Record<string, EvidenceFacts>>,
): Promise<PlannedEvidence> {
  const planned: PlannedEvidence[] = [];
  const trusted = trust.keys.length + trust.signers.length + trust.workflows.length > 0;
  for (const [id, facts] of trusted ? Object.entries(documents) : []) {
    const gated = gatedDocument(id, facts);
    const { candidate } = about;
    const { proofs } = await proofsOf(surroundings, trust, { candidate, gated });
    const { best } = await weighProofs(surroundings, trust, { candidate, gated, proofs });
    if (best !== null) planned.push(planEvidence(surroundings, about, { id, facts, best }, 0));
  }
  return {
    events: planned.flatMap(({ events }) => events),
    evidence: new Map(planned.flatMap(({ evidence }) => [...evidence])),
  };
}
