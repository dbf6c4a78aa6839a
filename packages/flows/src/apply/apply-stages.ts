import { type Digest, type ModelName, weighbridgeError } from '@weighbridge/core';
import type { DesiredPointers, LedgerEvent, ModelCatalogue } from '@weighbridge/ledger';
import type { Stages } from '@weighbridge/manifest';
import type { Commit } from '@weighbridge/ports';
import { applyPlan, type EffectObserver } from '../apply-plan.js';
import { eventContext, makeEvent } from '../events.js';
import { openCommitFiles } from '../reading/files.js';
import { readGovernance, selectModels } from '../governing/governance.js';
import { fetchTags, readHistory } from '../registry/history.js';
import type { Plan, Receipt } from '../plan.js';
import { planPolicyEntry } from '../registry/policy-entry.js';
import { readStages, stagesPathOf, strangeNotices, strangeStages } from '../transition/stage-lines.js';
import { findRevoked, planRevocations } from '../transition/revoked-waivers.js';
import { checkSigning } from '../governing/check-writing.js';
import { planStageTags } from '../transition/stage-tags.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { planAliases } from './aliases.js';
import type { AppliedLine, Applying, ApplyRequest } from './applying.js';
import { findHeldAliases } from './held-aliases.js';
import { judgeMergedLine, type MergedLine } from './judge-merged-line.js';
import { planLine } from './plan-line.js';
import { tellUnapplied } from './tell-unapplied.js';

/** What became of one model. */
export interface AppliedModel {
  readonly model: ModelName;
  readonly lines: readonly AppliedLine[];
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
}

/** What became of the branch's wishes. */
export interface ApplyOutcome {
  /** The tip of the default branch, whose files were applied. */
  readonly commit: string;
  readonly models: readonly AppliedModel[];
  readonly notices: readonly Notice[];
}

/**
 * Moves stages to where stages.yaml of the default branch's tip asks them to be. It is three-way: a line counts when it
 * asks for something else than what was applied last, so that what a rollback set stays until somebody edits the line.
 * Every move is judged again, by the policy that stood before the merge, on the reviews of the pull request that brought
 * it; a decision that does not permit moves nothing and is recorded. Repeating it changes nothing.
 * @throws flow/no-policy, flow/unsigned, flow/untrusted-key, flow/no-commit, flow/invalid-files, ledger/*, forge/*
 */
export async function applyStages(
  surroundings: Surroundings,
  request: ApplyRequest,
  observe?: EffectObserver,
): Promise<ApplyOutcome> {
  const { tip, branch } = await findTip(surroundings);
  const governance = await readGovernance(await openCommitFiles(surroundings.repository, tip.id), surroundings.sha256);
  if (!governance.governed) throw weighbridgeError('flow/no-policy', {});
  checkSigning(surroundings, governance, 'apply');
  const notices: Notice[] = [...(await fetchTags(surroundings))];
  const models: AppliedModel[] = [];
  for (const model of selectModels(governance, request.models)) {
    const path = stagesPathOf(model);
    const stages = await readStages(model.files, path);
    const known = governance.policy.stages;
    notices.push(...strangeNotices(strangeStages(stages, known), { path, known }));
    const history = await readHistory(surroundings, model.manifest.name, null);
    if (history.catalogue === null) continue;
    const revoked = findRevoked(governance.policy, history.catalogue, surroundings.clock.now());
    if (stages === null && revoked.length === 0) continue;
    const applying = { surroundings, governance, model, history, catalogue: history.catalogue, tip, branch, request };
    const held = stages === null ? new Map<string, string>() : await findHeldAliases(applying, stages);
    notices.push(...[...held].map(([alias, because]) => heldNotice(applying, alias, because)));
    models.push(await applyModel(applying, { stages, held }, observe));
  }
  return { commit: tip.id, models, notices };
}

/** Where the default branch is now: a run of an older commit must not bring older wishes back. @throws flow/no-commit */
async function findTip({ repository }: Surroundings): Promise<{ tip: Commit; branch: string }> {
  const branch = await repository.defaultBranch();
  const tip = branch === null ? null : await repository.branchTip(branch.name);
  if (branch === null || tip === null) throw weighbridgeError('flow/no-commit', {});
  return { tip, branch: branch.name };
}

function heldNotice({ model, catalogue }: Applying, alias: string, because: string): Notice {
  const stays = catalogue.aliases[alias] ?? 'nothing';
  const text = `The alias ${alias} of ${model.manifest.name}, which gates compare with, stays at ${stays}: ${because}`;
  return { level: 'warning', text, file: stagesPathOf(model) };
}

async function applyModel(
  applying: Applying,
  { stages: desired, held }: { readonly stages: Stages | null; readonly held: ReadonlyMap<string, string> },
  observe?: EffectObserver,
): Promise<AppliedModel> {
  const { surroundings, model, request } = applying;
  const lines: AppliedLine[] = [];
  const events: LedgerEvent[] = [];
  const evidence = new Map<Digest, string>();
  let catalogue = applying.catalogue;
  const context = eventContext(surroundings, {
    commit: applying.tip,
    justification: null,
    time: surroundings.clock.now(),
  });
  const revoked = planRevocations(surroundings, { policy: applying.governance.policy, catalogue, context });
  events.push(...revoked);
  catalogue = { ...catalogue, entries: catalogue.entries + revoked.length };
  for (const { stage, version } of desired === null ? [] : changedSince(applying, desired)) {
    const merged = await judgeMergedLine({ ...applying, catalogue }, { stage, version });
    const planned = await planLine({ ...applying, catalogue }, merged);
    lines.push(planned.line);
    events.push(...planned.events);
    for (const [digest, text] of planned.evidence) evidence.set(digest, text);
    catalogue = { ...catalogue, stages: planned.after, entries: catalogue.entries + planned.events.length };
  }
  const aliases =
    desired === null ? { events: [], settled: null } : planAliases({ ...applying, catalogue }, desired, held);
  events.push(...aliases.events);
  const settled = settledPointers(applying, lines, aliases.settled);
  if (settled !== null) events.push(appliedEvent(applying, settled, lines, context));
  const plan: Plan = { effects: await planEffects(applying, { events, evidence, stages: catalogue.stages, context }) };
  const receipts = request.dryRun ? [] : await applyPlan(surroundings, plan, observe);
  if (!request.dryRun) await tellUnapplied(applying, lines);
  return { model: model.manifest.name, lines, plan, receipts };
}

/** Lines that ask for another version than was applied last, in the order of the stages. */
function changedSince({ governance, catalogue }: Applying, desired: Stages): readonly Omit<MergedLine, 'judged'>[] {
  const last = catalogue.applied?.stages ?? {};
  const archive = governance.policy.stages.at(-1);
  return governance.policy.stages.flatMap((stage) => {
    const version = desired.stages[stage] ?? null;
    return version === null || version === last[stage] || stage === archive ? [] : [{ stage, version }];
  });
}

/** What counts as applied from now on: what was, and each line that is settled; null where nothing changed. */
function settledPointers(
  { catalogue }: Applying,
  lines: readonly AppliedLine[],
  aliases: DesiredPointers | null,
): { stages: DesiredPointers; aliases: DesiredPointers } | null {
  const done = lines.filter(({ outcome }) => outcome === 'applied' || outcome === 'already-there');
  if (done.length === 0 && aliases === null) return null;
  const stages = Object.fromEntries(done.map(({ stage, version }) => [stage, version as never]));
  return {
    stages: { ...catalogue.applied?.stages, ...stages },
    aliases: aliases ?? catalogue.applied?.aliases ?? {},
  };
}

function appliedEvent(
  { surroundings, model, catalogue }: Applying,
  settled: { stages: DesiredPointers; aliases: DesiredPointers },
  lines: readonly AppliedLine[],
  context: ReturnType<typeof eventContext>,
): LedgerEvent {
  const pulls = [...new Set(lines.flatMap(({ pull }) => (pull === null ? [] : [pull])))];
  return makeEvent(surroundings.sha256, {
    type: 'applied',
    model: model.manifest.name,
    version: null,
    context,
    body: { ...settled, pull: pulls.length === 1 ? (pulls[0] ?? null) : null },
    occasion: catalogue.entries,
  });
}

async function planEffects(
  { surroundings, governance, model, history, catalogue }: Applying,
  made: {
    readonly events: readonly LedgerEvent[];
    readonly evidence: ReadonlyMap<Digest, string>;
    readonly stages: ModelCatalogue['stages'];
    readonly context: ReturnType<typeof eventContext>;
  },
): Promise<Plan['effects']> {
  const policy = made.events.length === 0 ? [] : await planPolicyEntry(surroundings, governance, made.context);
  const pointers = Object.fromEntries(
    Object.entries(made.stages).map(([stage, held]) => [
      stage,
      catalogue.versions.find((known) => known.version === held) ?? null,
    ]),
  );
  const tags = planStageTags(model.manifest.name, history, pointers, surroundings.clock.now());
  if (made.events.length === 0) return tags;
  return [{ kind: 'append', events: [...policy, ...made.events], evidence: made.evidence }, ...tags];
}
