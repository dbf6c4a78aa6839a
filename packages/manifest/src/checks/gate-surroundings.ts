import type { Place } from '../source/place.js';

/** What a gate's parts refer to. */
export interface GateSurroundings {
  /** The policy. */
  readonly root: Place;
  /** The stage that the gate guards. */
  readonly stage: string;
  readonly stages: readonly string[];
}
