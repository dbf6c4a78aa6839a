import { weighbridgeError } from '@weighbridge/core';
import type { FoundTensor, Span, TensorOf } from '../pickle/collect-tensors.js';
import {
  countOf,
  globalName,
  isKind,
  itemsOf,
  makerOf,
  type PickleObject,
  type PickleValue,
  shapeOf,
} from '../pickle/values.js';

/** Element types by the storage class or torch.dtype that names them (torch, torch/storage.py): word and size. */
const elementTypes: Readonly<Record<string, readonly [dtype: string, itemBytes: number]>> = {
  FloatStorage: ['float32', 4],
  DoubleStorage: ['float64', 8],
  HalfStorage: ['float16', 2],
  BFloat16Storage: ['bfloat16', 2],
  LongStorage: ['int64', 8],
  IntStorage: ['int32', 4],
  ShortStorage: ['int16', 2],
  CharStorage: ['int8', 1],
  ByteStorage: ['uint8', 1],
  BoolStorage: ['bool', 1],
  ComplexFloatStorage: ['complex64', 8],
  ComplexDoubleStorage: ['complex128', 16],
  QInt8Storage: ['qint8', 1],
  QUInt8Storage: ['quint8', 1],
  QInt32Storage: ['qint32', 4],
  UntypedStorage: ['uint8', 1],
  float32: ['float32', 4],
  float64: ['float64', 8],
  float16: ['float16', 2],
  bfloat16: ['bfloat16', 2],
  int64: ['int64', 8],
  int32: ['int32', 4],
  int16: ['int16', 2],
  int8: ['int8', 1],
  uint8: ['uint8', 1],
  uint16: ['uint16', 2],
  uint32: ['uint32', 4],
  uint64: ['uint64', 8],
  bool: ['bool', 1],
  complex64: ['complex64', 8],
  complex128: ['complex128', 16],
  float8_e4m3fn: ['float8_e4m3fn', 1],
  float8_e5m2: ['float8_e5m2', 1],
  float8_e4m3fnuz: ['float8_e4m3fnuz', 1],
  float8_e5m2fnuz: ['float8_e5m2fnuz', 1],
};

/** Where a storage's bytes are, by its key; null when they are nowhere. */
export interface Storages {
  /** What messages call the file. */
  readonly name: string;
  locate(key: string): Span | null;
}

/** A persistent id `('storage', class, key, device, elements[, view])` as torch.save writes it. */
export interface StorageReference {
  readonly dtype: string;
  readonly itemBytes: number;
  readonly key: string;
  readonly elements: number;
  /** First element of a view of the storage, in files of before 0.4. */
  readonly viewOffset: number;
}

export function storageOf(value: PickleValue | undefined): StorageReference | null {
  if (!isKind(value, 'persistent')) return null;
  const [kind, type, key, , elements, view] = itemsOf(value.id);
  const [dtype, itemBytes] = elementTypeOf(type) ?? ['unknown', 0];
  const count = countOf(elements);
  if (kind !== 'storage' || typeof key !== 'string' || count === null) return null;
  return { dtype, itemBytes, key, elements: count, viewOffset: countOf(itemsOf(view)[1]) ?? 0 };
}

/**
 * The tensor that one of torch's rebuild functions would make (torch/_utils.py), or what stands in the place of a
 * wrapper such as a Parameter; null for everything else.
 * @throws formats/torch-malformed when a tensor does not fit into its storage
 */
export function torchTensorOf(value: PickleValue, storages: Storages): ReturnType<TensorOf> {
  if (!isKind(value, 'object')) return null;
  const maker = makerOf(value) ?? '';
  const args = itemsOf(value.args);
  switch (maker) {
    case 'torch._utils._rebuild_tensor':
    case 'torch._utils._rebuild_tensor_v2':
    case 'torch._utils._rebuild_qtensor':
      return stridedTensor(args, undefined, storages);
    case 'torch._utils._rebuild_tensor_v3':
      return stridedTensor(args, args[6], storages);
    case 'torch._utils._rebuild_parameter':
    case 'torch._utils._rebuild_parameter_with_state':
    case 'torch.nn.parameter.Parameter':
    case 'torch.nn.parameter.Buffer':
      return { instead: args[0] ?? null };
    case 'torch._tensor._rebuild_from_type_v2':
    case 'torch._tensor._rebuild_from_type':
      return { instead: called(args[0] ?? null, args[2] ?? null) };
    case 'torch._utils._rebuild_sparse_tensor':
      return { instead: sparseParts(args) };
    case 'torch._utils._rebuild_meta_tensor_no_storage':
      return metaTensor(args);
    default:
      return null;
  }
}

function called(callable: PickleValue, args: PickleValue): PickleObject {
  return { kind: 'object', callable, args, state: undefined, items: [], entries: [] };
}

/** A sparse tensor is its parts under their names. */
function sparseParts(args: readonly PickleValue[]): PickleValue {
  const [indices = null, values = null] = itemsOf(args[1]);
  return {
    kind: 'dict',
    entries: [
      ['indices', indices],
      ['values', values],
    ],
  };
}

function metaTensor([type, size]: readonly PickleValue[]): FoundTensor | null {
  const shape = shapeOf(size);
  return shape === null ? null : { dtype: elementTypeOf(type)?.[0] ?? 'unknown', shape, span: null };
}

function elementTypeOf(value: PickleValue | undefined): readonly [string, number] | null {
  const name = globalName(value);
  if (name === null || !name.startsWith('torch.')) return null;
  const word = name.slice(name.lastIndexOf('.') + 1);
  return Object.hasOwn(elementTypes, word) ? (elementTypes[word] ?? null) : null;
}

function stridedTensor(
  args: readonly PickleValue[],
  type: PickleValue | undefined,
  storages: Storages,
): FoundTensor | null {
  const storage = storageOf(args[0]);
  const shape = shapeOf(args[2]);
  const strides = shapeOf(args[3]);
  const offset = countOf(args[1]);
  if (shape === null) return null;
  const [dtype, itemBytes] = elementTypeOf(type) ?? [storage?.dtype ?? 'unknown', storage?.itemBytes ?? 0];
  if (storage === null || strides === null || offset === null || itemBytes === 0) return { dtype, shape, span: null };
  if (strides.length !== shape.length)
    throw malformed(storages, storage, 'another number of strides than of dimensions');
  const firstByte = (storage.viewOffset + offset) * itemBytes;
  const endByte = firstByte + extent(shape, strides) * itemBytes;
  const place = storages.locate(storage.key);
  if (!Number.isSafeInteger(endByte)) throw malformed(storages, storage, 'more elements than can be counted');
  if (place === null) return { dtype, shape, span: null };
  if (place.startByte + endByte > place.endByte)
    throw malformed(storages, storage, `${endByte} bytes where ${place.endByte - place.startByte} are`);
  return {
    dtype,
    shape,
    span: { ...place, startByte: place.startByte + firstByte, endByte: place.startByte + endByte },
  };
}

/** Elements from the first to the last that the strides reach. */
function extent(shape: readonly number[], strides: readonly number[]): number {
  if (shape.includes(0)) return 0;
  return shape.reduce((last, size, dimension) => last + (size - 1) * (strides[dimension] ?? 0), 1);
}

function malformed({ name }: Storages, { key }: StorageReference, what: string): Error {
  return weighbridgeError('formats/torch-malformed', {
    name,
    reason: `a tensor of storage "${key.slice(0, 60)}" has ${what}`,
  });
}
