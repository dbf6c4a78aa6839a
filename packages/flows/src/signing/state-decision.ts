import { type Digest, isDigest, parseUtf8, weighbridgeError } from '@weighbridge/core';
import { type DecisionPredicate, formatDecisionStatement, resourcesOf, rootDigest } from '@weighbridge/evidence';
import type { Decision } from '@weighbridge/gates';
import { type CatalogueVersion, type ModelCatalogue, readEvents } from '@weighbridge/ledger';
import { filesOfWorkTree } from '../reading/files.js';
import { findModel, readGovernance } from '../governing/governance.js';
import { readHistory } from '../registry/history.js';
import type { Surroundings } from '../surroundings.js';
import { artifactsOf } from '../registry/version-artifacts.js';

/** A decision of the ledger as a statement that waits for a signature. */
export interface StatedDecision {
  readonly model: string;
  readonly version: string | null;
  readonly decision: Digest;
  readonly verdict: string;
  /** Canonical JSON. */
  readonly text: string;
}

/**
 * States what a gate came to, as the ledger records it: of the decision with this digest, or of the newest that let a
 * version into a stage. @throws signing/no-decision, flow/unknown-model, flow/evidence-missing
 */
export async function stateDecision(
  surroundings: Surroundings,
  request: { readonly model: string | null; readonly decision: string; readonly as: DecisionPredicate },
): Promise<StatedDecision> {
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  const only = governance.models.length === 1 ? governance.models[0]?.manifest.name : undefined;
  const model = findModel(governance, request.model ?? only ?? '').manifest.name;
  const { catalogue } = await readHistory(surroundings, model, null);
  const digest = await findDecision(surroundings, { model, asked: request.decision });
  const bytes = digest === null ? null : await surroundings.ledger.evidence(digest);
  if (digest === null || bytes === null) {
    throw weighbridgeError('signing/no-decision', { decision: request.decision.slice(0, 100), model });
  }
  const decision = JSON.parse(parseUtf8(bytes)) as Decision;
  const root = await rootOf(surroundings, catalogue, decision);
  const text = formatDecisionStatement({ decision, digest, root }, request.as);
  return { model, version: decision.version, decision: digest, verdict: decision.verdict, text };
}

/** Only what an entry about this model names is a decision of it. */
async function findDecision(
  surroundings: Surroundings,
  { model, asked }: { readonly model: string; readonly asked: string },
): Promise<Digest | null> {
  const { ledger } = surroundings;
  const events = readEvents(await ledger.entries(0, (await ledger.head()).size));
  const decided = events.flatMap((event): { readonly digest: Digest; readonly stage: string | null }[] => {
    if (event.model !== model) return [];
    if (event.type === 'transitioned' && event.body.decision !== null) {
      return [{ digest: event.body.decision, stage: event.body.to }];
    }
    return event.type === 'gate-decided' ? [{ digest: event.body.decision, stage: null }] : [];
  });
  const fitting = decided.filter(({ digest, stage }) => (isDigest(asked) ? digest === asked : stage === asked));
  return fitting.at(-1)?.digest ?? null;
}

/** The subject of the version's signatures; null for what is not registered, or has no artifact. */
async function rootOf(
  { sha256, ledger }: Surroundings,
  catalogue: ModelCatalogue | null,
  decision: Decision,
): Promise<Digest | null> {
  const version: CatalogueVersion | undefined = catalogue?.versions.find((known) => known.version === decision.version);
  const artifacts = version === undefined ? [] : await artifactsOf(ledger, version);
  return artifacts.length === 0 ? null : rootDigest(sha256, resourcesOf(artifacts, decision.model));
}
