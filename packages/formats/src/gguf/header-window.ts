import { type JsonValue, weighbridgeError, WeighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import { LittleEndianCursor, readRange } from '../little-endian.js';

/** What is read beyond the bytes that the header is known to have, and so the most that is read of the tensors. */
export const ggufWindowBytes = 64 * 1024;

/** Vocabulary, scores and merges of the largest tokenizers take about 20 MB. */
export const maxGgufHeaderBytes = 128 * 1024 * 1024;

/**
 * The beginning of a file, which grows as the header turns out to be longer. Each step is parsed from the bytes at
 * hand; when they do not suffice, the window grows to what the step is known to need and the step runs again.
 */
export class HeaderWindow {
  readonly source: ByteSource;
  #bytes = new Uint8Array(0);
  #lengthBytes = 0;
  #position = 0;

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** Where the next step begins. */
  get position(): number {
    return this.#position;
  }

  get bytesRead(): number {
    return this.#lengthBytes;
  }

  /**
   * Parses one step. `parse` must be repeatable; `bytesAfter` is how many bytes of header are known to follow it.
   * @throws formats/truncated, formats/header-too-large and what `parse` throws
   */
  async step<Value>(bytesAfter: number, parse: (cursor: LittleEndianCursor) => Value): Promise<Value> {
    for (;;) {
      const cursor = new LittleEndianCursor(this.#bytes.subarray(0, this.#lengthBytes), {
        position: this.#position,
        onShortage: ({ neededBytes }) => this.#truncated(neededBytes),
      });
      try {
        const value = parse(cursor);
        this.#position = cursor.position;
        return value;
      } catch (cause) {
        const neededBytes = shortageOf(cause);
        if (neededBytes === null || neededBytes > this.source.sizeBytes) throw cause;
        await this.#grow(neededBytes, bytesAfter);
      }
    }
  }

  async #grow(neededBytes: number, bytesAfter: number): Promise<void> {
    if (neededBytes > maxGgufHeaderBytes) {
      throw weighbridgeError('formats/header-too-large', { name: this.source.name, limitBytes: maxGgufHeaderBytes });
    }
    const target = Math.min(
      neededBytes + bytesAfter + ggufWindowBytes,
      this.source.sizeBytes,
      maxGgufHeaderBytes + ggufWindowBytes,
    );
    const more = await readRange(this.source, this.#lengthBytes, target - this.#lengthBytes);
    if (target > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(target, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, this.#lengthBytes));
      this.#bytes = larger;
    }
    this.#bytes.set(more, this.#lengthBytes);
    this.#lengthBytes = target;
  }

  #truncated(neededBytes: number): WeighbridgeError {
    const { name, sizeBytes } = this.source;
    return weighbridgeError('formats/truncated', { name, sizeBytes, neededBytes });
  }
}

function shortageOf(cause: unknown): number | null {
  if (!(cause instanceof WeighbridgeError) || cause.code !== 'formats/truncated') return null;
  return Number(cause.fields['neededBytes']);
}

/** A length, count or offset that must be usable as a number. @throws formats/gguf-malformed */
export function countOf(value: bigint, what: string, name: string): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw malformedGguf(name, `${what} is ${value}`);
  return Number(value);
}

export function malformedGguf(name: string, reason: string, cause?: unknown): WeighbridgeError {
  return weighbridgeError('formats/gguf-malformed', { name, reason }, { cause });
}

/** Names as messages show them. */
export function quoteName(text: JsonValue): string {
  return JSON.stringify(typeof text === 'string' && text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
