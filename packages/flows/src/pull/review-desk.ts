import type { Digest } from '@weighbridge/core';
import { digestJson, type ModelName } from '@weighbridge/core';
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
import { readContentDigests } from '../assess-models.js';
import { openCommitFiles } from '../files.js';
import { type GovernedModel, readGovernance, readPolicy } from '../governance.js';
import { partsOf } from '../part-order.js';
import { remembered } from '../remembered.js';
import type { Surroundings } from '../surroundings.js';
import { readStagesAt } from './stage-lines.js';
import { catchFault } from './judgement.js';

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
  /** For a registered version: the line of stages.yaml that asks for it. */
  readonly asked: { readonly path: string; readonly stage: string; readonly version: string } | null;
}

/** Answers what the reviews of one pull request rest on. Teams, permissions and commits are asked for once. */
export interface ReviewDesk {
  readonly pull: PullFacts;
  /** For a transition of a model. */
  facts(content: ApprovedContent, contributors: ReviewFacts['contributors']): Promise<ReviewFacts>;
  /** For what the change amends of its own rules: approvals of other contents of these paths do not count. */
  amendmentFacts(teams: readonly string[], paths: readonly string[]): Promise<ReviewFacts>;
}

/** `at` is the judged commit: the head, or that of a merge group. */
export function openReviewDesk(surroundings: Surroundings, forge: Forge, pull: PullFacts, at: string): ReviewDesk {
  const team = remembered((slug: string) => forge.team(slug));
  const permission = remembered((login: string) => forge.permission(login));
  const equality = contentEquality(surroundings, at);
  const gather = async (
    slugs: readonly string[],
    isEqual: (commit: string) => Promise<boolean>,
  ): Promise<Omit<ReviewFacts, 'contributors'>> => {
    const teams: Record<string, TeamFacts> = {};
    for (const slug of slugs) teams[slug] = await team(slug);
    const permissions: Record<string, PermissionFact> = {};
    for (const login of reviewersOf(pull)) permissions[login] = await permission(login);
    const equalCommits: string[] = [];
    const otherCommits: string[] = [];
    for (const commit of reviewedCommits(pull)) {
      ((await isEqual(commit)) ? equalCommits : otherCommits).push(commit);
    }
    return { pull, teams, permissions, equalCommits, otherCommits };
  };
  return {
    pull,
    async facts(content, contributors) {
      const slugs = teamsToRead(content.slice, { owners: content.owners });
      // The head counts under the policy of the base, whichever policy lies in its own tree.
      const isEqual = async (commit: string) =>
        commit === at || equality(commit, content, { slice: commit !== pull.head.commit });
      const gathered = await gather(slugs, isEqual);
      return { ...gathered, contributors };
    },
    async amendmentFacts(slugs, paths) {
      const gathered = await gather(slugs, (commit) => samePaths(surroundings, { commit, at, paths }));
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
  const read = await catchFault(() => readContentDigests(surroundings, { commit, model }));
  const found = 'value' in read ? read.value : null;
  if (found === null || digests === null) return false;
  if (found.identity !== digests.identity || found.evidence !== digests.evidence) return false;
  const parts = await catchFault(() => sameParts(surroundings, commit, model));
  return 'value' in parts && parts.value;
}

/**
 * Whether the parts that get a version with this change were at a commit what they are to become. Both sides were read
 * with the versions to come, so that the identity of what is built on them does not tell.
 */
async function sameParts(surroundings: Surroundings, commit: string, model: ModelName): Promise<boolean> {
  const { provisional } = surroundings;
  if (provisional === undefined || provisional.size === 0) return true;
  const files = await openCommitFiles(surroundings.repository, commit);
  const { models } = await readGovernance(files, surroundings.sha256);
  const byName = new Map<string, GovernedModel>(models.map((each) => [each.manifest.name, each]));
  const isSame = async (name: string): Promise<boolean> => {
    const built = byName.get(name);
    for (const part of built === undefined ? [] : partsOf(built)) {
      const coming = provisional.get(part);
      if (coming === undefined) continue;
      const then = await readContentDigests(surroundings, { commit, model: part });
      if (then?.identity !== coming.identity || !(await isSame(part))) return false;
    }
    return true;
  };
  return isSame(model);
}

async function sameLine(
  surroundings: Surroundings,
  commit: string,
  asked: NonNullable<ApprovedContent['asked']>,
): Promise<boolean> {
  const read = await catchFault(() => readStagesAt(surroundings, commit, asked.path));
  return 'value' in read && read.value?.stages[asked.stage] === asked.version;
}
