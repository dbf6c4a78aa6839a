import { weighbridgeError } from '@weighbridge/core';
import { parseNameLine } from './escapes.js';
import { opaque, readLiteral } from './literals.js';
import type { PickleInput } from './pickle-input.js';
import { PickleStack } from './pickle-stack.js';
import type { PickleObject, PickleValue } from './values.js';

/** Opcodes of one file. A float in a list costs one, a forest of a thousand trees some ten thousand. */
const mostOpcodes = 10_000_000;

/** What one pickle of a file came to. */
export interface PickleResult {
  readonly value: PickleValue;
  /** Highest protocol that its PROTO opcodes name; 0 without one. */
  readonly protocol: number;
}

/** Called after each BUILD: joblib keeps the bytes of an array behind its wrapper. Returns what replaces the object. */
export type AfterBuild = (object: PickleObject, input: PickleInput) => Promise<PickleValue>;

/** What several pickles of one file share: the imports they make and the bound on their opcodes. */
export interface PickleLedger {
  readonly imports: Set<string>;
  opcodes: number;
}

/**
 * The pickle machine of protocols 0 to 5 (CPython, Lib/pickle.py) with symbols in the place of objects: imports are
 * listed, calls are recorded, nothing runs. Memory is bounded by the opcodes, which are counted.
 */
export class PickleMachine {
  readonly #input: PickleInput;
  readonly #ledger: PickleLedger;
  readonly #afterBuild: AfterBuild;
  readonly #stack: PickleStack;
  #protocol = 0;

  constructor(input: PickleInput, ledger: PickleLedger, afterBuild: AfterBuild) {
    this.#input = input;
    this.#ledger = ledger;
    this.#afterBuild = afterBuild;
    this.#stack = new PickleStack(input);
  }

  /** Runs to STOP. @throws formats/pickle-malformed, formats/truncated, formats/too-complex, formats/header-too-large */
  async run(): Promise<PickleResult> {
    for (;;) {
      this.#ledger.opcodes += 1;
      if (this.#ledger.opcodes > mostOpcodes) {
        throw weighbridgeError('formats/too-complex', { name: this.#input.name, what: 'opcodes', limit: mostOpcodes });
      }
      const opcode = await this.#input.byte();
      if (opcode === 0x2e) return { value: this.#stack.pop(), protocol: this.#protocol };
      const isKnown = this.#stackStep(opcode) || this.#callStep(opcode) || (await this.#inputStep(opcode));
      if (!isKnown) throw this.#stack.malformed(`no opcode 0x${opcode.toString(16).padStart(2, '0')}`);
    }
  }

  /** Constants and containers without an argument in the stream. */
  #stackStep(opcode: number): boolean {
    const stack = this.#stack;
    switch (opcode) {
      case 0x28: // MARK
        return stack.mark();
      case 0x30: // POP
        return stack.drop();
      case 0x31: // POP_MARK
        stack.popMark();
        return true;
      case 0x32: // DUP
        return stack.push(stack.top());
      case 0x4e: // NONE
        return stack.push(null);
      case 0x88: // NEWTRUE
        return stack.push(true);
      case 0x89: // NEWFALSE
        return stack.push(false);
      case 0x5d: // EMPTY_LIST
        return stack.push({ kind: 'list', items: [] });
      case 0x29: // EMPTY_TUPLE
        return stack.push({ kind: 'tuple', items: [] });
      case 0x7d: // EMPTY_DICT
        return stack.push({ kind: 'dict', entries: [] });
      case 0x8f: // EMPTY_SET
        return stack.push({ kind: 'set', items: [] });
      case 0x6c: // LIST
        return stack.push({ kind: 'list', items: stack.popMark() });
      case 0x74: // TUPLE
        return stack.push({ kind: 'tuple', items: stack.popMark() });
      case 0x91: // FROZENSET
        return stack.push({ kind: 'frozenset', items: stack.popMark() });
      case 0x64: // DICT
        return stack.push({ kind: 'dict', entries: stack.pairs(stack.popMark()) });
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return stack.push({ kind: 'tuple', items: stack.popMany(opcode - 0x84) });
      case 0x61: // APPEND
        return this.#extend([stack.pop()]);
      case 0x65: // APPENDS
      case 0x90: // ADDITEMS
        return this.#extend(stack.popMark());
      case 0x73: // SETITEM
        return this.#setItems(stack.popMany(2));
      case 0x75: // SETITEMS
        return this.#setItems(stack.popMark());
      case 0x94: // MEMOIZE
        return stack.memoize();
      default:
        return false;
    }
  }

  /** Imports and calls without an argument in the stream. */
  #callStep(opcode: number): boolean {
    const stack = this.#stack;
    switch (opcode) {
      case 0x52: // REDUCE: callable, arguments
      case 0x81: // NEWOBJ: class, arguments
        return this.#call(stack.popMany(2));
      case 0x92: // NEWOBJ_EX: class, arguments, keyword arguments
        return this.#call(stack.popMany(3));
      case 0x6f: {
        // OBJ: class and arguments above the mark
        const [callable, ...items] = stack.popMark();
        if (callable === undefined) throw stack.malformed('OBJ without a class');
        return this.#call([callable, { kind: 'tuple', items }]);
      }
      case 0x93: {
        // STACK_GLOBAL
        const [module = null, name = null] = stack.popMany(2);
        return this.#import(module, name);
      }
      case 0x51: // BINPERSID
        return stack.push({ kind: 'persistent', id: stack.pop() });
      case 0x97: // NEXT_BUFFER
        return stack.push(opaque);
      case 0x98: // READONLY_BUFFER
        stack.top();
        return true;
      default:
        return false;
    }
  }

  /** Opcodes with an argument in the stream, and BUILD. */
  async #inputStep(opcode: number): Promise<boolean> {
    const input = this.#input;
    const stack = this.#stack;
    switch (opcode) {
      case 0x62: // BUILD
        return this.#build();
      case 0x80: // PROTO
        this.#protocol = Math.max(this.#protocol, await input.byte());
        if (this.#protocol > 5) throw stack.malformed(`protocol ${this.#protocol}, which no Python has`);
        return true;
      case 0x95: // FRAME
        await input.count(8);
        return true;
      case 0x63: // GLOBAL
        return this.#import(await this.#nameLine(), await this.#nameLine());
      case 0x69: // INST: arguments above the mark
        this.#import(await this.#nameLine(), await this.#nameLine());
        return this.#call([stack.pop(), { kind: 'tuple', items: stack.popMark() }]);
      case 0x82: // EXT1
      case 0x83: // EXT2
      case 0x84: // EXT4
        return this.#import('copyreg', `extension(${await input.count(2 ** (opcode - 0x82))})`);
      case 0x50: // PERSID
        return stack.push({ kind: 'persistent', id: (await input.line()) ?? opaque });
      case 0x70: // PUT
        return stack.memoize(Number((await input.line()) ?? Number.NaN));
      case 0x71: // BINPUT
        return stack.memoize(await input.byte());
      case 0x72: // LONG_BINPUT
        return stack.memoize(await input.count(4));
      case 0x67: // GET
        return stack.recall(Number((await input.line()) ?? Number.NaN));
      case 0x68: // BINGET
        return stack.recall(await input.byte());
      case 0x6a: // LONG_BINGET
        return stack.recall(await input.count(4));
      default: {
        const literal = await readLiteral(input, opcode);
        return literal !== undefined && stack.push(literal);
      }
    }
  }

  async #build(): Promise<boolean> {
    const state = this.#stack.pop();
    const object = this.#stack.top();
    if (typeof object !== 'object' || object === null || object.kind !== 'object') return true;
    object.state = state;
    this.#stack.replaceTop(await this.#afterBuild(object, this.#input));
    return true;
  }

  async #nameLine(): Promise<PickleValue> {
    const line = await this.#input.line();
    return line === null ? opaque : parseNameLine(line);
  }

  /** A name that is computed or too long to be read is listed as `<unknown>`: it is an import all the same. */
  #import(module: PickleValue, name: PickleValue): true {
    const known = (part: PickleValue): string => (typeof part === 'string' ? part : '<unknown>');
    this.#ledger.imports.add(`${known(module)}.${known(name)}`);
    return this.#stack.push({ kind: 'global', module: known(module), name: known(name) });
  }

  #call([callable = null, args = null]: readonly PickleValue[]): true {
    return this.#stack.push({ kind: 'object', callable, args, state: undefined, items: [], entries: [] });
  }

  /** What cannot hold items keeps none: Python would call its `append`, which we never do. */
  #extend(items: readonly PickleValue[]): true {
    const target = this.#stack.top();
    if (typeof target !== 'object' || target === null || target.kind === 'array' || !('items' in target)) return true;
    for (const item of items) target.items.push(item);
    return true;
  }

  #setItems(items: readonly PickleValue[]): true {
    const target = this.#stack.top();
    const pairs = this.#stack.pairs(items);
    if (typeof target !== 'object' || target === null || !('entries' in target)) return true;
    for (const pair of pairs) target.entries.push(pair);
    return true;
  }
}
