import { weighbridgeError } from '@weighbridge/core';
import type { TagRecord } from '@weighbridge/ports';
import {
  type CommitDescription,
  commitTime,
  type RepositoryDescription,
  type TagDescription,
} from '../repository-builder.js';
import { type MemoryCommit, memoryCommit, objectId, objectOf, wholeSeconds } from './memory-objects.js';

/** Where refs are kept: the clone, and its remote when there is one. */
export interface MemoryRefs {
  readonly tags: Map<string, TagRecord>;
  readonly branches: Map<string, string>;
}

export interface MemoryState {
  /** Every commit there is, at the remote too. */
  readonly all: Map<string, MemoryCommit>;
  /** Ids of those that the clone holds. */
  readonly held: Set<string>;
  /** Ids of the described commits, in order. */
  readonly commits: readonly string[];
  readonly branch: string;
  readonly clone: MemoryRefs;
  readonly remote: MemoryRefs | null;
}

export interface NewTag extends TagDescription {
  readonly commit: string;
  readonly time: string;
  readonly isOurs: boolean;
}

export function memoryState(description: RepositoryDescription): MemoryState {
  const { depth, branch = 'main' } = description;
  const all = new Map<string, MemoryCommit>();
  const commits = layCommits(description.commits, all);
  const clone: MemoryRefs = { tags: new Map(), branches: new Map() };
  const remote: MemoryRefs | null = description.remote === true ? { tags: new Map(), branches: new Map() } : null;
  const held = new Set(depth === undefined ? commits : commits.slice(-depth));
  const state = { all, held, commits, branch, clone, remote };
  for (const [index, commit] of description.commits.entries()) {
    for (const tag of commit.tags ?? []) {
      const described = typeof tag === 'string' ? { name: tag, message: tag } : tag;
      const made = tagRecord(state, {
        ...described,
        commit: commits[index] ?? '',
        time: commitTime(commit, index),
        isOurs: false,
      });
      remote?.tags.set(made.name, made);
      if (depth === undefined) clone.tags.set(made.name, made);
    }
  }
  const head = commits.at(-1);
  if (head !== undefined) for (const refs of [clone, remote]) refs?.branches.set(branch, head);
  return state;
}

export function tagRecord(
  { all }: Pick<MemoryState, 'all'>,
  { name, message, commit, time, isOurs }: NewTag,
): TagRecord {
  if (message === undefined) {
    return {
      name,
      annotated: false,
      commit,
      object: commit,
      message: '',
      isOurs: false,
      time: all.get(commit)?.time ?? '',
    };
  }
  const tag = { name, commit, message: message.replace(/\n+$/, ''), isOurs, time: wholeSeconds(time) };
  return { ...tag, annotated: true, object: objectId(['tag', tag]) };
}

/** @throws git/no-commit */
export function heldCommit({ all, held }: MemoryState, id: string): MemoryCommit {
  const found = held.has(id) ? all.get(id) : undefined;
  if (found === undefined) throw weighbridgeError('git/no-commit', { commit: id.slice(0, 100) });
  return found;
}

export function isReachable({ all }: MemoryState, ancestor: string, from: string): boolean {
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === ancestor) return true;
    waiting.push(...(all.get(next)?.parents ?? []));
  }
  return false;
}

/** The newest commit along first parents that changed what stands at a path. */
export function lastMemoryChange({ all }: MemoryState, from: string, path: string): string | null {
  for (let commit = all.get(from); commit !== undefined; commit = all.get(commit.parents[0] ?? '')) {
    const before = all.get(commit.parents[0] ?? '');
    if (objectOf(commit.files, path) !== (before === undefined ? null : objectOf(before.files, path))) return commit.id;
  }
  return null;
}

/** File by file: what one side alone changed is taken from there; what both changed otherwise is a conflict. */
export function mergeMemoryTrees(
  { all }: MemoryState,
  first: string,
  second: string,
  base: string | null | undefined,
): string | null | undefined {
  const [old, ours, theirs] = [base ?? '', first, second].map((id) => all.get(id)?.files);
  if (old === undefined || ours === undefined || theirs === undefined) return undefined;
  const merged = new Map<string, Uint8Array>();
  for (const path of new Set([...ours.keys(), ...theirs.keys()])) {
    const [before, mine, other] = [old, ours, theirs].map((files) => objectOf(files, path));
    if (mine !== other && mine !== before && other !== before) return null;
    const bytes = (mine === before ? theirs : ours).get(path);
    if (bytes !== undefined) merged.set(path, bytes);
  }
  return objectOf(merged, '');
}

function layCommits(descriptions: readonly CommitDescription[], all: Map<string, MemoryCommit>): string[] {
  const ids: string[] = [];
  let files = new Map<string, Uint8Array>();
  for (const [index, description] of descriptions.entries()) {
    files = new Map(files);
    for (const [path, content] of Object.entries(description.files ?? {})) {
      if (content === null) files.delete(path);
      else files.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content.slice());
    }
    const { message = 'A commit' } = description;
    const commit = memoryCommit({ parents: ids.slice(-1), files, message, time: commitTime(description, index) });
    all.set(commit.id, commit);
    ids.push(commit.id);
  }
  return ids;
}
