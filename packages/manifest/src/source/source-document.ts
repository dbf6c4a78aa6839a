import type { ErrorCode, ErrorFields } from '@weighbridge/core';
import { type DocumentPath, type Fault, makeFault } from './fault.js';
import type { LineIndex, Position } from './line-index.js';

/** Where one value of a document stands, as offsets into the text. */
export interface Spot {
  readonly offset: number;
  /** Offset of its key; null in lists and at the root. */
  readonly keyOffset: number | null;
  /** A scalar as it was written, without quotes and escapes resolved only where there are quotes. */
  readonly source: string | null;
  /** Spots of what it holds; null for scalars. */
  readonly children: ReadonlyMap<string | number, Spot> | null;
}

/** The plain values of a text together with where each stands. `value` is undefined when nothing could be read. */
export class SourceDocument {
  readonly file: string;
  readonly value: unknown;
  /** What was wrong with the text itself. */
  readonly faults: readonly Fault[];
  /** Made when the first place is asked for, where the reader leaves it to that. */
  private root: Spot | null | (() => Spot | null);
  private readonly lines: LineIndex;

  constructor(read: {
    file: string;
    value: unknown;
    faults: readonly Fault[];
    root: Spot | null | (() => Spot | null);
    lines: LineIndex;
  }) {
    this.file = read.file;
    this.value = read.value;
    this.faults = read.faults;
    this.root = read.root;
    this.lines = read.lines;
  }

  /** A scalar itself, a map or list by its key; null when it is not written. */
  locate(path: DocumentPath): Position | null {
    const spot = this.spot(path);
    return spot === null
      ? null
      : this.lines.position(spot.source === null ? (spot.keyOffset ?? spot.offset) : spot.offset);
  }

  locateKey(path: DocumentPath): Position | null {
    const spot = this.spot(path);
    return spot === null ? null : this.lines.position(spot.keyOffset ?? spot.offset);
  }

  /** The exact text of a scalar, so that 0.10 stays 0.10; null for maps, lists and what is not written. */
  sourceText(path: DocumentPath): string | null {
    return this.spot(path)?.source ?? null;
  }

  /** A fault at a value, or at the nearest thing around it that is written. */
  fault<Code extends ErrorCode>(code: Code, path: DocumentPath, fields: ErrorFields<Code>, at?: 'key'): Fault {
    let position: Position | null = null;
    for (let length = path.length; position === null && length >= 0; length--) {
      const part = path.slice(0, length);
      position = at === 'key' ? this.locateKey(part) : this.locate(part);
    }
    return makeFault({ file: this.file, position: position ?? { line: 1, column: 1 }, path }, code, fields);
  }

  private spot(path: DocumentPath): Spot | null {
    if (typeof this.root === 'function') this.root = this.root();
    let spot = this.root;
    for (const step of path) spot = spot?.children?.get(step) ?? null;
    return spot;
  }
}
