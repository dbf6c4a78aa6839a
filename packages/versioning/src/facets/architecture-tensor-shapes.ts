import type { WeightGroup } from '../artifacts/weight-group.js';

/** How many shapes a sentence names. */
const shapesNamed = 2;

/**
 * How the tensors of two graphs differ in shape, whatever they are called: `tensors 104 -> 36, shapes [64, 64, 1] and
 * 12 more are gone, [258, 1, 256] and 5 more are new`. Empty when both have the same shapes as often.
 */
export function tensorShapeEvidence(from: WeightGroup, to: WeightGroup): string {
  const [before, after] = [countShapes(from), countShapes(to)];
  const gone = [...before].filter(([shape, count]) => (after.get(shape) ?? 0) < count).map(([shape]) => shape);
  const fresh = [...after].filter(([shape, count]) => (before.get(shape) ?? 0) < count).map(([shape]) => shape);
  const parts: string[] = [];
  if (from.tensors.size !== to.tensors.size) parts.push(`tensors ${from.tensors.size} -> ${to.tensors.size}`);
  if (gone.length > 0) parts.push(`shapes gone or fewer: ${nameShapes(gone)}`);
  if (fresh.length > 0) parts.push(`shapes new or more: ${nameShapes(fresh)}`);
  return parts.join(', ');
}

function countShapes(group: WeightGroup): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { shape } of group.tensors.values()) {
    const text = `[${shape.join(', ')}]`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** Longest first, since shapes of many extents tell most; then by text, so that the order of tensors does not matter. */
function nameShapes(shapes: readonly string[]): string {
  const sorted = [...shapes].sort((left, right) => right.length - left.length || (left < right ? -1 : 1));
  const more = sorted.length - shapesNamed;
  return sorted.slice(0, shapesNamed).join(' ') + (more > 0 ? ` and ${more} more` : '');
}
