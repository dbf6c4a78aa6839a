import { elementTypeName } from './element-types.js';
import type { OnnxValue } from './model.js';
import type { ModelReading } from './reading.js';
import { malformedModel, signedVarint, type WireField } from './wire.js';

type ValueType = Pick<OnnxValue, 'dtype' | 'shape'>;

const deepestType = 16;
const mostDimensions = 64;

/** Reads a ValueInfoProto: a graph's input or output. */
export async function readValue(reading: ModelReading, field: WireField): Promise<OnnxValue> {
  reading.count();
  let name = '';
  let type: ValueType = { dtype: 'unknown', shape: [] };
  await reading.message(field, async (inner) => {
    if (inner.number === 1) name = await reading.text(inner);
    else if (inner.number === 2) type = await readType(reading, inner, 0);
  });
  return { name, ...type };
}

/** A TypeProto as one line, such as `float32[null,3]` or `sequence(map(int64,float32))`. */
export async function readTypeText(reading: ModelReading, field: WireField): Promise<string> {
  const { dtype, shape } = await readType(reading, field, 0);
  return `${dtype}${JSON.stringify(shape)}`;
}

async function readType(reading: ModelReading, field: WireField, depth: number): Promise<ValueType> {
  if (depth > deepestType) throw malformedModel(reading.name, `a type nested more than ${deepestType} deep`);
  let type: ValueType = { dtype: 'unknown', shape: [] };
  await reading.message(field, async (inner) => {
    if (inner.number === 1) type = await readTensorType(reading, inner);
    if (inner.number === 8) type = wrapType('sparse', await readTensorType(reading, inner));
    if (inner.number === 4) type = wrapType('sequence', await readElementType(reading, inner, depth));
    if (inner.number === 9) type = wrapType('optional', await readElementType(reading, inner, depth));
    if (inner.number === 5) type = await readMapType(reading, inner, depth);
  });
  return type;
}

/** Containers have no shape of their own; that of their elements is part of the word. */
function wrapType(kind: string, { dtype, shape }: ValueType): ValueType {
  const isTensor = shape.length > 0;
  return { dtype: `${kind}(${dtype}${isTensor ? JSON.stringify(shape) : ''})`, shape: [] };
}

async function readElementType(reading: ModelReading, field: WireField, depth: number): Promise<ValueType> {
  let type: ValueType = { dtype: 'unknown', shape: [] };
  await reading.message(field, async (inner) => {
    if (inner.number === 1) type = await readType(reading, inner, depth + 1);
  });
  return type;
}

async function readMapType(reading: ModelReading, field: WireField, depth: number): Promise<ValueType> {
  let key = 'unknown';
  let value: ValueType = { dtype: 'unknown', shape: [] };
  await reading.message(field, async (inner) => {
    if (inner.number === 1) key = elementTypeName(Number(inner.varint));
    else if (inner.number === 2) value = await readType(reading, inner, depth + 1);
  });
  return wrapType('map', { dtype: `${key},${value.dtype}`, shape: value.shape });
}

async function readTensorType(reading: ModelReading, field: WireField): Promise<ValueType> {
  let dtype = 'unknown';
  const shape: (number | null)[] = [];
  await reading.message(field, async (inner) => {
    if (inner.number === 1) dtype = elementTypeName(Number(inner.varint));
    if (inner.number !== 2) return;
    await reading.message(inner, async (dimension) => {
      if (dimension.number !== 1) return;
      if (shape.length >= mostDimensions)
        throw malformedModel(reading.name, `a value of more than ${mostDimensions} dimensions`);
      shape.push(await readDimension(reading, dimension));
    });
  });
  return { dtype, shape };
}

/** A dimension that has a name, nothing, or a negative number is symbolic. */
async function readDimension(reading: ModelReading, field: WireField): Promise<number | null> {
  let extent: number | null = null;
  await reading.message(field, (inner) => {
    if (inner.number === 2) extent = null;
    if (inner.number !== 1) return;
    const value = signedVarint(inner.varint);
    if (typeof value === 'bigint') throw malformedModel(reading.name, 'a dimension that is too large');
    extent = value < 0 ? null : value;
  });
  return extent;
}
