import { type JsonObject, type JsonValue, parseUtf8, weighbridgeError } from '@weighbridge/core';
import { isJsonObject, parseStrictJson } from '../documents/strict-json.js';
import { parseStrictYaml } from '../documents/strict-yaml.js';
import type { MetricNode } from '../metrics/metric-node.js';
import { scanToml } from '../metrics/scan-toml.js';
import { keptMember, keptMembers } from '../runs/members.js';
import { runLimits } from '../runs/run-facts.js';

/** Values of one file of JSON: as objects they take some 200 bytes each. */
const maxJsonValues = 1_000_000;

/**
 * The values of a file of metrics or parameters as DVC loads it: JSON and TOML by the ending of its name, YAML otherwise.
 * @throws formats/json-malformed, formats/yaml-malformed, formats/metrics-syntax and their limits;
 * formats/document-malformed for what is no UTF-8
 */
export function parseDvcValues({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): JsonValue {
  const text = textOf(name, bytes);
  if (name.endsWith('.json')) {
    return parseStrictJson(text, { name, nonFinite: 'keep-as-text', maxValues: maxJsonValues });
  }
  return name.endsWith('.toml') ? plain(scanToml(name, text)) : parseStrictYaml(text, name);
}

/** Which values DVC shows: of metrics numbers, truth values and text; of parameters lists, too. */
export type DvcValueKind = 'metrics' | 'params';

/**
 * Values of several files under the names that `dvc exp show` gives them: nested names joined with dots, after the path of
 * the file and a colon where two files have the same one. A file that is one value has its path for a name.
 */
export function joinDvcValues(files: ReadonlyMap<string, JsonValue>, kind: DvcValueKind): JsonObject {
  const found = [...files].flatMap(([path, value]) =>
    [...leavesOf(value, kind)].map(([name, each]) => ({ path, name, value: each })),
  );
  const count = new Map<string, number>();
  for (const { name } of found) count.set(name, (count.get(name) ?? 0) + 1);
  return keptMembers(
    found.map(({ path, name, value }) => {
      if (name === '') return [path, value] as const;
      return [count.get(name) === 1 ? name : `${path}:${name}`, value] as const;
    }),
  );
}

/**
 * What a record can keep of one file, so that many are not held whole until they are joined: the first thousand values by
 * their nested names, long text and lists cut, secrets withheld. Names longer than such text are left out.
 */
export function firstDvcValues(value: JsonValue, kind: DvcValueKind): JsonValue {
  const first = new Map<string, JsonValue>();
  for (const [name, each] of leavesOf(value, kind)) {
    if (first.size >= runLimits.members) break;
    first.set(name, keptMember(name, each));
  }
  return isJsonObject(value) ? Object.fromEntries(first) : (first.get('') ?? null);
}

/** One by one: a file has many times more than are kept. */
function* leavesOf(value: JsonValue, kind: DvcValueKind, before = ''): Generator<readonly [string, JsonValue]> {
  if (before.length > runLimits.textCharacters) return;
  if (isJsonObject(value)) {
    for (const key in value) yield* leavesOf(value[key] ?? null, kind, before === '' ? key : `${before}.${key}`);
  } else if (kind === 'params' || ['number', 'boolean', 'string'].includes(typeof value)) yield [before, value];
}

function plain(node: MetricNode): JsonValue {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries([...node.entries].map(([key, value]) => [key, plain(value)]));
    case 'list':
      return node.items.map(plain);
    case 'number':
      return Number.isFinite(Number(node.text)) ? Number(node.text) : node.text;
    case 'boolean':
      return node.text === 'true';
    case 'null':
      return null;
    case 'word':
      return node.text;
  }
}

function textOf(name: string, bytes: Uint8Array): string {
  try {
    return parseUtf8(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw weighbridgeError('formats/document-malformed', { name, kind: 'file of values', reason: 'it is no UTF-8' });
  }
}
