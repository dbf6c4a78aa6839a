import { weighbridgeError } from '@weighbridge/core';
import type { Repository } from '@weighbridge/ports';
import type { RepositoryDescription, TagDescription } from '../repository-builder.js';
import { isMemoryPath } from '../work-tree/memory-work-tree.js';
import { objectOf } from './memory-objects.js';
import { heldCommit, isReachable, type MemoryRefs, memoryState, tagRecord } from './memory-state.js';
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
      return found === undefined ? null : { id: found.id, tree: found.tree, time: found.time };
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
    async isAncestor(ancestor, descendant) {
      if (ancestor === descendant) return true;
      if (!all.has(descendant)) return 'unknown';
      // What a shallow clone must fetch for the answer, it holds afterwards.
      for (const id of commits) held.add(id);
      return isReachable(state, ancestor, descendant);
    },
    defaultBranch: async () => (head === undefined ? null : { name: branch, commit: head }),
    currentBranch: async () => branch,
    tags: async () => [...clone.tags.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
    fetchTags: async () => fetchMemoryTags(state),
    createTag: async (tag) => createMemoryTag(state, tag),
    commitFiles: async (change) => commitMemoryFiles(state, change, checked),
    userName: async () => 'Alice',
  };
}

function checked(path: string): string {
  if (!isMemoryPath(path)) throw weighbridgeError('git/path', { path: path.slice(0, 200) });
  return path;
}
