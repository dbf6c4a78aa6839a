import type { Manifest } from './manifest.js';
import type { Policy } from './policy.js';

/** A change of a manifest that would loosen what gates ask of it, and so needs the owners of the policy. */
export interface Loosening {
  readonly field: 'impact' | 'kind' | 'owners' | 'store' | 'metrics';
  /** One clause for people, such as `impact goes from high to low`. */
  readonly because: string;
}

/**
 * The manifest that gates judge by when a change is proposed: a manifest cannot loosen its own gates. Impact is the
 * higher of both; kind, and the owners where there were any, stay those of the base; a metric document that the base
 * had stays asked for. Everything else is the head's. Without a base, the head stands for itself.
 */
export function stricter(base: Manifest | null, head: Manifest): Manifest {
  if (base === null) return head;
  const kept = base.metrics.filter(({ id }) => !head.metrics.some((metric) => metric.id === id));
  return {
    ...head,
    kind: base.kind,
    impact: base.impact === 'high' ? 'high' : head.impact,
    owners: base.owners.length > 0 ? base.owners : head.owners,
    metrics: [...head.metrics, ...kept],
  };
}

/**
 * What a change of a manifest loosens, in the order of fields. With the policy of the base, a metric document counts only
 * when a gate or the versioning of that policy reads it; without one, each does.
 */
export function findLoosening(
  base: Manifest | null,
  head: Manifest,
  policy: Policy | null = null,
): readonly Loosening[] {
  if (base === null) return [];
  const found: Loosening[] = [];
  if (base.impact === 'high' && head.impact === 'low')
    found.push({ field: 'impact', because: 'impact goes from high to low' });
  if (base.kind !== head.kind) found.push({ field: 'kind', because: `kind goes from ${base.kind} to ${head.kind}` });
  if (base.owners.length > 0 && !sameNames(base.owners, head.owners)) {
    found.push({ field: 'owners', because: `owners go from ${listed(base.owners)} to ${listed(head.owners)}` });
  }
  if (base.store === 'copy' && head.store === 'reference') {
    const because = 'the bytes are stored no longer, so that nobody compares them with artifacts.lock';
    found.push({ field: 'store', because });
  }
  const governed = policy === null ? null : governedMetrics(policy);
  for (const { id } of base.metrics) {
    const deleted = !head.metrics.some((metric) => metric.id === id);
    if (deleted && (governed === null || governed.has(id))) {
      found.push({ field: 'metrics', because: `the metric document ${id}, which gates read, is removed` });
    }
  }
  return found;
}

/** Ids of the metric documents that gates and the versioning of a policy read. */
function governedMetrics(policy: Policy): ReadonlySet<string> {
  const gated = Object.values(policy.gates).flatMap((gate) => gate.metrics);
  return new Set([...gated, ...policy.versioning.metrics].map(({ metric }) => metric.slice(0, metric.indexOf('.'))));
}

/** Logins compare without case, and the order of owners means nothing. */
function sameNames(left: readonly string[], right: readonly string[]): boolean {
  const fold = (names: readonly string[]) =>
    [...new Set(names.map((name) => name.replace(/^@/, '').toLowerCase()))].sort();
  return fold(left).join('\n') === fold(right).join('\n');
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'nobody' : names.join(', ');
}
