import { isDigest, satisfiesRange, type Version } from '@weighbridge/core';
import type { Snapshot } from './snapshot.js';

/** A base or part whose version lies outside the range that the model was declared for. */
export interface BaseMismatch {
  readonly part: string;
  readonly range: string;
  readonly version: Version;
}

/** Whether the base and every part lie in the ranges under `uses`: null when they do, else the first that does not. */
export function verifyBase({ base, uses }: Snapshot): BaseMismatch | null {
  for (const { model, range, version } of uses) {
    const own = base !== null && base.model === `registry:${model}` ? base.version : null;
    for (const used of [own, version]) {
      if (used !== null && !isDigest(range) && !satisfiesRange(used, range))
        return { part: model, range, version: used };
    }
  }
  return null;
}
