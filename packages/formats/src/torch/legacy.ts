import { type JsonValue, weighbridgeError } from '@weighbridge/core';
import { sourceFile } from '../byte-window.js';
import { compareCodePoints } from '../code-points.js';
import type { ArtifactHeader } from '../header.js';
import { collectTensors } from '../pickle/collect-tensors.js';
import type { PickleRun } from '../pickle/run-pickles.js';
import { pickleTensorFacts } from '../pickle/tensor-facts.js';
import { isKind, itemsOf, type PickleValue } from '../pickle/values.js';
import { storageOf, torchTensorOf } from './rebuilt-tensor.js';

/** The first pickle of a file of torch.save before version 1.6 (torch/serialization.py, MAGIC_NUMBER). */
const magic = 0x1950a86a20f9469cfc6cn;
const knownProtocol = 1001;
const mostStorages = 1_000_000;

export function isLegacyTorch(first: PickleValue): boolean {
  return first === magic;
}

/**
 * Reads the rest of a legacy torch file: protocol, system, object and list of storages, each a pickle, then for each
 * storage of the list its count of elements (64 bits) and its bytes.
 * @throws formats/torch-malformed, and as readPickleHeader
 */
export async function readLegacyTorch(run: PickleRun): Promise<ArtifactHeader> {
  const { source } = run.input.window;
  const { value: protocol } = await run.next();
  if (protocol !== knownProtocol) throw malformed(source.name, 'it has an unknown protocol');
  const { value: system } = await run.next();
  const { value: root, protocol: pickleProtocol } = await run.next();
  const { value: keys } = await run.next();
  // torch.load knows nothing of joblib's arrays: what we stepped over would be code to it.
  if (run.hasJoblibArrays) throw malformed(source.name, 'it holds arrays of joblib');
  const isLittle =
    isKind(system, 'dict') && system.entries.some(([key, value]) => key === 'little_endian' && value === true);
  const places = await locateStorages(run, keys, itemSizes(root));
  const storages = { name: source.name, locate: (key: string) => (isLittle ? (places.get(key) ?? null) : null) };
  const found = collectTensors(source.name, root, (value) => torchTensorOf(value, storages));
  const attributes: Record<string, JsonValue> = {
    torch: 'legacy',
    protocol: pickleProtocol,
    byteorder: isLittle ? 'little' : 'big',
  };
  return {
    format: 'pickle',
    tensors: pickleTensorFacts(found, sourceFile(source)),
    attributes,
    graph: null,
    imports: [...run.ledger.imports].sort(compareCodePoints),
    bytesRead: run.input.window.bytesRead,
  };
}

/** Bytes of one element by storage key, from every persistent id that the object holds. */
function itemSizes(root: PickleValue): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  const seen = new Set<PickleValue>();
  const waiting: PickleValue[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const storage = storageOf(value);
    if (storage !== null) sizes.set(storage.key, storage.itemBytes);
    else for (const child of childrenOf(value)) waiting.push(child);
  }
  return sizes;
}

function childrenOf(value: Exclude<PickleValue, null | boolean | number | bigint | string>): readonly PickleValue[] {
  if (isKind(value, 'dict')) return value.entries.flat();
  if (isKind(value, 'object')) return [value.args, value.state ?? null, ...value.items, ...value.entries.flat()];
  return 'items' in value ? (value.items ?? []) : [];
}

async function locateStorages(
  run: PickleRun,
  keys: PickleValue,
  sizes: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, { startByte: number; endByte: number }>> {
  const { input } = run;
  const places = new Map<string, { startByte: number; endByte: number }>();
  const list = itemsOf(keys);
  if (list.length > mostStorages)
    throw weighbridgeError('formats/too-complex', { name: input.name, what: 'storages', limit: mostStorages });
  for (const key of list) {
    const itemBytes = typeof key === 'string' ? sizes.get(key) : undefined;
    if (typeof key !== 'string' || itemBytes === undefined || itemBytes === 0) {
      throw malformed(input.name, 'a storage that no tensor uses, or of an unknown type');
    }
    const elements = await input.count(8);
    const startByte = input.position;
    const lengthBytes = elements * itemBytes;
    if (!Number.isSafeInteger(lengthBytes))
      throw malformed(input.name, 'a storage with more elements than can be counted');
    input.skip(lengthBytes);
    places.set(key, { startByte, endByte: input.position });
  }
  return places;
}

function malformed(name: string, reason: string): Error {
  return weighbridgeError('formats/torch-malformed', { name, reason });
}
