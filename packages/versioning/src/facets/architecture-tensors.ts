import { canonicalJson, type JsonValue } from '@weighbridge/core';
import { type LogicalTensor, logicalTensors } from '../artifacts/logical-tensors.js';
import { isQuantised } from '../artifacts/number-formats.js';
import { elementCount, type WeightGroup } from '../artifacts/weight-group.js';
import { countOf, type Difference, listNames } from '../difference.js';
import { compareText } from '../order.js';
import { type VocabularyChange, vocabularyGrowth } from '../vocabulary.js';
import type { ArchitectureKind } from './architecture-kind.js';

type Found = Difference<ArchitectureKind>;

/** How many tensors a change names. */
const tensorsNamed = 20;

/** Formats that give parameters names of their own agree on the count of numbers, less what one of them can rebuild. */
const countTolerance = 0.01;

/** Which parameters came, went, or have another shape or number format. */
export function compareTensorLists(from: WeightGroup, to: WeightGroup, vocabulary: VocabularyChange | null): Found[] {
  if (from.tensors.size === 0 || to.tensors.size === 0) return [];
  if (from.format !== to.format && !sharesNames(from, to)) return compareCounts(from, to);
  const [before, after] = [logicalTensors(from), logicalTensors(to)];
  const removed = missingIn(before, after);
  const added = missingIn(after, before);
  const renamed = renamedTensors(from, to, removed, added);
  const gone = removed.filter((name) => !renamed.has(name));
  const newNames = new Set(renamed.values());
  const fresh = added.filter((name) => !newNames.has(name));
  const common = [...before.keys()].filter((name) => after.has(name)).sort(compareText);
  return [
    ...renamedDifference(renamed, to.path),
    ...listed(
      'tensor-removed',
      gone,
      to.path,
      (count) => `${count} removed`,
      (name) => [shapeOf(before, name), null],
    ),
    ...listed(
      'tensor-added',
      fresh,
      to.path,
      (count) => `${count} added`,
      (name) => [null, shapeOf(after, name)],
    ),
    ...compareShapes(before, after, common, to.path, vocabularyRows(vocabulary)),
    ...compareNumbers(before, after, common, to.path),
  ];
}

interface VocabularyRows {
  readonly least: number;
  readonly growth: number;
}

function vocabularyRows(vocabulary: VocabularyChange | null): VocabularyRows | null {
  const growth = vocabularyGrowth(vocabulary);
  return growth === null ? null : { growth, least: vocabulary?.from ?? growth };
}

/** One row a token, and the rows grew by exactly the tokens that were added: the tokenizer's to judge. */
function isVocabularyGrowth(from: readonly number[], to: readonly number[], rows: VocabularyRows | null): boolean {
  const [first = 0, ...rest] = from;
  const [grown = 0, ...others] = to;
  if (rows === null || from.length === 0 || from.length !== to.length) return false;
  return first >= rows.least && grown - first === rows.growth && rest.join() === others.join();
}

function compareShapes(
  before: ReadonlyMap<string, LogicalTensor>,
  after: ReadonlyMap<string, LogicalTensor>,
  common: readonly string[],
  path: string,
  rows: VocabularyRows | null,
): Found[] {
  const reshaped = common.filter((name) => {
    const [from, to] = [before.get(name)?.shape ?? null, after.get(name)?.shape ?? null];
    return from !== null && to !== null && from.join() !== to.join() && !isVocabularyGrowth(from, to, rows);
  });
  const step = (name: string): readonly [JsonValue, JsonValue] => [shapeOf(before, name), shapeOf(after, name)];
  return listed('tensor-reshaped', reshaped, path, (count) => `${count} reshaped`, step, true);
}

function compareNumbers(
  before: ReadonlyMap<string, LogicalTensor>,
  after: ReadonlyMap<string, LogicalTensor>,
  common: readonly string[],
  path: string,
): Found[] {
  const recast = common.filter((name) => before.get(name)?.format !== after.get(name)?.format);
  const packed = (name: string): boolean =>
    [before.get(name), after.get(name)].some(
      (tensor) => tensor !== undefined && (tensor.shape === null || isQuantised(tensor.format)),
    );
  const step = (name: string): readonly [JsonValue, JsonValue] => [
    before.get(name)?.format ?? null,
    after.get(name)?.format ?? null,
  ];
  const quantised = recast.filter(packed);
  const converted = recast.filter((name) => !packed(name));
  return [
    ...listed('quantisation', quantised, path, (count) => `${count} quantised otherwise`, step, true),
    ...listed('dtype', converted, path, (count) => `${count} in another number format`, step, true),
  ];
}

/** One difference for all tensors of one kind: a resized network has hundreds. */
function listed(
  kind: ArchitectureKind,
  names: readonly string[],
  path: string,
  phrase: (count: string) => string,
  step: (name: string) => readonly [JsonValue, JsonValue],
  showStep = false,
): Found[] {
  const [first] = names;
  if (first === undefined) return [];
  const shown = names.slice(0, tensorsNamed);
  const side = (place: 0 | 1): JsonValue => shown.map((name) => ({ tensor: name, is: step(name)[place] }));
  const [from, to] = step(first);
  const example = showStep ? ` (${first}: ${textOf(from)} -> ${textOf(to)})` : '';
  const because = `${path}: ${phrase(countOf(names.length, 'tensor'))}: ${listNames(names)}${example}.`;
  return [{ kind, path: names.length === 1 ? `${path}#${first}` : path, from: side(0), to: side(1), because }];
}

/** Tensors that left under one name and came back under another with the same content. */
function renamedTensors(
  from: WeightGroup,
  to: WeightGroup,
  removed: readonly string[],
  added: readonly string[],
): Map<string, string> {
  const byDigest = new Map<string, string[]>();
  for (const name of added) {
    const digest = to.digests.get(name);
    if (digest === undefined) continue;
    const names = byDigest.get(digest);
    if (names === undefined) byDigest.set(digest, [name]);
    else names.push(name);
  }
  const renamed = new Map<string, string>();
  for (const name of removed) {
    const digest = from.digests.get(name);
    const match = digest === undefined ? undefined : byDigest.get(digest)?.shift();
    if (match !== undefined) renamed.set(name, match);
  }
  return renamed;
}

function renamedDifference(renamed: ReadonlyMap<string, string>, path: string): Found[] {
  const steps = [...renamed];
  const [first] = steps;
  if (first === undefined) return [];
  const because = `${path}: ${countOf(steps.length, 'tensor')} with the same content under another name, such as ${first[0]} -> ${first[1]}.`;
  const shown = steps.slice(0, tensorsNamed);
  return [
    { kind: 'tensor-renamed', path, from: shown.map(([name]) => name), to: shown.map(([, name]) => name), because },
  ];
}

function compareCounts(from: WeightGroup, to: WeightGroup): Found[] {
  const [before, after] = [parameterCount(from), parameterCount(to)];
  if (Math.abs(before - after) <= countTolerance * Math.max(before, after)) return [];
  const because = `${to.path} has ${after} numbers where ${from.path} had ${before}; their formats name tensors differently, so only the counts are compared.`;
  return [{ kind: 'parameter-count', path: to.path, from: before, to: after, because }];
}

function parameterCount(group: WeightGroup): number {
  let count = 0;
  for (const { shape } of group.tensors.values()) count += elementCount(shape);
  return count;
}

function sharesNames(from: WeightGroup, to: WeightGroup): boolean {
  const after = logicalTensors(to);
  for (const name of logicalTensors(from).keys()) if (after.has(name)) return true;
  return false;
}

function missingIn(some: ReadonlyMap<string, unknown>, others: ReadonlyMap<string, unknown>): string[] {
  return [...some.keys()].filter((name) => !others.has(name)).sort(compareText);
}

function shapeOf(tensors: ReadonlyMap<string, LogicalTensor>, name: string): JsonValue {
  return tensors.get(name)?.shape ?? 'packed';
}

function textOf(value: JsonValue): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? `[${value.join(', ')}]` : canonicalJson(value);
}
