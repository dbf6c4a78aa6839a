import type { Fault } from '../source/fault.js';
import { hintFor, showChoices, showText, showValue, typeName } from '../source/quoting.js';
import type { SourceDocument } from '../source/source-document.js';
import type { Violation } from './find-violations.js';

type Explain = (violation: Violation, document: SourceDocument) => Fault | null;

/** A violated keyword of a schema as a fault at its place; null for those that only repeat another. */
export const explainViolation: Explain = (violation, document) => {
  const { keyword, path, data } = violation;
  const explain = Object.hasOwn(explanations, keyword) ? explanations[keyword] : undefined;
  if (explain !== undefined) return explain(violation, document);
  return document.fault('manifest/range', path, { expected: rangeOf(violation), found: sizeOf(data) });
};

const explanations: Readonly<Record<string, Explain>> = {
  additionalProperties: explainUnknownKey,
  required: explainMissingKey,
  type: explainType,
  enum: explainChoice,
  pattern: explainForm,
  minLength: explainForm,
};

function explainUnknownKey(violation: Violation, document: SourceDocument): Fault {
  const { path } = violation;
  const key = String(violation.wanted);
  const known = Object.keys((violation.schema['properties'] ?? {}) as object);
  const hint = hintFor(key, known);
  return document.fault('manifest/unknown-key', [...path, key], { key: showText(key), hint }, 'key');
}

function explainMissingKey(violation: Violation, document: SourceDocument): Fault {
  const { path } = violation;
  const key = String(violation.wanted);
  const properties = (violation.schema['properties'] ?? {}) as Record<string, Described | undefined>;
  const example = firstExample(properties[key]);
  const hint = `Add "${key}: ${example ?? '…'}".`;
  return document.fault('manifest/missing-key', [...path, key], { key, hint });
}

function explainType(violation: Violation, document: SourceDocument): Fault {
  const { path } = violation;
  const wanted = [violation.wanted].flat() as string[];
  const source = document.sourceText(path);
  if (wanted.includes('string') && !wanted.includes('number') && isBareScalar(violation.data) && source !== null) {
    const found = typeof violation.data === 'number' ? 'a number' : 'a truth value';
    return document.fault('manifest/unquoted', path, { source: showText(source), found });
  }
  const expected = `${expectedOf(violation)}${typeWord(wanted)}`;
  const example = firstExample(violation.schema);
  const hint = example === null ? 'Remove it, or write what is expected.' : `Write it like ${example}.`;
  return document.fault('manifest/wrong-type', path, { expected, found: typeName(violation.data), hint });
}

function explainChoice(violation: Violation, document: SourceDocument): Fault | null {
  const { path } = violation;
  if (violation.data !== null && typeof violation.data === 'object') return null;
  const choices = (violation.wanted as unknown[]).map(String);
  if (wrongTypeToo(violation)) return null;
  const hint = hintFor(String(violation.data), choices);
  return document.fault('manifest/not-a-choice', path, {
    found: showValue(violation.data),
    choices: showChoices(choices),
    hint,
  });
}

function explainForm(violation: Violation, document: SourceDocument): Fault {
  const { path } = violation;
  const example = everyExample(violation.schema) ?? 'in the documentation';
  const found =
    violation.propertyName === undefined ? showValue(violation.data) : `"${showText(violation.propertyName)}"`;
  const fields = { expected: expectedOf(violation), found, example };
  if (violation.propertyName === undefined) return document.fault('manifest/form', path, fields);
  return document.fault('manifest/form', [...path, violation.propertyName], fields, 'key');
}

/** ajv tells a wrong type and a missed choice of the same value; the first says more. */
function wrongTypeToo(violation: Violation): boolean {
  const wanted = [violation.schema['type']].flat();
  if (wanted.includes('integer')) return !Number.isInteger(violation.data);
  return wanted.includes('string') && typeof violation.data !== 'string';
}

interface Described {
  readonly title?: string;
  readonly examples?: readonly unknown[];
}

function expectedOf(violation: Violation): string {
  return (violation.schema as Described).title ?? 'something else';
}

function firstExample(schema: Described | undefined): string | null {
  return textOfExample(schema?.examples?.[0]);
}

/** Each form that a value may have: whoever missed one may have meant another. */
function everyExample(schema: Described | undefined): string | null {
  const texts = (schema?.examples ?? []).map(textOfExample).filter((text) => text !== null);
  const last = texts.pop();
  return last === undefined ? null : [...(texts.length === 0 ? [] : [texts.join(', ')]), last].join(' or ');
}

function textOfExample(example: unknown): string | null {
  if (example === undefined) return null;
  const text = typeof example === 'string' ? example : flowText(example);
  return text.length > 120 ? null : text;
}

/** A value as YAML in one line. */
function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).map(([key, member]) => `${key}: ${flowText(member)}`);
    return `{ ${members.join(', ')} }`;
  }
  return typeof value === 'string' && !/^[A-Za-z][\w ./-]*$/.test(value) ? JSON.stringify(value) : String(value);
}

function isBareScalar(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  array: 'a list',
  object: 'a map',
  boolean: 'true or false',
};

function typeWord(types: readonly string[]): string {
  const words = types.map((type) => typeWords[type]).filter((word) => word !== undefined);
  return words.length === 0 ? '' : ` (${words.join(' or ')})`;
}

function rangeOf(violation: Violation): string {
  const limit = Number(violation.wanted);
  const [least, most] = [`at least ${limit}`, `at most ${limit}`];
  const phrases: Readonly<Record<string, string>> = {
    minimum: least,
    maximum: most,
    maxLength: `${most} characters`,
    minItems: limit === 1 ? `${least} item` : `${least} items`,
    maxItems: `${most} items`,
    maxProperties: `${most} keys`,
  };
  return phrases[violation.keyword] ?? expectedOf(violation);
}

function sizeOf(value: unknown): string {
  if (typeof value === 'string') return `${value.length}`;
  if (Array.isArray(value)) return `${value.length}`;
  if (value !== null && typeof value === 'object') return `${Object.keys(value).length}`;
  return showValue(value);
}
