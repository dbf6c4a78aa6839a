import { weighbridgeError } from '@weighbridge/core';
import type { FileCommit, Repository, TagRecord } from '@weighbridge/ports';
import { memoryCommit } from './memory-objects.js';
import { heldCommit, isReachable, type MemoryState, tagRecord } from './memory-state.js';

export function fetchMemoryTags({ clone, remote, held }: MemoryState): void {
  const differing: string[] = [];
  for (const [name, theirs] of remote?.tags ?? []) {
    const ours = clone.tags.get(name);
    if (ours === undefined) clone.tags.set(name, theirs);
    else if (ours.object !== theirs.object) differing.push(name);
    held.add(theirs.commit);
  }
  if (differing.length === 0) return;
  throw weighbridgeError('git/tags-differ', { remote: 'origin', tags: differing.sort().join(', ') });
}

export function createMemoryTag(
  state: MemoryState,
  tag: Parameters<Repository['createTag']>[0],
): 'created' | 'present' {
  const { clone, remote } = state;
  const { name, commit } = tag;
  heldCommit(state, commit);
  const ours = clone.tags.get(name);
  const theirs = remote?.tags.get(name);
  for (const existing of [ours, theirs]) refuseOther(existing, { name, commit });
  const made = theirs ?? ours ?? tagRecord(state, { ...tag, isOurs: true });
  if (ours === undefined) clone.tags.set(name, made);
  remote?.tags.set(name, made);
  return (remote === null ? ours : theirs) === undefined ? 'created' : 'present';
}

/** `checked` refuses paths that lead out. */
export function commitMemoryFiles(state: MemoryState, change: FileCommit, checked: (path: string) => string): string {
  const { all, held, clone, remote } = state;
  const files = new Map(heldCommit(state, change.base).files);
  for (const [path, bytes] of change.files) {
    if (bytes === null) files.delete(checked(path));
    else files.set(checked(path), bytes.slice());
  }
  const { branch, base, message, time } = change;
  const made = memoryCommit({ parents: [base], files, message, time });
  const { branches } = remote ?? clone;
  const before = all.get(branches.get(branch) ?? '');
  if (before?.tree === made.tree && before.parents.join() === base) return before.id;
  if (remote === null && branch === state.branch) throw weighbridgeError('git/branch-in-use', { branch });
  if (before !== undefined && !isReachable(state, before.id, base)) {
    throw weighbridgeError('git/branch-moved', { branch, existing: before.id });
  }
  all.set(made.id, made);
  held.add(made.id);
  branches.set(branch, made.id);
  return made.id;
}

function refuseOther(existing: TagRecord | undefined, { name, commit }: { name: string; commit: string }): void {
  if (existing === undefined || existing.commit === commit) return;
  throw weighbridgeError('git/tag-exists', { tag: name, existing: existing.commit, commit });
}
