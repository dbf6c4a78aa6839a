import type { Digest } from '@weighbridge/core';
import { type Backing, type Candidate, type GatedDocument, type Proof } from '@weighbridge/evidence';
import { type EvidenceFacts, evidenceLevels } from '@weighbridge/gates';
import type { CatalogueVersion } from '@weighbridge/ledger';
import type { EvidenceTrust } from '@weighbridge/manifest';
import type { Snapshot } from '@weighbridge/versioning';
import type { GovernedModel } from '../governing/governance.js';
import type { Surroundings } from '../surroundings.js';
import { checkProof, type ProofChecks, readTrustedRoot } from './check-proof.js';
import { type FoundProofs, findProofs, readRecordedProof } from './find-proofs.js';

type EvidenceById = Readonly<Record<string, EvidenceFacts>>;

/** Whose documents they are. */
export interface BackedCandidate {
  readonly model: GovernedModel;
  readonly snapshot: Snapshot;
  readonly identity: Digest;
  readonly commit: string | null;
  /** Null for what is not registered: then proofs are looked for beside the documents, and not in the ledger. */
  readonly registered: CatalogueVersion | null;
}

/** The best proof of a document, and what it raises it to. */
export interface BackedDocument {
  readonly proof: Proof;
  readonly backing: Backing;
}

/**
 * Metric documents with what stands behind them. Every proof that is found is checked again, by the policy as it is now:
 * what the ledger noted once is no level. Where this host cannot check any, every document is a reported one.
 * @throws evidence/trusted-root, flow/evidence-missing, forge/*
 */
export async function backDocuments(
  surroundings: Surroundings,
  trust: EvidenceTrust,
  about: { readonly candidate: BackedCandidate; readonly evidence: EvidenceById },
): Promise<EvidenceById> {
  const backed: Record<string, EvidenceFacts> = {};
  for (const [id, facts] of Object.entries(about.evidence)) {
    const { best, refused, complete } = await backDocument(surroundings, trust, {
      candidate: about.candidate,
      gated: gatedDocument(id, about.candidate.registered === null ? facts : { ...facts, digest: null }),
    });
    const told = refused.length === 0 ? {} : { refused };
    backed[id] =
      best === null
        ? { ...facts, level: 'reported', levelChecked: complete, ...told }
        : { ...facts, level: best.level, levelChecked: true, time: best.time, signer: best.signer, ...told };
  }
  return backed;
}

/**
 * A document as its proofs must speak of it. The ledger keeps what was read of a file and not the file, so of a recorded
 * document only the values are compared.
 */
export function gatedDocument(id: string, facts: EvidenceFacts): GatedDocument {
  return { id, digest: facts.digest, document: facts.document, examples: facts.examples ?? null };
}

async function backDocument(
  surroundings: Surroundings,
  trust: EvidenceTrust,
  about: { readonly candidate: BackedCandidate; readonly gated: GatedDocument },
): Promise<{ readonly best: Backing | null; readonly refused: readonly string[]; readonly complete: boolean }> {
  const found = await proofsOf(surroundings, trust, about);
  const { best, refused } = await weighProofs(surroundings, trust, { ...about, proofs: found.proofs });
  return { best: best?.backing ?? null, refused: [...found.refused, ...refused], complete: found.complete };
}

/** Whatever may stand behind a document: recorded with a version, or beside it before that. */
export async function proofsOf(
  surroundings: Surroundings,
  trust: EvidenceTrust,
  { candidate, gated }: { readonly candidate: BackedCandidate; readonly gated: GatedDocument },
): Promise<FoundProofs> {
  const { proofs: sources } = surroundings;
  if (sources === undefined) return { proofs: [], refused: [], complete: false };
  const { model, registered } = candidate;
  return registered === null
    ? findProofs(surroundings, sources, { model, gated, trust, candidate: bindingOf(candidate) })
    : readRecordedProof(surroundings, registered, gated.id);
}

/** Checks proofs of one document; the one of the highest level stands, the newest of those. */
export async function weighProofs(
  surroundings: Surroundings,
  trust: EvidenceTrust,
  about: { readonly candidate: BackedCandidate; readonly gated: GatedDocument; readonly proofs: readonly Proof[] },
): Promise<{ readonly best: BackedDocument | null; readonly refused: readonly string[] }> {
  const { proofs: sources } = surroundings;
  if (sources === undefined || about.proofs.length === 0) return { best: null, refused: [] };
  const checks: ProofChecks = {
    sources,
    trustedRoot: await readTrustedRoot(surroundings, about.candidate.model.files, trust),
  };
  const { sha256 } = surroundings;
  const question = { candidate: bindingOf(about.candidate), gated: about.gated, trust, sha256 };
  let best: BackedDocument | null = null;
  const refused: string[] = [];
  for (const proof of about.proofs) {
    const judged = await checkProof(proof, checks, question);
    if ('fault' in judged) refused.push(judged.fault);
    else if (best === null || isBetter(judged.value, best.backing)) best = { proof, backing: judged.value };
  }
  return { best, refused };
}

function isBetter(left: Backing, right: Backing): boolean {
  const rank = ({ level }: Backing) => evidenceLevels.indexOf(level);
  return rank(left) === rank(right) ? left.time > right.time : rank(left) > rank(right);
}

function bindingOf({ model, snapshot, identity, commit }: BackedCandidate): Candidate {
  const digests = snapshot.artifacts.map(({ sha256 }) => sha256);
  const artifacts = digests.every((digest) => digest !== null) ? digests : null;
  return { model: model.manifest.name, identity, artifacts, commit };
}
