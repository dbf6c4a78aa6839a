import { weighbridgeError } from '@weighbridge/core';
import type { PullCommitFact } from '@weighbridge/gates';
import type { Forge } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from './client.js';
import type { CommitNode, Page } from './pull/answer.js';
import { commitFact } from './pull/facts.js';
import { historyQuery } from './pull/query.js';

interface HistoryAnswer {
  readonly repository: {
    readonly object: { readonly __typename: string; readonly history?: Page<CommitNode> } | null;
  } | null;
}

/** Commits by path, with the accounts behind all their authors: one query per hundred and path. */
export function history(client: GitHubClient): Pick<Forge, 'commitsTouching'> {
  return {
    async commitsTouching({ to, paths, since, limit }) {
      const found = new Map<string, PullCommitFact>();
      let complete = true;
      for (const path of paths) {
        const read = await readPath(client, { to, path: path === '.' ? null : path, since, limit });
        for (const commit of read.commits) found.set(commit.id, commit);
        complete &&= read.complete;
      }
      const commits = [...found.values()].sort((left, right) => right.committedAt.localeCompare(left.committedAt));
      return { commits: commits.slice(0, limit), complete: complete && commits.length <= limit };
    },
  };
}

async function readPath(
  client: GitHubClient,
  range: {
    readonly to: string;
    readonly path: string | null;
    readonly since: string | null;
    readonly limit: number;
  },
): Promise<{ readonly commits: readonly PullCommitFact[]; readonly complete: boolean }> {
  const purpose: Purpose = {
    action: `list commits of ${range.to}`,
    what: `commit ${range.to}`,
    needs: ['contents: read'],
  };
  const commits: PullCommitFact[] = [];
  let after: string | null = null;
  for (;;) {
    const repo = client.repository.split('/')[1] ?? '';
    const variables = { owner: client.owner, repo, oid: range.to, path: range.path, since: range.since, after };
    const { data, refused } = await client.query(purpose, historyQuery, variables);
    const object = (data as HistoryAnswer | null)?.repository?.object ?? null;
    if (object?.history === undefined) {
      if (refused.length > 0) throw forbidden(client, purpose);
      throw weighbridgeError('forge/not-found', { address: client.address, what: purpose.what });
    }
    commits.push(...(object.history.nodes ?? []).flatMap((node) => (node === null ? [] : [commitFact(node)])));
    const { hasNextPage, endCursor } = object.history.pageInfo;
    if (!hasNextPage) return { commits, complete: true };
    if (commits.length >= range.limit || endCursor === null) return { commits, complete: false };
    after = endCursor;
  }
}

function forbidden(client: GitHubClient, { action, needs }: Purpose): Error {
  return weighbridgeError('forge/forbidden', { address: client.address, action, permission: needs.join(', ') });
}
