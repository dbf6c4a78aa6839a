import { weighbridgeError } from '@weighbridge/core';
import { malformedPickle, type PickleInput } from './pickle-input.js';
import type { PickleValue } from './values.js';

const mostMarks = 10_000;

/** Stack, marks and memo of a pickle machine. Errors name the place of the input. */
export class PickleStack {
  readonly #input: PickleInput;
  readonly #memo = new Map<number, PickleValue>();
  readonly #below: PickleValue[][] = [];
  #values: PickleValue[] = [];

  constructor(input: PickleInput) {
    this.#input = input;
  }

  /** Answers true, so that a step of the machine can end with it. */
  push(value: PickleValue): true {
    this.#values.push(value);
    return true;
  }

  pop(): PickleValue {
    const value = this.#values.pop();
    if (value === undefined) throw this.malformed('the stack is empty');
    return value;
  }

  popMany(count: number): PickleValue[] {
    if (this.#values.length < count) throw this.malformed('the stack is empty');
    return this.#values.splice(this.#values.length - count, count);
  }

  top(): PickleValue {
    const value = this.#values.at(-1);
    if (value === undefined) throw this.malformed('the stack is empty');
    return value;
  }

  replaceTop(value: PickleValue): void {
    this.#values[this.#values.length - 1] = value;
  }

  mark(): true {
    if (this.#below.length >= mostMarks) {
      throw weighbridgeError('formats/too-complex', { name: this.#input.name, what: 'open marks', limit: mostMarks });
    }
    this.#below.push(this.#values);
    this.#values = [];
    return true;
  }

  /** Values above the last mark, which goes with them. */
  popMark(): PickleValue[] {
    const below = this.#below.pop();
    if (below === undefined) throw this.malformed('there is no mark');
    const values = this.#values;
    this.#values = below;
    return values;
  }

  /** POP: the top, or the mark when there is nothing above it. */
  drop(): true {
    if (this.#values.length > 0) this.#values.pop();
    else this.popMark();
    return true;
  }

  memoize(index: number = this.#memo.size): true {
    if (!Number.isSafeInteger(index) || index < 0) throw this.malformed('a bad memo index');
    this.#memo.set(index, this.top());
    return true;
  }

  recall(index: number): true {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.malformed(`memo ${index} is empty`);
    return this.push(value);
  }

  /** Keys and values that stand in turn. */
  pairs(values: readonly PickleValue[]): (readonly [PickleValue, PickleValue])[] {
    if (values.length % 2 !== 0) throw this.malformed('a dictionary key without a value');
    const pairs: (readonly [PickleValue, PickleValue])[] = [];
    for (let index = 0; index < values.length; index += 2)
      pairs.push([values[index] ?? null, values[index + 1] ?? null]);
    return pairs;
  }

  malformed(reason: string): Error {
    return malformedPickle(this.#input.name, `${reason}, before byte ${this.#input.position}`);
  }
}
