import type { JsonObject, JsonValue } from '@weighbridge/core';
import { oneLine } from '../escape-markdown.js';

/** Words that some reader of YAML 1.1 or 1.2 takes for something else than text. */
const takenWords = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf|infinity|~)$/i;
const plain = /^[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*$/;

/**
 * Plain JSON as block YAML that parsers of 1.1 (PyYAML, which the Hub's library uses) and of 1.2 read alike. Text is on
 * one line, and quoted where a reader could take it for anything else; marks that cannot be seen are shown as escapes.
 */
export function formatYaml(value: JsonObject): string {
  return members(value, '').join('\n');
}

function members(value: JsonObject, pad: string): readonly string[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const name = `${pad}${scalar(key)}:`;
    const nested = blockOf(member, pad);
    return nested === null ? [`${name} ${scalar(member)}`] : [name, ...nested];
  });
}

/** Lines of a list or a map below their key; null for what stands beside it. */
function blockOf(value: JsonValue, pad: string): readonly string[] | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) {
    return Object.keys(value).length === 0 ? null : members(value as JsonObject, `${pad}  `);
  }
  return value.length === 0 ? null : value.flatMap((item: JsonValue) => itemLines(item, pad));
}

function itemLines(item: JsonValue, pad: string): readonly string[] {
  if (typeof item !== 'object' || item === null || Object.keys(item).length === 0) return [`${pad}- ${scalar(item)}`];
  if (Array.isArray(item)) return [`${pad}-`, ...item.flatMap((inner: JsonValue) => itemLines(inner, `${pad}  `))];
  const [first = '', ...rest] = members(item as JsonObject, `${pad}  `);
  return [`${pad}- ${first.slice(pad.length + 2)}`, ...rest];
}

function scalar(value: JsonValue): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return text(value);
  if (value === null || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? '[]' : '{}';
}

function text(value: string): string {
  const shown = oneLine(value).replaceAll(/[\ufffe\uffff]/g, '\ufffd');
  return plain.test(shown) && !takenWords.test(shown) ? shown : JSON.stringify(shown);
}

/** PyYAML takes `1e-7` for text: it wants a point, and a sign after the e. */
function numberText(value: number): string {
  const [digits = '', exponent] = String(value).split('e');
  if (exponent === undefined) return digits;
  return `${digits.includes('.') ? digits : `${digits}.0`}e${exponent}`;
}
