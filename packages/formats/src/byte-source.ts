/**
 * Random access to bytes that need not be at hand: a file, an object in a store, a range of a URL. The one port of this
 * package; every header reader takes it and reads ranges of the header only.
 */
export interface ByteSource {
  /** What messages call it: a path or an address without credentials. */
  readonly name: string;
  readonly sizeBytes: number;
  /**
   * Exactly `lengthBytes` bytes from `offset` (both non-negative integers). A range past the end is an error of the
   * caller: readers compare with `sizeBytes` first and raise `formats/truncated`.
   */
  read(offset: number, lengthBytes: number): Promise<Uint8Array>;
  /**
   * Fills `target` from `offset` and returns how many bytes came: fewer than asked only at the end. Sources that have it
   * are read without a new buffer for each read, which is what makes large files cheap.
   */
  readInto?(target: Uint8Array, offset: number): Promise<number>;
}
