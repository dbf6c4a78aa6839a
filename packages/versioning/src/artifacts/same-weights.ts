import { fileDigests, hasAllDigests, memberDigests, restDigests, type WeightGroup } from './weight-group.js';

/** `unknown` where neither the bytes nor the tensors of one side were hashed. */
export type Sameness = 'same' | 'differs' | 'unknown';

/**
 * Whether two groups hold the same learned numbers. Equal files do; so do equal digests of all tensors where these say all
 * that a loader sees, whatever the files around them look like, and archives that hold the same. Otherwise other file
 * bytes count as other weights.
 */
export function sameWeights(from: WeightGroup, to: WeightGroup): Sameness {
  const [fromFiles, toFiles] = [fileDigests(from), fileDigests(to)];
  if (fromFiles !== null && fromFiles === toFiles) return 'same';
  if (hasAllDigests(from) && hasAllDigests(to)) {
    if (!hasEqualTensors(from, to)) return 'differs';
    if (tensorsTellAll(from, to)) return 'same';
  } else {
    const members = memberDigests(from);
    if (members !== null && members === memberDigests(to)) return 'same';
  }
  return fromFiles === null || toFiles === null ? 'unknown' : 'differs';
}

/** Formats that hold whole objects of Python, of which tensors are a part. */
const objectFormats: ReadonlySet<string> = new Set(['pytorch-zip', 'pickle', 'joblib']);

/**
 * Whether two groups with the same tensors have nothing else in which they differ. Pickles hold any values beside their
 * tensors: thresholds, names, code. Of PyTorch's archives a digest speaks for those; of other pickles only that of the
 * file does. Into a format of tensors alone, or out of it, only tensors are carried.
 */
export function tensorsTellAll(from: WeightGroup, to: WeightGroup): boolean {
  if (!objectFormats.has(`${from.format}`) || !objectFormats.has(`${to.format}`)) return true;
  const rest = restDigests(from);
  return rest !== null && rest === restDigests(to);
}

/** Whether two groups whose tensors were all hashed have the same tensors, by name and digest. */
export function hasEqualTensors(from: WeightGroup, to: WeightGroup): boolean {
  if (from.tensors.size !== to.tensors.size) return false;
  for (const name of from.tensors.keys()) {
    if (!to.tensors.has(name) || from.digests.get(name) !== to.digests.get(name)) return false;
  }
  return true;
}
