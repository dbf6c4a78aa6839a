import { WeighbridgeError } from '@weighbridge/core';
import type { BranchChecks, BranchProtection } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from './client.js';
import { type RestRule, fromClassic, fromRules, stricter } from './protection-rules.js';
import { readRuleset } from './rulesets.js';

/** Classic protection and rulesets together. What the token may not read is named in `unknown`. */
export async function readProtection(client: GitHubClient, branch: string): Promise<BranchProtection> {
  const unknown: string[] = [];
  const rules = await readRules(client, branch);
  const classic = await readClassic(client, branch, unknown);
  const rulesets = [...new Set(rules.flatMap(({ ruleset_id: id }) => (id === undefined ? [] : [id])))];
  const bypass: string[] = [...classic.bypass];
  for (const id of rulesets) bypass.push(...(await readBypass(client, id, unknown)));
  return {
    branch,
    ...stricter(fromRules(rules), classic.protecting),
    bypass: [...new Set(bypass)],
    unknown,
  };
}

/**
 * What must succeed before a change comes into a branch, in two requests: the rules of rulesets, and what the branch
 * itself says of the checks that its classic protection requires. Neither asks for administration.
 */
export async function readBranchChecks(client: GitHubClient, branch: string): Promise<BranchChecks> {
  const rules = fromRules(await readRules(client, branch));
  const classic = await readBranch(client, branch);
  const { requiredChecks, requiredWorkflows } = stricter(rules, fromRules(classicChecks(classic)));
  return { branch, requiredChecks, requiredWorkflows, unknown: [] };
}

async function readRules(client: GitHubClient, branch: string): Promise<readonly RestRule[]> {
  const purpose: Purpose = {
    action: `read the rules of ${branch}`,
    what: `branch ${branch}`,
    needs: ['metadata: read'],
  };
  return client.list<RestRule>(purpose, (octokit, at) =>
    octokit.paginate.iterator('GET /repos/{owner}/{repo}/rules/branches/{branch}', { ...at, branch }),
  );
}

/** The branch as whoever may read the repository sees it; null when it is not there. */
async function readBranch(client: GitHubClient, branch: string): Promise<RestBranch | null> {
  const purpose: Purpose = { action: `read branch ${branch}`, what: `branch ${branch}`, needs: ['contents: read'] };
  const answer = await client.find(purpose, (octokit, at) =>
    octokit.request('GET /repos/{owner}/{repo}/branches/{branch}', { ...at, branch }),
  );
  return answer?.data ?? null;
}

interface RestBranch {
  readonly protection?: {
    readonly enabled?: boolean;
    readonly required_status_checks?: {
      readonly contexts?: readonly string[];
      readonly checks?: readonly { readonly context: string; readonly app_id: number | null }[];
    };
  };
}

/** The checks of classic protection, in the form of a rule. */
function classicChecks(branch: RestBranch | null): readonly RestRule[] {
  const { contexts = [], checks } = branch?.protection?.required_status_checks ?? {};
  const listed = checks ?? contexts.map((context) => ({ context, app_id: null }));
  const required = listed.map(({ context, app_id: app }) => ({
    context,
    ...(app === null ? {} : { integration_id: app }),
  }));
  return [{ type: 'required_status_checks', parameters: { required_status_checks: required } }];
}

async function readClassic(client: GitHubClient, branch: string, unknown: string[]) {
  const purpose: Purpose = {
    action: `read the protection of ${branch}`,
    what: `protection of ${branch}`,
    needs: ['administration: read'],
  };
  const answer = await unlessForbidden(() =>
    client.find(purpose, (octokit, at) =>
      octokit.request('GET /repos/{owner}/{repo}/branches/{branch}/protection', { ...at, branch }),
    ),
  );
  if (answer !== null) {
    const { data } = answer;
    return {
      protecting: fromClassic(data),
      bypass: data.enforce_admins?.enabled === true ? [] : ['administrators (classic protection)'],
    };
  }
  // Refused or not there: GitHub says 404 without the permission as well. The branch tells whether there is protection.
  return { protecting: fromRules(await readSeen(client, branch, unknown)), bypass: [] };
}

/** What the branch itself tells of its classic protection. Only where it says that there is none, there is none. */
async function readSeen(client: GitHubClient, branch: string, unknown: string[]): Promise<readonly RestRule[]> {
  const seen = await unlessForbidden(async () => ({ branch: await readBranch(client, branch) }));
  if (seen === null || (seen.branch !== null && seen.branch.protection?.enabled !== false))
    unknown.push(classicUnknown);
  return classicChecks(seen?.branch ?? null);
}

/** Null for what the token may not read. */
async function unlessForbidden<Answer>(read: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.code !== 'forge/forbidden') throw error;
    return null;
  }
}

const classicUnknown = 'classic protection of the branch: the token lacks administration: read';

/** Who may pass a ruleset; nobody, with a line in `unknown`, where that may not be seen. */
async function readBypass(client: GitHubClient, ruleset: number, unknown: string[]): Promise<readonly string[]> {
  const bypass = (await unlessForbidden(() => readRuleset(client, ruleset)))?.bypass ?? null;
  if (bypass === null) unknown.push(`who may bypass ruleset ${ruleset}: the token lacks administration: read`);
  return bypass ?? [];
}
