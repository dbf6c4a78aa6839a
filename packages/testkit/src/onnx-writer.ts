/**
 * Writes ONNX models (onnx.proto) byte by byte, for tests that need a model with a certain quirk: no schema, no check,
 * just the fields that the readers look at.
 */

/** A constant. Values are written as raw_data unless `storage` says otherwise. */
export interface TensorSpec {
  readonly name?: string;
  readonly dtype: 'float32' | 'int64' | 'int32' | 'bool' | 'uint8' | 'int8' | 'float16';
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly storage?:
    | 'raw'
    | 'typed'
    | 'typed-unpacked'
    | { readonly file: string; readonly offset: number; readonly length: number };
}

export type AttributeSpec =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly text: string }
  | { readonly texts: readonly string[] }
  | { readonly tensor: TensorSpec }
  | { readonly graph: GraphSpec }
  | { readonly ref: string };

export interface NodeSpec {
  readonly op: string;
  readonly domain?: string;
  readonly name?: string;
  readonly doc?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeSpec>>;
}

export interface ValueSpec {
  readonly name: string;
  readonly dtype?: TensorSpec['dtype'];
  /** A text is a symbolic dimension, null one without a name. */
  readonly shape?: readonly (number | string | null)[];
}

export interface GraphSpec {
  readonly name?: string;
  readonly nodes: readonly NodeSpec[];
  readonly initializers?: readonly TensorSpec[];
  readonly inputs?: readonly ValueSpec[];
  readonly outputs: readonly ValueSpec[];
}

export interface FunctionSpec {
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: readonly string[];
  readonly nodes: readonly NodeSpec[];
}

export interface ModelSpec {
  readonly graph: GraphSpec;
  readonly irVersion?: number;
  readonly producer?: string;
  readonly opsets?: Readonly<Record<string, number>>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly functions?: readonly FunctionSpec[];
}

const typeIds: Readonly<Record<TensorSpec['dtype'], number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
};

/** The bytes of a ModelProto. */
export function writeOnnx(model: ModelSpec): Uint8Array {
  return message(
    varintField(1, model.irVersion ?? 8),
    textField(2, model.producer ?? 'test'),
    bytesField(7, writeGraph(model.graph)),
    ...Object.entries(model.opsets ?? { '': 17 }).map(([domain, version]) =>
      bytesField(8, message(textField(1, domain), varintField(2, version))),
    ),
    ...Object.entries(model.metadata ?? {}).map(([key, value]) => bytesField(14, entry(key, value))),
    ...(model.functions ?? []).map((definition) => bytesField(25, writeFunction(definition))),
  );
}

/** Little-endian bytes of a tensor's values. float16 values are given as their bits. */
export function tensorBytes({ dtype, values }: Pick<TensorSpec, 'dtype' | 'values'>): Uint8Array {
  const widths = { float32: 4, int64: 8, int32: 4, bool: 1, uint8: 1, int8: 1, float16: 2 } as const;
  const width = widths[dtype];
  const view = new DataView(new ArrayBuffer(width * values.length));
  for (const [index, value] of values.entries()) {
    const at = index * width;
    if (dtype === 'float32') view.setFloat32(at, value, true);
    else if (dtype === 'int64') view.setBigInt64(at, BigInt(value), true);
    else if (dtype === 'int32') view.setInt32(at, value, true);
    else if (dtype === 'float16') view.setUint16(at, value, true);
    else view.setUint8(at, value & 0xff);
  }
  return new Uint8Array(view.buffer);
}

/** A length-delimited field of any number, for quirks. */
export function bytesField(number: number, payload: Uint8Array): Uint8Array {
  return concat([varint(number * 8 + 2), varint(payload.length), payload]);
}

export function varintField(number: number, value: number | bigint): Uint8Array {
  return concat([varint(number * 8), varint(value)]);
}

export function textField(number: number, text: string): Uint8Array {
  return bytesField(number, new TextEncoder().encode(text));
}

function writeGraph(graph: GraphSpec): Uint8Array {
  return message(
    ...graph.nodes.map((node) => bytesField(1, writeNode(node))),
    textField(2, graph.name ?? 'g'),
    ...(graph.initializers ?? []).map((tensor) => bytesField(5, writeTensor(tensor))),
    ...(graph.inputs ?? []).map((value) => bytesField(11, writeValue(value))),
    ...graph.outputs.map((value) => bytesField(12, writeValue(value))),
  );
}

function writeFunction(definition: FunctionSpec): Uint8Array {
  return message(
    textField(1, definition.name),
    ...definition.inputs.map((name) => textField(4, name)),
    ...definition.outputs.map((name) => textField(5, name)),
    ...(definition.attributes ?? []).map((name) => textField(6, name)),
    ...definition.nodes.map((node) => bytesField(7, writeNode(node))),
    textField(10, definition.domain),
  );
}

function writeNode(node: NodeSpec): Uint8Array {
  return message(
    ...node.inputs.map((name) => textField(1, name)),
    ...node.outputs.map((name) => textField(2, name)),
    ...(node.name === undefined ? [] : [textField(3, node.name)]),
    textField(4, node.op),
    ...Object.entries(node.attributes ?? {}).map(([name, value]) => bytesField(5, writeAttribute(name, value))),
    ...(node.doc === undefined ? [] : [textField(6, node.doc)]),
    ...(node.domain === undefined ? [] : [textField(7, node.domain)]),
  );
}

function writeAttribute(name: string, value: AttributeSpec): Uint8Array {
  const named = (type: number, ...fields: readonly Uint8Array[]): Uint8Array =>
    message(textField(1, name), ...fields, varintField(20, type));
  if ('int' in value) return named(2, varintField(3, value.int));
  if ('ints' in value) return named(7, ...value.ints.map((int) => varintField(8, int)));
  if ('float' in value) return named(1, fixedField(2, value.float));
  if ('floats' in value) return named(6, ...value.floats.map((float) => fixedField(7, float)));
  if ('text' in value) return named(3, textField(4, value.text));
  if ('texts' in value) return named(8, ...value.texts.map((text) => textField(9, text)));
  if ('tensor' in value) return named(4, bytesField(5, writeTensor(value.tensor)));
  if ('graph' in value) return named(5, bytesField(6, writeGraph(value.graph)));
  return named(2, textField(21, value.ref));
}

function writeTensor(tensor: TensorSpec): Uint8Array {
  return message(
    ...tensor.shape.map((extent) => varintField(1, extent)),
    varintField(2, typeIds[tensor.dtype]),
    textField(8, tensor.name ?? ''),
    ...writeValues(tensor),
  );
}

function writeValues(tensor: TensorSpec): Uint8Array[] {
  const { dtype, values, storage = 'raw' } = tensor;
  if (typeof storage === 'object') {
    const { file, offset, length } = storage;
    const entries = [entry('location', file), entry('offset', String(offset)), entry('length', String(length))];
    return [...entries.map((bytes) => bytesField(13, bytes)), varintField(14, 1)];
  }
  if (storage === 'raw') return [bytesField(9, tensorBytes(tensor))];
  if (dtype === 'float32') {
    return storage === 'typed' ? [bytesField(4, tensorBytes(tensor))] : values.map((value) => fixedField(4, value));
  }
  const number = dtype === 'int64' ? 7 : 5;
  if (storage === 'typed') return [bytesField(number, concat(values.map((value) => varint(value))))];
  return values.map((value) => varintField(number, value));
}

function writeValue({ name, dtype = 'float32', shape = [] }: ValueSpec): Uint8Array {
  const dimensions = shape.map((extent) => {
    if (extent === null) return bytesField(1, new Uint8Array(0));
    return bytesField(1, typeof extent === 'number' ? varintField(1, extent) : textField(2, extent));
  });
  const tensorType = message(varintField(1, typeIds[dtype]), bytesField(2, concat(dimensions)));
  return message(textField(1, name), bytesField(2, bytesField(1, tensorType)));
}

function entry(key: string, value: string): Uint8Array {
  return message(textField(1, key), textField(2, value));
}

function fixedField(number: number, value: number): Uint8Array {
  return concat([varint(number * 8 + 5), tensorBytes({ dtype: 'float32', values: [value] })]);
}

function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}

function message(...fields: readonly Uint8Array[]): Uint8Array {
  return concat(fields);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
