import { weighbridgeError } from '@weighbridge/core';
import { malformedPickle } from './pickle-input.js';
import { isKind, itemsOf, makerOf, type PickleObject, type PickleValue, stateOf } from './values.js';

/** [startByte, endByte) of the file, or of what the named entry of it inflates to. */
export interface Span {
  readonly startByte: number;
  readonly endByte: number;
  readonly entry?: string;
}

/** A tensor found inside a pickled object. */
export interface FoundTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly span: Span | null;
}

/** What a leaf comes to: a tensor, another value to look at in its place, or null to look inside. */
export type TensorOf = (value: PickleValue) => FoundTensor | { readonly instead: PickleValue } | null;

const mostTensors = 1_000_000;
const deepestPath = 100;
const longestName = 4096;
const mostWrappers = 8;

/** Attributes of a torch module that only group what state_dict names without them. */
const groups = new Set(['_modules', '_parameters', '_buffers']);

/**
 * Tensors below a value, named by the dotted way to them: keys of dictionaries, places in lists, attributes of objects.
 * A container that is met again is not entered again, a tensor with two names has both.
 * @throws formats/too-complex, formats/pickle-malformed
 */
export function collectTensors(
  sourceName: string,
  root: PickleValue,
  tensorOf: TensorOf,
): ReadonlyMap<string, FoundTensor> {
  const found = new Map<string, FoundTensor>();
  const entered = new Set<PickleValue>();
  const waiting: { path: readonly string[]; value: PickleValue; wrappers: number }[] = [
    { path: [], value: root, wrappers: 0 },
  ];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { path, value, wrappers } = place;
    if (typeof value !== 'object' || value === null) continue;
    const leaf = tensorOf(value);
    if (leaf !== null && 'instead' in leaf) {
      // A wrapper that wraps itself would never end.
      if (wrappers < mostWrappers) waiting.push({ path, value: leaf.instead, wrappers: wrappers + 1 });
      continue;
    }
    if (leaf !== null) {
      found.set(freeName(found, nameOf(sourceName, path)), leaf);
      if (found.size > mostTensors)
        throw weighbridgeError('formats/too-complex', { name: sourceName, what: 'tensors', limit: mostTensors });
      continue;
    }
    if (entered.has(value)) continue;
    entered.add(value);
    const children = childrenOf(value);
    if (children.length > 0 && path.length >= deepestPath) {
      throw weighbridgeError('formats/too-complex', {
        name: sourceName,
        what: 'nested containers',
        limit: deepestPath,
      });
    }
    // The last pushed is looked at first: backwards, so that names are given out in the order of the file.
    for (const [segment, child] of children.reverse()) {
      waiting.push({ path: groups.has(segment) ? path : [...path, segment], value: child, wrappers: 0 });
    }
  }
  return found;
}

function nameOf(sourceName: string, path: readonly string[]): string {
  const name = path.join('.');
  if (name.length > longestName) throw malformedPickle(sourceName, `a name of ${name.length} characters`);
  return name === '' ? 'value' : name;
}

/** `{'a.b': …, 'a': {'b': …}}` gives one name twice; the second is told apart. */
function freeName(found: ReadonlyMap<string, FoundTensor>, name: string): string {
  if (!found.has(name)) return name;
  let count = 2;
  while (found.has(`${name}#${count}`)) count += 1;
  return `${name}#${count}`;
}

function childrenOf(value: Exclude<PickleValue, null | boolean | number | bigint | string>): [string, PickleValue][] {
  if (isKind(value, 'dict')) return pairs(value.entries);
  if (isKind(value, 'list') || isKind(value, 'tuple')) return value.items.map((item, index) => [String(index), item]);
  return isKind(value, 'object') ? objectChildren(value) : [];
}

function objectChildren(value: PickleObject): [string, PickleValue][] {
  const children = [
    ...pairs(value.entries),
    ...value.items.map((item, index): [string, PickleValue] => [String(index), item]),
  ];
  for (const child of stateOf(value) ?? []) children.push(child);
  const args = itemsOf(value.args);
  if (makerOf(value) !== 'collections.OrderedDict') {
    // What a constructor is given need not come back as state.
    for (const [index, child] of args.entries()) children.push([`args.${index}`, child]);
    return children;
  }
  // Protocols 0 and 1 give an OrderedDict its pairs as the argument of its constructor.
  for (const pair of itemsOf(args[0])) {
    const [key, child] = itemsOf(pair);
    if (key !== undefined && child !== undefined) children.push([segmentOf(key, children.length), child]);
  }
  return children;
}

function pairs(entries: readonly (readonly [PickleValue, PickleValue])[]): [string, PickleValue][] {
  return entries.map(([key, value], index) => [segmentOf(key, index), value]);
}

function segmentOf(key: PickleValue, index: number): string {
  return typeof key === 'object' && key !== null ? `(${index})` : String(key);
}
