import type { Digest } from '@weighbridge/core';
import { digestJson, type ModelName, WeighbridgeError } from '@weighbridge/core';
import {
  type PermissionFact,
  type PolicySlice,
  policySlice,
  type PullFacts,
  type ReviewFacts,
  type TeamFacts,
  teamsToRead,
  type Transition,
} from '@weighbridge/gates';
import type { Forge } from '@weighbridge/ports';
import { readContentDigests } from '../assessment/assess-models.js';
import { openCommitFiles } from '../reading/files.js';
import { readPolicy } from '../governing/governance.js';
import type { LockedPart } from '../registry/registry-parts.js';
import { remembered } from '../reading/remembered.js';
import type { Surroundings } from '../surroundings.js';
import { readStagesAt } from '../transition/stage-lines.js';
import { catchFault } from './judgement.js';
import { readSeenParts, type Standing } from './seen-parts.js';

/** Reviewed commits that are looked at beside the head, newest reviews first. */
const maxReviewedCommits = 20;

/** What an approval must have been given for, to count now. */
export interface ApprovedContent {
  readonly model: ModelName;
  readonly transition: Transition;
  readonly slice: PolicySlice;
  /** Owners of the manifest: logins and `org/team`. */
  readonly owners: readonly string[];
  /** For a candidate of the change: its digests. Null for a registered version, which no commit can change. */
  readonly digests: { readonly identity: Digest; readonly evidence: Digest } | null;
  /** For a candidate of the change: the versions that it is locked to. */
  readonly parts: readonly LockedPart[];
  /** For a registered version: the line of stages.yaml that asks for it. */
  readonly asked: { readonly path: string; readonly stage: string; readonly version: string } | null;
}

const other: Standing = { isEqual: false, since: null };

/** Answers what the reviews of one pull request rest on. Teams, permissions and commits are asked for once. */
export interface ReviewDesk {
  readonly pull: PullFacts;
  /** For a transition of a model. */
  facts(content: ApprovedContent, contributors: ReviewFacts['contributors']): Promise<ReviewFacts>;
  /** For what the change amends of its own rules: approvals of other contents of these paths do not count. */
  amendmentFacts(teams: readonly string[], paths: readonly string[]): Promise<ReviewFacts>;
}

/**
 * `at` is the judged commit: the head, or that of a merge group or a merge. `from` is where the branch was before a
 * merged pull request came into it.
 */
export function openReviewDesk(
  surroundings: Surroundings,
  forge: Forge,
  pull: PullFacts,
  { at, from = null }: { readonly at: string; readonly from?: string | null },
): ReviewDesk {
  const team = remembered((slug: string) => forge.team(slug));
  const permission = remembered((login: string) => forge.permission(login));
  const equality = contentEquality(surroundings, at);
  const gather = async (
    slugs: readonly string[],
    standingOf: (commit: string) => Promise<Standing>,
  ): Promise<Omit<ReviewFacts, 'contributors'>> => {
    const teams: Record<string, TeamFacts> = {};
    for (const slug of slugs) teams[slug] = await team(slug);
    const permissions: Record<string, PermissionFact> = {};
    for (const login of reviewersOf(pull)) permissions[login] = await permission(login);
    const equalCommits: string[] = [];
    const otherCommits: string[] = [];
    const partsSince: Record<string, string> = {};
    for (const commit of reviewedCommits(pull)) {
      const { isEqual, since } = await standingOf(commit);
      (isEqual ? equalCommits : otherCommits).push(commit);
      if (since !== null) partsSince[commit] = since;
    }
    const aged = Object.keys(partsSince).length === 0 ? {} : { partsSince };
    return { pull, teams, permissions, equalCommits, otherCommits, ...aged };
  };
  return {
    pull,
    async facts(content, contributors) {
      const slugs = teamsToRead(content.slice, { owners: content.owners });
      // The head counts under the policy of the base, whichever policy lies in its own tree.
      const isEqual = async (commit: string) =>
        commit === at || equality(commit, content, { slice: commit !== pull.head.commit });
      const standingOf = async (commit: string): Promise<Standing> =>
        (await isEqual(commit)) ? readSeenParts(surroundings, { commit, from }, content.parts) : other;
      const gathered = await gather(slugs, standingOf);
      return { ...gathered, contributors };
    },
    async amendmentFacts(slugs, paths) {
      const gathered = await gather(slugs, async (commit) => ({
        isEqual: await samePaths(surroundings, { commit, at, paths }),
        since: null,
      }));
      return { ...gathered, contributors: [] };
    },
  };
}

async function samePaths(
  { repository }: Surroundings,
  { commit, at, paths }: { readonly commit: string; readonly at: string; readonly paths: readonly string[] },
): Promise<boolean> {
  if (commit === at) return true;
  if (!(await repository.fetchCommit(commit))) return false;
  const changed = new Set(await repository.changedPaths(commit, at));
  return paths.every((path) => !changed.has(path));
}

/** Logins in lower case, each once. */
function reviewersOf(pull: PullFacts): readonly string[] {
  const logins = [...pull.reviews, ...pull.comments].flatMap(({ author }) =>
    author === null ? [] : [author.login.toLowerCase()],
  );
  return [...new Set(logins)].sort();
}

/** The head, and the commits that reviews name. */
function reviewedCommits(pull: PullFacts): readonly string[] {
  const named = pull.reviews.flatMap(({ commit, state }) => (commit === null || state === 'pending' ? [] : [commit]));
  return [...new Set([pull.head.commit, ...named.reverse()])].slice(0, maxReviewedCommits);
}

/** Whether a commit holds the content that is judged, byte for byte, and on request under the same slice of the policy. */
function contentEquality(surroundings: Surroundings, at: string) {
  const policyAt = remembered(async (commit: string) => {
    const read = await catchFault(async () => readPolicy(await openCommitFiles(surroundings.repository, commit)));
    return 'value' in read ? read.value.policy : null;
  });
  const sliceAt = async (commit: string, { model, transition }: ApprovedContent) => {
    const policy = await policyAt(commit);
    return policy === null ? null : digestJson(surroundings.sha256, policySlice(policy, { model, transition }));
  };
  const sameSlice = async (commit: string, content: ApprovedContent): Promise<boolean> => {
    const judged = await sliceAt(at, content);
    return judged !== null && judged === (await sliceAt(commit, content));
  };
  return async (commit: string, content: ApprovedContent, compare: { readonly slice: boolean }): Promise<boolean> => {
    if (compare.slice && !(await sameSlice(commit, content))) return false;
    return content.asked === null
      ? sameDigests(surroundings, commit, content)
      : sameLine(surroundings, commit, content.asked);
  };
}

async function sameDigests(surroundings: Surroundings, commit: string, content: ApprovedContent): Promise<boolean> {
  const { model, digests } = content;
  const read = await catchFault(async () =>
    readWherePossible(() => readContentDigests(surroundings, { commit, model })),
  );
  const found = 'value' in read ? read.value : null;
  if (found === null || digests === null) return false;
  return found.identity === digests.identity && found.evidence === digests.evidence;
}

/** A commit that names what nobody finds is no other's content, and holds up no judgement. */
async function readWherePossible<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof WeighbridgeError && error.code === 'source/unread') return null;
    throw error;
  }
}

async function sameLine(
  surroundings: Surroundings,
  commit: string,
  asked: NonNullable<ApprovedContent['asked']>,
): Promise<boolean> {
  const read = await catchFault(() => readStagesAt(surroundings, commit, asked.path));
  return 'value' in read && read.value?.stages[asked.stage] === asked.version;
}
