import type { PullFacts } from '@weighbridge/gates';
import type { Commit, CommitStatus, Forge } from '@weighbridge/ports';
import { openCommitFiles } from '../reading/files.js';
import { partsOf } from '../governing/part-order.js';
import type { Surroundings } from '../surroundings.js';
import type { Judgement } from './judgement.js';
import { judgePull } from './judge-pull.js';
import { markError, markPending } from './publish.js';
import type { Telling } from './reconcile.js';
import { weighGroup } from './weigh-group.js';
import { withoutCredentials } from './without-credentials.js';

/** Pull requests in one group of a merge queue, at most. */
const maxGroup = 100;
/** Commits of a group's line, at most. */
const maxLine = 1_000;

/** A group of a merge queue, as the event names it. */
export interface MergeGroup {
  readonly head: string;
  readonly base: string;
  /** Branch that the group is to be merged into. */
  readonly baseRef: string;
  /** The group's own branch, whose name tells the last pull request of it. */
  readonly headRef: string;
}

/** A judged group. */
export interface JudgedGroup {
  readonly judgements: readonly Judgement[];
  /** Commits of the group that belong to no pull request that could be told: nobody can have approved them. */
  readonly unknown: readonly string[];
  readonly published: boolean;
}

/**
 * Judges every pull request of a merge group at the group's commit and by the group's base: each with its own reviews,
 * on the bytes that the merge would bring, against the stages as they are now. Two that change one model combine to
 * something that nobody approved, and say so.
 * @throws forge/*, git/*, ledger/*
 */
export async function reconcileGroup(
  surroundings: Surroundings,
  forge: Forge,
  group: MergeGroup,
  telling: Telling,
): Promise<JudgedGroup> {
  const refused = telling === null ? null : await markPending(forge, group.head, telling);
  try {
    const members = await membersOf(surroundings, forge, group);
    const unknown = [...members.unknown];
    const known: { readonly pull: PullFacts; readonly own: Member['own'] }[] = [];
    for (const { number, own } of members.known) {
      const pull = await forge.pull(number, { comments: true, files: false });
      if (pull === null) unknown.push(own.to);
      else known.push({ pull, own });
    }
    // All are judged at one commit, which holds what each of them wrote.
    const isOurs = unknown.length === 0 && known.every(({ pull }) => !pull.head.fork);
    const reading = isOurs ? surroundings : withoutCredentials(surroundings);
    const coming = await weighGroup(reading, group, members.known);
    const judgements: Judgement[] = [];
    for (const { pull, own } of known)
      judgements.push(await judgePull(reading, forge, { pull, at: group.head, base: group.base, own, coming }));
    if (telling === null || refused !== null) return { judgements, unknown, published: false };
    const status =
      unknown.length > 0
        ? ({ state: 'error', description: `${unknown.length} commits of the group belong to no pull request` } as const)
        : groupStatus(judgements, telling);
    await forge.setStatus({ commit: group.head, context: telling.context, url: telling.url, ...status });
    return { judgements, unknown, published: true };
  } catch (error) {
    if (telling !== null && refused === null) await markError(forge, group.head, telling);
    throw error;
  }
}

/**
 * What the group is told. Nothing looks at a group again, and nobody can review it, so that waiting would only hold the
 * queue up: what waits in a pull request fails here.
 */
function groupStatus(
  judgements: readonly Judgement[],
  { texts }: NonNullable<Telling>,
): Pick<CommitStatus, 'state' | 'description'> {
  const { state, description } = texts.status(judgements);
  if (state === 'success') return { state, description };
  const shared = sharedModel(judgements) ?? sharedPart(judgements);
  return {
    state: state === 'pending' ? 'failure' : state,
    description: shared === null ? description : `${shared}, which nobody approved together: merge one, then the other`,
  };
}

/** The first model that more than one pull request of a group changes, in a clause; null when none is. */
function sharedModel(judgements: readonly Judgement[]): string | null {
  for (const { models } of judgements) {
    for (const { model } of models) {
      const changing = judgements.filter((judgement) => judgement.models.some((each) => each.model === model));
      if (changing.length < 2) continue;
      return `${changing.map(({ pull }) => `#${pull.number}`).join(' and ')} change ${model}`;
    }
  }
  return null;
}

/** The first model of a pull request that is built on what another of the group changes, in a clause; null when none is. */
function sharedPart(judgements: readonly Judgement[]): string | null {
  for (const { pull, models } of judgements) {
    const others = judgements.filter((each) => each.pull !== pull);
    for (const { model, weighed } of models) {
      for (const part of weighed === null ? [] : partsOf(weighed.model)) {
        const changing = others.find((each) => each.models.some((one) => one.model === part));
        if (changing !== undefined)
          return `#${pull.number} changes ${model}, and #${changing.pull.number} its part ${part}`;
      }
    }
  }
  return null;
}

interface Member {
  readonly number: number;
  /** What it alone changes: from its predecessor in the queue to itself. */
  readonly own: { readonly from: string; readonly to: string };
}

/** One commit of the queue's line, with the pull request that it belongs to. */
interface Step {
  readonly commit: Commit;
  readonly parent: string;
  readonly number: number | null;
}

/**
 * Which pull requests the group is made of, the first in the queue first. Each merge or squash commit between the
 * group's base and head is one; where the queue rebases, each is a run of commits.
 */
async function membersOf(
  surroundings: Surroundings,
  forge: Forge,
  group: MergeGroup,
): Promise<{ known: readonly Member[]; unknown: readonly string[] }> {
  const { line, complete } = await readLine(surroundings, group);
  const steps: Step[] = [];
  for (const step of line) steps.push({ ...step, number: await numberOf(forge, group, step.commit) });
  const resolved = await fillRebased(surroundings, forge, group, steps);
  const known: Member[] = [];
  const unknown: string[] = complete ? [] : [group.base];
  for (const { commit, parent, number } of resolved) {
    const last = known.at(-1);
    if (number === null) unknown.push(commit.id);
    else if (last?.number === number && last.own.to === parent)
      known[known.length - 1] = { number, own: { from: last.own.from, to: commit.id } };
    else known.push({ number, own: { from: parent, to: commit.id } });
  }
  return { known, unknown };
}

/** First parents from the group's head to its base, the oldest first. */
async function readLine(
  { repository }: Surroundings,
  group: MergeGroup,
): Promise<{ line: readonly Omit<Step, 'number'>[]; complete: boolean }> {
  const line: Omit<Step, 'number'>[] = [];
  let at = group.head;
  for (let steps = 0; at !== group.base && steps < maxLine; steps++) {
    await openCommitFiles(repository, at);
    const commit = await repository.commit(at);
    const parent = commit?.parents[0];
    if (commit === null || parent === undefined) break;
    line.unshift({ commit, parent });
    at = parent;
  }
  return { line, complete: at === group.base };
}

/**
 * A queue that rebases puts each commit of a pull request on the line, and no name of a number with it: a commit is
 * that of the open pull request whose own commit makes the same change, by its patch id. Of pull requests that share
 * one, the one with the fewest commits brought it first. What changes nothing goes with its neighbour. Whether the
 * reviews count is bound to content, so that a change that is taken for another's lets nothing through.
 */
async function fillRebased(
  surroundings: Surroundings,
  forge: Forge,
  group: MergeGroup,
  steps: readonly Step[],
): Promise<readonly Step[]> {
  const { repository } = surroundings;
  const open = steps.filter(({ number, commit }) => number === null && commit.parents.length === 1);
  if (open.length === 0) return steps;
  const owners = await ownersOfPatches(surroundings, forge, group);
  const patches = await repository.patchIds(open.map(({ commit }) => commit.id));
  const filled = steps.map((step) => ({
    ...step,
    number: step.number ?? owners.get(patches.get(step.commit.id) ?? '') ?? null,
  }));
  return filled.map((step, place) => {
    if (step.number !== null || patches.has(step.commit.id) || step.commit.parents.length !== 1) return step;
    return { ...step, number: filled[place + 1]?.number ?? filled[place - 1]?.number ?? null };
  });
}

/** By patch id of their own commits, the open pull requests into the group's branch. */
async function ownersOfPatches(
  { repository }: Surroundings,
  forge: Forge,
  group: MergeGroup,
): Promise<ReadonlyMap<string, number>> {
  const pulls = (await forge.openPulls(maxGroup)).filter(({ base }) => base.ref === group.baseRef);
  const owned: { number: number; patches: readonly string[] }[] = [];
  for (const { number, head } of pulls) {
    if (!(await repository.fetchCommit(head.commit))) continue;
    const from = await repository.mergeBase(group.base, head.commit);
    const changes = from ? await repository.changesBetween({ from, to: head.commit }) : undefined;
    const patches = await repository.patchIds((changes ?? []).map(({ commit }) => commit.id));
    owned.push({ number, patches: [...patches.values()] });
  }
  const owners = new Map<string, number>();
  owned.sort((left, right) => left.patches.length - right.patches.length);
  for (const { number, patches } of owned)
    for (const patch of patches) if (!owners.has(patch)) owners.set(patch, number);
  return owners;
}

/**
 * Which open pull request a commit of the queue merges. Its second parent is a head; a squash names its number at the
 * end of its first line, as the forge writes it, and the group's branch names the last. A number that is told so only
 * counts when that pull request is open and goes into the same branch: its reviews are then bound to its own content.
 */
async function numberOf(forge: Forge, group: MergeGroup, commit: Commit): Promise<number | null> {
  const second = commit.parents[1];
  if (second !== undefined) {
    const open = (await forge.pullsAtHead(second)).filter(({ base }) => base.ref === group.baseRef);
    if (open[0] !== undefined) return open[0].number;
  }
  const subject = commit.message.split('\n', 1)[0] ?? '';
  const named =
    /\(#(\d{1,10})\)$/.exec(subject.trim())?.[1] ??
    (commit.id === group.head ? /\/pr-(\d{1,10})-/.exec(group.headRef)?.[1] : undefined);
  if (named === undefined) return null;
  const summary = await forge.pullHead(Number(named));
  return summary !== null && summary.state === 'open' && summary.base.ref === group.baseRef ? summary.number : null;
}
