import { WeighbridgeError } from '@weighbridge/core';
import type { Forge } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from './client.js';
import { createOnce, onlyOnce } from './create-once.js';

interface Opened {
  readonly number: number;
  readonly html_url: string;
}

/** Pull requests and issues that the tool opens, and whom it asks for a review. */
export function openings(
  client: GitHubClient,
  self: () => Promise<string>,
): Pick<Forge, 'openPull' | 'requestReviews' | 'openIssue'> {
  return {
    async openPull({ head, base, title, body }) {
      const purpose: Purpose = {
        action: 'open a pull request',
        what: `branch ${head}`,
        needs: ['pull-requests: write', 'contents: read'],
      };
      const { made, outcome } = await createOnce<Opened>(
        async () => {
          const { data } = await client.ask(purpose, (octokit, at) =>
            octokit.request('GET /repos/{owner}/{repo}/pulls', {
              ...at,
              state: 'open',
              head: `${client.owner}:${head}`,
              base,
            }),
          );
          return data[0] ?? null;
        },
        async () => {
          const { data } = await client.ask(purpose, (octokit, at) =>
            octokit.request('POST /repos/{owner}/{repo}/pulls', { ...at, ...onlyOnce, head, base, title, body }),
          );
          return data;
        },
      );
      return { number: made.number, url: made.html_url, outcome };
    },
    async requestReviews({ pull, users, teams }) {
      const refused: string[] = [];
      // One by one: GitHub refuses all of a request when one of it cannot be asked.
      for (const name of [...users, ...teams]) {
        if (!(await askReviewer(client, pull, name))) refused.push(name);
      }
      return { refused };
    },
    async openIssue({ marker, title, body }) {
      const purpose: Purpose = { action: 'open an issue', what: 'such repository', needs: ['issues: write'] };
      const ownId = await self();
      const isOurs = (issue: RestIssue): boolean =>
        issue.pull_request === undefined &&
        String(issue.user?.id) === ownId &&
        issue.body?.split(/\r?\n/)[0] === marker;
      const { made, outcome } = await createOnce<Opened>(
        async () => {
          const issues = await client.list<RestIssue>(
            purpose,
            (octokit, at) => octokit.paginate.iterator('GET /repos/{owner}/{repo}/issues', { ...at, state: 'open' }),
            (items) => items.some(isOurs),
          );
          return issues.find(isOurs) ?? null;
        },
        async () => {
          const { data } = await client.ask(purpose, (octokit, at) =>
            octokit.request('POST /repos/{owner}/{repo}/issues', {
              ...at,
              ...onlyOnce,
              title,
              body: `${marker}\n${body}`,
            }),
          );
          return data;
        },
      );
      return { number: made.number, url: made.html_url, outcome };
    },
  };
}

interface RestIssue extends Opened {
  readonly body?: string | null | undefined;
  readonly user: { readonly id: number | bigint } | null;
  readonly pull_request?: unknown;
}

/** False when this one cannot be asked: no collaborator, the author, or a team that the token may not name. */
async function askReviewer(client: GitHubClient, pull: number, name: string): Promise<boolean> {
  const purpose: Purpose = {
    action: `ask for reviews of pull request ${pull}`,
    what: `pull request ${pull}`,
    needs: ['pull-requests: write'],
  };
  const team = name.includes('/') ? name.slice(name.indexOf('/') + 1) : null;
  try {
    await client.ask(purpose, (octokit, at) =>
      octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', {
        ...at,
        pull_number: pull,
        ...(team === null ? { reviewers: [name] } : { team_reviewers: [team] }),
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof WeighbridgeError && error.code === 'forge/unexpected') return false;
    throw error;
  }
}
