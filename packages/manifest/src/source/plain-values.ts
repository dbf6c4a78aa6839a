import { isReservedKey } from './reserved-keys.js';
import type { Spot } from './source-document.js';

/** A value of a text as the full reader would give it. */
export interface PlainNode {
  readonly value: unknown;
  /** Its place; null where places are not asked for. */
  readonly spot: Spot | null;
}

/** Where a value is to be read: on one line, from `begin` to before `end`. */
export interface ValueAt {
  readonly begin: number;
  readonly end: number;
  /** Of the key that it belongs to; null in lists. */
  readonly keyOffset: number | null;
  /** Whether places are asked for. */
  readonly places: boolean;
}

/** A value and the offset after it. */
export interface ReadValue {
  readonly node: PlainNode;
  readonly end: number;
}

const maxDepth = 8;
const flowKey = /([A-Za-z_][A-Za-z0-9_-]{0,99}): +/y;
const quoted = /"([^"\\\n]*)"|'([^'\n]*)'(?!')/y;
/** Begins with no sign that means something (YAML 1.2.2, 7.3.3). */
const plainStart = /[A-Za-z0-9./_~^<=$(;\u00a1-\u1fff]/;
const otherWord = /^(?:~|null|true|false)$/i;
/** Numbers of the core schema (YAML 1.2.2, 10.3.2), and what comes near them. */
const numeric = /^[-+.]*(?:[0-9][0-9.]*(?:[eE][-+]?[0-9]*)?|0[oOxX][0-9a-fA-F]*|inf|nan)$/i;
const number = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/;
const several = /^[0-9]+(?:\.[0-9]+){2,}$/;

/** A scalar in block context: plain or in quotes, on one line. Null where the full reader should look. */
export function readScalar(text: string, at: ValueAt): ReadValue | null {
  if (isQuote(text[at.begin])) return readQuoted(text, at);
  // In its line alone: to look on to the end of the text for each scalar would cost the square of their number.
  const comment = text.slice(at.begin, at.end).indexOf(' #');
  let end = comment === -1 ? at.end : at.begin + comment;
  while (end > at.begin && text[end - 1] === ' ') end--;
  return resolve(text.slice(at.begin, end), { ...at, end });
}

/** A flow list or map that closes on its line. */
export function readFlow(text: string, at: ValueAt): ReadValue | null {
  return new FlowReader(text, at.end, at.places).readCollection(at.begin, at.keyOffset, 0);
}

function isQuote(sign: string | undefined): boolean {
  return sign === '"' || sign === "'";
}

function readQuoted(text: string, { begin, end, keyOffset, places }: ValueAt): ReadValue | null {
  quoted.lastIndex = begin;
  const match = quoted.exec(text);
  if (match === null || quoted.lastIndex > end) return null;
  const value = match[1] ?? match[2] ?? '';
  const spot = places ? { offset: begin, keyOffset, source: value, children: null } : null;
  return { node: { value, spot }, end: quoted.lastIndex };
}

/** A plain scalar by its text. Of numbers only those are told here that are written as everybody writes them. */
function resolve(source: string, { begin, end, keyOffset, places }: ValueAt): ReadValue | null {
  if (!plainStart.test(source[0] ?? '') || source.includes(': ') || source.endsWith(':')) return null;
  const spot: Spot | null = places ? { offset: begin, keyOffset, source, children: null } : null;
  const read = (value: unknown): ReadValue => ({ node: { value, spot }, end });
  if (source === 'true' || source === 'false') return read(source === 'true');
  if (otherWord.test(source)) return null;
  if (number.test(source)) {
    const value = Number(source);
    return Number.isSafeInteger(value) || source.includes('.') ? read(value) : null;
  }
  return numeric.test(source) && !several.test(source) ? null : read(source);
}

/** The place of a map or list; null where places are not asked for. */
export function spotOf(children: Spot['children'], offset: number, keyOffset: number | null): Spot | null {
  return children === null ? null : { offset, keyOffset, source: null, children };
}

class FlowReader {
  private readonly text: string;
  private readonly end: number;
  private readonly places: boolean;

  constructor(text: string, end: number, places: boolean) {
    this.text = text;
    this.end = end;
    this.places = places;
  }

  readCollection(begin: number, keyOffset: number | null, depth: number): ReadValue | null {
    if (depth > maxDepth) return null;
    return this.text[begin] === '[' ? this.readList(begin, keyOffset, depth) : this.readMap(begin, keyOffset, depth);
  }

  private readList(begin: number, keyOffset: number | null, depth: number): ReadValue | null {
    const value: unknown[] = [];
    const children = this.places ? new Map<number, Spot>() : null;
    const end = this.readMembers(begin + 1, ']', (from) => {
      const item = this.readValue(from, null, depth);
      if (item === null) return null;
      if (item.node.spot !== null) children?.set(value.length, item.node.spot);
      value.push(item.node.value);
      return item.end;
    });
    return end === null ? null : { node: { value, spot: spotOf(children, begin, keyOffset) }, end };
  }

  private readMap(begin: number, keyOffset: number | null, depth: number): ReadValue | null {
    const value: Record<string, unknown> = {};
    const children = this.places ? new Map<string, Spot>() : null;
    const end = this.readMembers(begin + 1, '}', (from) => {
      flowKey.lastIndex = from;
      const name = flowKey.exec(this.text)?.[1] ?? '';
      if (name === '' || otherWord.test(name) || isReservedKey(name) || Object.hasOwn(value, name)) return null;
      const member = this.readValue(flowKey.lastIndex, from, depth);
      if (member === null) return null;
      value[name] = member.node.value;
      if (member.node.spot !== null) children?.set(name, member.node.spot);
      return member.end;
    });
    return end === null ? null : { node: { value, spot: spotOf(children, begin, keyOffset) }, end };
  }

  /** Members between commas up to the closing sign; answers the offset after that. */
  private readMembers(begin: number, close: string, read: (from: number) => number | null): number | null {
    let at = this.skipSpaces(begin);
    if (this.text[at] === close) return at + 1;
    while (at < this.end) {
      const after = read(at);
      if (after === null) return null;
      at = this.skipSpaces(after);
      if (at >= this.end) return null;
      if (this.text[at] === close) return at + 1;
      if (this.text[at] !== ',') return null;
      at = this.skipSpaces(at + 1);
    }
    return null;
  }

  private readValue(begin: number, keyOffset: number | null, depth: number): ReadValue | null {
    const sign = this.text[begin];
    if (sign === '[' || sign === '{') return this.readCollection(begin, keyOffset, depth + 1);
    if (isQuote(sign)) return readQuoted(this.text, { begin, end: this.end, keyOffset, places: this.places });
    let end = begin;
    while (end < this.end && !/[,[\]{}"'#]/.test(this.text[end] ?? '')) end++;
    while (end > begin && this.text[end - 1] === ' ') end--;
    return resolve(this.text.slice(begin, end), { begin, end, keyOffset, places: this.places });
  }

  private skipSpaces(from: number): number {
    let at = from;
    while (this.text[at] === ' ') at++;
    return at;
  }
}
