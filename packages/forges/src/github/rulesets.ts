import { weighbridgeError } from '@weighbridge/core';
import type { TagProtection, TagRuleset } from '@weighbridge/ports';
import type { GitHubClient, Purpose } from './client.js';

/** Rulesets for tags that are read; a repository has a few. */
const maxTagRulesets = 50;

/** One ruleset with its rules. */
export interface ReadRuleset extends TagRuleset {
  readonly target: string;
}

/** A ruleset by its id, of an organization too; null when it is not there. @throws forge/forbidden */
export async function readRuleset(client: GitHubClient, id: number): Promise<ReadRuleset | null> {
  const answer = await client.find(purpose(`ruleset ${id}`), (octokit, at) =>
    octokit.request('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', { ...at, ruleset_id: id }),
  );
  if (answer === null) return null;
  const { name, target = '', rules = [], bypass_actors: actors, conditions } = answer.data;
  const refs = conditions !== null && conditions !== undefined && 'ref_name' in conditions ? conditions.ref_name : null;
  return {
    name,
    target,
    // A ruleset without conditions on refs holds for all of them.
    include: refs?.include ?? ['~ALL'],
    exclude: refs?.exclude ?? [],
    rules: rules.map(({ type }) => type),
    // Those who may not administer the repository get the ruleset without its bypass list.
    bypass:
      actors?.map(({ actor_type: type, actor_id: actor }) =>
        actor === null || actor === undefined ? type : `${type} ${actor}`,
      ) ?? null,
  };
}

/** Every ruleset that is in force for tags, with those of the organization. */
export async function readTagProtection(client: GitHubClient): Promise<TagProtection> {
  const listed = await client.list(purpose('the rulesets'), (octokit, at) =>
    octokit.paginate.iterator('GET /repos/{owner}/{repo}/rulesets', { ...at, includes_parents: true, targets: 'tag' }),
  );
  // Older servers know no `targets`.
  const active = listed.filter(({ target, enforcement }) => target === 'tag' && enforcement === 'active');
  if (active.length > maxTagRulesets)
    throw weighbridgeError('forge/bound', { bound: `${maxTagRulesets} rulesets for tags` });
  const rulesets: ReadRuleset[] = [];
  for (const { id } of active) {
    const found = await readRuleset(client, id);
    if (found !== null) rulesets.push(found);
  }
  const hidden = rulesets.filter(({ bypass }) => bypass === null).map(({ name }) => name);
  return {
    rulesets: rulesets.map(({ target: _target, ...ruleset }) => ruleset),
    unknown:
      hidden.length === 0
        ? []
        : [`who may bypass the rulesets for tags (${hidden.join(', ')}): the token lacks administration: read`],
  };
}

function purpose(what: string): Purpose {
  return { action: `read ${what}`, what, needs: ['metadata: read'] };
}
