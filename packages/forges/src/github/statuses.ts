import { weighbridgeError } from '@weighbridge/core';
import type { CommitStatus, Forge } from '@weighbridge/ports';
import { restActor } from './actor.js';
import { githubLimits } from './bounds.js';
import type { GitHubClient, Purpose } from './client.js';

/** Commit statuses: flat, by commit and context, the newest counts. */
export function statuses(client: GitHubClient): Pick<Forge, 'setStatus' | 'status'> {
  return {
    async setStatus(status) {
      const { commit, context, state, url } = status;
      const purpose: Purpose = { action: 'set a status', what: `commit ${commit}`, needs: ['statuses: write'] };
      const { data } = await client.ask(purpose, (octokit, at) =>
        octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
          ...at,
          sha: commit,
          state,
          context,
          description: shortened(status.description),
          ...(url === null ? {} : { target_url: url }),
        }),
      );
      if (data.context === context && data.state === state) return;
      const reason = 'it names another status than the one that was set';
      throw weighbridgeError('forge/unexpected', { address: client.address, action: purpose.action, reason });
    },
    async status(commit, context) {
      const purpose: Purpose = {
        action: `read statuses of ${commit}`,
        what: `commit ${commit}`,
        needs: ['statuses: read'],
      };
      const same = (each: { readonly context: string }): boolean => each.context === context;
      const found = await client.list(
        purpose,
        (octokit, at) =>
          octokit.paginate.iterator('GET /repos/{owner}/{repo}/commits/{ref}/statuses', { ...at, ref: commit }),
        (items) => items.some(same),
      );
      const latest = found.find(same);
      if (latest === undefined) return null;
      return {
        commit,
        context,
        state: latest.state as CommitStatus['state'],
        description: latest.description ?? '',
        url: latest.target_url ?? null,
        creator: restActor(latest.creator),
        at: latest.created_at,
      };
    },
  };
}

/** At most 140 characters, cut at a word, with an ellipsis that says so. */
export function shortened(text: string, limit: number = githubLimits.statusDescription): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const word = cut.lastIndexOf(' ');
  const kept = word > limit / 2 ? cut.slice(0, word) : cut.replace(/[\uD800-\uDBFF]$/, '');
  return `${kept.replace(/[\s,;:.]+$/, '')}…`;
}
