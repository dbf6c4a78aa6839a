import { invariant, type JsonObject, type JsonValue, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { compareCodePoints } from '../code-points.js';
import { isJsonObject, parseStrictJsonObject } from '../documents/strict-json.js';
import type { ArtifactHeader, TensorFact } from '../header.js';
import { readSafetensorsHeader } from './read-header.js';

/** The largest public checkpoints have a few hundred shards. */
export const maxShards = 4096;

/** What `model.safetensors.index.json` says. Its `metadata.total_size` is not kept: writers disagree on what it counts. */
export interface SafetensorsIndex {
  readonly name: string;
  /** File name of the shard by tensor name. */
  readonly shardOf: ReadonlyMap<string, string>;
  /** The shards' file names, sorted. */
  readonly shards: readonly string[];
}

/** A source that its opener wants closed again. */
export type OpenedSource = ByteSource & { close?(): Promise<void> };

/**
 * Parses an index document. Shards are plain file names, so that an index cannot reach outside its folder.
 * @throws formats/json-malformed, formats/document-too-large, formats/document-malformed
 */
export function parseSafetensorsIndex(text: string, name = 'model.safetensors.index.json'): SafetensorsIndex {
  const weightMap = parseStrictJsonObject(text, { name, nonFinite: 'keep-as-text' })['weight_map'];
  if (!isJsonObject(weightMap)) throw malformedIndex(name, 'it has no weight_map');
  const shardOf = new Map(Object.entries(weightMap).map(([tensor, shard]) => [tensor, parseShardName(name, shard)]));
  const shards = [...new Set(shardOf.values())].sort(compareCodePoints);
  if (shards.length > maxShards) {
    throw weighbridgeError('formats/document-too-large', { name, limit: maxShards, what: 'shards' });
  }
  return { name, shardOf, shards };
}

/** A sharded checkpoint as facts for a snapshot: nothing, since its tensors speak for it wherever they lie. */
export function safetensorsIndexFacts(index: SafetensorsIndex): JsonObject {
  return { tensors: index.shardOf.size };
}

/**
 * Reads the headers of all shards and answers the header that the unsharded file would have: the same tensor names,
 * dtypes and shapes. `attributes` are those on which the shards agree; what differs between them is the sharding's.
 * Reads what `readSafetensorsHeader` reads, once per shard.
 * @param open opens a file beside the index, null when there is none; closed here if it can be
 * @throws formats/shards-disagree when weight_map and shards differ, and what readSafetensorsHeader throws
 */
export async function readShardedSafetensors(
  index: SafetensorsIndex,
  open: (relativePath: string) => Promise<OpenedSource | null>,
): Promise<ArtifactHeader> {
  const headers: ArtifactHeader[] = [];
  for (const shard of index.shards) headers.push(await readShard(index, shard, open));
  const tensors = headers.flatMap((header) => header.tensors);
  const unseen = new Set(index.shardOf.keys());
  for (const { name } of tensors) unseen.delete(name);
  const [missing] = unseen;
  if (missing !== undefined)
    throw disagree(index, `${index.shardOf.get(missing)} does not hold the tensor "${missing}"`);
  invariant(tensors.length === index.shardOf.size, 'merged shards have another number of tensors than their index');
  return {
    format: 'safetensors',
    tensors: tensors.sort((left, right) => compareCodePoints(left.name, right.name)),
    attributes: agreedAttributes(headers),
    graph: null,
    imports: [],
    bytesRead: headers.reduce((sum, header) => sum + header.bytesRead, 0),
  };
}

async function readShard(
  index: SafetensorsIndex,
  shard: string,
  open: (relativePath: string) => Promise<OpenedSource | null>,
): Promise<ArtifactHeader> {
  const source = await open(shard);
  if (source === null) throw disagree(index, `${shard} is not there`);
  try {
    const header = await readSafetensorsHeader(source);
    const tensors = header.tensors.map((tensor) => inShard(index, shard, tensor));
    return { ...header, tensors };
  } finally {
    await source.close?.();
  }
}

/** Checks that the index means this shard, and names the shard as the index does. */
function inShard(index: SafetensorsIndex, shard: string, tensor: TensorFact): TensorFact {
  const mapped = index.shardOf.get(tensor.name);
  if (mapped !== shard) {
    throw disagree(
      index,
      `${shard} holds the tensor "${tensor.name}", which the index ${mapped === undefined ? 'does not list' : `finds in ${mapped}`}`,
    );
  }
  return tensor.location === null ? tensor : { ...tensor, location: { ...tensor.location, file: shard } };
}

function agreedAttributes(headers: readonly ArtifactHeader[]): JsonObject {
  const agreed: Record<string, JsonValue> = Object.create(null);
  const keys = [...new Set(headers.flatMap((header) => Object.keys(header.attributes)))].sort(compareCodePoints);
  for (const key of keys) {
    const values = new Set(
      headers.flatMap(({ attributes }) => (Object.hasOwn(attributes, key) ? [attributes[key]] : [])),
    );
    const [value] = values;
    if (values.size === 1 && value !== undefined) agreed[key] = value;
  }
  return agreed;
}

function parseShardName(name: string, shard: JsonValue): string {
  if (typeof shard !== 'string' || !/^[^/\\:\0]{1,255}$/.test(shard) || shard === '.' || shard === '..') {
    throw malformedIndex(name, 'weight_map names a shard that is no plain file name');
  }
  return shard;
}

function malformedIndex(name: string, reason: string): Error {
  return weighbridgeError('formats/document-malformed', { name, kind: 'safetensors index', reason });
}

function disagree(index: SafetensorsIndex, reason: string): Error {
  return weighbridgeError('formats/shards-disagree', { name: index.name, reason });
}
