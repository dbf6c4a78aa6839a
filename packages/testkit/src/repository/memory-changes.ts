import { type MemoryCommit, objectId, objectOf } from './memory-objects.js';
import { isReachable, type MemoryState } from './memory-state.js';

/** Commits that one leads to and the other does not, with the paths that each changed against all of its parents. */
export function memoryChanges(
  state: MemoryState,
  { from, to }: { readonly from: string | null; readonly to: string },
): readonly { readonly commit: MemoryCommit; readonly paths: readonly string[] }[] {
  const inRange = [...state.all.values()].filter(
    ({ id }) => isReachable(state, id, to) && (from === null || !isReachable(state, id, from)),
  );
  return inRange.map((commit) => ({ commit, paths: changedAgainstAll(state, commit) }));
}

function changedAgainstAll({ all }: MemoryState, { files, parents }: MemoryCommit): readonly string[] {
  const nothing: MemoryCommit['files'] = new Map();
  const befores = parents.length === 0 ? [nothing] : parents.map((parent) => all.get(parent)?.files ?? nothing);
  const paths = new Set([...files.keys(), ...befores.flatMap((before) => [...before.keys()])]);
  const differs = (path: string) => befores.every((before) => objectOf(before, path) !== objectOf(files, path));
  return [...paths].filter(differs).sort();
}

/** By commit, an id of the files before and after; none for merges, and for what changes nothing. */
export function memoryPatchIds(state: MemoryState, ids: readonly string[]): ReadonlyMap<string, string> {
  const patches = new Map<string, string>();
  for (const id of ids) {
    const commit = state.all.get(id);
    if (commit === undefined || commit.parents.length > 1) continue;
    const before = state.all.get(commit.parents[0] ?? '')?.files ?? new Map();
    const changed = changedAgainstAll(state, commit);
    const patch = changed.map((path) => [path, objectOf(before, path), objectOf(commit.files, path)]);
    if (patch.length > 0) patches.set(id, objectId(['patch', patch]));
  }
  return patches;
}
