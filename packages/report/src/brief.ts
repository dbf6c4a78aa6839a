import { type JsonObject, type JsonValue, permits, type VerdictNode } from '@weighbridge/core';
import { compareDecimals, parseExactDecimal } from '@weighbridge/formats';
import { oneLine } from './escape-markdown.js';

/** A requirement in a few words, such as `accuracy 0.912 < 0.92`, `1 of 2 from ml approved` or `model.yaml:3:5: Unknown key`. One line. */
export function briefOf(node: VerdictNode): string {
  const open = (node.children ?? []).filter((child) => !permits(child.verdict));
  const first = open.find((child) => child.verdict === node.verdict) ?? open[0];
  const more = open.length > 1 ? ` (+${open.length - 1})` : '';
  return oneLine(`${briefOfLeaf(first ?? node)}${more}`);
}

function briefOfLeaf(leaf: VerdictNode): string {
  if (leaf.kind === 'files' && leaf.id !== leaf.kind) return `${leaf.id}: ${firstClause(leaf.because)}`;
  const told = leaf.kind === 'metric' && isObject(leaf.facts) ? briefOfMetric(leaf, leaf.facts) : null;
  return told ?? firstClause(leaf.because);
}

/** `accuracy/language=en/bounds` names a metric, a slice of it, and which limit: the limit shows itself. */
function briefOfMetric(leaf: VerdictNode, facts: JsonObject): string | null {
  const { value, baseline } = facts;
  if (typeof value !== 'string') return null;
  const [gate = '', ...rest] = leaf.id.split('/');
  const name = [gate, ...rest.slice(0, -1)].join(' ');
  if (isObject(baseline) && typeof baseline['value'] === 'string' && typeof baseline['name'] === 'string') {
    const against = `${baseline['name']} ${baseline['value']}`;
    return leaf.verdict === 'inconclusive'
      ? `${name} ${value} against ${against} is inconclusive`
      : `${name} ${value} against ${against}`;
  }
  const limit = crossedLimit(value, facts);
  return limit === null ? null : `${name} ${value} ${limit}`;
}

function crossedLimit(value: string, { min, max }: JsonObject): string | null {
  if (typeof min === 'string' && compare(value, min) === -1) return `< ${min}`;
  if (typeof max === 'string' && compare(value, max) === 1) return `> ${max}`;
  return null;
}

function compare(value: string, limit: string): number | null {
  const [left, right] = [parseExactDecimal(value), parseExactDecimal(limit)];
  return left === null || right === null ? null : Math.sign(compareDecimals(left, right));
}

/** The first sentence up to its first semicolon, without what it adds in brackets and without its stop. */
function firstClause(sentence: string): string {
  const clause = /^.*?(?=;\s|\.\s|$)/s.exec(sentence)?.[0] ?? sentence;
  return clause.replace(/\.$/, '').replace(/\s*\([^()]*\)$/, '');
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
