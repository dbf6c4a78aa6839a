import { compareText } from '../order.js';
import { type Pairing, pairItems } from '../pairing.js';
import type { ArtifactFacet } from '../snapshot.js';
import {
  fileDigests,
  memberDigests,
  mergeGroups,
  tensorDigests,
  tensorOutline,
  type WeightGroup,
  weightGroups,
} from './weight-group.js';

/**
 * Which weights of two snapshots are the same artifact: by path, else by content, else by what the tensors are called,
 * else as the only ones of their kind that are left. So a file that was renamed, sharded otherwise or saved in another
 * format is compared with what it was.
 */
export function pairWeights(
  previous: readonly ArtifactFacet[],
  candidate: readonly ArtifactFacet[],
): Pairing<WeightGroup> {
  const exact = pairItems(weightGroups(previous), weightGroups(candidate), [
    { key: (group) => group.path },
    { key: fileDigests },
    { key: memberDigests },
    { key: tensorDigests },
    { key: tensorOutline },
  ]);
  const alike = pairItems(mergeLeftovers(exact.removed, exact.added), mergeLeftovers(exact.added, exact.removed), [
    { key: (group) => group.path },
    { key: tensorDigests },
    { key: tensorOutline },
    { key: stemOf, unique: true },
    { key: formatOf, unique: true },
  ]);
  return { pairs: [...exact.pairs, ...alike.pairs], removed: alike.removed, added: alike.added };
}

/** Shards with names of their own: leftovers of one folder and format become one group where both sides have some. */
function mergeLeftovers(groups: readonly WeightGroup[], others: readonly WeightGroup[]): WeightGroup[] {
  const otherPlaces = new Set(others.map(placeOf));
  const places = new Map<string, WeightGroup[]>();
  const merged: WeightGroup[] = [];
  for (const group of groups) {
    const place = placeOf(group);
    if (place === null || !otherPlaces.has(place)) merged.push(group);
    else places.set(place, [...(places.get(place) ?? []), group]);
  }
  for (const parts of places.values()) {
    const [first] = parts;
    if (first === undefined) continue;
    merged.push(parts.length === 1 ? first : mergeGroups(first.path, parts));
  }
  return merged.sort((left, right) => compareText(left.path, right.path));
}

/** Only state dicts come in shards. */
function placeOf(group: WeightGroup): string | null {
  if (group.tensors.size === 0 || group.graph !== null) return null;
  return `${group.path.slice(0, group.path.lastIndexOf('/') + 1)} ${group.format}`;
}

function stemOf(group: WeightGroup): string {
  return group.path.replace(/\.[^./]*$/, '');
}

function formatOf(group: WeightGroup): string {
  return group.format ?? `.${/\.([^./]*)$/.exec(group.path)?.[1] ?? ''}`;
}
