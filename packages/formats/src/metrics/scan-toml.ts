import { weighbridgeError } from '@weighbridge/core';
import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import { isDecimalText } from './exact-decimal.js';
import { loneSurrogate, type MetricNode, metricLimits } from './metric-node.js';
import { duplicateError, limitError } from './scan-json.js';

const tomlStart = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*(?:\[\[?[^\][{}:,\n]+\]|(?:[\w.-]|"[^"\n]*"|'[^'\n]*')+[ \t]*=)/;

/** Whether a text begins as TOML does: with a table in brackets, or with `key =`. */
export function isToml(text: string): boolean {
  return tomlStart.test(text.slice(0, 10_000));
}

/**
 * Reads one TOML 1.0 document and keeps the text of numbers; underscores between digits are dropped. Dates and times are
 * words.
 * @throws formats/metrics-syntax, formats/metrics-duplicate, formats/metrics-limit
 */
export function scanToml(name: string, text: string): MetricNode {
  if (text.length > metricLimits.yamlSizeBytes) throw limitError(name, 'bytes of TOML', metricLimits.yamlSizeBytes);
  const [top] = parse(name, text).body;
  const root = new Map<string, MetricNode>();
  const state: Walk = { name, nodes: 0 };
  for (const member of top.body) {
    if (member.type === 'TOMLKeyValue') addMember(state, root, member, 1);
    else addTable(state, root, member);
  }
  return { kind: 'map', entries: root };
}

function parse(name: string, text: string): AST.TOMLProgram {
  try {
    return parseTOML(text, { tomlVersion: '1.0' });
  } catch (cause) {
    if (cause instanceof RangeError) throw limitError(name, 'levels of nesting', metricLimits.depth);
    if (!(cause instanceof ParseError)) throw cause;
    const { lineNumber: line, column } = cause;
    const reason = cause.message.slice(0, 200).replace(/\.$/, '').toLowerCase();
    throw weighbridgeError('formats/metrics-syntax', { name, line, column: column + 1, reason }, { cause });
  }
}

interface Walk {
  readonly name: string;
  nodes: number;
}

type Members = Map<string, MetricNode>;

/**
 * The parser has refused what TOML forbids, so what is there already is a table that may be added to. Tables of arrays
 * (`[[run]]`) are lists, which hold no metric; a number in the key tells them.
 */
function addTable(state: Walk, root: Members, table: AST.TOMLTable): void {
  if (table.resolvedKey.some((part) => typeof part === 'number')) return;
  let members = root;
  for (const [at, part] of table.resolvedKey.entries()) members = descend(state, members, String(part), at + 1);
  for (const member of table.body) addMember(state, members, member, table.resolvedKey.length + 1);
}

function addMember(state: Walk, members: Members, member: AST.TOMLKeyValue, depth: number): void {
  const keys = member.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
  let holder = members;
  keys.slice(0, -1).forEach((key, at) => {
    holder = descend(state, holder, key, depth + at);
  });
  const last = keys.at(-1) ?? '';
  if (holder.has(last)) throw duplicateError(state.name, keys.join('.'));
  checkText(state.name, last);
  holder.set(last, contentNode(state, member.value, depth + keys.length - 1));
}

function descend(state: Walk, members: Members, key: string, depth: number): Members {
  countNode(state, depth);
  checkText(state.name, key);
  const found = members.get(key);
  if (found?.kind === 'map') return found.entries as Members;
  if (found !== undefined) throw duplicateError(state.name, key);
  const entries: Members = new Map();
  members.set(key, { kind: 'map', entries });
  return entries;
}

function contentNode(state: Walk, node: AST.TOMLContentNode, depth: number): MetricNode {
  countNode(state, depth);
  if (node.type === 'TOMLArray')
    return { kind: 'list', items: node.elements.map((element) => contentNode(state, element, depth + 1)) };
  if (node.type === 'TOMLInlineTable') {
    const entries: Members = new Map();
    for (const member of node.body) addMember(state, entries, member, depth + 1);
    return { kind: 'map', entries };
  }
  return valueNode(state, node);
}

function valueNode(state: Walk, node: AST.TOMLValue): MetricNode {
  if (node.kind === 'boolean') return { kind: 'boolean', text: node.value ? 'true' : 'false' };
  if (node.kind === 'float' || node.kind === 'integer') return numberNode(state, node);
  if (node.kind !== 'string') return { kind: 'word', text: node.datetime };
  checkText(state.name, node.value);
  return { kind: 'word', text: node.value };
}

/** `inf` and `nan` are words; hexadecimal, octal and binary integers have no other decimal text than their value. */
function numberNode(state: Walk, node: AST.TOMLNumberValue): MetricNode {
  const text = node.number.replaceAll('_', '');
  if (text.length > metricLimits.textLength)
    throw limitError(state.name, 'digits in one number', metricLimits.textLength);
  if (isDecimalText(text)) return { kind: 'number', text };
  return node.kind === 'integer' ? { kind: 'number', text: String(node.bigint) } : { kind: 'word', text };
}

function countNode(state: Walk, depth: number): void {
  if (depth > metricLimits.depth) throw limitError(state.name, 'levels of nesting', metricLimits.depth);
  state.nodes += 1;
  if (state.nodes > metricLimits.nodes) throw limitError(state.name, 'values and members', metricLimits.nodes);
}

function checkText(name: string, text: string): void {
  if (!loneSurrogate.test(text)) return;
  const reason = 'a text holds half of a surrogate pair';
  throw weighbridgeError('formats/metrics-syntax', { name, line: 1, column: 1, reason });
}
