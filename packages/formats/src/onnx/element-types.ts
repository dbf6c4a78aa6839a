/** One element type of onnx.proto TensorProto.DataType. */
export interface ElementType {
  readonly name: string;
  /** Bits of one element in raw_data; 0 for strings, which have no fixed size. */
  readonly bits: number;
  readonly family: 'float' | 'integer' | 'boolean' | 'string' | 'complex';
}

const table: Readonly<Record<number, ElementType>> = {
  1: { name: 'float32', bits: 32, family: 'float' },
  2: { name: 'uint8', bits: 8, family: 'integer' },
  3: { name: 'int8', bits: 8, family: 'integer' },
  4: { name: 'uint16', bits: 16, family: 'integer' },
  5: { name: 'int16', bits: 16, family: 'integer' },
  6: { name: 'int32', bits: 32, family: 'integer' },
  7: { name: 'int64', bits: 64, family: 'integer' },
  8: { name: 'string', bits: 0, family: 'string' },
  9: { name: 'bool', bits: 8, family: 'boolean' },
  10: { name: 'float16', bits: 16, family: 'float' },
  11: { name: 'float64', bits: 64, family: 'float' },
  12: { name: 'uint32', bits: 32, family: 'integer' },
  13: { name: 'uint64', bits: 64, family: 'integer' },
  14: { name: 'complex64', bits: 64, family: 'complex' },
  15: { name: 'complex128', bits: 128, family: 'complex' },
  16: { name: 'bfloat16', bits: 16, family: 'float' },
  17: { name: 'float8e4m3fn', bits: 8, family: 'float' },
  18: { name: 'float8e4m3fnuz', bits: 8, family: 'float' },
  19: { name: 'float8e5m2', bits: 8, family: 'float' },
  20: { name: 'float8e5m2fnuz', bits: 8, family: 'float' },
  21: { name: 'uint4', bits: 4, family: 'integer' },
  22: { name: 'int4', bits: 4, family: 'integer' },
  23: { name: 'float4e2m1', bits: 4, family: 'float' },
  24: { name: 'float8e8m0', bits: 8, family: 'float' },
  25: { name: 'uint2', bits: 2, family: 'integer' },
  26: { name: 'int2', bits: 2, family: 'integer' },
  27: { name: 'float6e2m3', bits: 6, family: 'float' },
  28: { name: 'float6e3m2', bits: 6, family: 'float' },
};

/** The element type of a number, or null for one that this reader does not know. */
export function elementType(id: number): ElementType | null {
  return Object.hasOwn(table, id) ? (table[id] ?? null) : null;
}

/** What messages and value types call an element type; a number that is not known keeps its number. */
export function elementTypeName(id: number): string {
  return elementType(id)?.name ?? `type${id}`;
}
