import {
  canonicalJson,
  type Digest,
  digestBytes,
  parseDigest,
  permits,
  utf8,
  weighbridgeError,
} from '@weighbridge/core';
import { type Decision, policySlice } from '@weighbridge/gates';
import type { CatalogueVersion, LedgerEvent, ModelCatalogue } from '@weighbridge/ledger';
import { formatStages, parseStages } from '@weighbridge/manifest';
import { applyPlan, type EffectObserver } from './apply-plan.js';
import { readSnapshot } from './assess-models.js';
import { decideTransition } from './decide-transition.js';
import { eventContext, makeEvent } from './events.js';
import { filesOfWorkTree } from './files.js';
import { findModel, type Governance, type GovernedModel, maxFileBytes, readGovernance } from './governance.js';
import { fetchTags, findVersion, type ModelHistory, readHistory } from './history.js';
import type { Effect, Plan, Receipt } from './plan.js';
import { planPolicyEntry } from './policy-entry.js';
import { checkOnBranch } from './register-checks.js';
import { planStageTags } from './stage-tags.js';
import type { Notice, Surroundings } from './surroundings.js';

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
 * @throws flow/unknown-model, flow/unknown-version, flow/unknown-stage, flow/unsigned, ledger/conflict
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
  const version = findVersion(model.manifest.name, history.catalogue, request.version);
  const catalogue = history.catalogue as ModelCatalogue;
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

/** @throws flow/unknown-stage */
export function checkStage(governance: Governance, stage: string): void {
  if (!governance.policy.stages.includes(stage)) {
    throw weighbridgeError('flow/unknown-stage', { stage, known: governance.policy.stages.join(', ') });
  }
}

/**
 * Where a version comes from when it is to enter a stage: among the stages that the target may be entered from, the
 * furthest that it holds, else the furthest that it held before another version took its place; else where it is.
 */
export function originOf(
  governance: Governance,
  catalogue: ModelCatalogue,
  move: { readonly version: CatalogueVersion; readonly to: string },
): string | null {
  const { version, to } = move;
  const at = stageOf(governance, catalogue, version);
  if (version.archived && !mayReturn(governance, catalogue, version)) return at;
  const { allowedFrom } = policySlice(governance.policy, { model: catalogue.model, transition: { from: at, to } });
  const allowed = governance.policy.stages.filter((stage) => allowedFrom.includes(stage));
  const holds = allowed.filter((stage) => catalogue.stages[stage] === version.version);
  const held = allowed.filter((stage) =>
    catalogue.history.some((move) => move.stage === stage && move.version === version.version),
  );
  return holds.at(-1) ?? held.at(-1) ?? at;
}

/** Whether a waiver lifts the freeze of a version that a rollback archived; the gate judges whether it is good. */
function mayReturn(governance: Governance, catalogue: ModelCatalogue, { identity }: CatalogueVersion): boolean {
  const recorded = catalogue.waivers.some((waiver) => waiver.gate === 'freeze' && waiver.identity === identity);
  return recorded || governance.policy.waivers.some((waiver) => waiver.gate === 'freeze' && waiver.digest === identity);
}

/** The furthest stage that a version holds, in the policy's order. */
export function stageOf(governance: Governance, catalogue: ModelCatalogue, version: CatalogueVersion): string | null {
  if (version.archived) return governance.policy.stages.at(-1) ?? null;
  const held = governance.policy.stages.filter((stage) => catalogue.stages[stage] === version.version);
  return held.at(-1) ?? null;
}

async function decidePromotion(promoting: Promoting, from: string | null): Promise<Decision> {
  const { surroundings, governance, model, catalogue, version, request } = promoting;
  const snapshot = await readSnapshot(surroundings, version);
  return decideTransition(surroundings, governance, {
    model,
    catalogue,
    candidate: { version: version.version, snapshot, identity: version.identity, registered: version },
    from,
    to: request.to,
  });
}

async function planPromotion(promoting: Promoting, from: string | null, decision: Decision): Promise<Plan> {
  const { surroundings, governance, model, catalogue, version, request } = promoting;
  const now = surroundings.clock.now();
  const commit = version.commit === null ? null : await surroundings.repository.commit(version.commit);
  const context = eventContext(surroundings, { commit, justification: request.reason, time: now });
  const about = { model: model.manifest.name, version: version.version, context, occasion: catalogue.entries };
  const text = canonicalJson(decision);
  const digest: Digest = digestBytes(surroundings.sha256, utf8(text));
  const isArchive = request.to === governance.policy.stages.at(-1);
  const move: LedgerEvent = isArchive
    ? makeEvent(surroundings.sha256, { type: 'archived', ...about, body: { from } })
    : makeEvent(surroundings.sha256, {
        type: 'transitioned',
        ...about,
        body: {
          from,
          to: request.to,
          replaces: catalogue.stages[request.to] ?? null,
          identity: version.identity,
          decision: digest,
          verdict: decision.verdict,
        },
      });
  const waived = usedFreezeWaivers(promoting).map(({ expires, rule, reason }) =>
    makeEvent(surroundings.sha256, {
      type: 'waived',
      ...about,
      body: { gate: 'freeze', identity: version.identity, expires, rule, reason, approvedBy: [] },
    }),
  );
  const events = [...(await planPolicyEntry(surroundings, governance, context)), ...waived, move];
  const after = isArchive
    ? leaveAll(catalogue.stages, version.version)
    : { ...catalogue.stages, [request.to]: version.version };
  return {
    effects: [
      { kind: 'append', events, evidence: new Map(isArchive ? [] : [[digest, text]]) },
      ...(await planFollowUps(promoting, after)),
    ],
  };
}

/** A waiver counts once: what the ledger has of it lifts what came before, and a later freeze asks for another line. */
function isRecorded(catalogue: ModelCatalogue, { identity }: CatalogueVersion, expires: string): boolean {
  return catalogue.waivers.some(
    (waiver) => waiver.gate === 'freeze' && waiver.identity === identity && waiver.expires === expires,
  );
}

/** A stage must not be given what its store has lost. @throws store/missing */
async function checkStored({ surroundings, version, governance, request }: Promoting): Promise<void> {
  const { store } = surroundings;
  if (version.store === null || store === null || request.to === governance.policy.stages.at(-1)) return;
  for (const { sha256 } of version.artifacts) {
    const digest = parseDigest(`sha256:${sha256}`);
    if (!(await store.has(digest))) await store.verify(digest);
  }
}

/** An archived version leaves every stage that it holds. */
function leaveAll(stages: ModelCatalogue['stages'], version: string): ModelCatalogue['stages'] {
  return Object.fromEntries(Object.entries(stages).map(([stage, held]) => [stage, held === version ? null : held]));
}

/** Waivers of the policy that lift the freeze of this identity and that the ledger does not know yet. */
function usedFreezeWaivers(promoting: Promoting): Governance['policy']['waivers'] {
  const { governance, catalogue, version, surroundings, model } = promoting;
  if (!catalogue.frozen.some((frozen) => frozen.identity === version.identity)) return [];
  const today = surroundings.clock.now().toISOString().slice(0, 10);
  return governance.policy.waivers
    .filter((waiver) => waiver.gate === 'freeze' && waiver.model === model.manifest.name)
    .filter((waiver) => waiver.digest === version.identity && waiver.expires >= today)
    .filter(({ expires }) => !isRecorded(catalogue, version, expires));
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

/**
 * The edit of stages.yaml that brings it in line: the stage that moved, and every other line whose pointer is another
 * now. Nothing when it is in line.
 */
export async function planStagesFile(
  surroundings: Surroundings,
  model: GovernedModel,
  stages: ModelCatalogue['stages'],
  moved: string | null,
): Promise<Effect[]> {
  const path = model.folder === '' ? 'stages.yaml' : `${model.folder}/stages.yaml`;
  const bytes = await surroundings.workTree.read(path, maxFileBytes);
  if (bytes === null && moved === null) return [];
  const before = bytes === null ? null : new TextDecoder().decode(bytes);
  const parsed = before === null ? null : parseStages({ path, text: before });
  const written = parsed?.ok === true ? parsed.value.stages : {};
  const change: Record<string, string | null> = moved === null ? {} : { [moved]: stages[moved] ?? null };
  for (const [stage, version] of Object.entries(written)) {
    if (Object.hasOwn(stages, stage) && stages[stage] !== version) change[stage] = stages[stage] ?? null;
  }
  const text = formatStages(before, { stages: change });
  return text === before ? [] : [{ kind: 'write', path, text }];
}
