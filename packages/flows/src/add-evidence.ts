import { type Digest, digestBytes, weighbridgeError } from '@weighbridge/core';
import { attestationPaths, maxAttestationBytes, type Proof } from '@weighbridge/evidence';
import { exampleLimits, type MetricDocument, parseExampleFiles, parseMetricDocument } from '@weighbridge/formats';
import type { EvidenceFacts, EvidenceLevel } from '@weighbridge/gates';
import type { CatalogueVersion } from '@weighbridge/ledger';
import { applyPlan } from './apply-plan.js';
import { readSnapshot } from './assess-models.js';
import { eventContext } from './events.js';
import { type BackedCandidate, weighProofs } from './evidence/back-documents.js';
import { fetchRun } from './evidence/fetch-run.js';
import { askForge, type FoundProofs, readFile } from './evidence/find-proofs.js';
import { planEvidence } from './evidence/plan-evidence.js';
import { filesOfWorkTree } from './files.js';
import { findModel, maxFileBytes, readGovernance } from './governance.js';
import { findVersion, readHistory } from './history.js';
import type { Plan, Receipt } from './plan.js';
import { checkSigning } from './register-checks.js';
import type { Notice, Surroundings } from './surroundings.js';

/** Which document is recorded for which version. */
export interface EvidenceRequest {
  readonly model: string;
  readonly version: string;
  /** Path of the metric document, relative to the repository root; in the artifact where a run is named. */
  readonly path: string | null;
  /** Paths of files with the score of each example, which paired comparisons need. */
  readonly examples: readonly string[];
  /** File with the signed statement; null to look beside the document. */
  readonly attestation: string | null;
  /** Take the document from this workflow run. */
  readonly run: string | null;
  /** The artifact of the run; null when it has one only. */
  readonly artifact: string | null;
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

/** A document, and what may stand behind it. */
interface Offered extends FoundProofs {
  readonly name: string;
  readonly document: MetricDocument;
  /** Digest of its file. */
  readonly file: Digest;
  /** Whether somebody named what stands behind it: then it must. */
  readonly named: string | null;
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
  const offered = await readOffered(surroundings, request, candidate);
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

async function readOffered(
  surroundings: Surroundings,
  request: EvidenceRequest,
  candidate: BackedCandidate,
): Promise<Offered> {
  if (request.run !== null) return readRun(surroundings, request, request.run);
  if (request.path === null) throw weighbridgeError('evidence/no-metrics', { model: request.model });
  const { name, bytes } = await readBytes(surroundings, request.path, 64 * maxFileBytes);
  const document = parseMetricDocument({ name, bytes });
  const found = await readBeside(surroundings, request.attestation, request.path);
  const { proofs } = found;
  const kept =
    proofs.length > 0 || surroundings.proofs === undefined
      ? []
      : (await askForge(surroundings, { ...candidate, model: candidate.model.manifest.name, artifacts: null })).proofs;
  const file = digestBytes(surroundings.sha256, bytes);
  return { ...found, proofs: [...proofs, ...kept], name, document, file, named: request.attestation };
}

async function readBeside(surroundings: Surroundings, named: string | null, path: string): Promise<FoundProofs> {
  const proofs: Proof[] = [];
  const refused: string[] = [];
  for (const at of named === null ? attestationPaths(path) : [named]) {
    const bytes = await surroundings.workTree.read(at, maxAttestationBytes);
    if (bytes === null && named !== null) throw weighbridgeError('flow/path-not-found', { path: named });
    const found = bytes === null ? null : readFile(at, bytes);
    proofs.push(...(found?.proofs ?? []));
    refused.push(...(found?.refused ?? []));
  }
  return { proofs, refused, complete: true };
}

async function readRun(surroundings: Surroundings, request: EvidenceRequest, run: string): Promise<Offered> {
  const { forge, proofs: sources } = surroundings;
  const unusable = (reason: string) => weighbridgeError('evidence/run-unusable', { run, reason });
  if (forge === null || sources === undefined) throw unusable('no forge can be asked from here');
  const { artifact, path } = request;
  const fetched = await fetchRun(surroundings, { forge, sources }, { run, artifact, file: path, digest: null });
  if ('fault' in fetched) throw unusable(fetched.fault);
  const { proof, name, document } = fetched.value;
  return {
    proofs: [{ kind: 'run', run: proof }],
    refused: [],
    complete: true,
    name: `${proof.artifact.name}/${name} of run ${run}`,
    document,
    file: proof.document.file,
    named: `run ${run}`,
  };
}

async function withExamples(
  surroundings: Surroundings,
  request: EvidenceRequest,
  document: MetricDocument,
): Promise<Pick<EvidenceFacts, 'document' | 'examples'>> {
  if (request.examples.length === 0) return { document };
  const files = [];
  for (const path of request.examples) files.push(await readBytes(surroundings, path, exampleLimits.sizeBytes));
  return { document, examples: parseExampleFiles(files) };
}

async function readBytes(surroundings: Surroundings, path: string, maxBytes: number) {
  const bytes = await surroundings.workTree.read(path, maxBytes);
  if (bytes === null) throw weighbridgeError('flow/path-not-found', { path });
  return { name: path, bytes };
}
