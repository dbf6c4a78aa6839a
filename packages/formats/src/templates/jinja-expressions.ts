import type { JinjaToken } from './jinja-tokens.js';

/** What an expression of Jinja2 asks of its names. `use` is whatever needs all its parts: sums, members, calls. */
export type JinjaExpression =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'constant'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list' | 'use' | 'all' | 'any'; readonly parts: readonly JinjaExpression[] }
  | { readonly kind: 'not'; readonly of: JinjaExpression }
  | {
      readonly kind: 'choice';
      readonly test: JinjaExpression;
      readonly then: JinjaExpression;
      readonly otherwise: JinjaExpression | null;
    }
  | { readonly kind: 'comparison'; readonly parts: readonly JinjaExpression[]; readonly signs: readonly string[] }
  | {
      readonly kind: 'filter' | 'test';
      readonly name: string;
      readonly of: JinjaExpression;
      readonly given: readonly JinjaExpression[];
    };

/** Expressions deeper than this, or with longer chains of filters, are taken for a use of each of their names. */
const maxNesting = 100;
const comparisons = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', 'not in']);
const sums = new Set(['+', '-', '*', '/', '//', '%', '**', '~']);

/**
 * Reads the tokens of a piece one after another, by the grammar of Jinja2 3.1. Words such as `if` or `in` are keywords only
 * where that grammar has them. It answers for any tokens: what the grammar does not know is passed over.
 */
export class JinjaReader {
  readonly #tokens: readonly JinjaToken[];
  #place = 0;
  #depth = 0;

  constructor(tokens: readonly JinjaToken[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#place >= this.#tokens.length;
  }

  /** Whether these words and signs come next. */
  sees(...values: readonly string[]): boolean {
    return values.every((value, offset) => {
      const token = this.#tokens[this.#place + offset];
      return token?.value === value && token.kind !== 'text';
    });
  }

  /** Goes past these words and signs if they come next. */
  skips(...values: readonly string[]): boolean {
    if (!this.sees(...values)) return false;
    this.#place += values.length;
    return true;
  }

  /** Goes past whatever comes next. */
  skipOne(): void {
    this.#place += 1;
  }

  /** The next token if it is a name, gone past; else null. */
  takeName(): string | null {
    const token = this.#tokens[this.#place];
    if (token?.kind !== 'name') return null;
    this.#place += 1;
    return token.value;
  }

  /** All expressions up to the end. */
  takeRest(): JinjaExpression[] {
    const found: JinjaExpression[] = [];
    while (!this.atEnd) {
      const before = this.#place;
      if (!this.#isClosing()) found.push(this.takeExpression());
      if (this.#place === before) this.#place += 1;
    }
    return found;
  }

  /** Expressions between commas; `plain` ones hold no inline `if`, which belongs to the statement. */
  takeList(plain = false): JinjaExpression[] {
    const found = [plain ? this.#takeAny() : this.takeExpression()];
    while (this.skips(',') && !this.atEnd) found.push(plain ? this.#takeAny() : this.takeExpression());
    return found;
  }

  /** One expression, with its inline conditions. */
  takeExpression(): JinjaExpression {
    if (this.#depth >= maxNesting) return this.#takeFlat();
    this.#depth += 1;
    let found = this.#takeAny();
    for (let links = 0; this.skips('if'); links += 1) {
      const test = this.#takeAny();
      const otherwise = this.skips('else') ? this.takeExpression() : null;
      found = links < maxNesting ? { kind: 'choice', test, then: found, otherwise } : found;
    }
    this.#depth -= 1;
    return found;
  }

  /** Names of parameters and what they default to, between brackets. */
  takeSignature(): { readonly names: string[]; readonly defaults: JinjaExpression[] } {
    const names: string[] = [];
    const defaults: JinjaExpression[] = [];
    if (!this.skips('(')) return { names, defaults };
    while (!this.atEnd && !this.skips(')')) {
      const name = this.takeName();
      if (name !== null) names.push(name);
      if (this.skips('=')) defaults.push(this.takeExpression());
      else if (name === null) this.#place += 1;
    }
    return { names, defaults };
  }

  /** `not`, `and`, `or` and comparisons. */
  #takeAny(): JinjaExpression {
    return this.#takeChain('any', 'or', () => this.#takeChain('all', 'and', () => this.#takeNot()));
  }

  #takeChain(kind: 'all' | 'any', word: string, take: () => JinjaExpression): JinjaExpression {
    const first = take();
    const parts = [first];
    while (this.skips(word)) parts.push(take());
    return parts.length === 1 ? first : { kind, parts };
  }

  #takeNot(): JinjaExpression {
    let negated = false;
    let any = false;
    while (this.skips('not')) [negated, any] = [!negated, true];
    const of = this.#takeComparison();
    if (!any) return of;
    return negated ? { kind: 'not', of } : { kind: 'not', of: { kind: 'not', of } };
  }

  #takeComparison(): JinjaExpression {
    const first = this.#takeSum();
    const parts = [first];
    const signs: string[] = [];
    for (let sign = this.#takeSign(); sign !== null; sign = this.#takeSign()) {
      signs.push(sign);
      parts.push(this.#takeSum());
    }
    return signs.length === 0 ? first : { kind: 'comparison', parts, signs };
  }

  #takeSign(): string | null {
    if (this.skips('not', 'in')) return 'not in';
    for (const sign of comparisons) if (this.skips(sign)) return sign;
    return null;
  }

  #takeSum(): JinjaExpression {
    const first = this.#takeUnary();
    const parts = [first];
    while (sums.has(this.#sign())) {
      this.#place += 1;
      parts.push(this.#takeUnary());
    }
    return parts.length === 1 ? first : { kind: 'use', parts };
  }

  #takeUnary(): JinjaExpression {
    let signed = false;
    while (this.skips('-') || this.skips('+')) signed = true;
    const of = this.#takeFiltered(this.#takeMembers(this.#takePrimary()));
    return signed ? { kind: 'use', parts: [of] } : of;
  }

  /** `.name`, `[place]` and `(arguments)` behind a value. */
  #takeMembers(of: JinjaExpression): JinjaExpression {
    const parts = [of];
    for (let found = true; found; ) {
      if (this.skips('.')) this.#place += 1;
      else if (this.sees('[')) parts.push(...this.#takeBracketed('[', ']'));
      else if (this.sees('(')) parts.push(...this.#takeBracketed('(', ')'));
      else found = false;
      if (found && parts.length === 1) parts.push({ kind: 'constant', value: null });
    }
    return parts.length === 1 ? of : { kind: 'use', parts };
  }

  /** `| filter(…)` and `is test …` behind a value. */
  #takeFiltered(of: JinjaExpression): JinjaExpression {
    let found = of;
    const beyond: JinjaExpression[] = [];
    for (let links = 0; ; links += 1) {
      const next = this.#takeLink(found);
      if (next === null) break;
      if (links < maxNesting) found = next;
      else if ('given' in next) beyond.push(...next.given);
    }
    return beyond.length === 0 ? found : { kind: 'use', parts: [found, ...beyond] };
  }

  #takeLink(of: JinjaExpression): JinjaExpression | null {
    if (this.skips('|')) return { kind: 'filter', name: this.#takeDotted(), of, given: this.#takeArguments() };
    if (this.sees('(')) return { kind: 'use', parts: [of, ...this.#takeBracketed('(', ')')] };
    if (!this.skips('is')) return null;
    const negated = this.skips('not');
    const name = this.#takeDotted();
    const given = this.sees('(') || !this.#beginsOperand() ? this.#takeArguments() : [this.#takeOperand()];
    const test: JinjaExpression = { kind: 'test', name, of, given };
    return negated ? { kind: 'not', of: test } : test;
  }

  /** The name of a filter and what it is given, as in front of a block: `filter upper`, `set x | upper`. */
  takeFilter(of: JinjaExpression): JinjaExpression {
    return this.#takeFiltered({ kind: 'filter', name: this.#takeDotted(), of, given: this.#takeArguments() });
  }

  #takeOperand(): JinjaExpression {
    return this.#takeMembers(this.#takePrimary());
  }

  #beginsOperand(): boolean {
    const token = this.#tokens[this.#place];
    if (token === undefined || (token.kind === 'name' && ['else', 'or', 'and', 'is'].includes(token.value)))
      return false;
    return token.kind !== 'sign' || ['[', '{'].includes(token.value);
  }

  #takeDotted(): string {
    let name = this.takeName() ?? '';
    while (this.skips('.')) name += `.${this.takeName() ?? ''}`;
    return name;
  }

  #takeArguments(): JinjaExpression[] {
    return this.sees('(') ? this.#takeBracketed('(', ')') : [];
  }

  #takePrimary(): JinjaExpression {
    const token = this.#tokens[this.#place];
    if (token === undefined || this.#isClosing()) return { kind: 'constant', value: null };
    if (token.value === '(') return bracketed(this.#takeBracketed('(', ')'));
    if (token.value === '[') return { kind: 'list', parts: this.#takeBracketed('[', ']') };
    if (token.value === '{') return { kind: 'list', parts: this.#takeBracketed('{', '}') };
    this.#place += 1;
    if (token.kind === 'name') return namedValue(token.value);
    if (token.kind === 'number') return { kind: 'constant', value: Number(token.value.replaceAll('_', '')) };
    if (token.kind !== 'text') return { kind: 'constant', value: null };
    let text = token.value.slice(1, -1);
    for (let next = this.#tokens[this.#place]; next?.kind === 'text'; next = this.#tokens[this.#place]) {
      text += next.value.slice(1, -1);
      this.#place += 1;
    }
    return { kind: 'constant', value: text };
  }

  /** Expressions between brackets, without `key=`, stars, colons and commas. */
  #takeBracketed(open: string, close: string): JinjaExpression[] {
    this.skips(open);
    const found: JinjaExpression[] = [];
    while (!this.atEnd && !this.skips(close)) {
      const before = this.#place;
      if (open === '(' && this.#tokens[before]?.kind === 'name' && this.#tokens[before + 1]?.value === '=')
        this.#place += 2;
      else if (this.skips(',') || this.skips(':') || this.skips('*') || this.skips('**')) continue;
      else if (!this.#isClosing()) found.push(this.takeExpression());
      if (this.#place === before) this.#place += 1;
    }
    return found;
  }

  #takeFlat(): JinjaExpression {
    const parts: JinjaExpression[] = [];
    for (; !this.atEnd; this.#place += 1) {
      const token = this.#tokens[this.#place];
      if (token?.kind === 'name' && this.#tokens[this.#place - 1]?.value !== '.') parts.push(namedValue(token.value));
    }
    return { kind: 'use', parts };
  }

  #sign(): string {
    const token = this.#tokens[this.#place];
    return token?.kind === 'sign' ? token.value : '';
  }

  #isClosing(): boolean {
    return [')', ']', '}', ',', ':', '='].includes(this.#sign());
  }
}

/** One value in brackets is itself, several are a tuple. */
function bracketed(parts: JinjaExpression[]): JinjaExpression {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind: 'list', parts };
}

const constants: Readonly<Record<string, boolean | null>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

function namedValue(name: string): JinjaExpression {
  return Object.hasOwn(constants, name) ? { kind: 'constant', value: constants[name] ?? null } : { kind: 'name', name };
}
