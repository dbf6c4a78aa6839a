import { weighbridgeError } from '@weighbridge/core';
import type { PullCommitFact } from '@weighbridge/gates';
import type { Forge } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from './client.js';
import type { CommitNode } from './pull/answer.js';
import { commitFact } from './pull/facts.js';
import { commitsQuery } from './pull/query.js';

/** Commits in one query: each brings its authors and parents, so that more would ask for too many nodes at once. */
const pageSize = 50;

interface CommitsAnswer {
  readonly repository: Readonly<Record<string, (CommitNode & { readonly __typename: string }) | null>> | null;
}

/** Commits by id, with the accounts behind all their people: one query for each fifty. */
export function history(client: GitHubClient): Pick<Forge, 'commits'> {
  return {
    async commits(ids) {
      const found: PullCommitFact[] = [];
      for (let start = 0; start < ids.length; start += pageSize) {
        found.push(...(await readPage(client, ids.slice(start, start + pageSize))));
      }
      return found;
    },
  };
}

async function readPage(client: GitHubClient, ids: readonly string[]): Promise<readonly PullCommitFact[]> {
  const purpose: Purpose = {
    action: `read ${ids.length} commits`,
    what: `commit ${ids[0]}`,
    needs: ['contents: read'],
  };
  const repo = client.repository.split('/')[1] ?? '';
  const variables = Object.fromEntries(ids.map((id, place) => [`c${place}`, id]));
  const { data, refused } = await client.query(purpose, commitsQuery(ids.length), {
    owner: client.owner,
    repo,
    ...variables,
  });
  const repository = (data as CommitsAnswer | null)?.repository ?? null;
  const nodes = Object.values(repository ?? {}).filter((node) => node !== null);
  if (nodes.length === 0 && refused.length > 0) throw forbidden(client, purpose);
  return nodes.flatMap((node) => (node.__typename === 'Commit' ? [commitFact(node)] : []));
}

function forbidden(client: GitHubClient, { action, needs }: Purpose): Error {
  return weighbridgeError('forge/forbidden', { address: client.address, action, permission: needs.join(', ') });
}
