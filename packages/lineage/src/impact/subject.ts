import { isModelName, type ModelName, type Version } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { readReference } from '@weighbridge/manifest';
import { bareRef, versionOf } from '../bare-ref.js';
import { modelOfRef, registryRef } from '../dependencies.js';
import { isAddress } from '../graph/placed-pipelines.js';
import { type ModelLine, placesOf } from './model-line.js';

/** What is asked about: everything that rests on it is looked for. */
export type ImpactSubject =
  /** A model of this registry; one version of it, or any (null). */
  | { readonly kind: 'model'; readonly model: ModelName; readonly version: Version | null }
  /** Data or a model elsewhere, by its reference without a version; `pin` narrows it to one version. */
  | { readonly kind: 'reference'; readonly ref: string; readonly pin: string | null }
  /** Content, as versions, artifacts, data or bases are pinned by it. */
  | { readonly kind: 'digest'; readonly digest: string };

/** A subject, or why a text names none. */
export type SubjectReading =
  | { readonly ok: true; readonly subject: ImpactSubject }
  | { readonly ok: false; readonly reason: string };

/** The last two are what DVC has of what lies outside: an ETag, a checksum of HDFS. */
const digestText =
  /^(?:sha256:[0-9a-f]{64}|tree:[0-9a-f]{64}|(?:dvc-)?md5:[0-9a-f]{32}(?:\.dir)?|(?:etag|checksum):[\w.+/=-]{1,256})$/;

/**
 * What a text on a command line names: a digest, a model of this registry with or without `@version`, `@stage`,
 * `@alias` or `@sha256:…`, or a reference as manifests write it. Paths start at the repository's root.
 */
export function readSubject(text: string, lines: ReadonlyMap<ModelName, ModelLine>): SubjectReading {
  if (digestText.test(text)) return accept({ kind: 'digest', digest: text });
  const [name = '', asked] = text.replace(/^registry:/, '').split(/@(.*)/s);
  const line = isModelName(name) ? lines.get(name) : undefined;
  if (line !== undefined) return readModel(line, asked);
  // A bare word is a model that is misspelt rather than a file: a guard in a pipeline must not be green for it.
  if (isModelName(name) && !text.includes('/') && !text.includes(':')) {
    return { ok: false, reason: `no model is named ${name}; write a path as ./${name}` };
  }
  const read = readReference(text);
  if (!read.ok) {
    // What a stage of a pipeline reads may lie where no reference of a manifest leads.
    if (isAddress(text) && isNamed(text, lines)) return accept({ kind: 'reference', ref: text, pin: null });
    return { ok: false, reason: read.reason };
  }
  const { reference } = read;
  if (reference.scheme === 'registry') return { ok: false, reason: `no model is named ${reference.name}` };
  return accept({ kind: 'reference', ref: bareRef(text, ''), pin: versionOf(reference) });
}

function isNamed(address: string, lines: ReadonlyMap<ModelName, ModelLine>): boolean {
  const isIt = ({ ref }: Dependency) => ref === address;
  for (const { declared, versions } of lines.values()) {
    if (declared?.some(isIt) === true) return true;
    if (versions.some(({ dependencies, origins }) => dependencies.some(isIt) || origins?.some(isIt) === true))
      return true;
  }
  return false;
}

function readModel(line: ModelLine, asked: string | undefined): SubjectReading {
  const { model } = line;
  if (asked === undefined || asked === '') return accept({ kind: 'model', model, version: null });
  const bare = asked.replace(/^v(?=\d)/, '');
  const found = line.versions.find(
    ({ version, identity }) =>
      version === bare ||
      identity === asked ||
      placesOf(line, version).some((place) => place.replace(/^alias /, '') === asked),
  );
  if (found === undefined) return { ok: false, reason: `${model} has no version, stage or alias ${asked}` };
  return accept({ kind: 'model', model, version: found.version });
}

function accept(subject: ImpactSubject): SubjectReading {
  return { ok: true, subject };
}

/** How people call a subject. */
export function formatSubject(subject: ImpactSubject): string {
  switch (subject.kind) {
    case 'model':
      return subject.version === null ? subject.model : `${subject.model}@${subject.version}`;
    case 'reference':
      return subject.pin === null ? subject.ref : `${subject.ref} at ${subject.pin}`;
    case 'digest':
      return subject.digest;
  }
}

/** Whether a dependency is on a subject itself, whatever else hangs between. */
export function dependsOn(dependency: Dependency, subject: ImpactSubject): boolean {
  switch (subject.kind) {
    case 'model':
      return (
        dependency.ref === registryRef(subject.model) &&
        (subject.version === null || dependency.pin === subject.version)
      );
    case 'reference':
      return sameThing(dependency.ref, subject.ref) && (subject.pin === null || pinnedTo(dependency, subject.pin));
    case 'digest':
      return pinnedTo(dependency, subject.digest);
  }
}

/** A `.dvc` file and what it tracks are one thing, and a folder is what lies in it. */
function sameThing(ref: string, asked: string): boolean {
  if (ref === asked) return true;
  const [left, right] = [repositoryPath(ref), repositoryPath(asked)];
  return left !== null && right !== null && (left === right || right.startsWith(`${left}/`));
}

/** The path from the repository's root that a reference stands for; null for what is not in the repository. */
export function repositoryPath(ref: string): string | null {
  if (modelOfRef(ref) !== null) return null;
  const path = ref.startsWith('dvc:') ? ref.slice('dvc:'.length) : ref;
  if (!path.startsWith('/') && /^[A-Za-z][A-Za-z0-9+.-]*:/.test(path)) return null;
  return path.replace(/^\/+/, '').replace(/\.dvc$/, '');
}

function pinnedTo({ pin }: Dependency, asked: string): boolean {
  if (pin === null) return false;
  const plain = (text: string) => text.replace(/^dvc-md5:/, 'md5:');
  return (
    pin === asked ||
    plain(pin) === plain(asked) ||
    pin.endsWith(`@${asked}`) ||
    pin.endsWith(`=${asked}`) ||
    pin.endsWith(`#${asked}`)
  );
}
