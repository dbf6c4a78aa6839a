import type { ReviewPolicy } from '@weighbridge/manifest';
import type { ReviewFacts } from '../facts.js';
import type { PullCommitFact, PullFacts } from '../pull-facts.js';
import { readTime } from '../time.js';
import { shortCommit } from './contributors.js';
import { foldActor, foldLogin } from './people.js';
import type { Voice } from './voice.js';

/**
 * Why an approval does not speak for the head as it is now, as one clause; null when it does. It must name the head, or
 * a commit of equal content, or one that only clean updates from the base separate from the head; it must be no older
 * than the moment at which that commit came; and the base must not have changed since. A tie of times counts.
 */
export function whyStale(approval: Voice, review: ReviewFacts, policy: ReviewPolicy): string | null {
  const { pull } = review;
  const { commit } = approval;
  const atMs = readTime(approval.at);
  if (atMs === null) return 'it does not say when it was given';
  if (commit === null) return 'it names no commit';
  if (!carriedCommits(review).has(commit)) {
    if (commit === pull.head.commit)
      return `it is for ${shortCommit(commit)} by itself, and merged with what comes before it, its content is another`;
    const known = differs(review, commit) ? ', whose content differs' : '';
    return `it is for ${shortCommit(commit)}${known}, and the head is ${shortCommit(pull.head.commit)}`;
  }
  // Who writes a commit in a command has seen it; what a forge writes beside a review may have moved.
  const moved = approval.via === 'review' ? whyMoved(pull, commit, atMs) : null;
  return moved ?? whyUnseen(review, commit, atMs) ?? whyOverruled(approval, pull, policy, atMs);
}

/** Evidence of a registered version, and versions of parts, are in no commit: only their time tells whether they were seen. */
function whyUnseen({ evidenceSince, partsSince = {} }: ReviewFacts, commit: string, atMs: number): string | null {
  if (evidenceSince !== undefined && comesAfter(evidenceSince, atMs))
    return `evidence was added to the version at ${evidenceSince}, after it`;
  const since = Object.hasOwn(partsSince, commit) ? partsSince[commit] : undefined;
  if (since === undefined || !comesAfter(since, atMs)) return null;
  return `a part got the version that it is built on now at ${since}, after it`;
}

/** Commits whose approval speaks for the head. */
function carriedCommits(review: ReviewFacts): ReadonlySet<string> {
  const { pull, equalCommits } = review;
  // Even the head does not speak for what a queue or a merge makes of it, where that differs.
  const carried = new Set([pull.head.commit, ...equalCommits].filter((id) => !differs(review, id)));
  const byId = new Map(pull.commits.map((commit) => [commit.id, commit]));
  // What is added on the way is visited too.
  for (const id of carried) {
    const commit = byId.get(id);
    if (commit?.cleanUpdate !== true) continue;
    for (const before of commit.parents.slice(0, 1)) if (!differs(review, before)) carried.add(before);
  }
  return carried;
}

/** Whether the content at a commit is known to differ from what is judged. */
function differs({ otherCommits }: ReviewFacts, commit: string): boolean {
  return otherCommits?.includes(commit) === true;
}

/**
 * A forge may move a review to the commit that a force push brings, one that its writer never saw. So an approval of
 * the head must be no older than the head; one of another commit counts when no force push came after it, or when the
 * first that did is known to have taken that very commit away.
 */
function whyMoved(pull: PullFacts, commit: string, atMs: number): string | null {
  const known = pull.commits.find(({ id }) => id === commit);
  const isHead = commit === pull.head.commit;
  const pushes = pull.timeline.flatMap((event) => (event.kind === 'head-force-pushed' ? [event] : []));
  pushes.sort((left, right) => (readTime(left.at) ?? Infinity) - (readTime(right.at) ?? Infinity));
  const since = pushes.filter((push) => comesAfter(push.at, atMs));
  const tookAway = since[0]?.before ?? null;
  const taken = !isHead && tookAway === commit;
  const dropped = !isHead && since.length === 1 && known === undefined && tookAway === null;
  const latest = since.at(-1);
  if (latest !== undefined && !taken && !dropped) {
    return `the branch was force-pushed at ${latest.at}, after it, and the forge may have moved it to a commit that its writer never saw`;
  }
  if (isHead) return whyOlderThanHead(pull, known, atMs);
  if (known === undefined) return taken || dropped ? null : `${shortCommit(commit)} is no commit of this pull request`;
  return comesAfter(known.committedAt, atMs) ? olderThan(commit, known.committedAt) : null;
}

function whyOlderThanHead(pull: PullFacts, head: PullCommitFact | undefined, atMs: number): string | null {
  // What the forge saw was made by then: a committer's date after that is a clock that goes wrong.
  const cameAt = pull.headSeenAt ?? head?.committedAt ?? null;
  if (cameAt === null) return 'it is not known when the head came';
  return comesAfter(cameAt, atMs) ? olderThan(pull.head.commit, cameAt) : null;
}

function olderThan(commit: string, moment: string): string {
  return `it is older than ${shortCommit(commit)}, which came at ${moment}, so that its writer cannot have seen that commit`;
}

function whyOverruled(approval: Voice, pull: PullFacts, policy: ReviewPolicy, atMs: number): string | null {
  for (const event of pull.timeline) {
    if (!comesAfter(event.at, atMs)) continue;
    if (event.kind === 'base-changed') return `it was for another base, which changed at ${event.at}`;
    const asked = event.kind === 'review-requested' ? event.reviewer : null;
    const again = asked !== null && approval.person !== null && foldLogin(asked) === foldActor(approval.person);
    if (again && policy.reRequest === 'withdraws') return `a new review was asked for at ${event.at}`;
  }
  return null;
}

/** Whether a moment lies after another; one that cannot be read lies after everything. */
function comesAfter(moment: string, atMs: number): boolean {
  const momentMs = readTime(moment);
  return momentMs === null || momentMs > atMs;
}
