import type { ErrorCode, ErrorFields } from '@weighbridge/core';
import { type Fault, makeFault } from './fault.js';
import { LineIndex } from './line-index.js';
import { showText } from './quoting.js';
import { SourceDocument, type Spot } from './source-document.js';

/** Nesting of a lock: headers are shallow. */
const maxJsonDepth = 64;

/** Lengths are bounded because a regular expression needs memory for what it may have to give back. */
const number = /-?(?:0|[1-9]\d{0,400})(?:\.\d{1,400})?(?:[eE][+-]?\d{1,9})?/y;
const word = /true|false|null/y;
/** The one name that a plain object cannot hold like any other. Tensors may have every other name. */
const unholdableKey = '__proto__';

/**
 * Reads JSON (RFC 8259) with the place of every value and with repeated keys as faults, which JSON.parse cannot tell.
 * Stops at the first place that is not JSON. Linear in the text; the caller bounds its size.
 */
export function readJson(file: string, source: string): SourceDocument {
  const lines = new LineIndex(source);
  const reader = new JsonReader(file, source, lines);
  const read = reader.readDocument();
  return new SourceDocument({ file, value: read?.value, faults: reader.faults, root: read?.spot ?? null, lines });
}

interface ReadValue {
  readonly value: unknown;
  readonly spot: Spot;
}

class JsonReader {
  readonly faults: Fault[] = [];
  private readonly file: string;
  private readonly source: string;
  private readonly lines: LineIndex;
  private offset = 0;

  constructor(file: string, source: string, lines: LineIndex) {
    this.file = file;
    this.source = source;
    this.lines = lines;
  }

  readDocument(): ReadValue | null {
    const read = this.readValue(null, 0);
    if (read === null) return null;
    this.skipSpace();
    return this.offset === this.source.length ? read : this.stop('something follows the end of the document');
  }

  private readValue(keyOffset: number | null, depth: number): ReadValue | null {
    this.skipSpace();
    const at = { offset: this.offset, keyOffset };
    if (depth > maxJsonDepth) {
      this.report(this.offset, 'manifest/too-deep', { maxDepth: maxJsonDepth });
      return null;
    }
    const first = this.source[this.offset];
    if (first === '{') return this.readMembers(at, depth);
    if (first === '[') return this.readItems(at, depth);
    const written = first === '"' ? this.takeText() : this.take(first === '-' || isDigit(first) ? number : word);
    if (written === null)
      return this.stop(first === '"' ? 'a text that is not closed or holds a bad escape' : 'a value was expected');
    return { value: JSON.parse(written), spot: { ...at, source: written, children: null } };
  }

  private readMembers(at: Pick<Spot, 'offset' | 'keyOffset'>, depth: number): ReadValue | null {
    const value = new Map<string, unknown>();
    const children = new Map<string, Spot>();
    this.offset++;
    for (let count = 0; !this.skip('}'); count++) {
      if (count > 0 && !this.skip(',')) return this.stop('a comma or } was expected');
      this.skipSpace();
      const keyOffset = this.offset;
      const written = this.takeText();
      if (written === null) return this.stop('a key in double quotes was expected');
      if (!this.skip(':')) return this.stop('a colon was expected');
      const key = JSON.parse(written) as string;
      const read = this.readValue(keyOffset, depth + 1);
      if (read === null) return null;
      this.keep(key, keyOffset, read, { value, children });
    }
    return { value: Object.fromEntries(value), spot: { ...at, source: null, children } };
  }

  private readItems(at: Pick<Spot, 'offset' | 'keyOffset'>, depth: number): ReadValue | null {
    const value: unknown[] = [];
    const children = new Map<number, Spot>();
    this.offset++;
    for (let count = 0; !this.skip(']'); count++) {
      if (count > 0 && !this.skip(',')) return this.stop('a comma or ] was expected');
      const read = this.readValue(null, depth + 1);
      if (read === null) return null;
      children.set(value.length, read.spot);
      value.push(read.value);
    }
    return { value, spot: { ...at, source: null, children } };
  }

  private keep(
    key: string,
    keyOffset: number,
    read: ReadValue,
    members: { value: Map<string, unknown>; children: Map<string, Spot> },
  ): void {
    const first = members.children.get(key);
    if (key === unholdableKey) {
      this.report(keyOffset, 'manifest/reserved-key', { key });
      return;
    }
    if (first === undefined) {
      members.value.set(key, read.value);
      members.children.set(key, read.spot);
      return;
    }
    const firstLine = this.lines.position(first.keyOffset ?? first.offset).line;
    this.report(keyOffset, 'manifest/duplicate-key', { key: showText(key), firstLine });
  }

  private skip(char: string): boolean {
    this.skipSpace();
    if (this.source[this.offset] !== char) return false;
    this.offset++;
    return true;
  }

  private skipSpace(): void {
    for (let char = this.source[this.offset]; isSpace(char); char = this.source[this.offset]) this.offset++;
  }

  /** A text with its quotes: up to the first quote that no odd number of backslashes precedes. */
  private takeText(): string | null {
    if (this.source[this.offset] !== '"') return null;
    let end = this.source.indexOf('"', this.offset + 1);
    while (end !== -1 && this.isEscaped(end)) end = this.source.indexOf('"', end + 1);
    if (end === -1) return null;
    const written = this.source.slice(this.offset, end + 1);
    if (parseJson(written) === undefined) return null;
    this.offset = end + 1;
    return written;
  }

  private isEscaped(quote: number): boolean {
    let start = quote;
    while (this.source[start - 1] === '\\') start--;
    return (quote - start) % 2 === 1;
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.source)?.[0];
    if (found === undefined) return null;
    this.offset += found.length;
    return found;
  }

  private stop(reason: string): null {
    this.report(this.offset, 'manifest/syntax', { reason });
    return null;
  }

  private report<Code extends ErrorCode>(offset: number, code: Code, fields: ErrorFields<Code>): void {
    this.faults.push(makeFault({ file: this.file, position: this.lines.position(offset), path: [] }, code, fields));
  }
}

/** The value of a JSON text, or undefined when it is none. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\n' || char === '\t' || char === '\r';
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}
