import { canonicalJson, type Digest, type JsonValue } from '@weighbridge/core';
import { type ArtifactFormat, type GraphFacts, restOfArchive } from '@weighbridge/formats';
import { compareText, sortedBy } from '../order.js';
import type { ArtifactFacet } from '../snapshot.js';

export interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
}

/** The files that together are one set of weights: a file, or all shards of one. */
export interface WeightGroup {
  /** The path without the shard's number: `model-00001-of-00004.safetensors` is `model.safetensors`. */
  readonly path: string;
  /** Sorted by path. */
  readonly files: readonly ArtifactFacet[];
  /** Null for files without a known header. */
  readonly format: ArtifactFormat | null;
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Digests of tensors by name; names that were not hashed, or that stand for several contents, are absent. */
  readonly digests: ReadonlyMap<string, Digest>;
  /** Whether it matters which file holds what: always, but where all that they hold is tensors, each name for one of them. */
  readonly isOrdered: boolean;
  readonly attributes: ReadonlyMap<string, JsonValue>;
  readonly graph: GraphFacts | null;
  readonly imports: readonly string[];
}

const shardPattern = /[-_.]\d{1,6}-of-\d{1,6}(?=\.[^./]*$|$)/;

/** The artifacts that are not known documents, shards put together, sorted by path. */
export function weightGroups(artifacts: readonly ArtifactFacet[]): WeightGroup[] {
  const byPath = new Map<string, ArtifactFacet[]>();
  for (const artifact of sortedBy(artifacts, (each) => each.path)) {
    if (artifact.document !== null) continue;
    const path = artifact.path.replace(shardPattern, '');
    const files = byPath.get(path);
    if (files === undefined) byPath.set(path, [artifact]);
    else files.push(artifact);
  }
  return sortedBy(byPath.keys(), (path) => path).map((path) => groupOf(path, byPath.get(path) ?? []));
}

/** One group out of several: what is left of differently named shards. */
export function mergeGroups(path: string, groups: readonly WeightGroup[]): WeightGroup {
  return groupOf(
    path,
    groups.flatMap((group) => group.files),
  );
}

/** Whether the digest of each tensor that the header names is known, and there is one. */
export function hasAllDigests(group: WeightGroup): boolean {
  if (group.tensors.size === 0) return false;
  for (const name of group.tensors.keys()) if (!group.digests.has(name)) return false;
  return true;
}

/** The whole-file digests with the shards that they are of, as one text; null when one was not taken. */
export function fileDigests(group: WeightGroup): string | null {
  return textOfAll(group, group.files, ({ sha256 }) => sha256);
}

/** Names and digests of all tensors as one text; null when one is unknown. */
export function tensorDigests(group: WeightGroup): string | null {
  if (!hasAllDigests(group)) return null;
  return canonicalJson([...group.digests].filter(([name]) => group.tensors.has(name)).sort(byFirst));
}

/**
 * What archives without a known header hold, their members and all else, as one text; null where it is not known of every
 * file.
 */
export function memberDigests(group: WeightGroup): string | null {
  return textOfAll(group, group.files, membersOf);
}

/** What some files of a group hold beside their tensors, as one text; null where it is not known of every one of them. */
export function restDigests(group: WeightGroup, files: readonly ArtifactFacet[]): string | null {
  return textOfAll(group, files, (file) => membersOf(file) ?? file.tensors[restOfArchive] ?? file.sha256);
}

function membersOf({ header, tensors }: ArtifactFacet): string | null {
  if (header !== null || !Object.hasOwn(tensors, restOfArchive)) return null;
  return canonicalJson(Object.entries(tensors).sort(byFirst));
}

function textOfAll(
  group: WeightGroup,
  files: readonly ArtifactFacet[],
  textOf: (file: ArtifactFacet) => string | null,
): string | null {
  const texts: string[] = [];
  for (const file of files) {
    const text = textOf(file);
    if (text === null) return null;
    texts.push(group.isOrdered ? canonicalJson([shardOf(group, file), text]) : text);
  }
  return texts.sort(compareText).join('\n');
}

/**
 * Which part of its group a file is, whatever the group is called; in groups that were put together, with the name of the
 * part that it came from.
 */
function shardOf({ path, files }: WeightGroup, file: ArtifactFacet): JsonValue {
  if (files.length === 1) return null;
  const stem = file.path.replace(shardPattern, '');
  return [stem === path ? null : stem, shardPattern.exec(file.path)?.[0] ?? null];
}

/** Names and shapes of all tensors as one text; null without tensors. */
export function tensorOutline(group: WeightGroup): string | null {
  if (group.tensors.size === 0) return null;
  return canonicalJson([...group.tensors].map(([name, tensor]) => [name, tensor.shape] as const).sort(byFirst));
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

function groupOf(path: string, files: readonly ArtifactFacet[]): WeightGroup {
  const tensors = new Map<string, Tensor>();
  const digests = new Map<string, Digest>();
  const ambiguous = new Set<string>();
  const attributes = new Map<string, JsonValue>();
  const imports = new Set<string>();
  let format: ArtifactFormat | null = null;
  let graph: GraphFacts | null = null;
  for (const file of files) {
    for (const [name, dtype, shape] of file.header?.tensors ?? []) {
      if (!keepOne(tensors, name, { dtype, shape }) || !Object.hasOwn(file.tensors, name)) ambiguous.add(name);
    }
    for (const [name, digest] of Object.entries(file.tensors)) {
      if (digests.has(name) && digests.get(name) !== digest) ambiguous.add(name);
      digests.set(name, digest);
    }
    for (const [key, value] of Object.entries(file.header?.attributes ?? {}))
      if (!attributes.has(key)) attributes.set(key, value);
    for (const name of file.header?.imports ?? []) imports.add(name);
    format ??= file.header?.format ?? null;
    graph ??= file.header?.graph ?? null;
  }
  // Files that give one name to different tensors are no shards of one model: one digest cannot speak for both.
  for (const name of ambiguous) digests.delete(name);
  const isOrdered = !files.every(({ header }) => header?.format === 'safetensors') || !isUnion(files, digests);
  return {
    path,
    files,
    format,
    tensors,
    digests,
    isOrdered,
    attributes,
    graph,
    imports: [...imports].sort(compareText),
  };
}

/** Whether no tensor's name comes in two files, but for the same bytes. */
function isUnion(files: readonly ArtifactFacet[], digests: ReadonlyMap<string, Digest>): boolean {
  const seen = new Set<string>();
  for (const [name] of files.flatMap(({ header }) => header?.tensors ?? [])) {
    if (seen.has(name) && !digests.has(name)) return false;
    seen.add(name);
  }
  return true;
}

/** Of several tensors of one name the same one whatever their order. Tells whether they are alike. */
function keepOne(tensors: Map<string, Tensor>, name: string, tensor: Tensor): boolean {
  const known = tensors.get(name);
  if (known === undefined) {
    tensors.set(name, tensor);
    return true;
  }
  const [own, other] = [canonicalJson([tensor.dtype, tensor.shape]), canonicalJson([known.dtype, known.shape])];
  if (own < other) tensors.set(name, tensor);
  return own === other;
}

function byFirst(left: readonly [string, unknown], right: readonly [string, unknown]): number {
  return compareText(left[0], right[0]);
}
