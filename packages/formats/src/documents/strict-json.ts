import { type JsonObject, type JsonValue, weighbridgeError } from '@weighbridge/core';

/** Bounds of strict JSON unless the caller sets others. Real tokenizers reach 35 MB and 5 levels. */
export const strictJsonLimits = { characters: 64 * 1024 * 1024, depth: 64, values: 16_000_000 } as const;

export interface StrictJsonOptions {
  /** What messages call the text; default `the document`. */
  readonly name?: string;
  readonly maxCharacters?: number;
  /** How deep lists and objects may lie in each other. */
  readonly maxDepth?: number;
  readonly maxValues?: number;
  /**
   * Python writes NaN, Infinity and -Infinity, which JSON does not know. `refuse` (the default) raises an error,
   * `keep-as-text` answers the word as a string.
   */
  readonly nonFinite?: 'refuse' | 'keep-as-text';
  /** What becomes of a number, given as it stands in the text; default `Number`. Null refuses it. */
  readonly reviveNumber?: (text: string) => JsonValue;
}

/**
 * Parses JSON by RFC 8259 and not a byte more: no duplicate names, no comments, no lone surrogates, no byte order mark,
 * no numbers beyond the range of a double. Objects have no prototype, so that `__proto__`, `constructor` and the like
 * are ordinary names. Runs in linear time; the bounds hold before anything is built.
 * @throws formats/json-malformed with line and column, formats/document-too-large
 */
export function parseStrictJson(text: string, options: StrictJsonOptions = {}): JsonValue {
  const maxCharacters = options.maxCharacters ?? strictJsonLimits.characters;
  const name = options.name ?? 'the document';
  if (text.length > maxCharacters) {
    throw weighbridgeError('formats/document-too-large', { name, limit: maxCharacters, what: 'characters' });
  }
  return new StrictJsonParser(text, name, options).parse();
}

/** Strict JSON whose outermost value is an object. @throws as parseStrictJson */
export function parseStrictJsonObject(text: string, options: StrictJsonOptions = {}): JsonObject {
  const value = parseStrictJson(text, options);
  if (isJsonObject(value)) return value;
  const name = options.name ?? 'the document';
  throw weighbridgeError('formats/json-malformed', { name, line: 1, column: 1, reason: 'an object was expected' });
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const spacePattern = /[ \t\r\n]*/y;
const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const wordPattern = /true|false|null|NaN|-?Infinity/y;
/** The stretch of a string up to its end, an escape or a character that must be escaped. */
const plainPattern = /[^"\\\u0000-\u001f]*/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class StrictJsonParser {
  readonly #text: string;
  readonly #name: string;
  readonly #maxDepth: number;
  readonly #maxValues: number;
  readonly #nonFinite: 'refuse' | 'keep-as-text';
  readonly #reviveNumber: (text: string) => JsonValue;
  #position = 0;
  #depth = 0;
  #values = 0;

  constructor(text: string, name: string, options: StrictJsonOptions) {
    this.#text = text;
    this.#name = name;
    this.#maxDepth = options.maxDepth ?? strictJsonLimits.depth;
    this.#maxValues = options.maxValues ?? strictJsonLimits.values;
    this.#nonFinite = options.nonFinite ?? 'refuse';
    this.#reviveNumber = options.reviveNumber ?? Number;
  }

  parse(): JsonValue {
    const value = this.#value();
    this.#space();
    if (this.#position < this.#text.length) throw this.#fault('something follows the end of the value');
    return value;
  }

  #value(): JsonValue {
    this.#space();
    this.#values += 1;
    if (this.#values > this.#maxValues) throw this.#tooLarge(this.#maxValues, 'values');
    switch (this.#text.charAt(this.#position)) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#list());
      case '"':
        return this.#string();
      default:
        return this.#scalar();
    }
  }

  #nested<Value>(read: () => Value): Value {
    if (this.#depth >= this.#maxDepth) throw this.#tooLarge(this.#maxDepth, 'levels of nesting');
    this.#depth += 1;
    this.#position += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): JsonObject {
    const members: Record<string, JsonValue> = Object.create(null);
    if (this.#accept('}')) return members;
    do {
      this.#space();
      const start = this.#position;
      if (this.#text[start] !== '"') throw this.#fault('a name in double quotes was expected');
      const key = this.#string();
      if (key in members) throw this.#fault(`the name ${quote(key)} stands twice`, start);
      if (!this.#accept(':')) throw this.#fault('a colon was expected');
      members[key] = this.#value();
    } while (this.#accept(','));
    if (!this.#accept('}')) throw this.#fault('a comma or } was expected');
    return members;
  }

  #list(): readonly JsonValue[] {
    const items: JsonValue[] = [];
    if (this.#accept(']')) return items;
    do items.push(this.#value());
    while (this.#accept(','));
    if (!this.#accept(']')) throw this.#fault('a comma or ] was expected');
    return items;
  }

  #string(): string {
    const start = this.#position;
    this.#position += 1;
    let value = this.#match(plainPattern) ?? '';
    while (this.#text[this.#position] === '\\') value += this.#escape() + (this.#match(plainPattern) ?? '');
    if (this.#position >= this.#text.length) throw this.#fault('the text ends within a string', start);
    if (this.#text[this.#position] !== '"') throw this.#fault('a control character stands in a string');
    this.#position += 1;
    if (!isWellFormed(value)) throw this.#fault('a string holds half of a surrogate pair', start);
    return value;
  }

  #escape(): string {
    const letter = this.#text[this.#position + 1] ?? '';
    if (letter === 'u') {
      const digits = this.#text.slice(this.#position + 2, this.#position + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#fault('\\u needs four hexadecimal digits');
      this.#position += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    if (!Object.hasOwn(escapes, letter)) throw this.#fault('an unknown escape stands in a string');
    this.#position += 2;
    return escapes[letter] as string;
  }

  #scalar(): JsonValue {
    const start = this.#position;
    const word = this.#match(wordPattern);
    if (word !== null) return this.#word(word, start);
    const digits = this.#match(numberPattern);
    if (digits === null) {
      throw this.#fault(
        start >= this.#text.length ? 'the text ends where a value was expected' : 'a value was expected',
      );
    }
    if (!Number.isFinite(Number(digits))) throw this.#fault('a number is too large', start);
    const value = this.#reviveNumber(digits);
    if (value === null) throw this.#fault(`the number ${digits.slice(0, 40)} is not allowed here`, start);
    return value;
  }

  #word(word: string, start: number): JsonValue {
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return word === 'true';
    if (this.#nonFinite === 'keep-as-text') return word;
    throw this.#fault(`${word} is no JSON`, start);
  }

  #accept(character: string): boolean {
    this.#space();
    if (this.#text[this.#position] !== character) return false;
    this.#position += 1;
    return true;
  }

  #space(): void {
    // The pattern is slow to start, and compact JSON has no space to skip.
    if (this.#text.charCodeAt(this.#position) <= 0x20) this.#match(spacePattern);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#position += found.length;
    return found;
  }

  #tooLarge(limit: number, what: string): Error {
    return weighbridgeError('formats/document-too-large', { name: this.#name, limit, what });
  }

  #fault(reason: string, position = this.#position): Error {
    const before = this.#text.slice(0, position);
    const line = before.split('\n').length;
    const column = position - before.lastIndexOf('\n');
    return weighbridgeError('formats/json-malformed', { name: this.#name, line, column, reason });
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function isWellFormed(text: string): boolean {
  return !loneSurrogate.test(text);
}
