import type { Bump } from '@weighbridge/core';
import type { Comparison } from '../comparison.js';
import type { Difference } from '../difference.js';
import { sortedBy } from '../order.js';
import { pairItems } from '../pairing.js';
import type { Snapshot } from '../snapshot.js';
import { versionDistance } from '../version-distance.js';

export type UsesKind =
  | 'part-added'
  | 'part-removed'
  | 'part-major'
  | 'part-minor'
  | 'part-patch'
  | 'part-renumbered'
  | 'range';

type Found = Difference<UsesKind>;
type Part = Snapshot['uses'][number];

const kindOfBump: Readonly<Record<Bump, UsesKind>> = {
  major: 'part-major',
  minor: 'part-minor',
  patch: 'part-patch',
  none: 'part-renumbered',
};

/** The models that this one is put together from, each with the bump of its own. A part replaced by another is one removed. */
export function compareUses({ previous, candidate, parts }: Comparison): Found[] {
  const inOrder = (uses: readonly Part[]): Part[] => sortedBy(uses, (part) => part.model);
  const { pairs, removed, added } = pairItems(inOrder(previous.uses), inOrder(candidate.uses), [
    { key: (part) => part.model },
  ]);
  return [
    ...pairs.flatMap(({ from, to }) => comparePart(from, to, parts.get(to.model))),
    ...removed.map(
      (part): Found => ({
        kind: 'part-removed',
        path: `uses.${part.model}`,
        from: nameOf(part),
        to: null,
        because: `The part ${part.model} was removed or replaced.`,
      }),
    ),
    ...added.map(
      (part): Found => ({
        kind: 'part-added',
        path: `uses.${part.model}`,
        from: null,
        to: nameOf(part),
        because: `The part ${part.model} was added.`,
      }),
    ),
  ];
}

function comparePart(from: Part, to: Part, own: Bump | undefined): Found[] {
  const found: Found[] = [];
  const sides = { path: `uses.${to.model}`, from: nameOf(from), to: nameOf(to) };
  if (from.range !== to.range)
    found.push({
      kind: 'range',
      path: sides.path,
      from: from.range,
      to: to.range,
      because: `${to.model} is asked for as ${to.range}, before ${from.range}.`,
    });
  if (from.version === to.version && from.identity === to.identity) return found;
  const bump = bumpOf(from, to, own);
  const because =
    bump === 'none'
      ? `The part ${to.model} has the same content: ${sides.from} -> ${sides.to}.`
      : `The part ${to.model} changed (${bump}): ${sides.from} -> ${sides.to}.`;
  return [...found, { kind: kindOfBump[bump], ...sides, because }];
}

/** What the part's own history says; equal content is none whatever the numbers are. */
function bumpOf(from: Part, to: Part, own: Bump | undefined): Bump {
  if (from.identity !== null && from.identity === to.identity) return 'none';
  if (own !== undefined) return own;
  if (from.version === null || to.version === null) return 'minor';
  const distance = versionDistance(from.version, to.version);
  return distance === 'none' ? 'patch' : distance;
}

function nameOf(part: Part): string {
  return `${part.model}@${part.version ?? part.range}`;
}
