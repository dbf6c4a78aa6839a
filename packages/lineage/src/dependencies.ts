import { isModelName, type ModelName } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { type Manifest, parseReference } from '@weighbridge/manifest';
import type { Snapshot } from '@weighbridge/versioning';
import { bareRef, versionOf } from './bare-ref.js';
import { dependencyKey } from './dependency-key.js';
import { toldData } from './told-data.js';

/** A manifest with its path, which its relative references start from. */
export interface PlacedManifest {
  readonly path: string;
  readonly manifest: Pick<Manifest, 'base' | 'data' | 'uses'>;
}

/** What a snapshot tells of where its model comes from. */
export type OriginFacets = Pick<Snapshot, 'base' | 'data' | 'uses'> & Partial<Pick<Snapshot, 'training'>>;

/** How a dependency calls a model of this registry. */
export function registryRef(model: ModelName): string {
  return `registry:${model}`;
}

/** The model of this registry that a reference of a dependency names, or null. Inverse of registryRef. */
export function modelOfRef(ref: string): ModelName | null {
  const name = ref.startsWith('registry:') ? ref.slice('registry:'.length) : '';
  return isModelName(name) ? name : null;
}

/**
 * What a version was made of: base, parts and data of its snapshot, then data that only its runs told, without doubles, in
 * that order. The manifest adds the ranges, which a snapshot of a base does not keep; without one there are none.
 */
export function dependenciesOf(facets: OriginFacets, { path, manifest }: PartialPlace): readonly Dependency[] {
  const { base } = facets;
  const bases: Dependency[] =
    base === null
      ? []
      : [
          {
            kind: 'base',
            role: null,
            ref: base.model,
            pin: base.version ?? base.revision ?? base.content,
            range: base.version === null ? null : rangeOfBase(manifest?.base ?? null),
          },
        ];
  const parts = facets.uses.map(
    ({ model, range, version }): Dependency => ({
      kind: 'part',
      role: null,
      ref: registryRef(model),
      pin: version,
      range,
    }),
  );
  const sets = facets.data.map(
    ({ role, ref, pinned }): Dependency => ({ kind: 'data', role, ref: bareRef(ref, path), pin: pinned, range: null }),
  );
  // A file that DVC tracks and its record are one thing.
  const named = new Set(sets.map(({ ref }) => ref.replace(/^dvc:|\.dvc$/g, '')));
  const told = toldData(facets.training ?? {}).filter(({ ref }) => !named.has(ref.replace(/^dvc:|\.dvc$/g, '')));
  return unique([...bases, ...parts, ...sets, ...told]);
}

/** Where a manifest stands, and what it says where it is at hand. */
export interface PartialPlace {
  readonly path: string;
  readonly manifest?: PlacedManifest['manifest'] | null;
}

/** What a manifest asks for as it stands, nothing of it resolved: pins are those that are written. */
export function declaredDependencies({ path, manifest }: PlacedManifest): readonly Dependency[] {
  const { base } = manifest;
  const written = base === null ? null : parseReference(base.model);
  const revision = base?.revision ?? versionOf(written);
  const bases: Dependency[] =
    base === null || written === null
      ? []
      : [
          {
            kind: 'base',
            role: null,
            ref: bareRef(base.model, path),
            pin: written.scheme === 'registry' ? null : revision,
            range: rangeOfBase(base),
          },
        ];
  const parts = manifest.uses.map(
    ({ model, version }): Dependency => ({
      kind: 'part',
      role: null,
      ref: registryRef(model),
      pin: null,
      range: version,
    }),
  );
  const sets = manifest.data.map(
    ({ role, ref }): Dependency => ({
      kind: 'data',
      role,
      ref: bareRef(ref, path),
      pin: versionOf(parseReference(ref)),
      range: null,
    }),
  );
  return unique([...bases, ...parts, ...sets]);
}

function rangeOfBase(base: Manifest['base']): string | null {
  if (base === null) return null;
  const reference = parseReference(base.model);
  return reference.scheme === 'registry' ? (base.revision ?? reference.range ?? '*') : null;
}

function unique(dependencies: readonly Dependency[]): readonly Dependency[] {
  return [...new Map(dependencies.map((each) => [dependencyKey(each), each])).values()];
}
