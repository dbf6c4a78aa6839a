import { weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from './byte-source.js';

/** More bytes are needed than the cursor has; `neededBytes` counts from the cursor's first byte. */
export interface Shortage {
  readonly neededBytes: number;
}

/**
 * Reads little-endian values one after another and never outside its bytes: whatever does not fit ends in the error
 * that `onShortage` makes, before anything is allocated.
 */
export class LittleEndianCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #onShortage: (shortage: Shortage) => Error;
  #position: number;

  constructor(
    bytes: Uint8Array,
    { position = 0, onShortage }: { position?: number; onShortage: (shortage: Shortage) => Error },
  ) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#onShortage = onShortage;
    this.#position = position;
  }

  get position(): number {
    return this.#position;
  }

  u8(): number {
    return this.#view.getUint8(this.skip(1));
  }

  i8(): number {
    return this.#view.getInt8(this.skip(1));
  }

  u16(): number {
    return this.#view.getUint16(this.skip(2), true);
  }

  i16(): number {
    return this.#view.getInt16(this.skip(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  i32(): number {
    return this.#view.getInt32(this.skip(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.skip(8), true);
  }

  i64(): bigint {
    return this.#view.getBigInt64(this.skip(8), true);
  }

  f32(): number {
    return this.#view.getFloat32(this.skip(4), true);
  }

  f64(): number {
    return this.#view.getFloat64(this.skip(8), true);
  }

  /** How many bytes follow. */
  get left(): number {
    return this.#bytes.length - this.#position;
  }

  /** A view of the next bytes; copy it to keep it. */
  bytes(lengthBytes: number): Uint8Array {
    const start = this.skip(lengthBytes);
    return this.#bytes.subarray(start, start + lengthBytes);
  }

  /** A view of everything from an earlier position up to here. */
  since(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.#position);
  }

  /** Steps over bytes and answers where they began. */
  skip(lengthBytes: number): number {
    const start = this.#position;
    this.need(lengthBytes);
    this.#position = start + lengthBytes;
    return start;
  }

  /** Fails unless that many bytes follow. */
  need(lengthBytes: number): void {
    if (lengthBytes > this.#bytes.length - this.#position) {
      throw this.#onShortage({ neededBytes: this.#position + lengthBytes });
    }
  }
}

/** A range of a source, checked against its size. @throws formats/truncated */
export async function readRange(source: ByteSource, offset: number, lengthBytes: number): Promise<Uint8Array> {
  const neededBytes = offset + lengthBytes;
  const { name, sizeBytes } = source;
  if (neededBytes > sizeBytes) throw weighbridgeError('formats/truncated', { name, sizeBytes, neededBytes });
  const bytes = await source.read(offset, lengthBytes);
  // A file that shrank while it was read is no contradiction of ours.
  if (bytes.length !== lengthBytes) {
    throw weighbridgeError('formats/truncated', { name, sizeBytes: offset + bytes.length, neededBytes });
  }
  return bytes;
}
