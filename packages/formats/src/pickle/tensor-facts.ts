import type { TensorFact } from '../header.js';
import { sortTensors } from '../sort-tensors.js';
import type { FoundTensor } from './collect-tensors.js';

/** Found tensors as facts of one file, sorted. */
export function pickleTensorFacts(found: ReadonlyMap<string, FoundTensor>, file: string): readonly TensorFact[] {
  const facts = [...found].map(([name, { dtype, shape, span }]) => ({
    name,
    dtype,
    shape,
    location: span === null ? null : { file, ...span },
  }));
  return sortTensors(facts);
}
