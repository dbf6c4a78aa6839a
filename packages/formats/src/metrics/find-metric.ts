import type { MetricDocument, MetricValue } from './metric-document.js';

/** The value of a key for the whole (no slice), or null. */
export function findMetric(document: MetricDocument | null, key: string): MetricValue | null {
  return document?.values.find((value) => value.key === key && value.slice === null) ?? null;
}

/** The values of a key on each slice of exactly one column, by that column's value. Cross-slices are left out. */
export function findSlices(
  document: MetricDocument | null,
  key: string,
  column: string,
): ReadonlyMap<string, MetricValue> {
  const found = new Map<string, MetricValue>();
  for (const value of document?.values ?? []) {
    if (value.key !== key || value.slice === null) continue;
    const columns = Object.keys(value.slice);
    const name = value.slice[column];
    if (columns.length === 1 && name !== undefined && columns[0] === column) found.set(name, value);
  }
  return found;
}

/**
 * Takes a metric's name such as `eval.accuracy` apart into the id of a document and the key within it. Ids may hold
 * dots: the longest id that fits wins. Null when no id fits.
 */
export function splitMetricName(
  name: string,
  ids: Iterable<string>,
): { readonly id: string; readonly key: string } | null {
  let best: string | null = null;
  for (const id of ids) {
    if (name.startsWith(`${id}.`) && name.length > id.length + 1 && id.length > (best?.length ?? -1)) best = id;
  }
  return best === null ? null : { id: best, key: name.slice(best.length + 1) };
}
