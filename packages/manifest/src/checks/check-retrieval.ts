import type { Fault } from '../source/fault.js';
import type { Place } from '../source/place.js';
import { showValue } from '../source/quoting.js';

/** What a schema cannot say of retrieval settings: an overlap is less than its piece, and none keeps more than was found. */
export function* checkRetrieval(root: Place): Generator<Fault> {
  const { size, overlap } = { size: root.at('chunking').at('size'), overlap: root.at('chunking').at('overlap') };
  yield* checkBelow(overlap, size, (most) => most - 1);
  yield* checkBelow(root.at('reranker').at('top_n'), root.at('query').at('top_k'), (most) => most);
}

function* checkBelow(place: Place, limit: Place, most: (limit: number) => number): Generator<Fault> {
  const [value, bound] = [place.integer(), limit.integer()];
  if (value === null || bound === null || value <= most(bound)) return;
  yield place.fault('manifest/range', { expected: `at most ${most(bound)}`, found: showValue(value) });
}
