import type { JsonValue } from '@weighbridge/core';
import type { Comparison } from '../comparison.js';
import type { Difference } from '../difference.js';
import { sortedBy } from '../order.js';
import { pairItems } from '../pairing.js';
import type { DataFacet } from '../snapshot.js';

export type DataKind = 'training' | 'training-only' | 'validation' | 'evaluation' | 'renamed' | 'pinned';

type Found = Difference<DataKind>;

/** What the model learned from and was measured on. Training data counts by what became of the weights. */
export function compareData(comparison: Comparison): Found[] {
  const { pairs, removed, added } = pairItems(inOrder(comparison.previous.data), inOrder(comparison.candidate.data), [
    { key: (each) => `${each.role} ${each.name}` },
    { key: (each) => (each.pinned === null ? null : `${each.role} ${each.pinned}`) },
  ]);
  return [
    ...pairs.flatMap(({ from, to }) => comparePair(from, to, comparison)),
    ...removed.map((each) => difference(each, null, comparison)),
    ...added.map((each) => difference(null, each, comparison)),
  ];
}

function comparePair(from: DataFacet, to: DataFacet, comparison: Comparison): Found[] {
  const sides = { path: pathOf(to), from: plain(from), to: plain(to) };
  if (from.pinned !== null && from.pinned === to.pinned) {
    if (from.name === to.name) return [];
    return [
      { kind: 'renamed', ...sides, because: `The data "${from.name}" is called "${to.name}" now and is the same.` },
    ];
  }
  if (from.ref === to.ref && from.pinned === null && to.pinned === null) return [];
  if (from.ref === to.ref && (from.pinned === null || to.pinned === null)) {
    const word = to.pinned === null ? 'can no longer be pinned' : 'is pinned now';
    return [{ kind: 'pinned', ...sides, because: `The data "${to.name}" ${word}; whether it changed is not known.` }];
  }
  return [difference(from, to, comparison)];
}

function difference(from: DataFacet | null, to: DataFacet | null, { weightsMoved }: Comparison): Found {
  const role = (to ?? from)?.role ?? 'train';
  const name = to?.name ?? from?.name ?? '';
  const verb = from === null ? 'was added' : to === null ? 'was removed' : 'changed';
  const sides = { path: pathOf(to ?? from), from: plain(from), to: plain(to) };
  if (role === 'eval') return { kind: 'evaluation', ...sides, because: `The evaluation data "${name}" ${verb}.` };
  if (role === 'validation') return { kind: 'validation', ...sides, because: `The validation data "${name}" ${verb}.` };
  if (weightsMoved === 'same') {
    const because = `The training data "${name}" ${verb}, but the weights are the same: the record and the weights disagree.`;
    return { kind: 'training-only', ...sides, because };
  }
  const weights =
    weightsMoved === 'differs'
      ? ', and the weights differ'
      : weightsMoved === 'unknown'
        ? '; the weights were not compared'
        : '';
  return { kind: 'training', ...sides, because: `The training data "${name}" ${verb}${weights}.` };
}

function inOrder(data: readonly DataFacet[]): DataFacet[] {
  return sortedBy(data, (each) => `${each.role} ${each.name}`);
}

function pathOf(data: DataFacet | null): string {
  return `data.${data?.name ?? ''}`;
}

function plain(data: DataFacet | null): JsonValue {
  return data === null ? null : (data.pinned ?? data.ref);
}
