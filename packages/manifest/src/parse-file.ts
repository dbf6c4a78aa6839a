import { checkSchema } from './schema/check-schema.js';
import type { SchemaName } from './schema/published.js';
import { type Fault, maxExplainedFaults, orderFaults, type Parsed } from './source/fault.js';
import { type Place, rootPlace } from './source/place.js';
import type { SourceDocument } from './source/source-document.js';
import { readText, type SourceFile } from './source/source-file.js';
import { maxYamlBytes, readYaml } from './source/yaml-document.js';

/** How one kind of file is read: its shape by a schema, its meaning by `check`, its value, once both hold, by `read`. */
export interface FileKind<T> {
  readonly schema: SchemaName;
  /** What an empty file stands for; null when it must not be empty. */
  readonly whenEmpty: T | null;
  check(root: Place): Iterable<Fault>;
  read(root: Place): T;
}

/** Reads one YAML file of a kind: its checked value, or every fault at once. Never throws for any content. */
export function parseFile<T>(source: SourceFile, kind: FileKind<T>): Parsed<T> {
  const text = readText(source, maxYamlBytes);
  if (typeof text !== 'string') return { ok: false, faults: [text] };
  const document = readYaml(source.path, text);
  if (document.value === undefined || document.value === null) return parseEmpty(document, kind);
  return judge(document, kind);
}

/** Judges a document that was read, whatever its syntax. */
export function judge<T>(document: SourceDocument, kind: FileKind<T>): Parsed<T> {
  const root = rootPlace(document);
  const meaning = firstFaults(kind.check(root));
  const explained = new Set(
    [...document.faults, ...meaning].filter(isAboutValue).map(({ path }) => JSON.stringify(path)),
  );
  const shape = checkSchema(kind.schema, document).filter(({ path }) => !explained.has(JSON.stringify(path)));
  const faults = orderFaults([...document.faults, ...meaning, ...shape]);
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, value: kind.read(root), locate: (path) => document.locate(path) };
}

function firstFaults(faults: Iterable<Fault>): Fault[] {
  const first: Fault[] = [];
  for (const fault of faults) {
    if (first.length >= maxExplainedFaults) break;
    first.push(fault);
  }
  return first;
}

/** Where the meaning of a value is wrong, its schema says the same again, less well. */
function isAboutValue(fault: Fault): boolean {
  return fault.code !== 'manifest/duplicate-key';
}

function parseEmpty<T>(document: SourceDocument, kind: FileKind<T>): Parsed<T> {
  if (document.faults.length > 0) return { ok: false, faults: orderFaults(document.faults) };
  if (kind.whenEmpty !== null) return { ok: true, value: kind.whenEmpty, locate: () => null };
  const expected = kind.schema === 'model' ? 'a model manifest' : 'a policy';
  return { ok: false, faults: [document.fault('manifest/empty', [], { expected })] };
}
