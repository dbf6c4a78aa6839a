import { weighbridgeError } from '@weighbridge/core';
import { isMap, isScalar, isSeq, type Node, parseDocument, Scalar } from 'yaml';
import { isDecimalText } from './exact-decimal.js';
import { loneSurrogate, type MetricNode, metricLimits } from './metric-node.js';
import { duplicateError, limitError } from './scan-json.js';

/**
 * Reads one YAML 1.2 document and keeps the text of numbers. Aliases are refused: metrics need none, and they are how a
 * small file becomes a huge one.
 * @throws formats/metrics-syntax, formats/metrics-duplicate, formats/metrics-limit
 */
export function scanYaml(name: string, text: string): MetricNode {
  if (text.length > metricLimits.yamlSizeBytes) throw limitError(name, 'bytes of YAML', metricLimits.yamlSizeBytes);
  return walk({ name, nodes: 0 }, parseYaml(name, text), 0);
}

function parseYaml(name: string, text: string): Node | null {
  try {
    // Uniqueness is checked below with a set, and places of faults are counted once: the parser's own are quadratic.
    const document = parseDocument(text, {
      uniqueKeys: false,
      schema: 'core',
      logLevel: 'silent',
      prettyErrors: false,
    });
    const fault = document.errors[0];
    if (fault === undefined) return document.contents;
    const before = text.slice(0, fault.pos[0]).split('\n');
    const reason = fault.code.toLowerCase().replaceAll('_', ' ');
    const column = (before.at(-1)?.length ?? 0) + 1;
    throw weighbridgeError('formats/metrics-syntax', { name, line: before.length, column, reason });
  } catch (cause) {
    if (cause instanceof RangeError) throw limitError(name, 'levels of nesting', metricLimits.depth);
    throw cause;
  }
}

const brokenText = 'a text holds half of a surrogate pair';

interface Walk {
  readonly name: string;
  nodes: number;
}

function walk(state: Walk, node: unknown, depth: number): MetricNode {
  if (depth > metricLimits.depth) throw limitError(state.name, 'levels of nesting', metricLimits.depth);
  state.nodes += 1;
  if (state.nodes > metricLimits.nodes) throw limitError(state.name, 'values and members', metricLimits.nodes);
  if (node === null || node === undefined) return { kind: 'null', text: 'null' };
  if (isScalar(node)) {
    const scalar = scalarNode(node);
    if (scalar.kind === 'word' && loneSurrogate.test(scalar.text)) throw refusal(state.name, brokenText);
    return scalar;
  }
  if (isSeq(node)) return { kind: 'list', items: node.items.map((item) => walk(state, item, depth + 1)) };
  if (!isMap(node)) throw refusal(state.name, 'it uses an alias (*name), which metric documents may not');
  const entries = new Map<string, MetricNode>();
  for (const pair of node.items) {
    if (!isScalar(pair.key)) throw refusal(state.name, 'a name is a list, a map or an alias');
    const key = pair.key.source ?? String(pair.key.value);
    if (loneSurrogate.test(key)) throw refusal(state.name, brokenText);
    if (entries.has(key)) throw duplicateError(state.name, key);
    entries.set(key, walk(state, pair.value, depth + 1));
  }
  return { kind: 'map', entries };
}

function scalarNode(scalar: Scalar): MetricNode {
  const source = scalar.source ?? String(scalar.value);
  const plain = scalar.type === Scalar.PLAIN;
  if (plain && typeof scalar.value === 'number') {
    if (Number.isNaN(scalar.value)) return { kind: 'word', text: 'NaN' };
    if (isDecimalText(source)) return { kind: 'number', text: source };
    // .inf, and hexadecimal or octal integers, which have no other exact text than their value.
    return Number.isSafeInteger(scalar.value)
      ? { kind: 'number', text: String(scalar.value) }
      : { kind: 'word', text: Number.isFinite(scalar.value) ? source : String(scalar.value) };
  }
  if (typeof scalar.value === 'boolean') return { kind: 'boolean', text: scalar.value ? 'true' : 'false' };
  if (scalar.value === null || scalar.value === undefined) return { kind: 'null', text: 'null' };
  return { kind: 'word', text: typeof scalar.value === 'string' ? scalar.value : source };
}

function refusal(name: string, reason: string): Error {
  return weighbridgeError('formats/metrics-syntax', { name, line: 1, column: 1, reason });
}
