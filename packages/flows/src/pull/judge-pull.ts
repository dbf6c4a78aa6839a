import { type ModelName, permits, worstVerdict, weighbridgeError } from '@weighbridge/core';
import type { Assumption, Decision, PullFacts } from '@weighbridge/gates';
import { stricter } from '@weighbridge/manifest';
import type { Commit, Forge } from '@weighbridge/ports';
import { assessModels, type WeighedModel } from '../assessment/assess-models.js';
import { formatTime } from '../events.js';
import { openCommitFiles } from '../reading/files.js';
import { type Governance, type GovernedModel, readGovernance, readPolicy } from '../governing/governance.js';
import { partsFirst } from '../governing/part-order.js';
import { fetchTags } from '../registry/history.js';
import type { ProvisionalVersions } from '../assessment/provisional.js';
import { openUnlockedReads } from '../referenced/unlocked-reads.js';
import { remembered } from '../reading/remembered.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { judgeAmendments, readAmendments } from './amendments.js';
import { judgeEntry, judgeForecasts, judgeLine, type Judging } from './decide.js';
import { catchFault, type Fault, type Judgement, type ModelJudgement } from './judgement.js';
import { fillCleanUpdates } from './clean-updates.js';
import { isGuardedBase } from './guarded-base.js';
import { findReach } from './reach.js';
import { openReviewDesk } from './review-desk.js';
import { changedLines, judgedAt, readStages, readStagesAt, stagesPathOf } from '../transition/stage-lines.js';
import { touchesModel } from '../assessment/touched.js';
import { withoutCredentials } from './without-credentials.js';

/** Which pull request, and where its change is looked at. */
export interface PullUnderJudgement {
  readonly pull: PullFacts;
  /** The commit whose tree is judged: the head; in a merge queue the group's. */
  readonly at: string;
  /** The commit whose policy judges: the tip of the base branch; in a merge queue the group's base. */
  readonly base: string;
  /** In a merge queue: what this pull request alone changes. Default: from where its branch left the base. */
  readonly own?: { readonly from: string; readonly to: string };
  /** In a merge queue: versions that the others of the group bring. */
  readonly coming?: ProvisionalVersions;
  /** For a what-if, which is never published. */
  readonly assumptions?: readonly Assumption[];
}

/**
 * Judges a pull request by the policy of its base, reading its files as data of the object database: nothing of it is
 * checked out or run. Models that it touches are judged for entering the first stage, lines of stages.yaml that it
 * edits by the gate of their stage, and what it amends of its own rules by those who answer for them. Writes nothing.
 * @throws forge/*, git/*, ledger/* where the outside fails; faults of the change are in the judgement
 */
export async function judgePull(outside: Surroundings, forge: Forge, under: PullUnderJudgement): Promise<Judgement> {
  // One map for the whole change: reviewed commits are compared with the same versions to come as the head.
  const surroundings: Surroundings = {
    unlocked: openUnlockedReads({ ofStranger: false }),
    ...(under.pull.head.fork ? withoutCredentials(outside) : outside),
    ...(outside.openInflate === undefined ? {} : { inflate: outside.openInflate() }),
    provisional: new Map(under.coming),
  };
  const { repository, clock } = surroundings;
  const base = await requireCommit(surroundings, under.base);
  await requireCommit(surroundings, under.at);
  const tagNotices = await fetchTags(surroundings);
  const pull = await fillCleanUpdates(surroundings, under.pull, base.id);
  const guarded = await isGuardedBase(surroundings, forge, pull.base.ref);
  const start = { pull, at: under.at, base: base.id, guarded, time: formatTime(clock.now()) };
  const baseFiles = await openCommitFiles(repository, base.id);
  const { policy: basePolicy, governed } = await readPolicy(baseFiles);
  const read = await catchFault(async () =>
    readGovernance(await openCommitFiles(repository, under.at), surroundings.sha256),
  );
  if ('fault' in read) return unreadable({ ...start, governed, policy: basePolicy, fault: read.fault });
  const policy = governed ? basePolicy : { ...read.value.policy, mode: 'warn' as const };
  const before = await readBase(surroundings, base, under);
  const judging: Judging = {
    surroundings,
    forge,
    base: base.id,
    basePolicy,
    amendments: [],
    assumptions: under.assumptions ?? [],
    governance: { ...read.value, policy },
    desk: openReviewDesk(surroundings, forge, pull, { at: under.at, from: base.id }),
    checks: remembered((commit: string) => forge.checks(commit)),
  };
  const models: ModelJudgement[] = [];
  for (const model of partsFirst(read.value.models)) {
    if (!touchesModel(model, before.paths) && !touchedBefore(before, model)) continue;
    models.push(await judgeModel(judging, model, before));
  }
  const places = new Map(read.value.models.map(({ manifest }, place) => [manifest.name as string, place]));
  models.sort((left, right) => (places.get(left.model) ?? 0) - (places.get(right.model) ?? 0));
  models.push(...(await judgeRemoved(surroundings, read.value, before)));
  const amended = governed
    ? await readAmendments(surroundings, {
        ...before,
        at: under.at,
        basePolicy,
        before: before.governance,
        head: read.value,
      })
    : [];
  const amendments = await judgeAmendments(judging, amended);
  const verdicts = [
    ...models.flatMap((model) => [
      ...model.decisions.map(({ verdict }) => verdict),
      ...(model.fault === null ? [] : ['error' as const]),
    ]),
    ...(amendments === null ? [] : [amendments.verdict]),
  ];
  const reach = await findReach(surroundings, {
    governance: judging.governance,
    weighed: models.flatMap(({ weighed }) => (weighed === null ? [] : [weighed])),
    paths: before.paths,
    time: start.time,
  });
  const notices = [...tagNotices, ...models.flatMap((model) => model.weighed?.notices ?? []), ...reach.notices];
  return {
    ...start,
    governed,
    policy,
    models,
    amendments,
    fault: null,
    verdict: worstVerdict(verdicts),
    reach,
    notices,
  };
}

/** The base side of a change: where it began, what was there, and which paths it changes. */
export interface BaseSide {
  /** Null where the manifests of the base cannot be read: then nothing of it makes a gate looser. */
  readonly governance: Governance | null;
  /** Its models by name; none where they cannot be read. */
  readonly models: ReadonlyMap<ModelName, GovernedModel>;
  readonly from: string;
  readonly paths: readonly string[];
}

async function readBase(surroundings: Surroundings, base: Commit, { at, own }: PullUnderJudgement): Promise<BaseSide> {
  const { repository } = surroundings;
  const found = own?.from ?? (await repository.mergeBase(base.id, at));
  // Without a common commit in reach, everything that differs from the base counts as changed.
  const from = found ?? base.id;
  const read = await catchFault(async () =>
    readGovernance(await openCommitFiles(repository, from), surroundings.sha256),
  );
  const paths = await repository.changedPaths(from, own?.to ?? at);
  const governance = 'value' in read ? read.value : null;
  const models = new Map((governance?.models ?? []).map((model) => [model.manifest.name, model]));
  return { governance, models, from, paths };
}

function touchedBefore({ models, paths }: BaseSide, { manifest }: GovernedModel): boolean {
  const before = models.get(manifest.name);
  return before !== undefined && touchesModel(before, paths);
}

async function judgeModel(judging: Judging, model: GovernedModel, before: BaseSide): Promise<ModelJudgement> {
  const { name } = model.manifest;
  const known = before.models.get(name) ?? null;
  const held: GovernedModel = { ...model, manifest: stricter(known?.manifest ?? null, model.manifest) };
  const blank = { model: name, weighed: null, decisions: [], forecasts: [] };
  const judged = await catchFault(async () => {
    const { surroundings, governance } = judging;
    const [weighed] = await assessModels(surroundings, governance, [held], { depth: 'bytes' });
    if (weighed === undefined) throw weighbridgeError('core/invariant', { reason: `${name} was not weighed` });
    return judgeWeighed(judging, weighed, before);
  });
  return 'value' in judged ? judged.value : { ...blank, fault: judged.fault };
}

async function judgeWeighed(judging: Judging, weighed: WeighedModel, before: BaseSide): Promise<ModelJudgement> {
  const { model } = weighed;
  const entry = await judgeEntry(judging, weighed);
  const decisions: Decision[] = entry === null ? [] : [entry];
  const path = stagesPathOf(model);
  if (before.paths.includes(path)) {
    const { surroundings, base } = judging;
    const lines = changedLines(
      await readStagesAt(surroundings, before.from, path),
      await readStages(model.files, path),
    );
    const tip = await readStagesAt(surroundings, base, path);
    for (const line of lines) {
      const asked = { ...line, path, tip: tip?.stages[line.stage] ?? null };
      const { catalogue } = weighed.history;
      const decision = await judgedAt(model.files, asked, () => judgeLine(judging, { model, catalogue }, asked));
      if (decision !== null) decisions.push(decision);
    }
  }
  const ahead = entry !== null && permits(entry.verdict) ? await judgeForecasts(judging, weighed) : [];
  return { model: model.manifest.name, weighed, decisions, forecasts: ahead, fault: null };
}

/** A manifest may go when no stage runs its model any more. */
async function judgeRemoved({ ledger }: Surroundings, head: Governance, before: BaseSide): Promise<ModelJudgement[]> {
  const present = new Set(head.models.map(({ manifest }) => manifest.name));
  const removed: ModelJudgement[] = [];
  for (const { manifest } of before.governance?.models ?? []) {
    if (present.has(manifest.name)) continue;
    const stages = Object.entries((await ledger.catalogue(manifest.name))?.stages ?? {});
    const held = stages.find(([stage, version]) => stage !== head.policy.stages[0] && version !== null);
    if (held === undefined) continue;
    const [stage, version] = held;
    const error = weighbridgeError('flow/model-removed-in-stage', {
      model: manifest.name,
      stage,
      version: version ?? '',
    });
    const fault: Fault = { code: error.code, message: error.message, remedy: error.remedy, details: [] };
    removed.push({ model: manifest.name, weighed: null, decisions: [], forecasts: [], fault });
  }
  return removed;
}

function unreadable(
  start: Pick<Judgement, 'pull' | 'at' | 'base' | 'guarded' | 'time' | 'governed' | 'policy'> & { fault: Fault },
): Judgement {
  const notices: Notice[] = [];
  return { ...start, models: [], amendments: null, verdict: 'error', notices };
}

/** @throws flow/commit-missing */
async function requireCommit({ repository }: Surroundings, id: string): Promise<Commit> {
  await openCommitFiles(repository, id);
  const commit = await repository.commit(id);
  if (commit === null) throw weighbridgeError('flow/commit-missing', { commit: id });
  return commit;
}
