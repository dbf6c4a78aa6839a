import {
  globalName,
  isKind,
  itemsOf,
  makerOf,
  type PickleArray,
  type PickleObject,
  type PickleValue,
  shapeOf,
} from './values.js';

/** numpy's element type: the word with its byte order, such as `<f8`, and its size. */
export interface NumpyType {
  readonly word: string;
  readonly itemBytes: number;
  readonly hasObjects: boolean;
}

const reconstruct = /^numpy\.(?:_?core)\.multiarray\._reconstruct$/;
const fromBuffer = /^numpy\.(?:_?core)\.numeric\._frombuffer$/;
const scalarMaker = /^numpy\.(?:_?core)\.multiarray\.scalar$/;

/** Reads what `numpy.dtype(word, …)` with its state would build (numpy, descriptor.c, version 3 and later). */
export function numpyTypeOf(value: PickleValue | undefined): NumpyType | null {
  if (!isKind(value, 'object') || globalName(value.callable) !== 'numpy.dtype') return null;
  const word = itemsOf(value.args)[0];
  if (typeof word !== 'string') return null;
  const state = itemsOf(value.state);
  const order = typeof state[1] === 'string' ? state[1] : '|';
  const match = /^[<>|=]?([a-zA-Z])(\d{0,10})/.exec(word);
  if (match === null) return null;
  const [, kind = '', size = ''] = match;
  const stateBytes = typeof state[5] === 'number' && state[5] > 0 ? state[5] : 0;
  const itemBytes = kind === 'V' || size === '' ? stateBytes : Number(size) * (kind === 'U' ? 4 : 1);
  const flags = typeof state[7] === 'number' ? state[7] : 0;
  return { word: `${order}${kind}${size}`, itemBytes, hasObjects: kind === 'O' || (flags & 1) === 1 };
}

/** The array that an object would be: `_reconstruct` with a state, or `_frombuffer` of protocol 5. Null for others. */
export function numpyArrayOf(value: PickleValue): PickleArray | null {
  if (isKind(value, 'array')) return value;
  if (!isKind(value, 'object')) return null;
  const maker = makerOf(value) ?? '';
  if (reconstruct.test(maker)) return fromState(value);
  if (!fromBuffer.test(maker)) return null;
  const [buffer, type, shape] = itemsOf(value.args);
  return arrayFact({ type, shape, payload: buffer });
}

/** A numpy scalar as a number or text, or null. */
export function numpyScalarOf(value: PickleValue): number | bigint | string | boolean | null {
  if (!isKind(value, 'object') || !scalarMaker.test(makerOf(value) ?? '')) return null;
  const [type, payload] = itemsOf(value.args);
  const array = arrayFact({ type, shape: { kind: 'tuple', items: [] }, payload });
  return array === null ? null : (arrayLabels(array)?.[0] ?? null);
}

/** The elements of a small array of integers, booleans, floats or texts; null when they were not read. */
export function arrayLabels(array: PickleArray): readonly (number | bigint | string | boolean)[] | null {
  if (array.items !== null) return array.items.every(isLabel) ? array.items.filter(isLabel) : null;
  const { content, dtype } = array;
  const [, order = '|', kind = '', size = ''] = /^([<>|=])([a-zA-Z])(\d*)$/.exec(dtype) ?? [];
  const itemBytes = Number(size) * (kind === 'U' ? 4 : 1);
  if (content === null || itemBytes === 0) return null;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const labels: (number | bigint | string | boolean)[] = [];
  for (let offset = 0; offset + itemBytes <= content.length; offset += itemBytes) {
    const label = element(view, { offset, kind, itemBytes, isLittle: order !== '>' });
    if (label === null) return null;
    labels.push(label);
  }
  return labels;
}

/** What a class or a feature can be called. */
export type Label = number | bigint | string | boolean;

export function isLabel(value: PickleValue): value is Label {
  return ['number', 'bigint', 'string', 'boolean'].includes(typeof value);
}

interface Element {
  readonly offset: number;
  readonly kind: string;
  readonly itemBytes: number;
  readonly isLittle: boolean;
}

function element(
  view: DataView,
  { offset, kind, itemBytes, isLittle }: Element,
): number | bigint | string | boolean | null {
  if (kind === 'b' && itemBytes === 1) return view.getUint8(offset) !== 0;
  if (kind === 'U') return codePoints(view, { offset, kind, itemBytes, isLittle });
  if (kind === 'f')
    return itemBytes === 8
      ? view.getFloat64(offset, isLittle)
      : itemBytes === 4
        ? view.getFloat32(offset, isLittle)
        : null;
  if (kind !== 'i' && kind !== 'u') return null;
  const isSigned = kind === 'i';
  if (itemBytes === 1) return isSigned ? view.getInt8(offset) : view.getUint8(offset);
  if (itemBytes === 2) return isSigned ? view.getInt16(offset, isLittle) : view.getUint16(offset, isLittle);
  if (itemBytes === 4) return isSigned ? view.getInt32(offset, isLittle) : view.getUint32(offset, isLittle);
  if (itemBytes !== 8) return null;
  const value = isSigned ? view.getBigInt64(offset, isLittle) : view.getBigUint64(offset, isLittle);
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** A text of fixed length: four bytes a code point, filled up with zeros. */
function codePoints(view: DataView, { offset, itemBytes, isLittle }: Element): string | null {
  let text = '';
  for (let at = offset; at < offset + itemBytes; at += 4) {
    const point = view.getUint32(at, isLittle);
    if (point > 0x10ffff) return null;
    text += String.fromCodePoint(point);
  }
  return text.replace(/\0+$/, '');
}

/** State of ndarray: (version, shape, dtype, is Fortran order, bytes or list of objects). */
function fromState(value: PickleObject): PickleArray | null {
  const [, shape, type, , payload] = itemsOf(value.state);
  return arrayFact({ type, shape, payload });
}

function arrayFact(parts: {
  type: PickleValue | undefined;
  shape: PickleValue | undefined;
  payload: PickleValue | undefined;
}): PickleArray | null {
  const type = numpyTypeOf(parts.type);
  const shape = shapeOf(parts.shape);
  if (type === null || shape === null) return null;
  const base = { kind: 'array', dtype: type.word, shape } as const;
  const payload = unwrapBytes(parts.payload);
  if (isKind(payload, 'list')) return { ...base, startByte: 0, endByte: 0, content: null, items: payload.items };
  if (!isKind(payload, 'bytes')) return { ...base, startByte: 0, endByte: 0, content: null, items: null };
  const { startByte, lengthBytes, content } = payload;
  return { ...base, startByte, endByte: startByte + lengthBytes, content, items: null };
}

/**
 * Protocols 0 to 2 have no bytes: Python writes `_codecs.encode(text, "latin1")`, protocol 5 may wrap them as bytearray.
 * Such bytes are known by content only, because they do not stand in the file as they are.
 */
function unwrapBytes(value: PickleValue | undefined): PickleValue | undefined {
  const text = isKind(value, 'object') && makerOf(value) === '_codecs.encode' ? itemsOf(value.args)[0] : value;
  if (typeof text !== 'string') return text;
  const content = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return { kind: 'bytes', startByte: 0, lengthBytes: 0, content };
}
