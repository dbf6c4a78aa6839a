import { invariant, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from './byte-source.js';
import { readRange } from './little-endian.js';

/** A header walk reads no more than this, whatever the file says of itself. */
export const maxHeaderBytes = 64 * 1024 * 1024;

const firstWindowBytes = 4 * 1024;
const largestWindowBytes = 256 * 1024;

/**
 * One stretch of a byte source in memory. After a jump the next stretch is small, along a straight walk stretches
 * double, so that a walk which skips payloads reads little more than what it looks at.
 */
export class ByteWindow {
  readonly source: ByteSource;
  readonly limitBytes: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #nextWindowBytes = firstWindowBytes;
  #bytesRead = 0;

  constructor(source: ByteSource, limitBytes: number = maxHeaderBytes) {
    this.source = source;
    this.limitBytes = limitBytes;
  }

  /** Bytes fetched from the source until now. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  covers(offset: number, lengthBytes: number): boolean {
    return offset >= this.#start && offset + lengthBytes <= this.#start + this.#bytes.length;
  }

  /**
   * Makes the range available to `byte` and `slice`; what was loaded before may be gone.
   * @throws formats/truncated, formats/header-too-large
   */
  async load(offset: number, lengthBytes: number): Promise<void> {
    if (this.covers(offset, lengthBytes)) return;
    const { name, sizeBytes } = this.source;
    if (offset + lengthBytes > sizeBytes) {
      throw weighbridgeError('formats/truncated', { name, sizeBytes, neededBytes: offset + lengthBytes });
    }
    const end = this.#start + this.#bytes.length;
    const isStraightOn = offset >= this.#start && offset <= end;
    this.#nextWindowBytes = isStraightOn ? Math.min(2 * this.#nextWindowBytes, largestWindowBytes) : firstWindowBytes;
    const wantedBytes = Math.min(Math.max(lengthBytes, this.#nextWindowBytes), sizeBytes - offset);
    if (this.#bytesRead + wantedBytes > this.limitBytes) {
      throw weighbridgeError('formats/header-too-large', { name, limitBytes: this.limitBytes });
    }
    this.#bytes = await readRange(this.source, offset, wantedBytes);
    this.#start = offset;
    this.#bytesRead += wantedBytes;
  }

  /** One byte of a loaded range. */
  byte(offset: number): number {
    const byte = this.#bytes[offset - this.#start];
    invariant(byte !== undefined, 'a byte outside the loaded window was asked for');
    return byte;
  }

  /** A view of a loaded range; copy it to keep it. */
  slice(offset: number, lengthBytes: number): Uint8Array {
    invariant(this.covers(offset, lengthBytes), 'a range outside the loaded window was asked for');
    return this.#bytes.subarray(offset - this.#start, offset - this.#start + lengthBytes);
  }

  /** A copy of a range, loaded when needed. @throws as load */
  async read(offset: number, lengthBytes: number): Promise<Uint8Array> {
    await this.load(offset, lengthBytes);
    return new Uint8Array(this.slice(offset, lengthBytes));
  }
}

/** The last segment of a source's name: what locations call the artifact's own file. */
export function sourceFile(source: ByteSource): string {
  return source.name.slice(Math.max(source.name.lastIndexOf('/'), source.name.lastIndexOf('\\')) + 1);
}
