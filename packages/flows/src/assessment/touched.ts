import { globMatcher, isGlob, type Manifest, parseReference, resolveManifestPath } from '@weighbridge/manifest';
import { runFileNames } from '../capture/capture-runs.js';
import type { GovernedModel } from '../governing/governance.js';

/**
 * Whether a change of these paths may change a model: what lies in the folder of its manifest, or at a path, folder or
 * pattern that the manifest names, and what speaks of such a path from beside it: files of DVC, what a training run wrote.
 * Says yes rather than no: whether something changed in truth, the snapshots tell. No file that a snapshot looks for is
 * left out (touched.property.test.ts).
 */
export function touchesModel(model: GovernedModel, paths: readonly string[]): boolean {
  if (paths.length === 0 || model.folder === '') return paths.length > 0;
  const changed = changedPaths(paths);
  const patterns = [model.folder, model.manifestPath, ...namedPaths(model)];
  return patterns.some((pattern) => covers(pattern, changed) || changed.speakers.some((speaksOf) => speaksOf(pattern)));
}

/** A change as it is held against each model of a repository: what every model would ask of its paths is asked once. */
interface ChangedPaths {
  readonly sorted: readonly string[];
  /** Of each path that decides on what lies elsewhere: whether it does so for what a pattern means. */
  readonly speakers: readonly ((pattern: string) => boolean)[];
}

const known = new WeakMap<readonly string[], ChangedPaths>();

function changedPaths(paths: readonly string[]): ChangedPaths {
  const before = known.get(paths);
  if (before !== undefined) return before;
  const changed = { sorted: paths.toSorted(), speakers: paths.flatMap((path) => speakerOf(path) ?? []) };
  known.set(paths, changed);
  return changed;
}

/** Whether a path of the change is the pattern, lies in it, or matches it. */
function covers(pattern: string, { sorted }: ChangedPaths): boolean {
  if (sorted[firstFrom(sorted, pattern)] === pattern) return true;
  if (sorted[firstFrom(sorted, `${pattern}/`)]?.startsWith(`${pattern}/`) === true) return true;
  return isGlob(pattern) && [pattern, `${pattern}/**`].map(globMatcher).some((matches) => sorted.some(matches));
}

/** Where in a sorted list the first text is that does not come before another. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What DVC says of the outputs of a folder and of those below it. */
const pipelineFiles: ReadonlySet<string> = new Set(['dvc.lock', 'dvc.yaml']);

/** Whether a file that lies outside of a named path decides on what is there, or on what is known of it; null for most. */
function speakerOf(path: string): ((pattern: string) => boolean) | null {
  const at = path.lastIndexOf('/');
  const [folder, name] = [path.slice(0, Math.max(0, at)), path.slice(at + 1)];
  if (pipelineFiles.has(name)) return (pattern) => isAboveOrIn(folder, pattern);
  // It says at which remote DVC has what it tracks.
  if (path === '.dvc/config' || path.endsWith('/.dvc/config')) {
    const project = path.slice(0, Math.max(0, path.length - '/.dvc/config'.length));
    return (pattern) => isWithin(fixedPart(pattern), project);
  }
  if (name.endsWith('.dvc')) {
    const tracked = path.slice(0, -'.dvc'.length);
    const one: ChangedPaths = { sorted: [tracked], speakers: [] };
    return (pattern) => isWithin(fixedPart(pattern), tracked) || covers(pattern, one);
  }
  const live = /(?:^|\/)dvclive(?=\/|$)/.exec(folder);
  if (live !== null) {
    const beside = folder.slice(0, live.index);
    return (pattern) => isAboveOrIn(beside, pattern);
  }
  if (!runFileNames.has(name)) return null;
  return (pattern) => {
    const fixed = fixedPart(pattern);
    return isGlob(pattern) ? isWithin(folder, fixed) : folder === fixed.slice(0, Math.max(0, fixed.lastIndexOf('/')));
  };
}

/** Whether a pattern means what lies in a folder, or may mean the folder or what is above it. */
function isAboveOrIn(folder: string, pattern: string): boolean {
  const fixed = fixedPart(pattern);
  return isWithin(fixed, folder) || (isGlob(pattern) && isWithin(folder, fixed));
}

function fixedPart(pattern: string): string {
  return isGlob(pattern) ? folderBefore(pattern) : pattern;
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
