import { canonicalJson, digestBytes, utf8, weighbridgeError } from '@weighbridge/core';
import { exampleLimits, type MetricDocument, parseExampleFiles, parseMetricDocument } from '@weighbridge/formats';
import type { CatalogueVersion } from '@weighbridge/ledger';
import { applyPlan } from './apply-plan.js';
import { eventContext, makeEvent } from './events.js';
import { filesOfWorkTree } from './files.js';
import { findModel, maxFileBytes, readGovernance } from './governance.js';
import { findVersion, readHistory } from './history.js';
import type { Plan, Receipt } from './plan.js';
import { checkSigning } from './register-checks.js';
import type { Surroundings } from './surroundings.js';

/** Which document is recorded for which version. */
export interface EvidenceRequest {
  readonly model: string;
  readonly version: string;
  /** Path of the metric document, relative to the repository root. */
  readonly path: string;
  /** Paths of files with the score of each example, which paired comparisons need. */
  readonly examples: readonly string[];
  /** Which of the manifest's metric documents it replaces, or a new id. */
  readonly id: string;
  readonly reason: string | null;
  readonly dryRun: boolean;
}

/** What was recorded, or would be. */
export interface AddedEvidence {
  readonly version: CatalogueVersion;
  readonly values: number;
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
}

/** Records a metric document for a registered version: promotion reads evidence from the ledger only. @throws flow/path-not-found, format/* */
export async function addEvidence(surroundings: Surroundings, request: EvidenceRequest): Promise<AddedEvidence> {
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  checkSigning(surroundings, governance, 'evidence add');
  const model = findModel(governance, request.model).manifest.name;
  const history = await readHistory(surroundings, model, null);
  const version = findVersion(model, history.catalogue, request.version);
  const document = await readDocument(surroundings, request);
  const text = canonicalJson(document);
  const digest = digestBytes(surroundings.sha256, utf8(text));
  const commit = await surroundings.repository.commit('HEAD');
  const context = eventContext(surroundings, { commit, justification: request.reason, time: surroundings.clock.now() });
  const event = makeEvent(surroundings.sha256, {
    type: 'evidence-added',
    model,
    version: version.version,
    context,
    occasion: version.addedEvidence.length,
    body: { metrics: digest, id: request.id, level: 'reported' },
  });
  const plan: Plan = { effects: [{ kind: 'append', events: [event], evidence: new Map([[digest, text]]) }] };
  const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan);
  return { version, values: document.values.length, plan, receipts };
}

async function readDocument(surroundings: Surroundings, request: EvidenceRequest): Promise<MetricDocument> {
  const document = parseMetricDocument(await readFile(surroundings, request.path, 64 * maxFileBytes));
  if (request.examples.length === 0) return document;
  const files = [];
  for (const path of request.examples) files.push(await readFile(surroundings, path, exampleLimits.sizeBytes));
  return { ...document, examples: parseExampleFiles(files) };
}

async function readFile(surroundings: Surroundings, path: string, maxBytes: number) {
  const bytes = await surroundings.workTree.read(path, maxBytes);
  if (bytes === null) throw weighbridgeError('flow/path-not-found', { path });
  return { name: path, bytes };
}
