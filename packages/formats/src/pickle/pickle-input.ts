import { parseUtf8, weighbridgeError } from '@weighbridge/core';
import type { ByteWindow } from '../byte-window.js';

/** Texts and names up to this size are read; longer ones stand as opaque values. */
export const maxPickleTextBytes = 64 * 1024;

const longestLineBytes = 32 * 1024 * 1024;

/** @throws formats/pickle-malformed */
export function malformedPickle(name: string, reason: string): Error {
  return weighbridgeError('formats/pickle-malformed', { name, reason });
}

/** The byte stream of a pickle: numbers, texts and lines from where it stands, large payloads by position only. */
export class PickleInput {
  readonly window: ByteWindow;
  position: number;

  constructor(window: ByteWindow, position: number) {
    this.window = window;
    this.position = position;
  }

  get name(): string {
    return this.window.source.name;
  }

  /** Makes sure that `take` has the next bytes without waiting. */
  async need(lengthBytes: number): Promise<void> {
    if (!this.window.covers(this.position, lengthBytes)) await this.window.load(this.position, lengthBytes);
  }

  /** A view of the next bytes, which `need` has loaded. */
  take(lengthBytes: number): Uint8Array {
    const bytes = this.window.slice(this.position, lengthBytes);
    this.position += lengthBytes;
    return bytes;
  }

  async byte(): Promise<number> {
    await this.need(1);
    return this.window.byte(this.position++);
  }

  /** An unsigned little-endian number of up to eight bytes. */
  async count(widthBytes: number): Promise<number> {
    await this.need(widthBytes);
    let value = 0;
    for (const [index, byte] of this.take(widthBytes).entries()) value += byte * 2 ** (8 * index);
    if (!Number.isSafeInteger(value)) throw malformedPickle(this.name, `a length of ${value} at byte ${this.position}`);
    return value;
  }

  /** Steps over bytes of the file. @throws formats/truncated */
  skip(lengthBytes: number): void {
    const { name, sizeBytes } = this.window.source;
    const neededBytes = this.position + lengthBytes;
    if (neededBytes > sizeBytes) throw weighbridgeError('formats/truncated', { name, sizeBytes, neededBytes });
    this.position = neededBytes;
  }

  /** UTF-8 text (surrogates as Python writes them stay unread), or null when it is longer than is read. */
  async text(lengthBytes: number): Promise<string | null> {
    if (lengthBytes > maxPickleTextBytes) {
      this.skip(lengthBytes);
      return null;
    }
    await this.need(lengthBytes);
    const bytes = this.take(lengthBytes);
    try {
      return parseUtf8(bytes);
    } catch {
      // A lone surrogate is legal in Python's strings and in no Unicode text; such a text names nothing that we read.
      return null;
    }
  }

  /** One byte a character, as Python 2 wrote its strings; null when it is longer than is read. */
  async latin1(lengthBytes: number): Promise<string | null> {
    if (lengthBytes > maxPickleTextBytes) {
      this.skip(lengthBytes);
      return null;
    }
    await this.need(lengthBytes);
    return latin1Text(this.take(lengthBytes));
  }

  /** The text up to a line feed, which is consumed; null when it is longer than is read. */
  async line(): Promise<string | null> {
    const start = this.position;
    const { sizeBytes } = this.window.source;
    let text: string | null = '';
    for (;;) {
      await this.need(1);
      const ahead = Math.min(512, sizeBytes - this.position);
      if (!this.window.covers(this.position, ahead)) await this.window.load(this.position, ahead);
      const bytes = this.window.slice(this.position, ahead);
      const feed = bytes.indexOf(0x0a);
      const part = feed < 0 ? bytes : bytes.subarray(0, feed);
      this.position += feed < 0 ? part.length : feed + 1;
      const length = this.position - start;
      if (length > longestLineBytes) throw malformedPickle(this.name, `a line of more than ${longestLineBytes} bytes`);
      text = text === null || length > maxPickleTextBytes ? null : text + latin1Text(part);
      if (feed >= 0) return text;
    }
  }
}

function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
