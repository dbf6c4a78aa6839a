import type { JsonObject } from '@weighbridge/core';
import type { KnownDocument } from '../known-document.js';
import type { Comparison } from '../comparison.js';
import { type Difference, showValue } from '../difference.js';
import { equalJson } from '../json/key-differences.js';

import { compareFileLists } from './code.js';

export type DocumentationKind = 'description' | 'owners' | 'file' | 'model-card' | 'training' | 'metadata';

type Found = Difference<DocumentationKind>;

/** What people wrote about the model, and how it was trained: told, and never another version. */
export function compareDocumentation({ previous, candidate, documents }: Comparison): Found[] {
  const [before, after] = [previous.documentation, candidate.documentation];
  const found: Found[] = [];
  if (before.description !== after.description) {
    found.push({
      kind: 'description',
      path: 'description',
      from: before.description,
      to: after.description,
      because: `The description is "${showValue(after.description)}".`,
    });
  }
  const [owners, now] = [[...before.owners].sort(), [...after.owners].sort()];
  if (!equalJson(owners, now))
    found.push({
      kind: 'owners',
      path: 'owners',
      from: owners,
      to: now,
      because: `The owners are ${now.join(', ') || 'nobody'}.`,
    });
  for (const { from, to } of compareFileLists(before.files, after.files)) {
    const path = to?.path ?? from?.path ?? '';
    found.push({ kind: 'file', path, from: from?.digest ?? null, to: to?.digest ?? null, because: `${path} changed.` });
  }
  for (const key of ['training', 'metadata'] as const) {
    if (!equalJson(previous[key], candidate[key]))
      found.push({
        kind: key,
        path: key,
        from: withoutRuns(previous[key]),
        to: withoutRuns(candidate[key]),
        because: `The ${key} record changed.`,
      });
  }
  return [...found, ...compareCards(documents)];
}

/** Parameters and results of a run fill pages; the record has them. */
function withoutRuns(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== 'runs'));
}

function compareCards({ pairs, removed, added }: Comparison['documents']): Found[] {
  const isCard = (each: KnownDocument): boolean => each.document.type === 'model-card';
  const steps = [
    ...pairs.filter(({ from, to }) => isCard(from) && from.sha256 !== to.sha256),
    ...removed.filter(isCard).map((from) => ({ from, to: null })),
    ...added.filter(isCard).map((to) => ({ from: null, to })),
  ];
  return steps.map(({ from, to }): Found => {
    const path = to?.path ?? from?.path ?? '';
    return {
      kind: 'model-card',
      path,
      from: from?.sha256 ?? null,
      to: to?.sha256 ?? null,
      because: `The model card ${path} changed.`,
    };
  });
}
