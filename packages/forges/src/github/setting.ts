import { WeighbridgeError } from '@weighbridge/core';
import type { RepositorySetting } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from './client.js';
import type { TokenPermission } from './permissions.js';
import type { TokenAccount } from './self.js';
import { readTokenPermissions } from './token-permissions.js';

/** The repository's own setting, as far as the token may read it. */
export async function readSetting(client: GitHubClient, self: () => Promise<TokenAccount>): Promise<RepositorySetting> {
  const { data } = await client.ask(purpose('the repository', 'metadata: read'), (octokit, at) =>
    octokit.request('GET /repos/{owner}/{repo}', { ...at }),
  );
  const workflow = await unlessRefused(() =>
    client.find(purpose('settings of workflows', 'administration: read'), (octokit, at) =>
      octokit.request('GET /repos/{owner}/{repo}/actions/permissions/workflow', { ...at }),
    ),
  );
  const secrets = await unlessRefused(() =>
    client.list(purpose('names of secrets', 'secrets: read'), (octokit, at) =>
      octokit.paginate.iterator('GET /repos/{owner}/{repo}/actions/secrets', at),
    ),
  );
  return {
    id: String(data.id),
    name: data.full_name,
    visibility: visibilityOf(data.visibility, data.private),
    defaultBranch: data.default_branch,
    url: data.html_url,
    tokenKind: await readKind(client, self),
    tokenPermissions: await readTokenPermissions(client, data.permissions),
    environments: await readEnvironments(client),
    secrets: secrets?.map(({ name }) => name) ?? null,
    workflowsMayApprove: workflow?.data.can_approve_pull_request_reviews ?? null,
  };
}

async function readEnvironments(client: GitHubClient): Promise<RepositorySetting['environments']> {
  const environments = await unlessRefused(() =>
    client.list(purpose('environments', 'actions: read'), (octokit, at) =>
      octokit.paginate.iterator('GET /repos/{owner}/{repo}/environments', at),
    ),
  );
  return Promise.all(
    (environments ?? []).map(async ({ name, protection_rules: rules = [], deployment_branch_policy: policy }) => {
      const secrets = await unlessRefused(() =>
        client.list(purpose(`names of secrets of ${name}`, 'environments: read'), (octokit, at) =>
          octokit.paginate.iterator('GET /repos/{owner}/{repo}/environments/{environment_name}/secrets', {
            ...at,
            environment_name: name,
          }),
        ),
      );
      return {
        name,
        reviewers: rules.reduce((sum, rule) => sum + ('reviewers' in rule ? (rule.reviewers?.length ?? 0) : 0), 0),
        branches: branchesOf(policy),
        secrets: secrets?.map((secret) => secret.name) ?? null,
      };
    }),
  );
}

type BranchPolicy = { readonly protected_branches: boolean; readonly custom_branch_policies: boolean };

function branchesOf(policy: BranchPolicy | null | undefined): 'all' | 'protected' | 'custom' {
  if (policy === null || policy === undefined) return 'all';
  return policy.protected_branches ? 'protected' : 'custom';
}

function visibilityOf(visibility: string | undefined, isPrivate: boolean): RepositorySetting['visibility'] {
  if (visibility === 'public' || visibility === 'private' || visibility === 'internal') return visibility;
  return isPrivate ? 'private' : 'public';
}

/**
 * Prefixes tell tokens of people from those of installations, and the account of the latter whether it is a workflow's.
 * https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
 */
async function readKind(
  { token }: GitHubClient,
  self: () => Promise<TokenAccount>,
): Promise<RepositorySetting['tokenKind']> {
  if (/^(ghp|gho|ghu)_|^github_pat_/.test(token)) return 'user';
  if (!token.startsWith('ghs_')) return 'unknown';
  return (await self()).login === 'github-actions[bot]' ? 'actions' : 'app';
}

/** Null for what the token may not read or the server does not have. */
async function unlessRefused<Answer>(read: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof WeighbridgeError && ['forge/forbidden', 'forge/not-found'].includes(error.code)) return null;
    throw error;
  }
}

function purpose(what: string, ...needs: readonly TokenPermission[]): Purpose {
  return { action: `read ${what}`, what, needs };
}
