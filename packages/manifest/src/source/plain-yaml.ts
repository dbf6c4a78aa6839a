import { isPlainKey, type PlainNode, readFlow, readScalar, spotOf } from './plain-values.js';
import type { Spot } from './source-document.js';

/** One line that says something. */
interface Line {
  /** Spaces before it. */
  readonly indent: number;
  /** Offset in the text of the first sign after them. */
  readonly start: number;
  /** Offset after its last sign; what follows are spaces. */
  readonly end: number;
}

/** Far below what the full reader bears; manifests nest three deep. */
const maxDepth = 8;
const key = /[A-Za-z_][A-Za-z0-9_-]{0,99}:(?: +|$)/my;
/** Signs that have a meaning in no place where we read over them. */
const otherSigns = /[^\n\x20-\x7e\u00a1-\u1fff\u2010-\u2027\u2030-\ud7ff\uf900-\ufdff]/;

/**
 * The document of a text in the form in which nearly every manifest is written: maps and lists by indentation, flow
 * collections and scalars that end on their line. It gives what the full reader gives, value by value and place by place,
 * and takes a small part of its time, which tells where a repository has hundreds of manifests. Null for every text that
 * holds more than that or may be wrong: then the full reader has the word. Places are made where they are asked for: of a
 * document without faults few are looked at, and they are most of what reading it takes.
 */
export function readPlainYaml(text: string, places = true): PlainNode | null {
  if (otherSigns.test(text)) return null;
  const reader = new PlainReader(text, places);
  const root = reader.readMap(0, null, 0);
  return root === null || !reader.isAtEnd ? null : root;
}

class PlainReader {
  private readonly text: string;
  private readonly lines: readonly Line[];
  private readonly places: boolean;
  private at = 0;

  constructor(text: string, places: boolean) {
    this.text = text;
    this.places = places;
    this.lines = contentLines(text);
  }

  get isAtEnd(): boolean {
    return this.at === this.lines.length;
  }

  /** The map whose first key stands at `from`, or at the begin of the line; each other key begins a line of that indent. */
  readMap(indent: number, keyOffset: number | null, depth: number, from?: number): PlainNode | null {
    const first = this.lines[this.at];
    if (first === undefined || depth > maxDepth || (from === undefined && first.indent !== indent)) return null;
    const value: Record<string, unknown> = {};
    const children = this.places ? new Map<string, Spot>() : null;
    const offset = from ?? first.start;
    let start: number | undefined = offset;
    while (start !== undefined) {
      const entry = this.readEntry(start, indent, depth);
      if (entry === null || Object.hasOwn(value, entry.name)) return null;
      value[entry.name] = entry.node.value;
      if (entry.node.spot !== null) children?.set(entry.name, entry.node.spot);
      const next = this.lines[this.at];
      start = next?.indent === indent && !this.isItem(next) ? next.start : undefined;
    }
    return { value, spot: spotOf(children, offset, keyOffset) };
  }

  private readEntry(
    start: number,
    indent: number,
    depth: number,
  ): { readonly name: string; readonly node: PlainNode } | null {
    const line = this.lines[this.at] as Line;
    const name = this.keyAt(start);
    if (name === null) return null;
    const begin = key.lastIndex;
    if (begin < line.end && this.text[begin] !== '#') {
      const node = this.readInline(begin, start);
      return node === null || this.isDeeper(indent) ? null : { name, node };
    }
    this.at++;
    const node = this.readBelow(indent, start, depth);
    return node === null ? null : { name, node };
  }

  /** What follows a key that has nothing on its own line. */
  private readBelow(indent: number, keyOffset: number, depth: number): PlainNode | null {
    const next = this.lines[this.at];
    if (next === undefined) return null;
    // A list may stand as far left as the key that it belongs to.
    if (this.isItem(next)) return next.indent < indent ? null : this.readList(next.indent, keyOffset, depth + 1);
    return next.indent > indent ? this.readMap(next.indent, keyOffset, depth + 1) : null;
  }

  private readList(indent: number, keyOffset: number, depth: number): PlainNode | null {
    const first = this.lines[this.at] as Line;
    if (depth > maxDepth) return null;
    const value: unknown[] = [];
    const children = this.places ? new Map<number, Spot>() : null;
    for (let line: Line | undefined = first; line?.indent === indent && this.isItem(line); line = this.lines[this.at]) {
      const begin = this.skipSpaces(line.start + 1);
      const isMap = this.keyAt(begin) !== null;
      const node = isMap
        ? this.readMap(indent + begin - line.start, null, depth + 1, begin)
        : this.readInline(begin, null);
      if (node === null || this.isDeeper(indent)) return null;
      if (node.spot !== null) children?.set(value.length, node.spot);
      value.push(node.value);
    }
    return { value, spot: spotOf(children, first.start, keyOffset) };
  }

  /** A value that ends on this line, with nothing but a comment after it. */
  private readInline(begin: number, keyOffset: number | null): PlainNode | null {
    const { end } = this.lines[this.at] as Line;
    this.at++;
    const sign = this.text[begin];
    const isFlow = sign === '[' || sign === '{';
    const read = (isFlow ? readFlow : readScalar)(this.text, { begin, end, keyOffset, places: this.places });
    if (read === null) return null;
    const rest = this.skipSpaces(read.end);
    const isComment = this.text[rest] === '#' && rest > read.end;
    return rest >= end || isComment ? read : null;
  }

  private keyAt(start: number): string | null {
    key.lastIndex = start;
    if (!key.test(this.text)) return null;
    const name = this.text.slice(start, this.text.indexOf(':', start));
    return isPlainKey(name) ? name : null;
  }

  /** Whether the next line stands further right, where something that has ended would go on. */
  private isDeeper(indent: number): boolean {
    const next = this.lines[this.at];
    return next !== undefined && next.indent > indent;
  }

  private isItem({ start }: Line): boolean {
    return this.text[start] === '-' && this.text[start + 1] === ' ';
  }

  private skipSpaces(from: number): number {
    let at = from;
    while (this.text[at] === ' ') at++;
    return at;
  }
}

/** Lines without those that are empty or hold a comment only. */
function contentLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let begin = 0; begin < text.length; ) {
    const newline = text.indexOf('\n', begin);
    const stop = newline === -1 ? text.length : newline;
    let start = begin;
    while (start < stop && text[start] === ' ') start++;
    let end = stop;
    while (end > start && text[end - 1] === ' ') end--;
    if (start < end && text[start] !== '#') lines.push({ indent: start - begin, start, end });
    begin = stop + 1;
  }
  return lines;
}
