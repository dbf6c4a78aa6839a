import { WeighbridgeError } from '@weighbridge/core';
import type { ReviewFact } from '@weighbridge/gates';
import type { GitHubClient, Purpose } from '../client.js';

/** When a commit was first known to GitHub, and why that could not be read. */
export interface HeadSeen {
  /** RFC 3339; null where nothing tells. */
  readonly at: string | null;
  readonly missing: string | null;
}

/**
 * When the head came, at the latest: GitHub makes its first check suite when a commit is pushed. What a workflow's own
 * token pushes gets none until somebody's review starts a workflow, so that the suite is younger than the review; the
 * first status of the commit tells better then. It costs requests, and is asked for where it matters only.
 */
export async function readHeadSeen(
  client: GitHubClient,
  head: string,
  reviews: readonly Pick<ReviewFact, 'commit' | 'submittedAt'>[],
): Promise<HeadSeen> {
  const suite = await firstSuite(client, head);
  const first = reviews
    .flatMap(({ commit, submittedAt }) => (commit === head && submittedAt !== null ? [submittedAt] : []))
    .sort()[0];
  if (suite.missing !== null || first === undefined || (suite.at !== null && suite.at <= first)) return suite;
  const status = await firstStatus(client, head);
  return { at: earliest([suite.at, status]), missing: null };
}

async function firstSuite(client: GitHubClient, head: string): Promise<HeadSeen> {
  const purpose: Purpose = { action: `read checks of ${head}`, what: `commit ${head}`, needs: ['checks: read'] };
  const times = await unlessForbidden(async () => {
    const suites = await client.list(purpose, (octokit, at) =>
      octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{ref}/check-suites', { ...at, ref: head }),
    );
    return suites.map(({ created_at: at }) => at);
  });
  return times === null
    ? { at: null, missing: 'when the head was first seen cannot be read: the token lacks checks: read' }
    : { at: earliest(times), missing: null };
}

async function firstStatus(client: GitHubClient, head: string): Promise<string | null> {
  const purpose: Purpose = { action: `read statuses of ${head}`, what: `commit ${head}`, needs: ['statuses: read'] };
  const times = await unlessForbidden(async () => {
    const statuses = await client.list(purpose, (octokit, at) =>
      octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{ref}/statuses', { ...at, ref: head }),
    );
    return statuses.map(({ created_at: at }) => at);
  });
  return times === null ? null : earliest(times);
}

/** Null where the token may not. */
async function unlessForbidden<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof WeighbridgeError && error.code === 'forge/forbidden') return null;
    throw error;
  }
}

/** Of times as GitHub writes them: RFC 3339 in UTC, to the second. */
function earliest(times: readonly (string | null)[]): string | null {
  return times.filter((time) => time !== null).sort()[0] ?? null;
}
