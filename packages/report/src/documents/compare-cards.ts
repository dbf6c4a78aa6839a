import { canonicalJson, type JsonValue } from '@weighbridge/core';
import { oneLine, shorten } from '../escape-markdown.js';
import { parseCard } from './front-matter.js';
import { indexedMetrics } from './model-index.js';
import { proseOf } from './render-card.js';

const maxLines = 2_000;
const maxShown = 200;

/** A key of the front matter that two cards have differently; null where one lacks it. */
export interface CardChange {
  readonly key: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
}

/** How two cards differ: in what programs read, and in the words of the team, line by line in their order. */
export interface CardDifference {
  readonly attributes: readonly CardChange[];
  readonly prose: readonly { readonly sign: '+' | '-'; readonly line: string }[];
}

/**
 * Compares two model cards. Results of the `model-index` are compared one by one; the record of the version is left out,
 * because the comparison of the versions tells it better.
 * @throws formats/yaml-malformed, formats/document-too-large
 */
export function compareCards(from: string, to: string): CardDifference {
  const [left, right] = [parseCard(from), parseCard(to)];
  const [before, after] = [attributesOf(left.attributes), attributesOf(right.attributes)];
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  const attributes = keys.flatMap((key): readonly CardChange[] => {
    const change = { key, from: before.get(key) ?? null, to: after.get(key) ?? null };
    return canonicalJson(change.from) === canonicalJson(change.to) ? [] : [change];
  });
  return { attributes, prose: compareLines(linesOf(left.body), linesOf(right.body)) };
}

/** For a terminal. Empty text for cards that say the same. */
export function renderCardDifference({ attributes, prose }: CardDifference): string {
  const show = (value: JsonValue): string =>
    value === null ? 'nothing' : shorten(oneLine(typeof value === 'string' ? value : JSON.stringify(value)), 200);
  const keys = attributes.map(({ key, from, to }) => `  ${oneLine(key)}: ${show(from)} -> ${show(to)}`);
  const lines = prose.slice(0, maxShown).map(({ sign, line }) => `  ${sign} ${oneLine(line)}`);
  const more = prose.length > maxShown ? [`  … and ${prose.length - maxShown} more lines`] : [];
  return [...keys, ...lines, ...more].join('\n');
}

function attributesOf(attributes: Readonly<Record<string, JsonValue>>): ReadonlyMap<string, JsonValue> {
  const found = new Map<string, JsonValue>();
  for (const [key, value] of Object.entries(attributes)) {
    if (key !== 'model-index') found.set(key, value);
    else for (const each of indexedMetrics(value)) found.set(`${each.metric} on ${each.dataset}`, each.value);
  }
  return found;
}

function linesOf(body: string): readonly string[] {
  const { before, after } = proseOf(body);
  const lines = `${before}\n${after}`.split(/\r?\n/).map((line) => line.trimEnd());
  return lines.filter((line) => line !== '').slice(0, maxLines);
}

/** The longest common subsequence of lines decides what stayed. */
function compareLines(left: readonly string[], right: readonly string[]): CardDifference['prose'] {
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row--) {
    for (let column = right.length - 1; column >= 0; column--) {
      const same = left[row] === right[column];
      lengths[row * width + column] = same
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const prose: { sign: '+' | '-'; line: string }[] = [];
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    const [old, fresh] = [left[row], right[column]];
    if (old !== undefined && old === fresh) [row, column] = [row + 1, column + 1];
    else if (old !== undefined && (fresh === undefined || at(row + 1, column) >= at(row, column + 1))) {
      prose.push({ sign: '-', line: old });
      row++;
    } else {
      prose.push({ sign: '+', line: fresh ?? '' });
      column++;
    }
  }
  return prose;
}
