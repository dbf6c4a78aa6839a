import { isModelName, type ModelName } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { formatReference, type Manifest, parseReference, readPath, type Reference } from '@weighbridge/manifest';
import type { Snapshot } from '@weighbridge/versioning';
import { dependencyKey } from './dependency-key.js';

/** A manifest with its path, which its relative references start from. */
export interface PlacedManifest {
  readonly path: string;
  readonly manifest: Pick<Manifest, 'base' | 'data' | 'uses'>;
}

/** What a snapshot tells of where its model comes from. */
export type OriginFacets = Pick<Snapshot, 'base' | 'data' | 'uses'>;

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
 * What a version was made of: base, parts and data of its snapshot, without doubles, in that order. The manifest adds
 * the ranges, which a snapshot of a base does not keep; without one there are none.
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
  return unique([...bases, ...parts, ...sets]);
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

/**
 * A reference without its version, so that all versions of one thing have one name: objects without their version,
 * repositories without their revision, files of this repository by their path from its root.
 */
export function bareRef(text: string, manifestPath: string): string {
  const reference = parseReference(text);
  switch (reference.scheme) {
    case 'path':
      return `/${rootPath(reference.path, manifestPath)}`;
    case 'dvc':
      return `dvc:/${rootPath(reference.path, manifestPath)}`;
    case 's3':
    case 'gs':
    case 'az':
      return formatReference({ ...reference, version: null });
    case 'hf':
      return formatReference({ ...reference, revision: null });
    case 'registry':
      return `registry:${reference.name}`;
    case 'wandb':
      return formatReference({ ...reference, version: null });
    case 'lakefs':
      return `lakefs://${reference.repository}/${reference.path}`;
    case 'vendor':
    case 'mlflow':
    case 'sha256':
      return formatReference(reference);
  }
}

/** The version that a reference itself names; null when it names none. */
export function versionOf(reference: Reference | null): string | null {
  if (reference === null) return null;
  switch (reference.scheme) {
    case 's3':
    case 'gs':
    case 'az':
    case 'wandb':
      return reference.version;
    case 'hf':
      return reference.revision;
    case 'registry':
      return reference.range;
    case 'lakefs':
      return reference.ref;
    case 'sha256':
      return reference.digest;
    case 'path':
    case 'dvc':
    case 'vendor':
    case 'mlflow':
      return null;
  }
}

/** What cannot be resolved stays as it is written: it is only compared. */
function rootPath(written: string, manifestPath: string): string {
  const read = readPath(manifestPath, written);
  return read.ok ? read.path : written.replace(/^\/+/, '');
}

function unique(dependencies: readonly Dependency[]): readonly Dependency[] {
  return [...new Map(dependencies.map((each) => [dependencyKey(each), each])).values()];
}
