import { parseDigest, type Version, weighbridgeError } from '@weighbridge/core';
import type { CatalogueVersion, ModelCatalogue } from '@weighbridge/ledger';
import { applyPlan, type EffectObserver } from '../apply-plan.js';
import { eventContext, makeEvent } from '../events.js';
import { filesOfWorkTree } from '../reading/files.js';
import { findModel, type Governance, type GovernedModel, readGovernance } from '../governing/governance.js';
import { fetchTags, findVersion, type ModelHistory, readHistory } from '../registry/history.js';
import { notRegistered } from '../registry/not-registered.js';
import type { Plan, Receipt } from '../plan.js';

import { requireBytes } from '../retention/require-bytes.js';
import { checkAllowed } from '../governing/rollback-allowed.js';
import { checkOnBranch } from '../governing/check-writing.js';
import { requireStageSignature } from './require-signature.js';
import { checkStage } from '../governing/stage-origin.js';
import { planStageTags } from './stage-tags.js';
import { planStagesFile } from './stages-file.js';
import { filesOfEntry, requireReadable } from '../stored/cold-bytes.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { artifactsOf, wholeVersion } from '../registry/version-artifacts.js';

/** Which stage is to go back, and why. */
export interface RollbackRequest {
  readonly model: string;
  readonly stage: string;
  readonly reason: string;
  /** A version; null for the last one that completed promotion to the stage. */
  readonly to: string | null;
  readonly dryRun: boolean;
  readonly writeStages: boolean;
}

/** What became of a rollback. */
export interface Rollback {
  readonly model: string;
  readonly stage: string;
  readonly from: Version;
  readonly to: CatalogueVersion;
  readonly outcome: 'rolled-back' | 'already-there';
  /** How many artifacts of the target were read back from the store and matched their digests. */
  readonly verified: number;
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  readonly notices: readonly Notice[];
}

/**
 * Points a stage back to the last version that completed promotion to it, after its artifacts verified; archives the bad
 * version and freezes its identity, so that the same content cannot come back under any number without a waiver.
 * A second run for the same fault changes nothing: to go further back, name the version.
 * @throws flow/reason-missing, flow/stage-empty, flow/nothing-to-roll-back-to, flow/not-allowed,
 * flow/allowed-unread, flow/bytes-released, flow/bytes-cold, store/missing, store/corrupt, signing/required
 */
export async function rollbackModel(
  surroundings: Surroundings,
  request: RollbackRequest,
  observe?: EffectObserver,
): Promise<Rollback> {
  if (request.reason.trim() === '') throw weighbridgeError('flow/reason-missing', { command: 'rollback' });
  const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
  if (!governance.governed) throw weighbridgeError('flow/no-policy', {});
  checkStage(governance, request.stage);
  const branchNotices = await checkOnBranch(surroundings, governance, 'rollback');
  await checkAllowed(surroundings, governance, 'roll back');
  const model = findModel(governance, request.model);
  const tagNotices = await fetchTags(surroundings);
  const history = await readHistory(surroundings, model.manifest.name, null);
  const rolling: Rolling = { surroundings, governance, model, history, request };
  const catalogue = history.catalogue;
  const current = catalogue?.stages[request.stage] ?? null;
  if (catalogue === null) throw await notRegistered(surroundings, model.manifest.name);
  if (current === null) {
    throw weighbridgeError('flow/stage-empty', { model: request.model, stage: request.stage });
  }
  const done = finishedRollback(catalogue, request);
  if (done !== null) return finish(rolling, done, observe);
  const target = chooseTarget(rolling, catalogue);
  const unsigned = await requireStageSignature(surroundings, governance, {
    model,
    catalogue,
    version: target,
    stage: request.stage,
  });
  await requireHot(surroundings, target, catalogue.model);
  const verified = await verifyArtifacts(surroundings, target);
  const plan = await planRollback(rolling, catalogue, { current, target });
  const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan, observe);
  const base = { model: model.manifest.name, stage: request.stage, from: current, to: target };
  return {
    ...base,
    outcome: 'rolled-back',
    verified,
    plan,
    receipts,
    notices: [
      ...branchNotices,
      ...tagNotices,
      ...history.notices,
      ...(unsigned === null ? [] : [{ level: 'warning', text: unsigned } as const]),
    ],
  };
}

interface Rolling {
  readonly surroundings: Surroundings;
  readonly governance: Governance;
  readonly model: GovernedModel;
  readonly history: ModelHistory;
  readonly request: RollbackRequest;
}

/** The rollback that a repeated request would repeat: the stage's last move, to the target asked for. */
function finishedRollback(
  catalogue: ModelCatalogue,
  request: RollbackRequest,
): { from: Version; to: CatalogueVersion } | null {
  const last = catalogue.history.filter((change) => change.stage === request.stage).at(-1);
  if (last === undefined || last.kind !== 'rolled-back' || last.version === null || last.previous === null) return null;
  const to = catalogue.versions.find((version) => version.version === last.version);
  if (to === undefined) return null;
  const named = request.to === null ? null : findVersion(catalogue.model, catalogue, request.to);
  return named === null || named.version === to.version ? { from: last.previous, to } : null;
}

async function finish(
  rolling: Rolling,
  done: { from: Version; to: CatalogueVersion },
  observe?: EffectObserver,
): Promise<Rollback> {
  const { surroundings, request, model, history } = rolling;
  const plan = { effects: await planFollowUps(rolling, history.catalogue?.stages ?? {}) };
  const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan, observe);
  const notice: Notice = {
    level: 'notice',
    text: `${request.stage} was rolled back from ${done.from} to ${done.to.version} already. To go further back, name the version with --to.`,
  };
  const base = { model: model.manifest.name, stage: request.stage, from: done.from, to: done.to };
  return { ...base, outcome: 'already-there', verified: 0, plan, receipts, notices: [...history.notices, notice] };
}

/** Newest first: versions that the stage pointed to, still usable, other than the one it points to. */
function chooseTarget(rolling: Rolling, catalogue: ModelCatalogue): CatalogueVersion {
  const { request } = rolling;
  const current = catalogue.stages[request.stage];
  const held = catalogue.history
    .filter((change) => change.stage === request.stage && change.version !== null && change.version !== current)
    .map((change) => change.version)
    .reverse();
  const refusal = (because: string) =>
    weighbridgeError('flow/nothing-to-roll-back-to', { model: catalogue.model, stage: request.stage, because });
  const named = request.to === null ? null : findVersion(catalogue.model, catalogue, request.to);
  if (named !== null && named.version === current) throw refusal(`it holds ${current} already`);
  if (named !== null && !held.includes(named.version))
    throw refusal(`${named.version} never completed promotion to it`);
  for (const version of named === null ? held : [named.version]) {
    const known = catalogue.versions.find((candidate) => candidate.version === version);
    if (known === undefined) continue;
    if (named !== null) requireBytes(catalogue.model, known);
    if (known.deprecated || known.archived || known.released !== undefined) continue;
    if (catalogue.frozen.some((frozen) => frozen.identity === known.identity)) continue;
    return known;
  }
  throw refusal(
    named === null
      ? 'no other version completed promotion to it and is still usable'
      : `${named.version} is archived, frozen or deprecated`,
  );
}

/** Before anything is read: half of a version is of no use. @throws flow/bytes-cold */
async function requireHot({ store, ledger }: Surroundings, target: CatalogueVersion, model: string): Promise<void> {
  if (target.store === null || store === null) return;
  await requireReadable(store, filesOfEntry(await wholeVersion(ledger, target)), { model, version: target.version });
}

async function verifyArtifacts(surroundings: Surroundings, target: CatalogueVersion): Promise<number> {
  if (target.store === null) return 0;
  const artifacts = await artifactsOf(surroundings.ledger, target);
  if (surroundings.store === null) {
    throw weighbridgeError('flow/no-store', { path: artifacts[0]?.path ?? 'its artifact' });
  }
  for (const artifact of artifacts) {
    surroundings.progress(`Verifying ${artifact.path}`);
    await surroundings.store.verify(parseDigest(`sha256:${artifact.sha256}`));
  }
  return artifacts.length;
}

async function planRollback(
  rolling: Rolling,
  catalogue: ModelCatalogue,
  move: { readonly current: Version; readonly target: CatalogueVersion },
): Promise<Plan> {
  const { surroundings, model, request } = rolling;
  const bad = catalogue.versions.find((version) => version.version === move.current);
  if (bad === undefined)
    throw weighbridgeError('core/invariant', { reason: `${move.current} holds a stage and is not registered` });
  const { target } = move;
  const commit = target.commit === null ? null : await surroundings.repository.commit(target.commit);
  const context = eventContext(surroundings, { commit, justification: request.reason, time: surroundings.clock.now() });
  const event = makeEvent(surroundings.sha256, {
    type: 'rolled-back',
    model: model.manifest.name,
    version: target.version,
    context,
    occasion: catalogue.entries,
    body: { stage: request.stage, replaces: move.current, identity: target.identity, frozen: bad.identity },
  });
  const after: Record<string, Version | null> = {};
  for (const [stage, version] of Object.entries(catalogue.stages))
    after[stage] = version === move.current ? null : version;
  after[request.stage] = target.version;
  return {
    effects: [{ kind: 'append', events: [event], evidence: new Map() }, ...(await planFollowUps(rolling, after))],
  };
}

async function planFollowUps(rolling: Rolling, stages: Readonly<Record<string, Version | null>>) {
  const { surroundings, model, history, request } = rolling;
  const pointers: Record<string, CatalogueVersion | null> = {};
  for (const [stage, held] of Object.entries(stages)) {
    pointers[stage] = history.catalogue?.versions.find((known) => known.version === held) ?? null;
  }
  const tags = planStageTags(model.manifest.name, history, pointers, surroundings.clock.now());
  if (!request.writeStages) return tags;
  return [...tags, ...(await planStagesFile(surroundings, model, stages, request.stage))];
}
