import { isGlob, type Manifest, matchGlob, parseReference, resolveManifestPath } from '@weighbridge/manifest';
import type { GovernedModel } from '../governance.js';

/**
 * Whether a change of these paths may change a model: what lies in the folder of its manifest, or at a path, folder or
 * pattern that the manifest names. Says yes rather than no: whether something changed in truth, the snapshots tell.
 */
export function touchesModel(model: GovernedModel, paths: readonly string[]): boolean {
  const patterns = [...(model.folder === '' ? [] : [model.folder]), model.manifestPath, ...namedPaths(model)];
  return paths.some((path) => model.folder === '' || patterns.some((pattern) => covers(pattern, path)));
}

function covers(pattern: string, path: string): boolean {
  if (path === pattern || path.startsWith(`${pattern}/`)) return true;
  return isGlob(pattern) && (matchGlob(pattern, path) || matchGlob(`${pattern}/**`, path));
}

/** Repository paths of everything in this repository that a manifest names. */
function namedPaths({ manifest, manifestPath }: GovernedModel): string[] {
  return writtenPaths(manifest).map((written) => resolveManifestPath(manifestPath, written));
}

function writtenPaths(manifest: Manifest): string[] {
  const references = [...manifest.artifacts, ...manifest.data.map(({ ref }) => ref)];
  return [
    ...references.flatMap(pathOfReference),
    ...manifest.config,
    ...manifest.code,
    ...manifest.prompts,
    ...manifest.metrics.flatMap(({ path, examples }) => [path, ...examples]),
    ...[manifest.retrieval, manifest.interface, manifest.environment.lock].filter((path) => path !== null),
  ];
}

function pathOfReference(text: string): string[] {
  const reference = parseReference(text);
  return 'path' in reference && (reference.scheme === 'path' || reference.scheme === 'dvc') ? [reference.path] : [];
}
