import type { Forge, PullSummary } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from '../client.js';

/** A pull request as every list of REST has it, as far as it is used here. */
interface RestPull {
  readonly number: number;
  readonly state: string;
  readonly draft?: boolean;
  readonly merged_at: string | null;
  readonly updated_at: string;
  readonly base: { readonly ref: string; readonly sha: string };
  readonly head: { readonly ref: string; readonly sha: string; readonly repo: { readonly full_name: string } | null };
}

type Summaries = Pick<Forge, 'pullHead' | 'pullsAtHead' | 'openPulls' | 'pullsOfCommit' | 'pullsFrom'>;

const purpose: Purpose = {
  action: 'list pull requests',
  what: 'such repository',
  needs: ['pull-requests: read'],
};

/** Pull requests in a few words each. */
export function pullSummaries(client: GitHubClient): Summaries {
  const ofCommit = async (commit: string): Promise<readonly RestPull[]> => {
    const about: Purpose = {
      action: `list pull requests of ${commit}`,
      what: `commit ${commit}`,
      needs: ['pull-requests: read', 'contents: read'],
    };
    return client.list(about, (octokit, at) =>
      octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', { ...at, commit_sha: commit }),
    );
  };
  return {
    async pullHead(number) {
      const about: Purpose = { ...purpose, action: `read pull request ${number}`, what: `pull request ${number}` };
      const answer = await client.find(about, (octokit, at) =>
        octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...at, pull_number: number }),
      );
      return answer === null ? null : summary(answer.data);
    },
    async pullsAtHead(commit) {
      const pulls = await ofCommit(commit);
      return pulls.filter(({ state, head }) => state === 'open' && head.sha === commit).map(summary);
    },
    async openPulls(limit) {
      const pulls = await client.list(
        purpose,
        (octokit, at) =>
          octokit.paginate.iterator('GET /repos/{owner}/{repo}/pulls', {
            ...at,
            per_page: Math.min(limit, at.per_page),
            state: 'open',
            sort: 'updated',
            direction: 'desc',
          }),
        (items) => items.length >= limit,
      );
      return pulls.slice(0, limit).map(summary);
    },
    async pullsOfCommit(commit) {
      const pulls = await ofCommit(commit);
      return pulls.filter(({ merged_at: mergedAt }) => mergedAt !== null).map(summary);
    },
    async pullsFrom({ repository, branch, commit }) {
      const [owner = ''] = repository.split('/');
      const pulls = await client.list(purpose, (octokit, at) =>
        octokit.paginate.iterator('GET /repos/{owner}/{repo}/pulls', {
          ...at,
          state: 'open',
          head: `${owner}:${branch}`,
        }),
      );
      const same = (name: string | undefined): boolean => name?.toLowerCase() === repository.toLowerCase();
      return pulls.filter(({ head }) => head.sha === commit && same(head.repo?.full_name)).map(summary);
    },
  };
}

function summary(pull: RestPull): PullSummary {
  return {
    number: pull.number,
    state: pull.merged_at !== null ? 'merged' : pull.state === 'open' ? 'open' : 'closed',
    draft: pull.draft ?? false,
    base: { ref: pull.base.ref, commit: pull.base.sha },
    head: { ref: pull.head.ref, commit: pull.head.sha, repository: pull.head.repo?.full_name ?? null },
    updatedAt: pull.updated_at,
  };
}
