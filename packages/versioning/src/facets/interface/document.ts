import type { JsonObject, JsonValue } from '@weighbridge/core';
import { holdsInexact } from '../../documents.js';
import { isJsonList, isJsonObject, keyDifferences, memberOf } from '../../json/key-differences.js';
import type { DocumentFacet } from '../../snapshot.js';
import type { Direction, InterfaceDifference } from './kinds.js';
import { compareLabels } from './labels.js';
import { compareSchemas } from './schema.js';
import { compareSignatures, signatureIn } from './signature.js';
import { compareTools } from './tools.js';

/** The names under which a document may keep a part of the interface; the first is the documented one. */
const sections: readonly (readonly [Direction, readonly string[]])[] = [
  ['input', ['inputs', 'input', 'request']],
  ['output', ['outputs', 'output', 'response']],
];
const toolNames = ['tools', 'functions'];
const labelNames = ['labels', 'classes'];
const known = new Set([
  ...sections.flatMap(([, names]) => names),
  ...toolNames,
  ...labelNames,
  '$schema',
  '$id',
  '$defs',
  'definitions',
  'title',
  'description',
  '$comment',
]);

/**
 * The interface document: `{"inputs": <JSON Schema>, "outputs": <JSON Schema>, "labels": [...], "tools": [...]}`, every
 * part optional; a bare JSON Schema, which describes the inputs; or an MLmodel file with a signature.
 */
export function compareInterfaceDocuments(from: DocumentFacet, to: DocumentFacet): InterfaceDifference[] {
  if (from.digest === to.digest) return [];
  const sides = { path: to.path, from: from.digest, to: to.digest };
  const [before, after] = [signatureIn(from.content), signatureIn(to.content)];
  if (before !== undefined && after !== undefined) return compareSignatures(before, after, to.path);
  if (
    !isJsonObject(from.content ?? undefined) ||
    !isJsonObject(to.content ?? undefined) ||
    before !== undefined ||
    after !== undefined
  ) {
    return [{ kind: 'opaque', ...sides, because: `${to.path} differs, and its two forms cannot be compared.` }];
  }
  const found = compareObjects(from.content as JsonObject, to.content as JsonObject, to.path);
  if (found.length > 0) return found;
  const same = !holdsInexact(from.content) && !holdsInexact(to.content);
  return [
    {
      kind: same ? 'layout' : 'opaque',
      ...sides,
      because: same ? `${to.path} says the same in another layout.` : `The bytes of ${to.path} differ.`,
    },
  ];
}

function compareObjects(from: JsonObject, to: JsonObject, file: string): InterfaceDifference[] {
  if (isBareSchema(from) && isBareSchema(to)) return compareSchemas(from, to, { direction: 'input', file });
  const found = sections.flatMap(([direction, names]) =>
    compareSection(sectionAt(from, names), sectionAt(to, names), direction, file),
  );
  found.push(...compareTools(sectionAt(from, toolNames) ?? null, sectionAt(to, toolNames) ?? null, file));
  found.push(...compareLabels(sectionAt(from, labelNames) ?? null, sectionAt(to, labelNames) ?? null, file));
  const rest = (document: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(document).filter(([key]) => !known.has(key)));
  for (const { key, from: before, to: after } of keyDifferences(rest(from), rest(to))) {
    found.push({
      kind: 'keyword',
      path: `${file}#${key}`,
      from: before ?? null,
      to: after ?? null,
      because: `${key} changed in ${file}.`,
    });
  }
  for (const key of ['title', 'description', '$comment']) {
    if (memberOf(from, key) !== memberOf(to, key))
      found.push({
        kind: 'wording',
        path: `${file}#${key}`,
        from: memberOf(from, key) ?? null,
        to: memberOf(to, key) ?? null,
        because: `The ${key} of ${file} changed.`,
      });
  }
  return found;
}

function compareSection(
  from: JsonValue | undefined,
  to: JsonValue | undefined,
  direction: Direction,
  file: string,
): InterfaceDifference[] {
  if (from === undefined && to === undefined) return [];
  if (from === undefined)
    return [
      {
        kind: 'described',
        path: `${file}#${direction}`,
        from: null,
        to: `${direction}s`,
        because: `${file} describes the ${direction}s now.`,
      },
    ];
  if (to === undefined)
    return [
      {
        kind: 'undescribed',
        path: `${file}#${direction}`,
        from: `${direction}s`,
        to: null,
        because: `${file} no longer describes the ${direction}s.`,
      },
    ];
  return compareSchemas(schemaOf(from), schemaOf(to), { direction, file });
}

function isBareSchema(document: JsonObject): boolean {
  const names = [...sections.flatMap(([, own]) => own), ...toolNames, ...labelNames];
  return isSchema(document) && !names.some((name) => Object.hasOwn(document, name));
}

const schemaKeywords = ['type', 'properties', '$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const', 'items', 'required'];

function isSchema(value: JsonObject): boolean {
  return (
    Object.keys(value).length === 0 ||
    schemaKeywords.some(
      (keyword) => Object.hasOwn(value, keyword) && !isJsonObject(memberOf(memberOf(value, keyword), 'type')),
    )
  );
}

/**
 * A section as a JSON Schema. Two shorthands are understood: a list of fields (`[{"name", "type", "required"}]`) and a map
 * from names to schemas; there a field is required unless it says otherwise or has a default.
 */
function schemaOf(section: JsonValue): JsonValue {
  if (isJsonList(section)) {
    const named = section.flatMap((field, place) =>
      isJsonObject(field) ? [[fieldName(field, place), field] as const] : [],
    );
    return objectSchema(named);
  }
  if (!isJsonObject(section) || isSchema(section) || !Object.values(section).every(isJsonObject)) return section;
  return objectSchema(Object.entries(section) as [string, JsonObject][]);
}

function objectSchema(fields: readonly (readonly [string, JsonObject])[]): JsonValue {
  const required = fields.filter(
    ([, field]) =>
      memberOf(field, 'required') !== false &&
      memberOf(field, 'optional') !== true &&
      memberOf(field, 'default') === undefined,
  );
  const bare = (field: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(field).filter(
        ([key]) => !['name', 'optional'].includes(key) && !(key === 'required' && typeof field[key] === 'boolean'),
      ),
    );
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, bare(field)])),
    required: required.map(([name]) => name),
  };
}

function fieldName(field: JsonObject, place: number): string {
  const name = memberOf(field, 'name');
  return typeof name === 'string' ? name : `[${place}]`;
}

function sectionAt(document: JsonObject, names: readonly string[]): JsonValue | undefined {
  for (const name of names) {
    const section = memberOf(document, name);
    if (section !== undefined && section !== null) return section;
  }
  return undefined;
}
