const comparedNames = 500;
const comparedLength = 80;
const shownNames = 3;

/** The names most like one that was not found, nearest first; none that shares too little with it. */
export function nearNames(wanted: string, known: readonly string[]): readonly string[] {
  const target = wanted.slice(0, comparedLength).toLowerCase();
  return known
    .slice(0, comparedNames)
    .map((name) => ({ name, distance: editDistance(target, name.slice(0, comparedLength).toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(3, target.length * 0.6) || name.toLowerCase().endsWith(target))
    .sort((left, right) => left.distance - right.distance || (left.name < right.name ? -1 : 1))
    .slice(0, shownNames)
    .map(({ name }) => name);
}

/** Least number of inserted, removed or replaced characters (Levenshtein). */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 1; at <= left.length; at++) {
    const next = [at];
    for (let to = 1; to <= right.length; to++) {
      const replaced = (row[to - 1] ?? 0) + (left[at - 1] === right[to - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
