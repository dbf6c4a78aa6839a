import type { DoctorFacts } from './facts.js';

/** `acme/models`, or what stands for it where nobody knows. */
export function repositoryOf(facts: DoctorFacts): string {
  return facts.setting?.name ?? 'OWNER/REPO';
}

/** A ready command that makes a ruleset, for a POSIX shell. */
export function makeRuleset(
  facts: DoctorFacts,
  ruleset: { name: string; target: 'branch' | 'tag'; include: string; rules: readonly object[] },
): string {
  const { name, target, include, rules } = ruleset;
  const body = {
    name,
    target,
    enforcement: 'active',
    conditions: { ref_name: { include: [include], exclude: [] } },
    rules,
  };
  // Names of branches may hold a quote, and this is to be pasted.
  const text = JSON.stringify(body).replaceAll("'", "'\\''");
  return `Run: echo '${text}' | gh api --method POST repos/${repositoryOf(facts)}/rulesets --input -`;
}

/** Where a setting of branches and tags is found. */
export function rulesetsPage(facts: DoctorFacts): string {
  return `Settings > Rules > Rulesets of ${repositoryOf(facts)}`;
}
