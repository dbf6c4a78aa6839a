import { weighbridgeError, WeighbridgeError } from '@weighbridge/core';
import { ByteWindow } from '../byte-window.js';
import { isArrayWrapper, skipWrappedArray } from './joblib-array.js';
import { type AfterBuild, type PickleLedger, PickleMachine, type PickleResult } from './machine.js';
import { PickleInput } from './pickle-input.js';
import type { PickleValue } from './values.js';

const mostPickles = 10_000;
const deepestNesting = 16;

/** A name that Python could import: what bytes that are no pickle happen to spell is left out. */
const importable = /^[A-Za-z_][\w]*(?:\.[A-Za-z_<(][\w<>().]*)+$/;

/** The pickles of one file, run one after another on one input, with their imports in one place. */
export class PickleRun {
  readonly input: PickleInput;
  readonly ledger: PickleLedger = { imports: new Set(), opcodes: 0 };
  /** Whether arrays were found where joblib puts them. */
  hasJoblibArrays = false;
  readonly #isJoblib: boolean;
  #depth = 0;

  /** `isJoblib` lets arrays stand behind their wrappers, as only joblib's loader reads them. */
  constructor(window: ByteWindow, position: number, { isJoblib }: { readonly isJoblib: boolean }) {
    this.#isJoblib = isJoblib;
    this.input = new PickleInput(window, position);
  }

  /** Runs the pickle at the input's position. @throws as PickleMachine.run */
  async next(): Promise<PickleResult> {
    return new PickleMachine(this.input, this.ledger, this.#afterBuild).run();
  }

  /**
   * Lists the imports of pickles that follow the first, which a loader may or may not read. Bytes that are none end the
   * search. Returns how many there were.
   */
  async follow(): Promise<number> {
    const { sizeBytes } = this.input.window.source;
    for (let count = 0; count < mostPickles; count++) {
      const start = this.input.position;
      if (start + 2 > sizeBytes) return count;
      await this.input.window.load(start, 2);
      if (this.input.window.byte(start) !== 0x80 || this.input.window.byte(start + 1) > 5) return count;
      const isPickle = await this.#attempt(() => this.next());
      if (!isPickle) {
        this.input.position = start;
        return count;
      }
    }
    const { name } = this.input;
    throw weighbridgeError('formats/too-complex', { name, what: 'pickles', limit: mostPickles });
  }

  /**
   * Reads the same bytes as `pickle.load` would, which knows nothing of joblib's arrays: what is array to one is code to
   * the other. Returns the bytes that were read for it.
   */
  async listPlainImports(position: number): Promise<number> {
    const window = new ByteWindow(this.input.window.source);
    await this.#attempt(() =>
      new PickleMachine(new PickleInput(window, position), this.ledger, async (object) => object).run(),
    );
    return window.bytesRead;
  }

  /** Runs what may well be no pickle; of a failed try only imports that Python could make are kept. */
  async #attempt(run: () => Promise<unknown>): Promise<boolean> {
    const before = new Set(this.ledger.imports);
    try {
      await run();
      return true;
    } catch (cause) {
      if (!(cause instanceof WeighbridgeError) || cause.code === 'formats/too-complex') throw cause;
      for (const name of this.ledger.imports)
        if (!before.has(name) && !importable.test(name)) this.ledger.imports.delete(name);
      return false;
    }
  }

  readonly #afterBuild: AfterBuild = async (object, input) => {
    if (!this.#isJoblib || !isArrayWrapper(object)) return object;
    this.hasJoblibArrays = true;
    return skipWrappedArray(object, input, () => this.#nested());
  };

  async #nested(): Promise<PickleValue> {
    this.#depth += 1;
    if (this.#depth > deepestNesting) {
      throw weighbridgeError('formats/too-complex', {
        name: this.input.name,
        what: 'nested pickles',
        limit: deepestNesting,
      });
    }
    const { value } = await this.next();
    this.#depth -= 1;
    return value;
  }
}
