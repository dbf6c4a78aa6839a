import { type JsonValue, weighbridgeError } from '@weighbridge/core';
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { sortedObject } from './json-facts.js';

/** Bounds of YAML documents: MLmodel files and model cards are written by people or small programs. */
export const strictYamlLimits = { characters: 1024 * 1024, depth: 64, values: 100_000 } as const;

/** How much YAML one document may be. */
export type YamlLimits = Readonly<Record<'characters' | 'values', number>>;

/**
 * Parses one YAML 1.2 document of the core schema into plain JSON with sorted keys: no duplicate keys, no aliases (which
 * turn small files into huge ones), no tags of programs. NaN and infinities become text, as they were written.
 * @throws formats/yaml-malformed with line and column, formats/document-too-large
 */
export function parseStrictYaml(text: string, name: string, limits: YamlLimits = strictYamlLimits): JsonValue {
  const { characters, values } = limits;
  if (text.length > characters) throw tooLarge(name, characters, 'characters');
  return toJson(parseTree(text, name), { name, text, values, left: values }, 0);
}

interface Conversion {
  readonly name: string;
  readonly text: string;
  readonly values: number;
  left: number;
}

function parseTree(text: string, name: string): Node | null {
  try {
    const document = parseDocument(text, {
      uniqueKeys: false,
      schema: 'core',
      logLevel: 'silent',
      prettyErrors: false,
    });
    const fault = document.errors[0] ?? document.warnings[0];
    if (fault === undefined) return document.contents;
    if (fault.code === 'RESOURCE_EXHAUSTION') throw tooLarge(name, strictYamlLimits.depth, 'levels of nesting');
    throw malformed(name, text, { offset: fault.pos[0], reason: fault.code.toLowerCase().replaceAll('_', ' ') });
  } catch (cause) {
    // The parser recurses, so that text which nests without end can exhaust the stack.
    if (cause instanceof RangeError) throw tooLarge(name, strictYamlLimits.depth, 'levels of nesting');
    throw cause;
  }
}

function toJson(node: unknown, conversion: Conversion, depth: number): JsonValue {
  const { name, text } = conversion;
  if (depth > strictYamlLimits.depth) throw tooLarge(name, strictYamlLimits.depth, 'levels of nesting');
  conversion.left -= 1;
  if (conversion.left < 0) throw tooLarge(name, conversion.values, 'values');
  if (node === null || node === undefined) return null;
  if (isScalar(node)) return scalarJson(node.value, node.source);
  if (isSeq(node)) return node.items.map((item) => toJson(item, conversion, depth + 1));
  const offset = (node as Node).range?.[0] ?? 0;
  if (isAlias(node)) throw malformed(name, text, { offset, reason: 'aliases (*name) are not taken here' });
  if (!isMap(node)) throw malformed(name, text, { offset, reason: 'a value is of an unknown kind' });
  const members = new Map<string, JsonValue>();
  for (const { key, value } of node.items) {
    const start = (key as Node | null)?.range?.[0] ?? offset;
    if (!isScalar(key)) throw malformed(name, text, { offset: start, reason: 'a key is a list, a map or an alias' });
    const member = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
    if (members.has(member)) throw malformed(name, text, { offset: start, reason: 'a key stands twice' });
    members.set(member, toJson(value, conversion, depth + 1));
  }
  return sortedObject(members);
}

function scalarJson(value: unknown, source: string | undefined): JsonValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : (source ?? String(value));
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return null;
}

function malformed(
  name: string,
  text: string,
  { offset, reason }: { readonly offset: number; readonly reason: string },
): Error {
  const before = text.slice(0, offset).split('\n');
  return weighbridgeError('formats/yaml-malformed', {
    name,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    reason,
  });
}

function tooLarge(name: string, limit: number, what: string): Error {
  return weighbridgeError('formats/document-too-large', { name, limit, what });
}
