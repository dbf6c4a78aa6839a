import type { TensorFact } from '../header.js';
import { sortTensors } from '../sort-tensors.js';
import type { FoundTensor, Span } from './collect-tensors.js';

/** Found tensors as facts of one file, sorted. */
export function pickleTensorFacts(found: ReadonlyMap<string, FoundTensor>, file: string): readonly TensorFact[] {
  const facts = [...found].map(([name, { dtype, shape, span }]) => ({
    name,
    dtype,
    shape,
    ...placeOf(span, file),
  }));
  return sortTensors(facts);
}

function placeOf(span: Span | null, file: string): Pick<TensorFact, 'location' | 'packed'> {
  if (span === null) return { location: null };
  const { entry, startByte, endByte } = span;
  return entry === undefined
    ? { location: { file, startByte, endByte } }
    : { location: null, packed: { file, entry, startByte, endByte } };
}
