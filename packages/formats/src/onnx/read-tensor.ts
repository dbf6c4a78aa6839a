import { bytesToHex, weighbridgeError } from '@weighbridge/core';
import { elementType, type ElementType } from './element-types.js';
import { parseExternalPath } from './external-data.js';
import type { OnnxTensor } from './model.js';
import type { ModelReading } from './reading.js';
import { malformedModel, readPackedVarints, signedVarint, walkFields, type WireField } from './wire.js';

/** Constants up to this size are read: shapes, axes and scalars are structure. Larger ones are skipped as weights. */
export const maxInlineBytes = 1024;

/** Integer and boolean constants of up to so many elements can be structure. */
export const maxStructuralElements = 64;

const mostDimensions = 64;

/** What a TensorProto says before it is put together. */
interface Draft {
  readonly dims: number[];
  typeId: number;
  label: string;
  payload: { startByte: number; endByte: number } | null;
  /** Hexadecimal content of raw_data or of fixed-width values; null when it is larger than is read. */
  hex: string | null;
  /** Values of varint fields; null when there are more than are read. */
  numbers: (number | bigint)[] | null;
  isRaw: boolean;
  isExternal: boolean;
  readonly external: Map<string, string>;
}

/** Reads one TensorProto (onnx.proto), skipping what is larger than `maxInlineBytes`. */
export async function readTensor(reading: ModelReading, start: number, end: number): Promise<OnnxTensor> {
  reading.count();
  const draft: Draft = {
    dims: [],
    typeId: 0,
    label: '',
    payload: null,
    hex: '',
    numbers: [],
    isRaw: false,
    isExternal: false,
    external: new Map(),
  };
  await walkFields(reading.window, start, end, (field) => visitTensorField(reading, draft, field));
  const type = elementType(draft.typeId);
  if (type === null) throw malformedModel(reading.name, `a tensor of the unknown element type ${draft.typeId}`);
  const elements = countElements(reading.name, draft.dims);
  const base = { label: draft.label, dtype: type.name, family: type.family, shape: draft.dims, elements };
  if (draft.isExternal) return { ...base, ...(await externalPayload(reading, draft, type, elements)) };
  const neededBytes = Math.ceil((elements * type.bits) / 8);
  const rawBytes = draft.payload === null ? 0 : draft.payload.endByte - draft.payload.startByte;
  if (draft.isRaw && rawBytes !== neededBytes) {
    throw malformedModel(reading.name, `a tensor of ${neededBytes} bytes has raw data of ${rawBytes}`);
  }
  const payload = draft.payload === null ? null : { file: null, ...draft.payload };
  return { ...base, payload, content: inlineContent(draft, type) };
}

/** A tensor made of one attribute of a Constant node, such as `value_ints`. */
export function constantTensor(
  fields: Pick<OnnxTensor, 'dtype' | 'family' | 'shape' | 'content' | 'payload'>,
): OnnxTensor {
  return { ...fields, label: '', elements: fields.shape.reduce((product, extent) => product * extent, 1) };
}

/** Little-endian bytes of integers, as hexadecimal digits. */
export function encodeIntegers(values: readonly (number | bigint)[], bytesEach: number): string {
  let hex = '';
  for (const value of values) {
    let rest = BigInt.asUintN(8 * bytesEach, BigInt(value));
    for (let index = 0; index < bytesEach; index++) {
      hex += (rest & 0xffn).toString(16).padStart(2, '0');
      rest >>= 8n;
    }
  }
  return hex;
}

async function visitTensorField(reading: ModelReading, draft: Draft, field: WireField): Promise<void> {
  switch (field.number) {
    case 1:
      for (const extent of await reading.varints(field)) pushExtent(reading.name, draft.dims, extent);
      return;
    case 2:
      draft.typeId = Number(field.varint);
      return;
    case 8:
      draft.label = await reading.text(field);
      return;
    case 4:
    case 10:
    case 6:
    case 9:
      if (field.number === 9) draft.isRaw = true;
      extendPayload(draft, field);
      return collectBytes(reading, draft, field);
    case 5:
    case 7:
    case 11:
      extendPayload(draft, field);
      return collectNumbers(reading, draft, field);
    case 13: {
      const entry = await reading.entry(field);
      draft.external.set(entry.key, entry.value ?? '');
      return;
    }
    case 14:
      draft.isExternal = Number(field.varint) === 1;
  }
}

function pushExtent(name: string, dims: number[], extent: number | bigint): void {
  const value = signedVarint(extent);
  if (typeof value !== 'number' || value < 0) throw malformedModel(name, `a tensor with an extent of ${value}`);
  if (dims.length >= mostDimensions) throw malformedModel(name, `a tensor of more than ${mostDimensions} dimensions`);
  dims.push(value);
}

function countElements(name: string, dims: readonly number[]): number {
  if (dims.includes(0)) return 0;
  let elements = 1;
  for (const extent of dims) elements *= extent;
  if (!Number.isSafeInteger(elements * 16))
    throw malformedModel(name, 'a tensor with more elements than can be counted');
  return elements;
}

/** Values that were written one by one have their tags between them; the span covers them all. */
function extendPayload(draft: Draft, field: WireField): void {
  const startByte = draft.payload?.startByte ?? (field.wireType === 2 ? field.start : field.tagStart);
  draft.payload = { startByte, endByte: field.end };
}

async function collectBytes(reading: ModelReading, draft: Draft, field: WireField): Promise<void> {
  const lengthBytes = field.end - field.start;
  if (draft.hex === null || draft.hex.length / 2 + lengthBytes > maxInlineBytes) {
    draft.hex = null;
    return;
  }
  const hex = bytesToHex(await reading.window.read(field.start, lengthBytes));
  // Strings are variable in length, so that each is closed by a mark of its own.
  draft.hex += field.number === 6 ? `${hex},` : hex;
}

async function collectNumbers(reading: ModelReading, draft: Draft, field: WireField): Promise<void> {
  if (draft.numbers === null) return;
  const isSmall = field.end - field.start <= maxInlineBytes && draft.numbers.length < maxInlineBytes;
  if (!isSmall) draft.numbers = null;
  else if (field.wireType === 0) draft.numbers.push(field.varint);
  else draft.numbers.push(...(await readPackedVarints(reading.window, field)));
}

function inlineContent(draft: Draft, type: ElementType): string | null {
  if (draft.hex === null || draft.numbers === null) return null;
  if (draft.numbers.length === 0) return draft.hex;
  return encodeIntegers(draft.numbers, Math.max(1, Math.floor(type.bits / 8)));
}

async function externalPayload(
  reading: ModelReading,
  draft: Draft,
  type: ElementType,
  elements: number,
): Promise<Pick<OnnxTensor, 'payload' | 'content'>> {
  const path = parseExternalPath(reading.name, draft.external.get('location') ?? '');
  const neededBytes = Math.ceil((elements * type.bits) / 8);
  const offset = parseCount(reading.name, draft.external.get('offset') ?? '0');
  const length = parseCount(reading.name, draft.external.get('length') ?? String(neededBytes));
  if (length !== neededBytes) {
    throw malformedModel(reading.name, `a tensor of ${neededBytes} bytes has external data of ${length}`);
  }
  const payload = { file: path, startByte: offset, endByte: offset + length };
  const source = await reading.external.open(path);
  if (source !== null && payload.endByte > source.sizeBytes) {
    const { name, sizeBytes } = source;
    throw weighbridgeError('formats/truncated', { name, sizeBytes, neededBytes: payload.endByte });
  }
  if (length > maxInlineBytes) return { payload, content: null };
  if (source !== null) return { payload, content: bytesToHex(await reading.external.read(source, offset, length)) };
  const isStructure = type.family !== 'float' && elements <= maxStructuralElements;
  if (isStructure) throw weighbridgeError('formats/onnx-external-missing', { name: reading.name, path });
  return { payload, content: null };
}

function parseCount(name: string, text: string): number {
  const count = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(count)) throw malformedModel(name, 'external data without a sound offset and length');
  return count;
}
