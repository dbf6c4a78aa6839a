import { weighbridgeError } from '@weighbridge/core';
import type { InflateStream } from './entry-content.js';

/**
 * An inflater that gives out so many bytes and no more, all archives together that are read with it: one run is not kept
 * busy by many archives, each of which grows within reason. What is asked of it after that, and what would go beyond,
 * fails with formats/inflation-budget.
 */
export function withinBudget(inflate: InflateStream, limitBytes: number): InflateStream {
  let leftBytes = limitBytes;
  return async function* (compressed) {
    if (leftBytes <= 0) throw weighbridgeError('formats/inflation-budget', { limitBytes });
    for await (const piece of inflate(compressed)) {
      leftBytes -= piece.length;
      if (leftBytes < 0) throw weighbridgeError('formats/inflation-budget', { limitBytes });
      yield piece;
    }
  };
}
