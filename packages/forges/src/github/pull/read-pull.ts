import type { PullFacts, PullFileFact } from '@weighbridge/gates';
import type { PullQuestion } from '@weighbridge/ports';
import { graphActor } from '../actor.js';
import { githubLimits } from '../bounds.js';
import type { GitHubClient, Purpose } from '../client.js';
import type { PullNode } from './answer.js';
import { commentFact, commitFact, eventFact, reviewFact } from './facts.js';
import { readHeadSeen } from './head-seen.js';
import { readSnapshot } from './snapshot.js';

const states = { OPEN: 'open', CLOSED: 'closed', MERGED: 'merged' } as const;

/**
 * Reads everything that the rules of review rest on: one query per hundred of the longest list, one request per hundred
 * files, and one for the check suites of the head.
 */
export async function readPull(
  client: GitHubClient,
  number: number,
  { comments, files: withFiles = true }: PullQuestion,
): Promise<PullFacts | null> {
  const purpose: Purpose = {
    action: `read pull request ${number}`,
    what: `pull request ${number}`,
    needs: ['pull-requests: read', 'contents: read'],
  };
  const snapshot = await readSnapshot(client, purpose, { number, comments });
  if (snapshot === null) return null;
  const { pull } = snapshot;
  const files = withFiles ? await readFiles(client, purpose, number) : [];
  const reviews = snapshot.reviews.map(reviewFact);
  const seen = await readHeadSeen(client, pull.headRefOid, reviews);
  const missing = withFiles ? missingFiles(files.length, pull.changedFiles) : [];
  const incomplete = [...snapshot.incomplete, ...missing];
  if (seen.missing !== null) incomplete.push(seen.missing);
  return {
    number,
    url: pull.url,
    title: pull.title,
    state: states[pull.state],
    draft: pull.isDraft,
    author: graphActor(pull.author),
    openedAt: pull.createdAt,
    base: { ref: pull.baseRefName, commit: pull.baseRefOid },
    head: {
      ref: pull.headRefName,
      commit: pull.headRefOid,
      repository: pull.headRepository?.nameWithOwner ?? null,
      fork: pull.isCrossRepository,
    },
    headSeenAt: seen.at,
    merged: mergeOf(pull),
    reviews: reviews.sort((left, right) => (left.submittedAt ?? '9').localeCompare(right.submittedAt ?? '9')),
    timeline: snapshot.timeline.flatMap(eventFact),
    commits: snapshot.commits.map(commitFact),
    comments: snapshot.comments.map(commentFact),
    files,
    incomplete,
  };
}

function mergeOf({ state, mergeCommit, mergedAt, mergedBy }: PullNode): PullFacts['merged'] {
  if (state !== 'MERGED' || mergeCommit === null || mergedAt === null) return null;
  return { commit: mergeCommit.oid, by: graphActor(mergedBy), at: mergedAt };
}

const changes: Readonly<Record<string, PullFileFact['change']>> = {
  added: 'added',
  copied: 'added',
  removed: 'removed',
  renamed: 'renamed',
};

/** Files by REST, because GraphQL tells neither the path before a rename nor the blob. */
async function readFiles(client: GitHubClient, purpose: Purpose, number: number): Promise<readonly PullFileFact[]> {
  const files = await client.list(
    purpose,
    (octokit, at) =>
      octokit.paginate.iterator('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', { ...at, pull_number: number }),
    // A page after the last file that GitHub lists is never asked for.
    (items) => items.length >= githubLimits.filesOfPull,
  );
  return files.map((file) => ({
    path: file.filename,
    previousPath: file.previous_filename ?? null,
    change: changes[file.status] ?? 'modified',
    blob: file.status === 'removed' ? null : file.sha,
  }));
}

function missingFiles(read: number, changed: number): readonly string[] {
  return changed > read ? [`the forge lists ${read} of ${changed} files`] : [];
}
