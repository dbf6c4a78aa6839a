import { WeighbridgeError } from '@weighbridge/core';
import type { RepositorySetting } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from './client.js';

type Permissions = RepositorySetting['tokenPermissions'];
type Level = Permissions[string];

/** An object id that no repository holds: a write that names it is refused after the permission was looked at. */
const noCommit = '0'.repeat(40);

/**
 * What the token may do, found without writing anything. The token of a person has the rights of that person. For
 * others, statuses and contents are probed with a write about a commit that cannot exist, which GitHub refuses with 403
 * without the permission and otherwise for the commit; the rest with a read, which tells `none` or nothing.
 */
export async function readTokenPermissions(
  client: GitHubClient,
  own: { readonly push?: boolean; readonly pull?: boolean } | undefined,
): Promise<Permissions> {
  return {
    metadata: 'read',
    contents: await probe(client, 'create a branch', async (octokit, at) => {
      const ref = 'refs/heads/weighbridge-no-such-branch';
      await octokit.request('POST /repos/{owner}/{repo}/git/refs', { ...at, ref, sha: noCommit });
    }),
    statuses: await probe(client, 'set a status', async (octokit, at) => {
      await octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', { ...at, sha: noCommit, state: 'pending' });
    }),
    'pull-requests': await look(client, 'list pull requests', own, async (octokit, at) => {
      await octokit.request('GET /repos/{owner}/{repo}/pulls', { ...at, per_page: 1 });
    }),
    checks: await look(client, 'read checks', own, async (octokit, at) => {
      await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-suites', {
        ...at,
        ref: 'HEAD',
        per_page: 1,
      });
    }),
    actions: await look(client, 'list workflow runs', own, async (octokit, at) => {
      await octokit.request('GET /repos/{owner}/{repo}/actions/runs', { ...at, per_page: 1 });
    }),
    issues: await look(client, 'list issues', own, async (octokit, at) => {
      await octokit.request('GET /repos/{owner}/{repo}/issues', { ...at, per_page: 1 });
    }),
  };
}

type Request = Parameters<typeof ask>[2];

async function probe(client: GitHubClient, action: string, request: Request): Promise<Level> {
  const refusal = await ask(client, action, request);
  // 422 and 404 are about the commit; a success would be about nothing that exists.
  if (refusal === 'forge/unexpected' || refusal === 'forge/not-found' || refusal === null) return 'write';
  return refusal === 'forge/forbidden' ? 'none' : 'unknown';
}

async function look(
  client: GitHubClient,
  action: string,
  own: { readonly push?: boolean; readonly pull?: boolean } | undefined,
  request: Request,
): Promise<Level> {
  const refusal = await ask(client, action, request);
  if (refusal === 'forge/forbidden' || refusal === 'forge/not-found') return 'none';
  if (refusal !== null) return 'unknown';
  const isPerson = /^(ghp|gho|ghu)_/.test(client.token);
  return isPerson && own?.push === true ? 'write' : isPerson && own?.pull === true ? 'read' : 'unknown';
}

async function ask(
  client: GitHubClient,
  action: string,
  request: (...at: Parameters<Parameters<GitHubClient['ask']>[1]>) => Promise<void>,
): Promise<WeighbridgeError['code'] | null> {
  const purpose: Purpose = { action, what: 'such commit', needs: [] };
  try {
    await client.ask(purpose, request);
    return null;
  } catch (error) {
    if (error instanceof WeighbridgeError) return error.code;
    throw error;
  }
}
