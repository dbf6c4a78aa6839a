import { isGlob, type Manifest, matchGlob, parseReference, resolveManifestPath } from '@weighbridge/manifest';
import { runFileNames } from '../capture/capture-runs.js';
import type { GovernedModel } from '../governance.js';

/**
 * Whether a change of these paths may change a model: what lies in the folder of its manifest, or at a path, folder or
 * pattern that the manifest names, and what speaks of such a path from beside it: files of DVC, what a training run wrote.
 * Says yes rather than no: whether something changed in truth, the snapshots tell. No file that a snapshot looks for is
 * left out (touched.property.test.ts).
 */
export function touchesModel(model: GovernedModel, paths: readonly string[]): boolean {
  const patterns = [...(model.folder === '' ? [] : [model.folder]), model.manifestPath, ...namedPaths(model)];
  return paths.some(
    (path) => model.folder === '' || patterns.some((pattern) => covers(pattern, path) || speaksOf(path, pattern)),
  );
}

function covers(pattern: string, path: string): boolean {
  if (path === pattern || path.startsWith(`${pattern}/`)) return true;
  return isGlob(pattern) && (matchGlob(pattern, path) || matchGlob(`${pattern}/**`, path));
}

/** What DVC says of the outputs of a folder and of those below it. */
const pipelineFiles: ReadonlySet<string> = new Set(['dvc.lock', 'dvc.yaml']);

/** Whether a file that lies outside of a named path decides on what is there, or on what is known of it. */
function speaksOf(path: string, pattern: string): boolean {
  const at = path.lastIndexOf('/');
  const [folder, name] = [path.slice(0, Math.max(0, at)), path.slice(at + 1)];
  const fixed = isGlob(pattern) ? folderBefore(pattern) : pattern;
  if (pipelineFiles.has(name)) return isWithin(fixed, folder) || (isGlob(pattern) && isWithin(folder, fixed));
  // It says at which remote DVC has what it tracks.
  if (path === '.dvc/config' || path.endsWith('/.dvc/config'))
    return isWithin(fixed, path.slice(0, Math.max(0, path.length - '/.dvc/config'.length)));
  if (name.endsWith('.dvc')) {
    const tracked = path.slice(0, -'.dvc'.length);
    return isWithin(fixed, tracked) || covers(pattern, tracked);
  }
  const live = /(?:^|\/)dvclive(?=\/|$)/.exec(folder);
  if (live !== null) {
    const beside = folder.slice(0, live.index);
    return isWithin(fixed, beside) || (isGlob(pattern) && isWithin(beside, fixed));
  }
  if (!runFileNames.has(name)) return false;
  return isGlob(pattern) ? isWithin(folder, fixed) : folder === fixed.slice(0, Math.max(0, fixed.lastIndexOf('/')));
}

/** The folder in which everything lies that a glob matches. */
function folderBefore(glob: string): string {
  const parts = glob.split('/');
  const first = parts.findIndex((part) => isGlob(part));
  return parts.slice(0, first === -1 ? parts.length - 1 : first).join('/');
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Repository paths of everything in this repository that a manifest names. */
function namedPaths({ manifest, manifestPath }: GovernedModel): string[] {
  return writtenPaths(manifest).map((written) => resolveManifestPath(manifestPath, written));
}

function writtenPaths(manifest: Manifest): string[] {
  const base = manifest.base === null ? [] : [manifest.base.model];
  const run = manifest.training.run === null ? [] : [manifest.training.run];
  const references = [...manifest.artifacts, ...manifest.data.map(({ ref }) => ref), ...base, ...run];
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
