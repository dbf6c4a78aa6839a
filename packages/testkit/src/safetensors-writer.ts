/** A tensor as a test wants it in a file. */
export interface WrittenTensor {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export interface SafetensorsWriting {
  /** In the order in which their bytes lie in the file. */
  readonly tensors: readonly WrittenTensor[];
  readonly metadata?: Readonly<Record<string, string>>;
  /** The order of the header's entries; default that of the bytes. */
  readonly headerOrder?: (left: string, right: string) => number;
  /** Spaces after the JSON are added up to a multiple of this; default 8, as the reference implementation does. */
  readonly headerAlignment?: number;
}

/** Writes a safetensors file: length, JSON header padded with spaces, bytes. Checks nothing, so that tests can lie. */
export function writeSafetensors({
  tensors,
  metadata,
  headerOrder,
  headerAlignment = 8,
}: SafetensorsWriting): Uint8Array {
  const entries: [string, unknown][] = [];
  let offset = 0;
  for (const { name, dtype, shape, bytes } of tensors) {
    entries.push([name, { dtype, shape, data_offsets: [offset, offset + bytes.length] }]);
    offset += bytes.length;
  }
  if (headerOrder !== undefined) entries.sort(([left], [right]) => headerOrder(left, right));
  if (metadata !== undefined) entries.unshift(['__metadata__', metadata]);
  // Object literals would put names that look like numbers first; the text is made by hand so that order is kept.
  const json = `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`).join(',')}}`;
  const header = new TextEncoder().encode(json);
  const headerBytes = Math.ceil(header.length / headerAlignment) * headerAlignment;
  return assembleSafetensors(header, { headerBytes, buffers: tensors.map(({ bytes }) => bytes) });
}

/** Puts a header as given before bytes as given: for files that no writer would write. */
export function assembleSafetensors(
  header: Uint8Array,
  {
    headerBytes = header.length,
    buffers = [],
  }: { readonly headerBytes?: number; readonly buffers?: readonly Uint8Array[] } = {},
): Uint8Array {
  const file = new Uint8Array(8 + headerBytes + buffers.reduce((sum, { length }) => sum + length, 0)).fill(0x20);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.set(header, 8);
  let position = 8 + headerBytes;
  for (const buffer of buffers) {
    file.set(buffer, position);
    position += buffer.length;
  }
  return file;
}
