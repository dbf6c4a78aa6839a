import { type Bump, invariant, weighbridgeError } from '@weighbridge/core';
import type { VersioningPolicy } from '@weighbridge/manifest';
import { facets } from '../change.js';
import { compareText } from '../order.js';
import { nearestNames } from './nearest-names.js';
import { type Rule, rules } from './presets.js';
import type { RuleName } from './rule-names.js';

/** Every rule by name, with what policy made of it. */
export type RuleBook = ReadonlyMap<string, Bump>;

/** The names of all rules, sorted. */
export const ruleNames: readonly RuleName[] = (Object.keys(rules) as RuleName[]).sort(compareText);

/**
 * The rules of a preset with the policy's overrides: `facet.kind` before `facet`. Names may be written with `_` for `-`.
 * An override of a facet leaves alone what changed in form only, such as a file that was renamed.
 * @throws versioning/unknown-rule, versioning/rule-given-twice
 */
export function openRuleBook(policy: Pick<VersioningPolicy, 'preset' | 'rules'>): RuleBook {
  const overrides = readOverrides(policy.rules);
  const book = new Map<string, Bump>();
  for (const [name, rule] of Object.entries<Rule>(rules)) {
    const facet = name.slice(0, name.indexOf('.'));
    const own = overrides.get(name);
    const general = rule.noise ? undefined : overrides.get(facet);
    book.set(name, own ?? general ?? rule[policy.preset]);
  }
  return book;
}

export function bumpOfRule(book: RuleBook, name: string): Bump {
  const bump = book.get(name);
  invariant(bump !== undefined, `no rule is called ${name}`);
  return bump;
}

function readOverrides(written: VersioningPolicy['rules']): ReadonlyMap<string, Bump> {
  const known: readonly string[] = [...facets, ...ruleNames];
  const overrides = new Map<string, Bump>();
  const unknown: string[] = [];
  for (const [name, bump] of Object.entries(written)) {
    const canonical = name.trim().toLowerCase().replaceAll('_', '-');
    if (!known.includes(canonical)) unknown.push(name);
    const other = overrides.get(canonical);
    if (other !== undefined && other !== bump)
      throw weighbridgeError('versioning/rule-given-twice', { rule: canonical, first: other, second: bump });
    overrides.set(canonical, bump);
  }
  if (unknown.length > 0) throw unknownRules(unknown.sort(compareText), known);
  return overrides;
}

function unknownRules(names: readonly string[], known: readonly string[]): Error {
  const near = names.flatMap((name) => nearestNames(name, known));
  return weighbridgeError('versioning/unknown-rule', {
    names: names.map((name) => `"${name.slice(0, 60)}"`).join(', '),
    near: [...new Set(near)].join(', '),
  });
}
