import { weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '../byte-source.js';
import type { HeaderContext } from '../header.js';
import { readRange } from '../little-endian.js';

const longestPath = 1024;

/**
 * The path of an external data file as one relative to the model's folder, without `./`.
 * @throws formats/onnx-external-path for every path that leaves the folder or could
 */
export function parseExternalPath(modelName: string, path: string): string {
  const segments = path.split('/').filter((segment, index) => !(segment === '.' && index === 0));
  const isBeside =
    path.length <= longestPath &&
    !/[\\\0:]/.test(path) &&
    segments.length > 0 &&
    segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  if (!isBeside) throw weighbridgeError('formats/onnx-external-path', { name: modelName, path: path.slice(0, 200) });
  return segments.join('/');
}

/** Opens each external data file once. */
export class ExternalFiles {
  readonly #context: HeaderContext;
  readonly #opened = new Map<string, Promise<ByteSource | null>>();
  bytesRead = 0;

  constructor(context: HeaderContext) {
    this.#context = context;
  }

  open(path: string): Promise<ByteSource | null> {
    const opened = this.#opened.get(path) ?? this.#context.openBeside(path);
    this.#opened.set(path, opened);
    return opened;
  }

  /** A small range of a file that `open` found. */
  async read(source: ByteSource, offset: number, lengthBytes: number): Promise<Uint8Array> {
    this.bytesRead += lengthBytes;
    return readRange(source, offset, lengthBytes);
  }
}
