import {
  fileDigests,
  hasAllDigests,
  memberDigests,
  elementCount,
  type WeightGroup,
} from '../artifacts/weight-group.js';
import { restOfArchive } from '@weighbridge/formats';
import { hasEqualTensors, tensorsTellAll } from '../artifacts/same-weights.js';
import type { Comparison } from '../comparison.js';
import { compareText } from '../order.js';
import { countOf, type Difference, listNames } from '../difference.js';

export type WeightsKind = 'tensors' | 'file' | 'file-added' | 'file-removed' | 'resaved' | 'renamed';

/** How many differing tensors a change names. */
const tensorsNamed = 20;

/** The learned numbers: which tensors differ where digests of tensors are known, else which files. */
export function compareWeights({ weights }: Comparison): Difference<WeightsKind>[] {
  const found = weights.pairs.flatMap(({ from, to }) => comparePair(from, to));
  for (const group of weights.removed) if (isOpaque(group)) found.push(fileGone(group));
  for (const group of weights.added) if (isOpaque(group)) found.push(fileNew(group));
  return found;
}

/** A file of which only the bytes are known; others are the architecture's to judge. */
export function isOpaque(group: WeightGroup): boolean {
  return group.format === null;
}

function comparePair(from: WeightGroup, to: WeightGroup): Difference<WeightsKind>[] {
  const [fromFiles, toFiles] = [fileDigests(from), fileDigests(to)];
  if (fromFiles !== null && fromFiles === toFiles) return renamed(from, to);
  if (from.tensors.size > 0 && hasAllDigests(from) && hasAllDigests(to))
    return hasEqualTensors(from, to) && !tensorsTellAll(from, to) ? besideTensors(from, to) : compareTensors(from, to);
  const members = memberDigests(from);
  if (members !== null && members === memberDigests(to)) return resaved(from, to);
  if (fromFiles === null || toFiles === null) return [];
  return [
    {
      kind: 'file',
      path: to.path,
      from: filesOf(from),
      to: filesOf(to),
      because: `The bytes of ${to.path} differ${from.tensors.size > 0 ? '; not every tensor was hashed, so only whole files are compared' : ''}.`,
    },
  ];
}

/** Pickles with the same tensors and other bytes; nothing where the bytes were not compared. */
function besideTensors(from: WeightGroup, to: WeightGroup): Difference<WeightsKind>[] {
  if (fileDigests(from) === null || fileDigests(to) === null) return [];
  const isCode = (from.attributes.get('code') ?? null) !== (to.attributes.get('code') ?? null);
  const what = isCode ? 'its code differs' : 'what it holds beside them may differ';
  const because = `The tensors of ${to.path} are equal; ${what}.`;
  return [{ kind: 'file', path: to.path, from: filesOf(from), to: filesOf(to), because }];
}

/** Tensors that were reshaped or stored in another number format are the architecture's; here only like is compared with like. */
function compareTensors(from: WeightGroup, to: WeightGroup): Difference<WeightsKind>[] {
  const differing: string[] = [];
  let compared = 0;
  for (const [name, tensor] of to.tensors) {
    const before = from.tensors.get(name);
    if (before === undefined || before.dtype !== tensor.dtype || before.shape.join() !== tensor.shape.join()) continue;
    compared += 1;
    if (from.digests.get(name) !== to.digests.get(name)) differing.push(name);
  }
  if (differing.length === 0) return hasEqualTensors(from, to) ? resaved(from, to) : [];
  const size = (name: string): number => elementCount(to.tensors.get(name)?.shape ?? []);
  differing.sort((left, right) => size(right) - size(left) || compareText(left, right));
  const named = differing.slice(0, tensorsNamed);
  const listed = (group: WeightGroup) => ({
    differing: differing.length,
    compared,
    largest: named.map((name) => ({ tensor: name, digest: group.digests.get(name) ?? null })),
  });
  return [
    {
      kind: 'tensors',
      path: to.path,
      from: listed(from),
      to: listed(to),
      because: `${differing.length} of ${countOf(compared, 'tensor')} ${differing.length === 1 ? 'differs' : 'differ'}: ${listNames(differing)}.`,
    },
  ];
}

function renamed(from: WeightGroup, to: WeightGroup): Difference<WeightsKind>[] {
  const [before, after] = [pathsOf(from), pathsOf(to)];
  if (before.join('\n') === after.join('\n')) return [];
  return [
    {
      kind: 'renamed',
      path: to.path,
      from: before,
      to: after,
      because: `${from.path} has another name and the same bytes.`,
    },
  ];
}

/** Nothing where the bytes of the files were not compared and nothing else tells the two apart. */
function resaved(from: WeightGroup, to: WeightGroup): Difference<WeightsKind>[] {
  const unread = fileDigests(from) === null || fileDigests(to) === null;
  if (unread && pathsOf(from).join('\n') === pathsOf(to).join('\n')) return [];
  const shards =
    from.files.length === to.files.length
      ? ''
      : ` in ${countOf(to.files.length, 'file')} instead of ${from.files.length}`;
  return [
    {
      kind: 'resaved',
      path: to.path,
      from: filesOf(from),
      to: filesOf(to),
      because: `${to.path} was saved again${shards}: ${equalParts(to)}.`,
    },
  ];
}

function equalParts({ tensors, digests }: WeightGroup): string {
  const members = [...digests.keys()].filter((name) => name !== restOfArchive).length;
  if (tensors.size === 0) return members === 1 ? 'its one member is equal' : `all ${members} members are equal`;
  return tensors.size === 1 ? 'its one tensor is equal' : `all ${tensors.size} tensors are equal`;
}

function fileGone(group: WeightGroup): Difference<WeightsKind> {
  return {
    kind: 'file-removed',
    path: group.path,
    from: filesOf(group),
    to: null,
    because: `${group.path} was removed.`,
  };
}

function fileNew(group: WeightGroup): Difference<WeightsKind> {
  return { kind: 'file-added', path: group.path, from: null, to: filesOf(group), because: `${group.path} was added.` };
}

/** How many files a change names. */
const filesNamed = 20;

function pathsOf(group: WeightGroup): string[] {
  return group.files.slice(0, filesNamed).map((file) => file.path);
}

function filesOf(group: WeightGroup): { path: string; sha256: string | null }[] {
  return group.files.slice(0, filesNamed).map((file) => ({ path: file.path, sha256: file.sha256 }));
}
