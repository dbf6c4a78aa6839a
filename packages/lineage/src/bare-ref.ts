import { formatReference, parseReference, readPath, type Reference } from '@weighbridge/manifest';

/**
 * A reference without its version, so that all versions of one thing have one name: objects without their version,
 * repositories without their revision, files of this repository by their path from its root.
 */
export function bareRef(text: string, manifestPath: string): string {
  return unversioned(parseReference(text), manifestPath);
}

/** The same of a reference that was read. */
export function unversioned(reference: Reference, manifestPath: string): string {
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
