import type { JsonValue } from '@weighbridge/core';
import { isJsonList, isJsonObject } from '../../json/key-differences.js';
import { compareText } from '../../order.js';
import type { InterfaceDifference } from './kinds.js';

/**
 * Label maps: class id to label, or labels in order. A label that stays under another id is moved: whoever reads ids
 * reads something else now.
 */
export function compareLabels(from: JsonValue, to: JsonValue, path: string): InterfaceDifference[] {
  const [before, after] = [idsByLabel(from), idsByLabel(to)];
  if (before.size === 0 && after.size === 0) return [];
  const found: InterfaceDifference[] = [];
  for (const [label, id] of before) {
    const now = after.get(label);
    const place = `${path}#label.${label}`;
    if (now === undefined)
      found.push({
        kind: 'label-removed',
        path: place,
        from: id,
        to: null,
        because: `The label ${label} was removed from ${path}.`,
      });
    else if (now !== id)
      found.push({
        kind: 'label-moved',
        path: place,
        from: id,
        to: now,
        because: `The label ${label} has the id ${now} in ${path}, before ${id}.`,
      });
  }
  for (const [label, id] of after) {
    if (!before.has(label))
      found.push({
        kind: 'label-added',
        path: `${path}#label.${label}`,
        from: null,
        to: id,
        because: `The label ${label} is new in ${path}.`,
      });
  }
  return found;
}

/** Ids by label, sorted by label; several ids of one label as one text. */
function idsByLabel(labels: JsonValue): ReadonlyMap<string, string> {
  const pairs: [string, string][] = [];
  if (isJsonList(labels)) for (const [place, label] of labels.entries()) pairs.push([textOf(label), String(place)]);
  else if (isJsonObject(labels)) for (const [id, label] of Object.entries(labels)) pairs.push([textOf(label), id]);
  const ids = new Map<string, string>();
  for (const [label, id] of pairs.sort(
    (left, right) => compareText(left[0], right[0]) || compareText(left[1], right[1]),
  )) {
    const known = ids.get(label);
    ids.set(label, known === undefined ? id : `${known}, ${id}`);
  }
  return ids;
}

function textOf(label: JsonValue): string {
  return typeof label === 'string' ? label : JSON.stringify(label);
}
