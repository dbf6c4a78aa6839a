import { type Bump, compareBumps, isPrerelease, type ModelName, type Version } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { nextVersion, type RuleBook } from '@weighbridge/versioning';
import { modelOfRef, registryRef } from '../dependencies.js';
import { bumpOfDependency, type DependencyBump } from './bump-of-dependency.js';
import { findHolders, type HoldingVersion } from './find-holders.js';
import { type ModelLine, newestOf } from './model-line.js';
import { dependsOn, type ImpactSubject } from './subject.js';

/** What is asked. */
export interface ImpactQuestion {
  readonly lines: ReadonlyMap<ModelName, ModelLine>;
  readonly subjects: readonly ImpactSubject[];
  /** The bump that models among the subjects get. */
  readonly bump: Bump;
  /** Bumps that are known, such as those of a change that was weighed: they stand instead of what is worked out here. */
  readonly known?: ReadonlyMap<ModelName, Bump>;
  readonly book: RuleBook;
}

/** One model that rests on the subject. */
export interface ImpactRow {
  readonly model: ModelName;
  /** How many steps lie between: 1 depends on the subject itself. */
  readonly depth: number;
  /** What its version would move by, were it made again. */
  readonly bump: Bump;
  readonly rule: string | null;
  readonly because: string;
  /** It stays where it is until somebody edits the range by which it names a base or part. */
  readonly held: boolean;
  /** What it depends on now no longer leads to the subject: only versions of the past do. */
  readonly past: boolean;
  /** Its highest version that is not given up; null when nothing is registered. */
  readonly current: Version | null;
  /** The version that it would get; null when it gets none. */
  readonly next: Version | null;
  /** Registered versions that rest on the subject, newest first. */
  readonly versions: readonly HoldingVersion[];
}

/** Everything that rests on the subjects, the nearest first, then by name. The subjects themselves are not in it. */
export function findImpact(question: ImpactQuestion): readonly ImpactRow[] {
  const reached = spread(question);
  const holders = findHolders(question.lines, question.subjects);
  const exact =
    question.subjects.some(({ kind }) => kind === 'model') &&
    question.subjects.every(
      (subject) => subject.kind === 'digest' || (subject.kind === 'model' && subject.version !== null),
    );
  const rows: ImpactRow[] = [];
  for (const model of new Set([...reached.keys(), ...holders.keys()])) {
    const line = question.lines.get(model);
    if (line === undefined || isSubject(question.subjects, model)) continue;
    const found = reached.get(model);
    const versions = holders.get(model) ?? [];
    // One version of a model is asked about: what rests on others of it is not.
    if (exact && versions.length === 0) continue;
    const depth = versions.reduce((least, version) => Math.min(least, version.depth), found?.depth ?? Infinity);
    const effect = found?.effect ?? pastEffect;
    const bump = question.known?.get(model) ?? effect.bump;
    rows.push({
      model,
      depth,
      bump,
      rule: effect.rule,
      because: effect.because,
      held: effect.held,
      past: found === undefined,
      current: newestOf(line)?.version ?? null,
      next: nextOf(line, bump),
      versions,
    });
  }
  return rows.sort((left, right) => left.depth - right.depth || (left.model < right.model ? -1 : 1));
}

const pastEffect: DependencyBump = {
  bump: 'none',
  rule: null,
  held: false,
  because: 'only versions of the past rest on it',
};

function isSubject(subjects: readonly ImpactSubject[], model: ModelName): boolean {
  return subjects.some((subject) => subject.kind === 'model' && subject.model === model);
}

interface Reached {
  readonly depth: number;
  readonly effect: DependencyBump;
}

/** What each model depends on as it stands: by its manifest, else by its newest version. */
function presentDependencies(line: ModelLine): readonly Dependency[] {
  return line.declared ?? newestOf(line)?.dependencies ?? [];
}

/**
 * Carries bumps from the subjects to what depends on them, and on. A model is looked at again only when what it gets
 * grew, which it can three times: circles end as well.
 */
function spread({ lines, subjects, bump, known, book }: ImpactQuestion): ReadonlyMap<ModelName, Reached> {
  const dependents = indexByRef(lines);
  const reached = new Map<ModelName, Reached>();
  const bumps = new Map<ModelName, Bump>();
  const waiting: { readonly ref: string; readonly depth: number }[] = [];
  for (const subject of startingPoints(subjects, lines)) {
    if (subject.model !== null) bumps.set(subject.model, known?.get(subject.model) ?? bump);
    waiting.push({ ref: subject.ref, depth: 0 });
  }
  for (let at = 0; at < waiting.length; at++) {
    const { ref, depth } = waiting[at] as (typeof waiting)[number];
    const upstream = modelOfRef(ref);
    const from = upstream === null ? undefined : lines.get(upstream);
    const upstreamBump = upstream === null ? bump : (bumps.get(upstream) ?? 'none');
    const next = from === undefined ? null : nextOf(from, upstreamBump);
    for (const { line, dependency } of dependents.get(ref) ?? []) {
      if (isSubject(subjects, line.model)) continue;
      const effect = bumpOfDependency(dependency, { bump: upstreamBump, next }, book);
      const before = reached.get(line.model);
      const grew = before === undefined || compareBumps(effect.bump, before.effect.bump) > 0;
      if (!grew) continue;
      reached.set(line.model, { depth: Math.min(depth + 1, before?.depth ?? depth + 1), effect });
      const own = known?.get(line.model) ?? effect.bump;
      bumps.set(line.model, own);
      waiting.push({ ref: registryRef(line.model), depth: depth + 1 });
    }
  }
  return reached;
}

/** References that models depend on now and that are a subject. */
function startingPoints(
  subjects: readonly ImpactSubject[],
  lines: ReadonlyMap<ModelName, ModelLine>,
): readonly { readonly ref: string; readonly model: ModelName | null }[] {
  const points = new Map<string, ModelName | null>();
  for (const subject of subjects) if (subject.kind === 'model') points.set(registryRef(subject.model), subject.model);
  const others = subjects.filter(({ kind }) => kind !== 'model');
  if (others.length > 0) {
    for (const line of lines.values())
      for (const dependency of presentDependencies(line))
        if (!points.has(dependency.ref) && others.some((subject) => dependsOn(dependency, subject)))
          points.set(dependency.ref, modelOfRef(dependency.ref));
  }
  return [...points].map(([ref, model]) => ({ ref, model }));
}

function indexByRef(
  lines: ReadonlyMap<ModelName, ModelLine>,
): ReadonlyMap<string, readonly { readonly line: ModelLine; readonly dependency: Dependency }[]> {
  const index = new Map<string, { readonly line: ModelLine; readonly dependency: Dependency }[]>();
  for (const line of lines.values()) {
    for (const dependency of presentDependencies(line)) {
      const known = index.get(dependency.ref);
      if (known === undefined) index.set(dependency.ref, [{ line, dependency }]);
      else known.push({ line, dependency });
    }
  }
  return index;
}

function nextOf(line: ModelLine, bump: Bump): Version | null {
  const finals = line.versions.filter(({ version, retired }) => !retired && !isPrerelease(version));
  const current = finals.at(-1)?.version ?? null;
  if (current === null || bump === 'none') return null;
  const existing = line.versions.map(({ version }) => version);
  return nextVersion({ current, changes: [], declared: bump, policy: { initial: '1.0.0' }, existing }).next;
}
