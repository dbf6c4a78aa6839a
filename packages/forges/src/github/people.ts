import { WeighbridgeError } from '@weighbridge/core';
import type { PermissionFact, TeamFacts } from '@weighbridge/gates';
import type { Forge } from '@weighbridge/ports';
import { type RestAccount, restActor } from './actor.js';
import type { GitHubClient, Purpose } from './client.js';

/** Who somebody is and what they may do. */
export function people(client: GitHubClient): Pick<Forge, 'team' | 'permission' | 'account'> {
  const account: Forge['account'] = async (login) => {
    const purpose: Purpose = { action: `read the account ${login}`, what: `account ${login}`, needs: [] };
    const answer = await client.find(purpose, (octokit, { headers }) =>
      octokit.request('GET /users/{username}', { headers, username: login }),
    );
    return answer === null ? null : restActor(answer.data);
  };
  return {
    account,
    team: (slug) => readTeam(client, slug),
    async permission(login) {
      const purpose: Purpose = {
        action: `read the permission of ${login}`,
        what: `account ${login}`,
        needs: ['metadata: read'],
      };
      try {
        const answer = await client.find(purpose, (octokit, at) =>
          octokit.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', { ...at, username: login }),
        );
        // 404 is said both of a login that is nobody's and of a token that may not ask.
        if (answer === null) return (await account(login)) === null ? 'none' : 'cannot-verify';
        return permissionFact(answer.data);
      } catch (error) {
        if (error instanceof WeighbridgeError && error.code === 'forge/forbidden') return 'cannot-verify';
        throw error;
      }
    },
  };
}

const roles: readonly PermissionFact[] = ['admin', 'maintain', 'write', 'triage', 'read', 'none'];

/** `role_name` knows maintain and triage; a role of the organization's own falls back to the permission it builds on. */
function permissionFact(answer: { readonly permission: string; readonly role_name: string }): PermissionFact {
  const known = (word: string): PermissionFact | undefined => roles.find((role) => role === word);
  return known(answer.role_name) ?? known(answer.permission) ?? 'cannot-verify';
}

async function readTeam(client: GitHubClient, slug: string): Promise<TeamFacts> {
  const [org = '', name = ''] = slug.split('/');
  const purpose: Purpose = { action: `read the team ${slug}`, what: `team ${slug}`, needs: ['members: read'] };
  const remedy =
    'Pass the token of a GitHub App that may read members of the organization, or list the people in the roster.';
  try {
    const members = await client.list<RestAccount>(purpose, (octokit, { headers, per_page: perPage }) => {
      const team = { org, team_slug: name, per_page: perPage, headers: { ...headers } };
      return octokit.paginate.iterator('GET /orgs/{org}/teams/{team_slug}/members', team);
    });
    return { state: 'read', members: members.flatMap((member) => restActor(member) ?? []) };
  } catch (error) {
    if (!(error instanceof WeighbridgeError)) throw error;
    if (error.code === 'forge/forbidden') {
      return { state: 'cannot-verify', because: `the token may not read the members of ${slug}`, remedy };
    }
    if (error.code !== 'forge/not-found') throw error;
    return { state: 'cannot-verify', because: await whyNoTeam(client, slug), remedy };
  }
}

/** Tells a team that is not there from one that the token may not see: whoever sees the others would see it too. */
async function whyNoTeam(client: GitHubClient, slug: string): Promise<string> {
  const [org = ''] = slug.split('/');
  const purpose: Purpose = { action: `list teams of ${org}`, what: `organization ${org}`, needs: ['members: read'] };
  try {
    await client.ask(purpose, (octokit, { headers }) =>
      octokit.request('GET /orgs/{org}/teams', { headers, org, per_page: 1 }),
    );
    return `there is no team ${slug}, or it is secret and the token may not see it`;
  } catch (error) {
    if (error instanceof WeighbridgeError && ['forge/forbidden', 'forge/not-found'].includes(error.code)) {
      return `the token may not read teams of ${org}`;
    }
    throw error;
  }
}
