import type { LevelFacts } from './facts.js';

type Named = Pick<LevelFacts, 'setting'>;

/** `acme/models`, or what stands for it where nobody knows. */
export function repositoryOf(facts: Named): string {
  return facts.setting?.name ?? 'OWNER/REPO';
}

/** A ready command that makes a ruleset, for a POSIX shell. */
export function makeRuleset(
  facts: Named,
  ruleset: { name: string; target: 'branch' | 'tag'; include: readonly string[]; rules: readonly object[] },
): string {
  const { name, target, include, rules } = ruleset;
  const body = {
    name,
    target,
    enforcement: 'active',
    conditions: { ref_name: { include, exclude: [] } },
    rules,
  };
  // Names of branches may hold a quote, and this is to be pasted.
  const text = JSON.stringify(body).replaceAll("'", "'\\''");
  return `Run: echo '${text}' | gh api --method POST repos/${repositoryOf(facts)}/rulesets --input -`;
}

/** Where a setting of branches and tags is found. */
export function rulesetsPage(facts: Named): string {
  return `Settings > Rules > Rulesets of ${repositoryOf(facts)}`;
}
