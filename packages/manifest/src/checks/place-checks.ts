import { isDigest, isModelName, isStageName, isVersion } from '@weighbridge/core';
import { readPath } from '../manifest-path.js';
import { readReference } from '../reference/parse-reference.js';
import type { Reference } from '../reference/reference.js';
import type { Fault } from '../source/fault.js';
import type { Place } from '../source/place.js';
import { hintFor, showChoices, showText, showValue } from '../source/quoting.js';
import { isReservedKey } from '../source/reserved-keys.js';

/** A path or pattern of the repository, written relative to the file that holds it. */
export function* checkPath(place: Place): Generator<Fault> {
  const written = place.text();
  if (written === null) return;
  const read = readPath(place.file, written);
  if (!read.ok) yield place.fault('manifest/path', { found: showValue(written), reason: read.reason });
}

/** A reference of any kind; gives it back when it is one. Paths in it must stay in the repository. */
export function* checkReference(place: Place): Generator<Fault, Reference | null> {
  const written = place.text();
  if (written === null) return null;
  const read = readReference(written);
  if (!read.ok && read.secret !== null) yield place.fault('manifest/reference-secret', { scheme: read.secret });
  else if (!read.ok) yield place.fault('manifest/reference', { found: showValue(written), reason: read.reason });
  if (!read.ok) return null;
  const { reference } = read;
  if (reference.scheme !== 'path' && reference.scheme !== 'dvc') return reference;
  const path = readPath(place.file, reference.path);
  if (!path.ok) yield place.fault('manifest/path', { found: showValue(written), reason: path.reason });
  return reference;
}

export function* checkModelName(place: Place): Generator<Fault> {
  const name = place.text();
  if (name === null || isModelName(name)) return;
  const example = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  yield place.fault('manifest/model-name', { found: showValue(name), example: example === '' ? 'fraud' : example });
}

/** A full version. A number is told apart, because what YAML makes of 1.10 is not what was meant. */
export function* checkVersion(place: Place): Generator<Fault> {
  if (typeof place.value === 'number') {
    const source = place.exact() ?? String(place.value);
    yield place.fault('manifest/version-number', { found: showText(source), example: completeVersion(source) });
  }
  const text = place.text();
  if (text !== null && !isVersion(text)) {
    yield place.fault('manifest/version', { found: showValue(text), example: completeVersion(text) });
  }
}

/** The version that an incomplete one most likely means. */
function completeVersion(text: string): string {
  const match = /^[vV=]?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?$/.exec(text.trim());
  if (match === null) return '1.4.0';
  return [match[1], match[2] ?? '0', match[3] ?? '0'].map((part) => String(Number(part))).join('.');
}

export function* checkDigest(place: Place): Generator<Fault> {
  const text = place.text();
  if (text !== null && !isDigest(text)) yield place.fault('manifest/digest', { found: showValue(text) });
}

/** Words that mean something else where stages are named. */
const reservedStages: ReadonlySet<string> = new Set(['none', 'aliases', 'previous', 'deprecated']);

/** A stage that the policy makes: legal in tags, and not a word that means something else. */
export function* checkStageName(place: Place): Generator<Fault> {
  const name = place.text();
  if (name === null) return;
  const found = showValue(name);
  if (reservedStages.has(name.toLowerCase()) || isReservedKey(name)) {
    yield place.fault('manifest/stage-name', { found, reason: 'the word means something else' });
  } else if (!isStageName(name)) {
    yield place.fault('manifest/stage-name', { found, reason: 'it cannot be part of a tag' });
  } else if (name.split('/').some((part) => part === '')) {
    yield place.fault('manifest/stage-name', { found, reason: 'git refuses empty parts between slashes' });
  }
}

/** A stage that is used; `none` too where a version may come from nowhere. */
export function* checkKnownStage(
  place: Place,
  stages: readonly string[],
  use: 'key' | 'value' | 'origin',
): Generator<Fault> {
  const name = use === 'key' ? String(place.path.at(-1)) : place.text();
  if (name === null || stages.includes(name) || (use === 'origin' && name === 'none')) return;
  const fields = { found: `"${showText(name)}"`, stages: showChoices(stages), hint: hintFor(name, stages) };
  yield place.fault('manifest/unknown-stage', fields, use === 'key' ? 'key' : undefined);
}

/** Texts that must differ; `fold` says which are the same. */
export function* checkDistinct(
  places: readonly Place[],
  fold: (text: string) => string = (text) => text,
): Generator<Fault> {
  const first = new Map<string, Place>();
  for (const place of places) {
    const text = place.text();
    if (text === null) continue;
    const before = first.get(fold(text));
    if (before === undefined) first.set(fold(text), place);
    else yield place.fault('manifest/repeated', { found: showValue(text), firstLine: before.line });
  }
}
