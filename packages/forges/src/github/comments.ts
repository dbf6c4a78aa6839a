import type { Forge } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from './client.js';
import { createOnce, onlyOnce } from './create-once.js';

interface RestComment {
  readonly id: number | bigint;
  readonly body?: string | undefined;
  readonly html_url: string;
  readonly user: { readonly id: number | bigint } | null;
}

/** The one comment of ours on a pull request. */
export function stickyComments(client: GitHubClient, self: () => Promise<string>): Pick<Forge, 'upsertComment'> {
  return {
    async upsertComment({ pull, marker, body }) {
      const purpose: Purpose = {
        action: `comment on pull request ${pull}`,
        what: `pull request ${pull}`,
        needs: ['pull-requests: write'],
      };
      const text = `${marker}\n${body}`;
      const ownId = await self();
      const isOurs = (comment: RestComment): boolean =>
        String(comment.user?.id) === ownId && comment.body?.split(/\r?\n/)[0] === marker;
      const look = async (): Promise<RestComment | null> => {
        const comments = await client.list<RestComment>(
          purpose,
          (octokit, at) =>
            octokit.paginate.iterator('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
              ...at,
              issue_number: pull,
            }),
          (items) => items.some(isOurs),
        );
        return comments.find(isOurs) ?? null;
      };
      const create = async (): Promise<RestComment> => {
        const { data } = await client.ask(purpose, (octokit, at) =>
          octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
            ...at,
            ...onlyOnce,
            issue_number: pull,
            body: text,
          }),
        );
        return data;
      };
      const { made, outcome } = await createOnce(look, create);
      if (outcome === 'created') return { url: made.html_url, outcome };
      if (sameText(made.body, text)) return { url: made.html_url, outcome: 'same' };
      await client.ask(purpose, (octokit, at) =>
        octokit.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          ...at,
          comment_id: Number(made.id),
          body: text,
        }),
      );
      return { url: made.html_url, outcome: 'updated' };
    },
  };
}

/** GitHub may answer with other line ends than it was given. */
function sameText(left: string | undefined, right: string): boolean {
  return left?.replaceAll('\r\n', '\n').trimEnd() === right.replaceAll('\r\n', '\n').trimEnd();
}
