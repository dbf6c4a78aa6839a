import { permits, weighbridgeError } from '@weighbridge/core';
import type { Decision } from '@weighbridge/gates';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import { applyPlan, type EffectObserver } from '../apply-plan.js';
import { decideTransition, registeredCandidate } from './decide-transition.js';
import { eventContext } from '../events.js';
import { filesOfWorkTree } from '../reading/files.js';
import { findModel, type Governance, type GovernedModel, readGovernance } from '../governing/governance.js';
import { fetchTags, findVersion, type ModelHistory, readHistory } from '../registry/history.js';
import { notRegistered } from '../registry/not-registered.js';
import type { Effect, Plan, Receipt } from '../plan.js';
import { planMove } from './plan-move.js';
import { planPolicyEntry } from '../registry/policy-entry.js';
import { checkOnBranch } from '../governing/check-writing.js';
import { checkAllowed } from '../governing/rollback-allowed.js';
import { checkStage, originOf } from '../governing/stage-origin.js';
import { planStageTags } from './stage-tags.js';
import { planStagesFile } from './stages-file.js';
import { filesOfEntry, requireReadable } from '../stored/cold-bytes.js';
import { readMoved } from '../stored/moved-store.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { wholeVersion } from '../registry/version-artifacts.js';

/** Which version is to enter which stage, and why. */
export interface PromoteRequest {
  readonly model: string;
  /** A version, stage, alias or identity digest. */
  readonly version: string;
  readonly to: string;
  readonly reason: string | null;
  readonly dryRun: boolean;
  /** Brings stages.yaml of the checkout in line, for the user to commit. */
  readonly writeStages: boolean;
}

/** What became of a promotion. */
export interface Promotion {
  readonly model: string;
  readonly version: CatalogueVersion;
  readonly from: string | null;
  readonly to: string;
  readonly replaced: string | null;
  readonly outcome: 'promoted' | 'already-there' | 'held-back';
  readonly decision: Decision | null;
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  readonly notices: readonly Notice[];
}

/**
 * Moves the pointer of a stage to a version when the stage's gate permits it. The move names the version that it
 * replaces, so of two concurrent promotions of one stage one wins and the other fails.
 * @throws flow/unknown-model, flow/unknown-version, flow/unknown-stage, flow/unsigned, flow/not-allowed,
 * flow/bytes-released, flow/bytes-cold, ledger/conflict
 */
export async function promoteModel(
  surroundings: Surroundings,
  request: PromoteRequest,
  observe?: EffectObserver,
): Promise<Promotion> {
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  if (!governance.governed) throw weighbridgeError('flow/no-policy', {});
  checkStage(governance, request.to);
  const branchNotices = await checkOnBranch(surroundings, governance, 'promote');
  const model = findModel(governance, request.model);
  const tagNotices = await fetchTags(surroundings);
  const history = await readHistory(surroundings, model.manifest.name, null);
  if (history.catalogue === null) throw await notRegistered(surroundings, model.manifest.name);
  const version = findVersion(model.manifest.name, history.catalogue, request.version);
  const { catalogue } = history;
  const promoting: Promoting = { surroundings, governance, model, history, catalogue, version, request };
  const base = {
    model: model.manifest.name,
    version,
    from: originOf(governance, catalogue, { version, to: request.to }),
    to: request.to,
    replaced: catalogue.stages[request.to] ?? null,
    notices: [...branchNotices, ...tagNotices, ...history.notices],
  };
  const archive = governance.policy.stages.at(-1);
  const there = request.to === archive ? version.archived : catalogue.stages[request.to] === version.version;
  if (there) {
    const plan = { effects: await planFollowUps(promoting, catalogue.stages) };
    const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan, observe);
    return { ...base, outcome: 'already-there', decision: null, plan, receipts };
  }
  if (request.to === archive) await checkArchivable(promoting);
  const decision = await decidePromotion(promoting, base.from);
  if (!permits(decision.verdict)) {
    return { ...base, outcome: 'held-back', decision, plan: { effects: [] }, receipts: [] };
  }
  await checkStored(promoting);
  const plan = await planPromotion(promoting, base.from, decision);
  const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan, observe);
  return { ...base, outcome: 'promoted', decision, plan, receipts };
}

interface Promoting {
  readonly surroundings: Surroundings;
  readonly governance: Governance;
  readonly model: GovernedModel;
  readonly history: ModelHistory;
  readonly catalogue: ModelCatalogue;
  readonly version: CatalogueVersion;
  readonly request: PromoteRequest;
}

/** Archiving what a later stage runs empties that stage, as no gate can see: it is for those who may roll back. */
async function checkArchivable({ surroundings, governance, catalogue, version }: Promoting): Promise<void> {
  const [, ...later] = governance.policy.stages;
  const runs = later.filter((stage) => catalogue.stages[stage] === version.version);
  if (runs.length > 0) await checkAllowed(surroundings, governance, `archive what ${runs.join(' and ')} runs`);
}

async function planPromotion(promoting: Promoting, from: string | null, decision: Decision): Promise<Plan> {
  const { surroundings, governance, catalogue, version, request } = promoting;
  const { events, evidence, after } = await planMove(surroundings, {
    policy: governance.policy,
    catalogue,
    version,
    from,
    to: request.to,
    decision,
    approvals: [],
    pull: null,
    reason: request.reason,
  });
  const commit = version.commit === null ? null : await surroundings.repository.commit(version.commit);
  const context = eventContext(surroundings, { commit, justification: request.reason, time: surroundings.clock.now() });
  const policyEntry = await planPolicyEntry(surroundings, governance, context);
  return {
    effects: [
      { kind: 'append', events: [...policyEntry, ...events], evidence },
      ...(await planFollowUps(promoting, after)),
    ],
  };
}

async function decidePromotion(promoting: Promoting, from: string | null): Promise<Decision> {
  const { surroundings, governance, model, catalogue, version, request } = promoting;
  return decideTransition(surroundings, governance, {
    model,
    catalogue,
    candidate: await registeredCandidate(surroundings, version),
    from,
    to: request.to,
  });
}

/** A stage must not be given what its store has lost, or what nobody could read. @throws store/missing, flow/store-moved, flow/bytes-cold */
async function checkStored({ surroundings, version, governance, catalogue, request }: Promoting): Promise<void> {
  const { store } = surroundings;
  if (version.store === null || store === null || request.to === governance.policy.stages.at(-1)) return;
  const files = filesOfEntry(await wholeVersion(surroundings.ledger, version));
  const about = { model: catalogue.model, version: version.version };
  const where = { ...about, store: version.store };
  for (const { digest } of files)
    if (!(await store.has(digest))) await readMoved(store, where, () => store.verify(digest));
  const isPointed = Object.values(catalogue.stages).includes(version.version);
  if (!isPointed) await requireReadable(store, files, about);
}

async function planFollowUps(promoting: Promoting, stages: ModelCatalogue['stages']): Promise<Effect[]> {
  const { surroundings, model, history, catalogue, request } = promoting;
  const pointers: Record<string, CatalogueVersion | null> = {};
  for (const [stage, held] of Object.entries(stages)) {
    pointers[stage] = catalogue.versions.find((known) => known.version === held) ?? null;
  }
  const effects = planStageTags(model.manifest.name, history, pointers, surroundings.clock.now());
  const isArchive = request.to === promoting.governance.policy.stages.at(-1);
  return request.writeStages
    ? [...effects, ...(await planStagesFile(surroundings, model, stages, isArchive ? null : request.to))]
    : effects;
}
