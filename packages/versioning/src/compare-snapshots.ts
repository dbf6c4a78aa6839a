import type { VersioningPolicy } from '@weighbridge/manifest';
import { type Change, type Facet, facets } from './change.js';
import { type Comparison, type ComparisonOptions, comparisonOf } from './comparison.js';
import type { Difference } from './difference.js';
import { compareAdapter } from './facets/adapter.js';
import { compareArchitecture } from './facets/architecture.js';
import { compareBase } from './facets/base.js';
import { compareCode } from './facets/code.js';
import { compareConfig } from './facets/config.js';
import { compareData } from './facets/data.js';
import { compareDocumentation } from './facets/documentation.js';
import { compareInterface } from './facets/interface.js';
import { compareMetrics } from './facets/metrics.js';
import { comparePrompts } from './facets/prompts.js';
import { compareRetrieval } from './facets/retrieval.js';
import { compareRuntime } from './facets/runtime.js';
import { compareTokenizer } from './facets/tokenizer.js';
import { compareUses } from './facets/uses.js';
import { compareWeights } from './facets/weights.js';
import { sortedBy } from './order.js';
import { bumpOfRule, openRuleBook, type RuleBook } from './rules/rule-book.js';
import type { FacetKinds } from './rules/rule-names.js';
import type { Snapshot } from './snapshot.js';

/** One function a facet; a facet without one does not compile. */
const comparers: { readonly [Name in Facet]: (comparison: Comparison) => Difference<FacetKinds[Name]>[] } = {
  base: compareBase,
  architecture: compareArchitecture,
  weights: compareWeights,
  tokenizer: compareTokenizer,
  data: compareData,
  config: compareConfig,
  code: compareCode,
  prompts: comparePrompts,
  retrieval: compareRetrieval,
  interface: compareInterface,
  adapter: compareAdapter,
  metrics: compareMetrics,
  runtime: compareRuntime,
  uses: compareUses,
  documentation: compareDocumentation,
};

/** More changes of one kind than this are told as one. */
export const maxChangesOfAKind = 100;

/** How differences are weighed, and what else is known of the two. */
export interface CompareOptions extends ComparisonOptions {
  readonly policy: Pick<VersioningPolicy, 'preset' | 'rules'>;
}

/**
 * Every difference between two snapshots, each weighed by its rule: in the order of facets, then of kinds and paths. The
 * same for any order of any list within the snapshots; empty for equal ones.
 * @throws versioning/unknown-rule, versioning/rule-given-twice
 */
export function compareSnapshots(previous: Snapshot, candidate: Snapshot, options: CompareOptions): Change[] {
  const book = openRuleBook(options.policy);
  const comparison = comparisonOf(previous, candidate, options);
  const changes = facets.flatMap((facet) => weigh(facet, comparers[facet](comparison), book));
  return otherThanMetricsMoved(changes) ? changes : changes.filter(({ rule }) => !moveRules.has(rule));
}

const moveRules: ReadonlySet<string> = new Set(['metrics.significant', 'metrics.capability']);

/** A metric moves for many reasons; it speaks for another version only where the model is another one. */
function otherThanMetricsMoved(changes: readonly Change[]): boolean {
  return changes.some(({ facet, bump }) => facet !== 'metrics' && facet !== 'documentation' && bump !== 'none');
}

function weigh(facet: Facet, differences: readonly Difference[], book: RuleBook): Change[] {
  const inOrder = sortedBy(differences, ({ kind, path }) => `${kind} ${path}`);
  return boundEachKind(inOrder).map(({ kind, path, from, to, because }) => {
    const rule = `${facet}.${kind}`;
    return { facet, kind, path, from, to, bump: bumpOfRule(book, rule), rule, because };
  });
}

function boundEachKind(differences: readonly Difference[]): Difference[] {
  const counts = new Map<string, number>();
  for (const { kind } of differences) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kept = new Map<string, number>();
  const bounded: Difference[] = [];
  for (const difference of differences) {
    const seen = (kept.get(difference.kind) ?? 0) + 1;
    kept.set(difference.kind, seen);
    if (seen < maxChangesOfAKind || counts.get(difference.kind) === maxChangesOfAKind) bounded.push(difference);
    else if (seen === maxChangesOfAKind)
      bounded.push(theRest(difference, (counts.get(difference.kind) ?? 0) - seen + 1));
  }
  return bounded;
}

function theRest(first: Difference, count: number): Difference {
  return {
    kind: first.kind,
    path: `(${count} more)`,
    from: null,
    to: null,
    because: `${count} more of the kind "${first.kind}", from ${first.path} on.`,
  };
}
