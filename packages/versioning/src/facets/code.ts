import type { Comparison } from '../comparison.js';
import type { Difference } from '../difference.js';
import { sortedBy } from '../order.js';
import { pairItems } from '../pairing.js';
import type { FileFacet } from '../snapshot.js';

export type CodeKind = 'changed' | 'added' | 'removed' | 'renamed';

/** Training code, by file. */
export function compareCode({ previous, candidate }: Comparison): Difference<CodeKind>[] {
  return compareFileLists(previous.code, candidate.code).map(({ kind, from, to }) => {
    const path = to?.path ?? from?.path ?? '';
    const because =
      kind === 'renamed'
        ? `The code file ${from?.path} is called ${path} now.`
        : `The code file ${path} ${kind === 'changed' ? 'changed' : `was ${kind}`}.`;
    return { kind, path, from: from?.digest ?? null, to: to?.digest ?? null, because };
  });
}

interface FileStep {
  readonly kind: CodeKind;
  readonly from: FileFacet | null;
  readonly to: FileFacet | null;
}

/** Files of two lists that changed, came, went or moved, matched by path and then by content. */
export function compareFileLists(before: readonly FileFacet[], after: readonly FileFacet[]): FileStep[] {
  const inOrder = (files: readonly FileFacet[]): FileFacet[] => sortedBy(files, (file) => file.path);
  const { pairs, removed, added } = pairItems(inOrder(before), inOrder(after), [
    { key: (file) => file.path },
    { key: (file) => file.digest },
  ]);
  const steps: FileStep[] = [];
  for (const { from, to } of pairs) {
    if (from.digest !== to.digest) steps.push({ kind: 'changed', from, to });
    else if (from.path !== to.path) steps.push({ kind: 'renamed', from, to });
  }
  for (const from of removed) steps.push({ kind: 'removed', from, to: null });
  for (const to of added) steps.push({ kind: 'added', from: null, to });
  return steps;
}
