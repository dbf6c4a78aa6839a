import { type Bump, isVersion, releaseOf, satisfiesRange, type Version } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import type { RuleBook, RuleName } from '@weighbridge/versioning';
import { modelOfRef } from '../dependencies.js';
import { roleOf } from '../told-data.js';

/** What a new state of one dependency moves a model by. */
export interface DependencyBump {
  readonly bump: Bump;
  /** The rule that says so; null where the model does not move at all. */
  readonly rule: RuleName | null;
  /** The model stays on the version that it has until its range is edited. */
  readonly held: boolean;
  readonly because: string;
}

/** What happens to the thing that is depended on. */
export interface Upstream {
  readonly bump: Bump;
  /** The version that it would get, of a model of this registry; null where that is not known. */
  readonly next: Version | null;
}

const ruleOfRole: Readonly<Record<string, RuleName>> = {
  train: 'data.training',
  validation: 'data.validation',
  eval: 'data.evaluation',
  code: 'code.changed',
};

/**
 * What a model gets when what it depends on gets a new version: for data by its role, for another model that model's
 * own bump as far as the range takes its next version. The model is taken to be made again from it.
 */
export function bumpOfDependency(dependency: Dependency, upstream: Upstream, book: RuleBook): DependencyBump {
  const { kind, ref, range } = dependency;
  const role = roleOf(dependency);
  if (kind === 'data') return byRule(ruleOfRole[role ?? 'train'] ?? 'data.training', book, `${roleWords(role)} ${ref}`);
  if (modelOfRef(ref) === null) return byRule('base.revision', book, `its base ${ref}`);
  const word = kind === 'base' ? 'base' : 'part';
  const name = ref.slice('registry:'.length);
  if (upstream.bump === 'none')
    return { bump: 'none', rule: null, held: false, because: `its ${word} ${name} gets no new version` };
  if (upstream.next !== null && range !== null && !takes(range, upstream.next)) {
    const because = `its range ${range} of the ${word} ${name} does not take ${upstream.next}`;
    return { bump: 'none', rule: null, held: true, because };
  }
  const rule: RuleName = kind === 'base' ? `base.registry-${upstream.bump}` : `uses.part-${upstream.bump}`;
  return byRule(rule, book, `its ${word} ${name} gets a ${upstream.bump} release`);
}

function byRule(rule: RuleName, book: RuleBook, because: string): DependencyBump {
  return { bump: book.get(rule) ?? 'none', rule, held: false, because };
}

const wordOfRole: Readonly<Record<string, string>> = {
  validation: 'its validation data',
  eval: 'its evaluation data',
  code: 'its code',
};

function roleWords(role: string | null): string {
  return wordOfRole[role ?? ''] ?? 'its training data';
}

/** A digest names one version for good. */
function takes(range: string, next: Version): boolean {
  return isVersion(range) ? range === next : !range.startsWith('sha256:') && satisfiesRange(releaseOf(next), range);
}
