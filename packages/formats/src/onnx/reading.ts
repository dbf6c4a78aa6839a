import { parseUtf8, weighbridgeError } from '@weighbridge/core';
import type { ByteWindow } from '../byte-window.js';
import type { ExternalFiles } from './external-data.js';
import { malformedModel, readPackedVarints, walkFields, type WireField } from './wire.js';

/** Nodes, wires, tensors and values of one model, all subgraphs together. */
const mostParts = 2_000_000;

/** If, Loop and Scan inside each other. */
export const deepestNesting = 64;

const longestTextBytes = 64 * 1024;

/** One walk over one model: the window, what is counted against its bounds, and the small reads that all parts share. */
export class ModelReading {
  readonly window: ByteWindow;
  readonly external: ExternalFiles;
  readonly name: string;
  #parts = 0;

  constructor(window: ByteWindow, external: ExternalFiles) {
    this.window = window;
    this.external = external;
    this.name = window.source.name;
  }

  /** Counts one part of the model. @throws formats/too-complex */
  count(): void {
    this.#parts += 1;
    if (this.#parts <= mostParts) return;
    throw weighbridgeError('formats/too-complex', {
      name: this.name,
      what: 'nodes, wires and tensors',
      limit: mostParts,
    });
  }

  /** A string field. @throws formats/onnx-malformed when it is no UTF-8 or longer than any name */
  async text(field: WireField): Promise<string> {
    const bytes = await this.bytes(field);
    try {
      return parseUtf8(bytes);
    } catch (cause) {
      throw weighbridgeError(
        'formats/onnx-malformed',
        { name: this.name, reason: 'text that is not UTF-8' },
        { cause },
      );
    }
  }

  /** A small bytes field; the view is good until the next read. */
  async bytes(field: WireField): Promise<Uint8Array> {
    const lengthBytes = field.end - field.start;
    if (field.wireType !== 2) throw malformedModel(this.name, `no text at byte ${field.start}`);
    if (lengthBytes > longestTextBytes) {
      throw malformedModel(this.name, `a text of ${lengthBytes} bytes at byte ${field.start}`);
    }
    if (!this.window.covers(field.start, lengthBytes)) await this.window.load(field.start, lengthBytes);
    return this.window.slice(field.start, lengthBytes);
  }

  /** Varints of a repeated field, packed or one by one. */
  async varints(field: WireField): Promise<readonly (number | bigint)[]> {
    return field.wireType === 0 ? [field.varint] : readPackedVarints(this.window, field);
  }

  /** A StringStringEntryProto; `value` is null when it is too long to be read. */
  async entry(field: WireField): Promise<{ key: string; value: string | null; sizeBytes: number }> {
    const entry: { key: string; value: string | null; sizeBytes: number } = { key: '', value: '', sizeBytes: 0 };
    await this.message(field, async (inner) => {
      if (inner.number === 1) entry.key = await this.text(inner);
      if (inner.number !== 2) return;
      entry.sizeBytes = inner.end - inner.start;
      entry.value = entry.sizeBytes <= longestTextBytes ? await this.text(inner) : null;
    });
    return entry;
  }

  /** Walks a message field. @throws formats/onnx-malformed when it is none */
  async message(field: WireField, visit: Parameters<typeof walkFields>[3]): Promise<void> {
    if (field.wireType !== 2) throw malformedModel(this.name, `no message at byte ${field.start}`);
    await walkFields(this.window, field.start, field.end, visit);
  }
}
