import type { ErrorObject } from 'ajv/dist/2020.js';
import type { DocumentPath, Fault } from '../source/fault.js';
import { hintFor, showChoices, showText, showValue, typeName } from '../source/quoting.js';
import type { SourceDocument } from '../source/source-document.js';

type Explain = (error: ErrorObject, document: SourceDocument, path: DocumentPath) => Fault | null;

/** A violated keyword of a schema as a fault at its place; null for those that only repeat another. */
export const explainViolation: Explain = (error, document, path) => {
  const explain = Object.hasOwn(explanations, error.keyword) ? explanations[error.keyword] : undefined;
  if (explain !== undefined) return explain(error, document, path);
  return document.fault('manifest/range', path, { expected: rangeOf(error), found: sizeOf(error.data) });
};

const explanations: Readonly<Record<string, Explain>> = {
  if: () => null,
  propertyNames: () => null,
  additionalProperties: explainUnknownKey,
  required: explainMissingKey,
  type: explainType,
  enum: explainChoice,
  pattern: explainForm,
  minLength: explainForm,
};

function explainUnknownKey(error: ErrorObject, document: SourceDocument, path: DocumentPath): Fault {
  const key = String(error.params['additionalProperty']);
  const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
  const hint = hintFor(key, known);
  return document.fault('manifest/unknown-key', [...path, key], { key: showText(key), hint }, 'key');
}

function explainMissingKey(error: ErrorObject, document: SourceDocument, path: DocumentPath): Fault {
  const key = String(error.params['missingProperty']);
  const properties = (error.parentSchema?.['properties'] ?? {}) as Record<string, Described | undefined>;
  const example = firstExample(properties[key]);
  const hint = `Add "${key}: ${example ?? '…'}".`;
  return document.fault('manifest/missing-key', [...path, key], { key, hint });
}

function explainType(error: ErrorObject, document: SourceDocument, path: DocumentPath): Fault {
  const wanted = [error.params['type']].flat() as string[];
  const source = document.sourceText(path);
  if (wanted.includes('string') && !wanted.includes('number') && isBareScalar(error.data) && source !== null) {
    const found = typeof error.data === 'number' ? 'a number' : 'a truth value';
    return document.fault('manifest/unquoted', path, { source: showText(source), found });
  }
  const expected = `${expectedOf(error)}${typeWord(wanted)}`;
  const example = firstExample(error.parentSchema as Described | undefined);
  const hint = example === null ? 'Remove it, or write what is expected.' : `Write it like ${example}.`;
  return document.fault('manifest/wrong-type', path, { expected, found: typeName(error.data), hint });
}

function explainChoice(error: ErrorObject, document: SourceDocument, path: DocumentPath): Fault | null {
  if (error.schema === undefined || (error.data !== null && typeof error.data === 'object')) return null;
  const choices = (error.params['allowedValues'] as unknown[]).map(String);
  if (wrongTypeToo(error)) return null;
  const hint = hintFor(String(error.data), choices);
  return document.fault('manifest/not-a-choice', path, {
    found: showValue(error.data),
    choices: showChoices(choices),
    hint,
  });
}

function explainForm(error: ErrorObject, document: SourceDocument, path: DocumentPath): Fault {
  const example = everyExample(error.parentSchema as Described | undefined) ?? 'in the documentation';
  const found = error.propertyName === undefined ? showValue(error.data) : `"${showText(error.propertyName)}"`;
  const fields = { expected: expectedOf(error), found, example };
  if (error.propertyName === undefined) return document.fault('manifest/form', path, fields);
  return document.fault('manifest/form', [...path, error.propertyName], fields, 'key');
}

/** ajv tells a wrong type and a missed choice of the same value; the first says more. */
function wrongTypeToo(error: ErrorObject): boolean {
  const wanted = [error.parentSchema?.['type']].flat();
  if (wanted.includes('integer')) return !Number.isInteger(error.data);
  return wanted.includes('string') && typeof error.data !== 'string';
}

interface Described {
  readonly title?: string;
  readonly examples?: readonly unknown[];
}

function expectedOf(error: ErrorObject): string {
  return (error.parentSchema as Described | undefined)?.title ?? 'something else';
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

function rangeOf(error: ErrorObject): string {
  const { limit } = error.params as { limit?: number };
  const [least, most] = [`at least ${limit}`, `at most ${limit}`];
  const phrases: Readonly<Record<string, string>> = {
    minimum: least,
    maximum: most,
    maxLength: `${most} characters`,
    minItems: limit === 1 ? `${least} item` : `${least} items`,
    maxItems: `${most} items`,
    maxProperties: `${most} keys`,
  };
  return phrases[error.keyword] ?? expectedOf(error);
}

function sizeOf(value: unknown): string {
  if (typeof value === 'string') return `${value.length}`;
  if (Array.isArray(value)) return `${value.length}`;
  if (value !== null && typeof value === 'object') return `${Object.keys(value).length}`;
  return showValue(value);
}
