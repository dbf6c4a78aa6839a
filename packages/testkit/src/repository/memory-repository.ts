import { weighbridgeError } from '@weighbridge/core';
import type { Commit, NamedFile, Repository } from '@weighbridge/ports';
import type { RepositoryDescription, TagDescription } from '../repository-builder.js';
import { memoryChanges, memoryPatchIds } from './memory-changes.js';
import { bytesSource } from '../store/bytes-source.js';
import { isMemoryPath } from '../work-tree/memory-work-tree.js';
import { type MemoryCommit, objectOf } from './memory-objects.js';
import {
  heldCommit,
  isReachable,
  lastMemoryChange,
  mergeMemoryTrees,
  type MemoryRefs,
  memoryState,
  tagRecord,
} from './memory-state.js';
import { commitMemoryFiles, createMemoryTag, fetchMemoryTags } from './memory-writes.js';

export interface MemoryRepository extends Repository {
  /** Ids of the described commits, in order. */
  readonly commits: readonly string[];
  readonly clone: MemoryRefs;
  readonly remote: MemoryRefs | null;
  /** Makes a tag as another tool or another person would; without a message a lightweight one. */
  tagFromOutside(where: 'clone' | 'remote', tag: TagDescription & { readonly commit: string }): void;
}

/** When tags from outside are made. */
const outsideTime = '2026-02-02T00:00:00Z';

/** The repository port over maps, from the description that buildRepository takes. Its ids are not git's. */
export function openMemoryRepository(description: RepositoryDescription): MemoryRepository {
  const state = memoryState(description);
  const { all, held, commits, branch, clone, remote } = state;
  const head = commits.at(-1);

  return {
    commits,
    clone,
    remote,
    hasRemote: remote !== null,
    tagFromOutside(where, tag) {
      const refs = where === 'clone' ? clone : remote;
      refs?.tags.set(tag.name, tagRecord(state, { ...tag, time: outsideTime, isOurs: false }));
    },
    async commit(revision) {
      const named = clone.branches.get(revision) ?? clone.tags.get(revision)?.commit ?? revision;
      const id = revision === 'HEAD' ? head : named;
      const found = id !== undefined && held.has(id) ? all.get(id) : undefined;
      return found === undefined ? null : portCommit(found);
    },
    async fetchCommit(id) {
      if (remote !== null && all.has(id)) held.add(id);
      return held.has(id);
    },
    async readFileAt(commit, path, maxBytes) {
      const bytes = heldCommit(state, commit).files.get(checked(path));
      if (bytes === undefined) return null;
      const sizeBytes = bytes.length;
      if (sizeBytes > maxBytes) throw weighbridgeError('git/file-too-large', { path, sizeBytes, maxBytes });
      return bytes.slice();
    },
    async readFilesAt(commit, paths, maxBytes) {
      const found = new Map<string, Uint8Array>();
      for (const path of paths) {
        const bytes = await this.readFileAt(commit, path, maxBytes);
        if (bytes !== null) found.set(path, bytes);
      }
      return found;
    },
    async openAt(commit, path, maxBytes) {
      const bytes = await this.readFileAt(commit, path, maxBytes);
      return bytes === null ? null : { ...bytesSource(bytes, path), close: async () => undefined };
    },
    async listAt(commit, folder) {
      const prefix = folder === '' ? '' : `${checked(folder)}/`;
      return [...heldCommit(state, commit).files.keys()].filter((path) => path.startsWith(prefix)).sort();
    },
    async objectsAt(commit, paths) {
      const { files } = heldCommit(state, commit);
      const objects = new Map<string, string>();
      for (const path of paths) {
        const object = objectOf(files, path === '' ? '' : checked(path));
        if (object !== null) objects.set(path, object);
      }
      return objects;
    },
    async filesNamed(asked, names) {
      const known = asked.filter((id) => held.has(id)).flatMap((id) => all.get(id) ?? []);
      return new Map(known.map(({ id, files }) => [id, namedFiles(files, names)]));
    },
    async readBlobs(objects, { maxBytes, maxSumBytes }) {
      const all = blobsOf(state);
      let left = maxSumBytes;
      const found = new Map<string, Uint8Array>();
      for (const object of new Set(objects)) {
        const bytes = all.get(object);
        if (bytes === undefined || bytes.length > maxBytes) continue;
        if (bytes.length > left) break;
        left -= bytes.length;
        found.set(object, bytes.slice());
      }
      return found;
    },
    async isAncestor(ancestor, descendant) {
      if (ancestor === descendant) return true;
      if (!all.has(descendant)) return 'unknown';
      // What a shallow clone must fetch for the answer, it holds afterwards.
      for (const id of commits) held.add(id);
      return isReachable(state, ancestor, descendant);
    },
    async mergeBase(left, right) {
      if (!all.has(left) || !all.has(right)) return undefined;
      for (const id of commits) held.add(id);
      const common = [...all.keys()].filter((id) => isReachable(state, id, left) && isReachable(state, id, right));
      return common.find((id) => common.every((other) => isReachable(state, other, id))) ?? null;
    },
    async lastChange(commit, path) {
      if (!all.has(commit)) return undefined;
      for (const id of commits) held.add(id);
      return lastMemoryChange(state, commit, checked(path));
    },
    async changesBetween({ from, to }) {
      if (!all.has(to) || (from !== null && !all.has(from))) return undefined;
      for (const id of commits) held.add(id);
      return memoryChanges(state, { from, to }).map(({ commit, paths }) => ({ commit: portCommit(commit), paths }));
    },
    async patchIds(ids) {
      return memoryPatchIds(state, ids);
    },
    async changedPaths(from, to) {
      const [old, fresh] = [heldCommit(state, from).files, heldCommit(state, to).files];
      const paths = new Set([...old.keys(), ...fresh.keys()]);
      return [...paths].filter((path) => objectOf(old, path) !== objectOf(fresh, path)).sort();
    },
    async mergedTree(first, second) {
      heldCommit(state, first);
      return mergeMemoryTrees(state, first, second, await this.mergeBase(first, second));
    },
    async branchTip(name) {
      const id = (remote ?? clone).branches.get(name);
      const found = id === undefined ? undefined : all.get(id);
      if (found === undefined) return null;
      held.add(found.id);
      return portCommit(found);
    },
    defaultBranch: async () => (head === undefined ? null : { name: branch, commit: head }),
    currentBranch: async () => branch,
    tags: async (starts = ['']) =>
      [...clone.tags.values()]
        .filter(({ name }) => starts.some((start) => name.startsWith(start)))
        .sort((left, right) => (left.name < right.name ? -1 : 1)),
    fetchTags: async () => fetchMemoryTags(state),
    createTag: async (tag) => createMemoryTag(state, tag),
    commitFiles: async (change) => commitMemoryFiles(state, change, checked),
    remoteUrl: async () => (remote === null ? null : 'file:///remote.git'),
    userName: async () => 'Alice',
  };
}

function portCommit({ id, tree, parents, message, time }: MemoryCommit): Commit {
  return { id, tree, parents, message, time };
}

function namedFiles(files: ReadonlyMap<string, Uint8Array>, names: readonly string[]): readonly NamedFile[] {
  const paths = [...files.keys()].filter((path) => names.includes(path.slice(path.lastIndexOf('/') + 1)));
  return paths.sort().map((path) => ({ path, object: objectOf(files, path) ?? '' }));
}

function blobsOf({ all, held }: ReturnType<typeof memoryState>): ReadonlyMap<string, Uint8Array> {
  const files = [...held].flatMap((id) => [...(all.get(id)?.files ?? [])]);
  return new Map(files.map(([path, bytes]) => [objectOf(new Map([[path, bytes]]), path) ?? '', bytes]));
}

function checked(path: string): string {
  if (!isMemoryPath(path)) throw weighbridgeError('git/path', { path: path.slice(0, 200) });
  return path;
}
