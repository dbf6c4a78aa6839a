/** A metadata value with the type that it is to have in the file. */
export type GgufValue =
  | { readonly type: GgufScalarType; readonly value: number | bigint }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string | Uint8Array }
  | { readonly type: 'array'; readonly of: GgufType; readonly values: readonly GgufValue[] };

export type GgufScalarType = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32' | 'u64' | 'i64' | 'f64';
export type GgufType = GgufScalarType | 'bool' | 'string' | 'array';

/** A tensor as a test wants it in a file; `extents` are innermost first, as GGUF has them. */
export interface GgufTensor {
  readonly name: string;
  readonly ggmlType: number;
  readonly extents: readonly number[];
  readonly bytes: Uint8Array;
}

export interface GgufWriting {
  readonly version?: number;
  readonly keyValues?: readonly (readonly [key: string, value: GgufValue])[];
  /** In the order in which their bytes lie in the file. */
  readonly tensors?: readonly GgufTensor[];
  /** What bytes are padded to; the key `general.alignment` is not written by itself. Default 32. */
  readonly alignment?: number;
  /** Whether zero bytes follow the last tensor up to the alignment; default true. */
  readonly padsEnd?: boolean;
}

const typeNumbers: Readonly<Record<GgufType, number>> = {
  u8: 0,
  i8: 1,
  u16: 2,
  i16: 3,
  u32: 4,
  i32: 5,
  f32: 6,
  bool: 7,
  string: 8,
  array: 9,
  u64: 10,
  i64: 11,
  f64: 12,
};

/** Writes a little-endian GGUF file (ggml docs/gguf.md). Checks nothing, so that tests can lie. */
export function writeGguf({
  version = 3,
  keyValues = [],
  tensors = [],
  alignment = 32,
  padsEnd = true,
}: GgufWriting): Uint8Array {
  const out = new GgufOutput();
  out.bytes(new TextEncoder().encode('GGUF'));
  out.number('u32', version);
  out.number('u64', tensors.length);
  out.number('u64', keyValues.length);
  for (const [key, value] of keyValues) {
    out.text(key);
    out.number('u32', typeNumbers[value.type]);
    out.value(value);
  }
  let offset = 0;
  for (const { name, ggmlType, extents, bytes } of tensors) {
    out.text(name);
    out.number('u32', extents.length);
    for (const extent of extents) out.number('u64', extent);
    out.number('u32', ggmlType);
    out.number('u64', offset);
    offset += Math.ceil(bytes.length / alignment) * alignment;
  }
  for (const { bytes } of tensors) {
    out.pad(alignment);
    out.bytes(bytes);
  }
  if (padsEnd && tensors.length > 0) out.pad(alignment);
  return out.finish();
}

class GgufOutput {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  bytes(part: Uint8Array): void {
    this.#parts.push(part);
    this.#length += part.length;
  }

  text(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    this.number('u64', bytes.length);
    this.bytes(bytes);
  }

  pad(alignment: number): void {
    this.bytes(new Uint8Array((alignment - (this.#length % alignment)) % alignment));
  }

  value(value: GgufValue): void {
    if (value.type === 'string') this.text(value.value);
    else if (value.type === 'bool') this.number('u8', value.value ? 1 : 0);
    else if (value.type === 'array') {
      this.number('u32', typeNumbers[value.of]);
      this.number('u64', value.values.length);
      for (const element of value.values) this.value(element);
    } else this.number(value.type, value.value);
  }

  number(type: GgufScalarType, value: number | bigint): void {
    const view = new DataView(new ArrayBuffer(8));
    this.bytes(new Uint8Array(view.buffer, 0, writeNumber(view, type, value)));
  }

  finish(): Uint8Array {
    const file = new Uint8Array(this.#length);
    let position = 0;
    for (const part of this.#parts) {
      file.set(part, position);
      position += part.length;
    }
    return file;
  }
}

/** Writes at the start of the view and answers how many bytes. */
function writeNumber(view: DataView, type: GgufScalarType, value: number | bigint): number {
  switch (type) {
    case 'u8':
      view.setUint8(0, Number(value));
      return 1;
    case 'i8':
      view.setInt8(0, Number(value));
      return 1;
    case 'u16':
      view.setUint16(0, Number(value), true);
      return 2;
    case 'i16':
      view.setInt16(0, Number(value), true);
      return 2;
    case 'u32':
      view.setUint32(0, Number(value), true);
      return 4;
    case 'i32':
      view.setInt32(0, Number(value), true);
      return 4;
    case 'f32':
      view.setFloat32(0, Number(value), true);
      return 4;
    case 'u64':
      view.setBigUint64(0, BigInt(value), true);
      return 8;
    case 'i64':
      view.setBigInt64(0, BigInt(value), true);
      return 8;
    case 'f64':
      view.setFloat64(0, Number(value), true);
      return 8;
  }
}
