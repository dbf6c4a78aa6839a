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

/** The whole-file digests, sorted; null when one was not taken. */
export function fileDigests(group: WeightGroup): string | null {
  const digests = group.files.map((file) => file.sha256);
  return digests.includes(null) ? null : digests.map(String).sort(compareText).join(' ');
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
  return textOfAll(group, ({ header, tensors }) =>
    header === null && Object.hasOwn(tensors, restOfArchive)
      ? canonicalJson(Object.entries(tensors).sort(byFirst))
      : null,
  );
}

/** What archives hold beside their tensors, as one text; null where it is not known of every file. */
export function restDigests(group: WeightGroup): string | null {
  return textOfAll(group, ({ tensors }) =>
    Object.hasOwn(tensors, restOfArchive) ? (tensors[restOfArchive] ?? null) : null,
  );
}

function textOfAll(group: WeightGroup, textOf: (file: ArtifactFacet) => string | null): string | null {
  const texts = group.files.map(textOf);
  return texts.includes(null) ? null : texts.map(String).sort(compareText).join('\n');
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
    for (const [name, dtype, shape] of file.header?.tensors ?? []) keepOne(tensors, name, { dtype, shape });
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
  // Files that give one name to different bytes are no shards of one model: one digest cannot speak for both.
  for (const name of ambiguous) digests.delete(name);
  return { path, files, format, tensors, digests, attributes, graph, imports: [...imports].sort(compareText) };
}

/** Of several tensors of one name, which no reader lets through, the same one whatever their order. */
function keepOne(tensors: Map<string, Tensor>, name: string, tensor: Tensor): void {
  const known = tensors.get(name);
  if (known === undefined || canonicalJson([tensor.dtype, tensor.shape]) < canonicalJson([known.dtype, known.shape])) {
    tensors.set(name, tensor);
  }
}

function byFirst(left: readonly [string, unknown], right: readonly [string, unknown]): number {
  return compareText(left[0], right[0]);
}
