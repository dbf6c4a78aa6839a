import { canonicalJson } from '@weighbridge/core';
import { checkDistinct } from './checks/place-checks.js';
import type { ArtifactsLock, LockedArtifact } from './manifest.js';
import { readPath } from './manifest-path.js';
import { type FileKind, judge } from './parse-file.js';
import { fitsSchema } from './schema/check-schema.js';
import { type Fault, makeFault, type Parsed } from './source/fault.js';
import { parseJson, readJson } from './source/json-document.js';
import { LineIndex } from './source/line-index.js';
import type { Place } from './source/place.js';
import { showValue } from './source/quoting.js';
import { readText, type SourceFile } from './source/source-file.js';
import { findConflictMarker } from './source/yaml-document.js';

/** A lock lists every tensor of every artifact. */
export const maxLockBytes = 256 * 1024 * 1024;

/**
 * Reads an `artifacts.lock`. What formatArtifactsLock wrote is recognised by its text alone and costs little more than
 * JSON.parse; every other text is read with positions. Never throws for any content.
 */
export function parseArtifactsLock(source: SourceFile): Parsed<ArtifactsLock> {
  const text = readText(source, maxLockBytes);
  if (typeof text !== 'string') return { ok: false, faults: [text] };
  const written = parseWritten(text);
  if (written !== null) return { ok: true, value: written, locate: (path) => readJson(source.path, text).locate(path) };
  const conflict = findConflictMarker(text);
  if (conflict !== -1) {
    const at = { file: source.path, position: new LineIndex(text).position(conflict), path: [] };
    return { ok: false, faults: [makeFault(at, 'manifest/conflict-marker', {})] };
  }
  const document = readJson(source.path, text);
  if (document.value === undefined) return { ok: false, faults: document.faults };
  return judge(document, lockKind);
}

/** A lock that is, letter for letter, what formatArtifactsLock writes: no repeated key can hide in it. */
function parseWritten(text: string): ArtifactsLock | null {
  if (text.includes('"__proto__"')) return null;
  const value = parseJson(text);
  if (!fitsSchema('artifacts-lock', value)) return null;
  const lock = value as ArtifactsLock;
  const paths = new Set(lock.artifacts.map(({ path }) => path));
  const legal = lock.artifacts.every(({ path }) => isRepositoryPath(path)) && paths.size === lock.artifacts.length;
  return legal && formatArtifactsLock(lock) === text ? lock : null;
}

const lockKind: FileKind<ArtifactsLock> = {
  schema: 'artifacts-lock',
  whenEmpty: null,
  check: checkLock,
  read: (root) => root.value as ArtifactsLock,
};

function* checkLock(root: Place): Generator<Fault> {
  const paths = root
    .at('artifacts')
    .items()
    .map((item) => item.at('path'));
  yield* checkDistinct(paths);
  for (const place of paths) {
    const path = place.text();
    if (path === null || isRepositoryPath(path)) continue;
    yield place.fault('manifest/path', { found: showValue(path), reason: 'a lock holds plain paths from the root' });
  }
}

function isRepositoryPath(path: string): boolean {
  const read = readPath('', path);
  return read.ok && read.path === path;
}

/**
 * The one text of a lock, so that equal locks are equal files: sorted by path and by tensor name, one line a tensor, a
 * newline at the end. Inverse of parseArtifactsLock.
 * @throws core/not-json when a header holds what JSON cannot.
 */
export function formatArtifactsLock(lock: ArtifactsLock): string {
  const artifacts = lock.artifacts.toSorted((left, right) => compareText(left.path, right.path)).map(formatArtifact);
  const body = artifacts.length === 0 ? '[]' : `[\n${artifacts.join(',\n')}\n  ]`;
  return `{\n  "version": 1,\n  "artifacts": ${body}\n}\n`;
}

function formatArtifact(artifact: LockedArtifact): string {
  const members = [
    `"path": ${JSON.stringify(artifact.path)}`,
    `"size": ${artifact.size}`,
    `"sha256": ${JSON.stringify(artifact.sha256)}`,
    `"store": ${JSON.stringify(artifact.store)}`,
    `"header": ${formatHeader(artifact.header)}`,
    `"tensors": ${formatMap(artifact.tensors, JSON.stringify)}`,
    ...(artifact.document === undefined || artifact.document === null
      ? []
      : [`"document": ${canonicalJson(artifact.document)}`]),
    ...(artifact.source === undefined ? [] : [`"source": ${canonicalJson({ ...artifact.source })}`]),
  ];
  return `    {\n      ${members.join(',\n      ')}\n    }`;
}

/** One line a member, and one an element of the lists in it: a changed tensor is a changed line. */
function formatHeader(header: LockedArtifact['header']): string {
  if (header === null) return 'null';
  return formatMap(header, (value) => {
    if (!Array.isArray(value) || value.length === 0) return canonicalJson(value);
    return `[\n${value.map((element) => `          ${canonicalJson(element)}`).join(',\n')}\n        ]`;
  });
}

function formatMap<T>(map: Readonly<Record<string, T>>, format: (value: T) => string): string {
  const names = Object.keys(map).sort(compareText);
  if (names.length === 0) return '{}';
  const lines = names.map((name) => `        ${JSON.stringify(name)}: ${format(map[name] as T)}`);
  return `{\n${lines.join(',\n')}\n      }`;
}

/** By UTF-16 units, the same on every machine and in every language. */
function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
