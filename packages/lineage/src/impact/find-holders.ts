import type { ModelName, Version } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { registryRef } from '../dependencies.js';
import { type LineVersion, type ModelLine, placesOf } from './model-line.js';
import { dependsOn, type ImpactSubject } from './subject.js';

/** A registered version that rests on a subject. */
export interface HoldingVersion {
  readonly version: Version;
  /** Stages and aliases that point to it, as placesOf gives them. */
  readonly places: readonly string[];
  /** Archived or deprecated. */
  readonly retired: boolean;
  /** How many steps lie between. */
  readonly depth: number;
  /** What it names that leads there, with what held that still. */
  readonly via: string;
}

interface Found {
  readonly line: ModelLine;
  readonly version: LineVersion;
  readonly depth: number;
  readonly via: string;
}

/** Every registered version that rests on the subjects, directly or through others, by model, newest first. */
export function findHolders(
  lines: ReadonlyMap<ModelName, ModelLine>,
  subjects: readonly ImpactSubject[],
): ReadonlyMap<ModelName, readonly HoldingVersion[]> {
  const found = new Map<string, Found>();
  const waiting: Found[] = [];
  const take = (each: Found) => {
    const key = keyOf(each.line.model, each.version.version);
    if (found.has(key)) return;
    found.set(key, each);
    waiting.push(each);
  };
  for (const each of directHolders(lines, subjects)) take(each);
  const users = waiting.length === 0 ? new Map<string, never[]>() : indexUsers(lines);
  for (let at = 0; at < waiting.length; at++) {
    const { line, version, depth } = waiting[at] as Found;
    const key = keyOf(line.model, version.version);
    for (const user of users.get(key) ?? [])
      take({ ...user, depth: depth + 1, via: `${line.model}@${version.version}` });
  }
  return byModel(found.values());
}

function keyOf(model: ModelName, version: Version): string {
  return `${registryRef(model)}@${version}`;
}

function* directHolders(
  lines: ReadonlyMap<ModelName, ModelLine>,
  subjects: readonly ImpactSubject[],
): Generator<Found> {
  const isSubject = (each: Dependency) => subjects.some((subject) => dependsOn(each, subject));
  for (const line of lines.values()) {
    for (const version of line.versions) {
      const dependency = version.dependencies.find(isSubject) ?? version.origins?.find(isSubject);
      if (dependency !== undefined) {
        const via = `${dependency.ref}${dependency.pin === null ? '' : ` at ${dependency.pin}`}`;
        yield { line, version, depth: 1, via };
      } else if (subjects.some((subject) => isContent(version, subject))) {
        yield { line, version, depth: 0, via: 'its own content' };
      }
    }
  }
}

function isContent(version: LineVersion, subject: ImpactSubject): boolean {
  if (subject.kind !== 'digest') return false;
  return version.identity === subject.digest || version.artifacts.some((hex) => `sha256:${hex}` === subject.digest);
}

function indexUsers(
  lines: ReadonlyMap<ModelName, ModelLine>,
): ReadonlyMap<string, readonly Pick<Found, 'line' | 'version'>[]> {
  const users = new Map<string, Pick<Found, 'line' | 'version'>[]>();
  for (const line of lines.values()) {
    for (const version of line.versions) {
      for (const { kind, ref, pin } of version.dependencies) {
        if (kind === 'data' || pin === null) continue;
        const key = `${ref}@${pin}`;
        const known = users.get(key);
        if (known === undefined) users.set(key, [{ line, version }]);
        else known.push({ line, version });
      }
    }
  }
  return users;
}

function byModel(found: Iterable<Found>): ReadonlyMap<ModelName, readonly HoldingVersion[]> {
  const models = new Map<ModelName, Found[]>();
  for (const each of found) {
    const known = models.get(each.line.model);
    if (known === undefined) models.set(each.line.model, [each]);
    else known.push(each);
  }
  return new Map([...models].map(([model, each]) => [model, newestFirst(each).map(holdingOf)]));
}

function newestFirst(found: readonly Found[]): readonly Found[] {
  const [first] = found;
  const order = new Map(first?.line.versions.map((version, place) => [version, place]));
  return found.toSorted((left, right) => (order.get(right.version) ?? 0) - (order.get(left.version) ?? 0));
}

function holdingOf({ line, version: { version, retired }, depth, via }: Found): HoldingVersion {
  return { version, places: placesOf(line, version), retired, depth, via };
}
