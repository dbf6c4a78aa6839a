import { compareBumps, type Bump, type JsonValue, type Version } from '@weighbridge/core';
import type { Comparison } from '../comparison.js';
import type { Difference } from '../difference.js';
import { versionDistance } from '../version-distance.js';
import type { BaseFacet } from '../snapshot.js';
import { isDatedSnapshotOf, isQuantisationOf } from './base-names.js';

export type BaseKind =
  | 'model'
  | 'added'
  | 'removed'
  | 'declared'
  | 'revision'
  | 'dated-snapshot'
  | 'quantisation'
  | 'registry-major'
  | 'registry-minor'
  | 'registry-patch'
  | 'range'
  | 'renamed';

/** The model that this one was made from. Content decides where it is known, else name and revision. */
export function compareBase(comparison: Comparison): Difference<BaseKind>[] {
  const { previous, candidate } = comparison;
  const [from, to] = [previous.base, candidate.base];
  if (from === null && to === null) return [];
  if (from === null || to === null) return [declaration(from, to, comparison)];
  const found = moved(from, to, comparison.parts);
  return found === null
    ? rangeOf(from, to)
    : [{ path: 'base', from: plain(from), to: plain(to), ...found }, ...rangeOf(from, to)];
}

/** A range tells which versions of one base fit; older snapshots do not have it. */
function rangeOf(from: BaseFacet, to: BaseFacet): Difference<BaseKind>[] {
  if (from.model !== to.model || from.range === undefined || to.range === undefined || from.range === to.range)
    return [];
  const because = `The base ${to.model} is asked for as ${to.range}, before ${from.range}.`;
  return [{ kind: 'range', path: 'base', from: from.range, to: to.range, because }];
}

/** A base that is named for the first time while the weights stayed was there before. */
function declaration(from: BaseFacet | null, to: BaseFacet | null, comparison: Comparison): Difference<BaseKind> {
  const sides = { path: 'base', from: plain(from), to: plain(to) };
  if (comparison.weightsMoved === 'same') {
    const verb = from === null ? 'is named for the first time' : 'is no longer named';
    return {
      kind: 'declared',
      ...sides,
      because: `The base model ${nameOf(from ?? to)} ${verb}; the weights did not change.`,
    };
  }
  if (from === null) return { kind: 'added', ...sides, because: `The base model ${nameOf(to)} was added.` };
  return { kind: 'removed', ...sides, because: `The base model ${nameOf(from)} was removed.` };
}

function moved(
  from: BaseFacet,
  to: BaseFacet,
  parts: Comparison['parts'],
): Pick<Difference<BaseKind>, 'kind' | 'because'> | null {
  const step = `${nameOf(from)} -> ${nameOf(to)}`;
  if (from.content !== null && from.content === to.content) {
    return from.model === to.model
      ? null
      : { kind: 'renamed', because: `The base model has another name and the same content: ${step}.` };
  }
  if (from.model !== to.model) return otherName(from, to, step);
  if (from.version !== null && to.version !== null && from.version !== to.version) {
    const own = parts.get(to.model.replace(/^registry:/, '')) ?? versionDistance(from.version, to.version);
    return ownBump(own, from.version, to.version, step);
  }
  if (from.revision === to.revision && from.version === to.version && (from.content === null || to.content === null))
    return null;
  return { kind: 'revision', because: `The base model has another revision: ${step}.` };
}

function otherName(from: BaseFacet, to: BaseFacet, step: string): Pick<Difference<BaseKind>, 'kind' | 'because'> {
  if (isDatedSnapshotOf(from.model, to.model))
    return { kind: 'dated-snapshot', because: `The base is another dated snapshot of one model: ${step}.` };
  if (isQuantisationOf(from.model, to.model))
    return { kind: 'quantisation', because: `The base is another quantisation of one model: ${step}.` };
  return { kind: 'model', because: `The base is another model: ${step}.` };
}

function ownBump(bump: Bump, from: Version, to: Version, step: string): Pick<Difference<BaseKind>, 'kind' | 'because'> {
  const kind =
    compareBumps(bump, 'minor') > 0 ? 'registry-major' : bump === 'minor' ? 'registry-minor' : 'registry-patch';
  return { kind, because: `The base moved from its version ${from} to ${to}, and this model moves with it: ${step}.` };
}

function nameOf(base: BaseFacet | null): string {
  if (base === null) return 'none';
  return `${base.model}${(base.version ?? base.revision) ? `@${base.version ?? base.revision}` : ''}`;
}

function plain(base: BaseFacet | null): JsonValue {
  return base === null
    ? null
    : { model: base.model, revision: base.revision, content: base.content, version: base.version };
}
