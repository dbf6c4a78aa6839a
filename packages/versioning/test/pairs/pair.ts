import type { Bump } from '@weighbridge/core';
import type { CompareOptions, Snapshot } from '../../src/index.js';

/** Two snapshots, by what is in them, and what comparing them must say. */
export interface Pair {
  readonly name: string;
  readonly from: Partial<Snapshot>;
  readonly to: Partial<Snapshot>;
  /** By preset: `weights`, then `interface` when it says otherwise. */
  readonly bump: Bump | readonly [Bump, Bump];
  /** All rules that speak, sorted. */
  readonly rules: readonly string[];
  readonly options?: Partial<CompareOptions>;
}
