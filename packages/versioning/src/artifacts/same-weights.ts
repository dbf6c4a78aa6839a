import { fileDigests, hasAllDigests, memberDigests, type WeightGroup } from './weight-group.js';

/** `unknown` where neither the bytes nor the tensors of one side were hashed. */
export type Sameness = 'same' | 'differs' | 'unknown';

/**
 * Whether two groups hold the same learned numbers. Equal files do; so do equal digests of all tensors, whatever the
 * files around them look like, and archives whose members hold the same. Without digests of tensors other file bytes count as other weights.
 */
export function sameWeights(from: WeightGroup, to: WeightGroup): Sameness {
  const [fromFiles, toFiles] = [fileDigests(from), fileDigests(to)];
  if (fromFiles !== null && fromFiles === toFiles) return 'same';
  if (hasAllDigests(from) && hasAllDigests(to)) return hasEqualTensors(from, to) ? 'same' : 'differs';
  const members = memberDigests(from);
  if (members !== null && members === memberDigests(to)) return 'same';
  return fromFiles === null || toFiles === null ? 'unknown' : 'differs';
}

/** Whether two groups whose tensors were all hashed have the same tensors, by name and digest. */
export function hasEqualTensors(from: WeightGroup, to: WeightGroup): boolean {
  if (from.tensors.size !== to.tensors.size) return false;
  for (const name of from.tensors.keys()) {
    if (!to.tensors.has(name) || from.digests.get(name) !== to.digests.get(name)) return false;
  }
  return true;
}
