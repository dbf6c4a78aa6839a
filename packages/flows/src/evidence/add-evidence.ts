import { weighbridgeError } from '@weighbridge/core';
import type { EvidenceLevel } from '@weighbridge/gates';
import type { CatalogueVersion } from '@weighbridge/ledger';
import { applyPlan } from '../apply-plan.js';
import { readSnapshot } from '../registry/read-snapshot.js';
import { eventContext } from '../events.js';
import { type BackedCandidate, weighProofs } from './back-documents.js';
import { planEvidence } from './plan-evidence.js';
import { type Offer, readOffered, withExamples } from './read-offer.js';
import { filesOfWorkTree } from '../reading/files.js';
import { findModel, readGovernance } from '../governing/governance.js';
import { findVersion, readHistory } from '../registry/history.js';
import type { Plan, Receipt } from '../plan.js';
import { checkSigning } from '../governing/check-writing.js';
import type { Notice, Surroundings } from '../surroundings.js';

/** Which document is recorded for which version. */
export interface EvidenceRequest extends Offer {
  readonly version: string;
  /** Which of the manifest's metric documents it replaces, or a new id. */
  readonly id: string;
  readonly reason: string | null;
  readonly dryRun: boolean;
}

/** What was recorded, or would be. */
export interface AddedEvidence {
  readonly version: CatalogueVersion;
  /** Where the document was. */
  readonly name: string;
  readonly values: number;
  readonly level: EvidenceLevel;
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  readonly notices: readonly Notice[];
}

/**
 * Records a metric document for a registered version, with the proof that stands behind it: promotion reads evidence
 * from the ledger only. A run or statement that was named must be good, one that was found is told when it is not.
 * @throws flow/path-not-found, formats/*, evidence/not-good, evidence/run-unusable, forge/*
 */
export async function addEvidence(surroundings: Surroundings, request: EvidenceRequest): Promise<AddedEvidence> {
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  checkSigning(surroundings, governance, 'evidence add');
  const model = findModel(governance, request.model);
  const history = await readHistory(surroundings, model.manifest.name, null);
  const version = findVersion(model.manifest.name, history.catalogue, request.version);
  const snapshot = await readSnapshot(surroundings, version);
  const { identity, commit } = version;
  const candidate: BackedCandidate = { model, snapshot, identity, commit, registered: version };
  const offered = await readOffered(surroundings, request, { candidate, trust: governance.policy.evidence });
  const facts = await withExamples(surroundings, request, offered.document);
  const { best, refused } = await weighProofs(surroundings, governance.policy.evidence, {
    candidate,
    gated: {
      id: request.id,
      digest: offered.file,
      document: facts.document,
      examples: facts.examples ?? null,
    },
    proofs: offered.proofs,
  });
  const faults = [...offered.refused, ...refused];
  if (best === null && offered.named !== null) {
    const reason = faults[0] ?? 'this host cannot check it';
    throw weighbridgeError('evidence/not-good', { path: offered.named, id: request.id, model: request.model, reason });
  }
  const head = await surroundings.repository.commit('HEAD');
  const context = eventContext(surroundings, {
    commit: head,
    justification: request.reason,
    time: surroundings.clock.now(),
  });
  const recorded = { id: request.id, facts, best };
  const about = { candidate, version: version.version, context };
  const { events, evidence } = planEvidence(surroundings, about, recorded, version.addedEvidence.length);
  const plan: Plan = { effects: [{ kind: 'append', events, evidence }] };
  const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan);
  return {
    version,
    name: offered.name,
    values: facts.document.values.length,
    level: best?.backing.level ?? 'reported',
    plan,
    receipts,
    notices: best === null ? faults.map(noticeOf) : [],
  };
}

function noticeOf(fault: string): Notice {
  return { level: 'warning', text: `Recorded as reported only: ${fault}.` };
}
