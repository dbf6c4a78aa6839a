import { compareText } from '../order.js';

const namesOffered = 3;
/** A name that is longer than any of ours is cut before it is compared. */
const maxNameLength = 64;

/** The known names that are the fewest edits away, nearest first; a shared facet counts for a name. */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const wanted = name.toLowerCase().replaceAll('_', '-').slice(0, maxNameLength);
  const facet = wanted.split('.')[0];
  const ranked = known.map((each) => ({
    each,
    distance: editDistance(wanted, each) - (each.split('.')[0] === facet ? 3 : 0),
  }));
  ranked.sort((left, right) => left.distance - right.distance || compareText(left.each, right.each));
  return ranked.slice(0, namesOffered).map(({ each }) => each);
}

/** Levenshtein's distance, one row at a time. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, place) => place);
  for (let down = 1; down <= left.length; down++) {
    const next = [down];
    for (let along = 1; along <= right.length; along++) {
      const replaced = (row[along - 1] ?? 0) + (left[down - 1] === right[along - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[along] ?? 0) + 1, (next[along - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
