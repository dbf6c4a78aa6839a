import type { ArtifactFacet } from '../snapshot.js';
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
 * tensors: thresholds, names, code. Of PyTorch's archives a digest speaks for those; of other pickles, and of files
 * without a known header, only what their bytes are does. Into formats of tensors alone, or out of them, only tensors are
 * carried.
 */
export function tensorsTellAll(from: WeightGroup, to: WeightGroup): boolean {
  const [before, after] = [moreThanTensors(from), moreThanTensors(to)];
  if (before.length === 0 || after.length === 0) return [...before, ...after].every(({ header }) => header !== null);
  const rest = restDigests(from, before);
  return rest !== null && rest === restDigests(to, after);
}

/** The files of a group of which tensors are a part at most. */
function moreThanTensors({ files }: WeightGroup): readonly ArtifactFacet[] {
  return files.filter(({ header }) => header === null || objectFormats.has(header.format));
}

/** Whether two groups whose tensors were all hashed have the same tensors, by name and digest. */
export function hasEqualTensors(from: WeightGroup, to: WeightGroup): boolean {
  if (from.tensors.size !== to.tensors.size) return false;
  for (const name of from.tensors.keys()) {
    if (!to.tensors.has(name) || from.digests.get(name) !== to.digests.get(name)) return false;
  }
  return true;
}
