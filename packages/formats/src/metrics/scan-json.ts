import { weighbridgeError } from '@weighbridge/core';
import { loneSurrogate, type MetricNode, metricLimits } from './metric-node.js';

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const wordPattern = /-?Infinity|NaN|true|false|null/y;
const spacePattern = /[ \t\r\n]*/y;

/**
 * Reads JSON (RFC 8259) and keeps the text of numbers, of any size (strict JSON refuses those beyond a double). Also
 * takes `NaN`, `Infinity` and `-Infinity` as Python writes them. Duplicate names are refused: which of two values was
 * meant cannot be known.
 * @throws formats/metrics-syntax, formats/metrics-duplicate, formats/metrics-limit
 */
export function scanJson(name: string, text: string): MetricNode {
  const scanner: Scanner = { name, text, position: 0, nodes: 0 };
  const root = scanValue(scanner, 0);
  skipSpace(scanner);
  if (scanner.position < text.length) throw syntaxError(scanner, 'something stands after its end');
  return root;
}

interface Scanner {
  readonly name: string;
  readonly text: string;
  position: number;
  nodes: number;
}

function scanValue(scanner: Scanner, depth: number): MetricNode {
  if (depth > metricLimits.depth) throw limitError(scanner.name, 'levels of nesting', metricLimits.depth);
  scanner.nodes += 1;
  if (scanner.nodes > metricLimits.nodes) throw limitError(scanner.name, 'values and members', metricLimits.nodes);
  skipSpace(scanner);
  switch (scanner.text.charAt(scanner.position)) {
    case '{':
      return scanMap(scanner, depth);
    case '[':
      return scanList(scanner, depth);
    case '"':
      return { kind: 'word', text: scanString(scanner) };
    default:
      return scanScalar(scanner);
  }
}

function scanMap(scanner: Scanner, depth: number): MetricNode {
  const entries = new Map<string, MetricNode>();
  scanner.position += 1;
  if (accept(scanner, '}')) return { kind: 'map', entries };
  do {
    skipSpace(scanner);
    if (scanner.text[scanner.position] !== '"') throw syntaxError(scanner, 'a name in double quotes was expected');
    const key = scanString(scanner);
    if (entries.has(key)) throw duplicateError(scanner.name, key);
    if (!accept(scanner, ':')) throw syntaxError(scanner, 'a colon was expected');
    entries.set(key, scanValue(scanner, depth + 1));
  } while (accept(scanner, ','));
  if (!accept(scanner, '}')) throw syntaxError(scanner, 'a comma or } was expected');
  return { kind: 'map', entries };
}

function scanList(scanner: Scanner, depth: number): MetricNode {
  const items: MetricNode[] = [];
  scanner.position += 1;
  if (accept(scanner, ']')) return { kind: 'list', items };
  do items.push(scanValue(scanner, depth + 1));
  while (accept(scanner, ','));
  if (!accept(scanner, ']')) throw syntaxError(scanner, 'a comma or ] was expected');
  return { kind: 'list', items };
}

function scanString(scanner: Scanner): string {
  const start = scanner.position;
  let end = start + 1;
  while (end < scanner.text.length && scanner.text[end] !== '"') end += scanner.text[end] === '\\' ? 2 : 1;
  const literal = scanner.text.slice(start, end + 1);
  const parsed = parseLiteral(scanner, literal);
  if (loneSurrogate.test(parsed)) throw syntaxError(scanner, 'a text holds half of a surrogate pair');
  scanner.position = end + 1;
  return parsed;
}

function parseLiteral(scanner: Scanner, literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch (cause) {
    throw syntaxError(scanner, 'a text is not closed or holds a character that JSON forbids', cause);
  }
}

function scanScalar(scanner: Scanner): MetricNode {
  // Words come first: "-Infinity" would otherwise fail at its minus sign.
  const word = match(scanner, wordPattern);
  if (word === 'true' || word === 'false') return { kind: 'boolean', text: word };
  if (word === 'null') return { kind: 'null', text: word };
  if (word !== null) return { kind: 'word', text: word };
  const number = match(scanner, numberPattern);
  if (number === null) throw syntaxError(scanner, 'a value was expected');
  if (number.length > metricLimits.textLength)
    throw limitError(scanner.name, 'digits in one number', metricLimits.textLength);
  return { kind: 'number', text: number };
}

function match(scanner: Scanner, pattern: RegExp): string | null {
  pattern.lastIndex = scanner.position;
  const found = pattern.exec(scanner.text)?.[0] ?? null;
  if (found !== null) scanner.position += found.length;
  return found;
}

function skipSpace(scanner: Scanner): void {
  match(scanner, spacePattern);
}

function accept(scanner: Scanner, character: string): boolean {
  skipSpace(scanner);
  if (scanner.text[scanner.position] !== character) return false;
  scanner.position += 1;
  return true;
}

function syntaxError(scanner: Scanner, reason: string, cause?: unknown): Error {
  const before = scanner.text.slice(0, scanner.position);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  const fields = { name: scanner.name, line, column: scanner.position - lineStart + 1, reason };
  return weighbridgeError('formats/metrics-syntax', fields, { cause });
}

/** A document beyond one of `metricLimits`. */
export function limitError(name: string, what: string, limit: number): Error {
  return weighbridgeError('formats/metrics-limit', { name, what, limit });
}

/** A name or metric that a document gives twice. */
export function duplicateError(name: string, key: string): Error {
  return weighbridgeError('formats/metrics-duplicate', { name, key: key.slice(0, 200) });
}
