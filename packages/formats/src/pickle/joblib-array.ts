import { malformedPickle, type PickleInput } from './pickle-input.js';
import { numpyTypeOf } from './numpy-array.js';
import { makerOf, type PickleArray, type PickleObject, type PickleValue, shapeOf, stateOf } from './values.js';

const maxKeptBytes = 4096;

/** Whether an object is joblib's stand-in for an array (joblib/numpy_pickle.py; also as scikit-learn once shipped it). */
export function isArrayWrapper(object: PickleObject): boolean {
  return /(?:^|\.)joblib\.numpy_pickle\.NumpyArrayWrapper$/.test(makerOf(object) ?? '');
}

/**
 * Steps over the array that joblib writes behind the BUILD of its wrapper: one byte with the length of a padding, the
 * padding (neither in files of joblib below 1.2), then the elements; an array of objects is a pickle of its own.
 */
export async function skipWrappedArray(
  wrapper: PickleObject,
  input: PickleInput,
  runNested: () => Promise<PickleValue>,
): Promise<PickleArray> {
  const state = stateOf(wrapper);
  const type = numpyTypeOf(state?.get('dtype'));
  const shape = shapeOf(state?.get('shape'));
  if (type === null || shape === null) throw malformedPickle(input.name, 'an array wrapper without dtype and shape');
  const base = { kind: 'array', dtype: type.word, shape } as const;
  if (type.hasObjects) {
    const startByte = input.position;
    const nested = await runNested();
    return { ...base, startByte, endByte: input.position, content: null, items: objectItems(nested) };
  }
  if (typeof state?.get('numpy_array_alignment_bytes') === 'number') input.skip(await input.byte());
  const startByte = input.position;
  const lengthBytes = shape.reduce((product, extent) => product * extent, type.itemBytes);
  if (!Number.isSafeInteger(lengthBytes))
    throw malformedPickle(input.name, 'an array with more elements than can be counted');
  if (lengthBytes > maxKeptBytes) {
    input.skip(lengthBytes);
    return { ...base, startByte, endByte: input.position, content: null, items: null };
  }
  await input.need(lengthBytes);
  const content = new Uint8Array(input.take(lengthBytes));
  return { ...base, startByte, endByte: input.position, content, items: null };
}

/** The pickle of an object array is that of the array itself: its elements are the list in its state. */
function objectItems(nested: PickleValue): readonly PickleValue[] | null {
  if (typeof nested !== 'object' || nested === null || nested.kind !== 'object') return null;
  const { state } = nested;
  if (typeof state !== 'object' || state?.kind !== 'tuple') return null;
  const payload = state.items[4];
  return typeof payload === 'object' && payload?.kind === 'list' ? payload.items : null;
}
