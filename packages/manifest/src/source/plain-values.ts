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
export interface ReadValue extends PlainNode {
  readonly end: number;
}

const maxDepth = 8;
const flowKey = /[A-Za-z_][A-Za-z0-9_-]{0,99}: +/y;
/** What a plain scalar of a flow collection may hold; it goes on to where another sign stands. */
const flowScalar = /[^,[\]{}"'#\n]*/y;
const quoted = /"([^"\\\n]*)"|'([^'\n]*)'(?!')/y;
/** Begins with no sign that means something (YAML 1.2.2, 7.3.3). */
const plainStart = /[A-Za-z0-9./_~^<=$(;\u00a1-\u1fff]/;
/** Nothing of this kind is a number, nor, where it is longer than `false`, a word that stands for something else. */
const lettersFirst = /^[A-Za-z_/]/;
const longestWord = 5;
const otherWord = /^(?:~|null|true|false)$/i;
/** Numbers of the core schema (YAML 1.2.2, 10.3.2), and what comes near them. */
const numeric = /^[-+.]*(?:[0-9][0-9.]*(?:[eE][-+]?[0-9]*)?|0[oOxX][0-9a-fA-F]*|inf|nan)$/i;
const number = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/;
const several = /^[0-9]+(?:\.[0-9]+){2,}$/;

/** A scalar in block context: plain or in quotes, on one line. Null where the full reader should look. */
export function readScalar(text: string, at: ValueAt): ReadValue | null {
  if (isQuote(text[at.begin])) return readQuoted(text, at);
  // In its line alone: to look on to the end of the text for each scalar would cost the square of their number.
  const line = text.slice(at.begin, at.end);
  const comment = line.indexOf(' #');
  return readPlain(comment === -1 ? line : withoutSpacesAfter(line.slice(0, comment)), at);
}

/** A flow list or map that closes on its line. */
export function readFlow(text: string, at: ValueAt): ReadValue | null {
  return new FlowReader(text, at).readCollection(at.keyOffset, 0);
}

/** Spaces alone: others that Unicode knows belong to the scalar. */
function withoutSpacesAfter(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ') end--;
  return text.slice(0, end);
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
  return { value, spot, end: quoted.lastIndex };
}

/** A plain scalar by its text. */
function readPlain(source: string, { begin, keyOffset, places }: ValueAt): ReadValue | null {
  if (source.includes(': ') || source.endsWith(':')) return null;
  const isText = source.length > longestWord && lettersFirst.test(source);
  const value = isText ? source : resolve(source);
  if (value === null) return null;
  const spot = places ? { offset: begin, keyOffset, source, children: null } : null;
  return { value, spot, end: begin + source.length };
}

/** What a plain scalar stands for. Of numbers only those are told here that are written as everybody writes them. */
function resolve(source: string): string | number | boolean | null {
  if (!plainStart.test(source[0] ?? '')) return null;
  if (source === 'true' || source === 'false') return source === 'true';
  if (otherWord.test(source)) return null;
  if (number.test(source)) {
    const value = Number(source);
    return Number.isSafeInteger(value) || source.includes('.') ? value : null;
  }
  return numeric.test(source) && !several.test(source) ? null : source;
}

/** Whether a text may be a key: no word that stands for something else, and none that every object answers to. */
export function isPlainKey(name: string): boolean {
  return !(name.length <= longestWord && otherWord.test(name)) && !isReservedKey(name);
}

/** The place of a map or list; null where places are not asked for. */
export function spotOf(children: Spot['children'], offset: number, keyOffset: number | null): Spot | null {
  return children === null ? null : { offset, keyOffset, source: null, children };
}

/** Reads on from where it stands; what it has read is behind it. */
class FlowReader {
  private readonly text: string;
  private readonly end: number;
  private readonly places: boolean;
  private at: number;

  constructor(text: string, { begin, end, places }: ValueAt) {
    this.text = text;
    this.end = end;
    this.places = places;
    this.at = begin;
  }

  readCollection(keyOffset: number | null, depth: number): ReadValue | null {
    if (depth > maxDepth) return null;
    return this.text[this.at] === '[' ? this.readList(keyOffset, depth) : this.readMap(keyOffset, depth);
  }

  private readList(keyOffset: number | null, depth: number): ReadValue | null {
    const begin = this.at;
    const value: unknown[] = [];
    const children = this.places ? new Map<number, Spot>() : null;
    let sign = this.passOpening(']');
    while (sign === ',') {
      this.skipSpaces();
      const item = this.readValue(null, depth);
      if (item === null) return null;
      if (item.spot !== null) children?.set(value.length, item.spot);
      value.push(item.value);
      sign = this.passSign();
    }
    return sign === ']' ? { value, spot: spotOf(children, begin, keyOffset), end: this.at } : null;
  }

  private readMap(keyOffset: number | null, depth: number): ReadValue | null {
    const begin = this.at;
    const value: Record<string, unknown> = {};
    const children = this.places ? new Map<string, Spot>() : null;
    let sign = this.passOpening('}');
    while (sign === ',') {
      this.skipSpaces();
      const start = this.at;
      const name = this.passKey();
      if (name === null || Object.hasOwn(value, name)) return null;
      const member = this.readValue(start, depth);
      if (member === null) return null;
      value[name] = member.value;
      if (member.spot !== null) children?.set(name, member.spot);
      sign = this.passSign();
    }
    return sign === '}' ? { value, spot: spotOf(children, begin, keyOffset), end: this.at } : null;
  }

  /** Answers the closing sign of a collection that holds nothing, and else a comma, as between members. */
  private passOpening(close: string): string {
    this.at++;
    this.skipSpaces();
    if (this.text[this.at] !== close) return ',';
    this.at++;
    return close;
  }

  /** The sign after a member; nothing where the line ends. */
  private passSign(): string {
    this.skipSpaces();
    return this.at < this.end ? (this.text[this.at++] ?? '') : '';
  }

  private passKey(): string | null {
    flowKey.lastIndex = this.at;
    if (!flowKey.test(this.text)) return null;
    const name = this.text.slice(this.at, this.text.indexOf(':', this.at));
    this.at = flowKey.lastIndex;
    return isPlainKey(name) ? name : null;
  }

  private readValue(keyOffset: number | null, depth: number): ReadValue | null {
    const sign = this.text[this.at];
    if (sign === '[' || sign === '{') return this.readCollection(keyOffset, depth + 1);
    const at = { begin: this.at, end: this.end, keyOffset, places: this.places };
    const read = isQuote(sign) ? readQuoted(this.text, at) : readPlain(this.scalarText(), at);
    if (read !== null) this.at = read.end;
    return read;
  }

  private scalarText(): string {
    flowScalar.lastIndex = this.at;
    flowScalar.test(this.text);
    return withoutSpacesAfter(this.text.slice(this.at, flowScalar.lastIndex));
  }

  private skipSpaces(): void {
    while (this.text[this.at] === ' ') this.at++;
  }
}
