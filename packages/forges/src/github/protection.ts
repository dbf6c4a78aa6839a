import { WeighbridgeError } from '@weighbridge/core';
import type { BranchProtection } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from './client.js';
import { type RestRule, fromClassic, fromRules, stricter } from './protection-rules.js';

/** Classic protection and rulesets together. What the token may not read is named in `unknown`. */
export async function readProtection(client: GitHubClient, branch: string): Promise<BranchProtection> {
  const purpose: Purpose = {
    action: `read the rules of ${branch}`,
    what: `branch ${branch}`,
    needs: ['metadata: read'],
  };
  const unknown: string[] = [];
  const rules = await client.list<RestRule>(purpose, (octokit, at) =>
    octokit.paginate.iterator('GET /repos/{owner}/{repo}/rules/branches/{branch}', { ...at, branch }),
  );
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

async function readClassic(client: GitHubClient, branch: string, unknown: string[]) {
  const nothing = { protecting: fromRules([]), bypass: [] as readonly string[] };
  const purpose: Purpose = {
    action: `read the protection of ${branch}`,
    what: `protection of ${branch}`,
    needs: ['administration: read'],
  };
  try {
    const answer = await client.find(purpose, (octokit, at) =>
      octokit.request('GET /repos/{owner}/{repo}/branches/{branch}/protection', { ...at, branch }),
    );
    if (answer !== null) {
      const { data } = answer;
      return {
        protecting: fromClassic(data),
        bypass: data.enforce_admins?.enabled === true ? [] : ['administrators (classic protection)'],
      };
    }
    // Without the permission GitHub says 404 as well: whether there is protection is told by the branch itself.
    const protectedBranch = await client.find(purpose, (octokit, at) =>
      octokit.request('GET /repos/{owner}/{repo}/branches/{branch}', { ...at, branch }),
    );
    if (protectedBranch?.data.protection?.enabled === true) unknown.push(classicUnknown);
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.code !== 'forge/forbidden') throw error;
    unknown.push(classicUnknown);
  }
  return nothing;
}

const classicUnknown = 'classic protection of the branch: the token lacks administration: read';

async function readBypass(client: GitHubClient, ruleset: number, unknown: string[]): Promise<readonly string[]> {
  const purpose: Purpose = {
    action: `read ruleset ${ruleset}`,
    what: `ruleset ${ruleset}`,
    needs: ['administration: read'],
  };
  const hidden = `who may bypass ruleset ${ruleset}: the token lacks administration: read`;
  try {
    const answer = await client.find(purpose, (octokit, at) =>
      octokit.request('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', { ...at, ruleset_id: ruleset }),
    );
    const actors = answer?.data.bypass_actors;
    // Those who may not administer the repository get the ruleset without its bypass list.
    if (actors === undefined) {
      unknown.push(hidden);
      return [];
    }
    return actors.map(({ actor_type: type, actor_id: id }) =>
      id === null || id === undefined ? type : `${type} ${id}`,
    );
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.code !== 'forge/forbidden') throw error;
    unknown.push(hidden);
    return [];
  }
}
