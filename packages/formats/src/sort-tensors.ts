import { compareCodePoints } from './code-points.js';
import type { TensorFact } from './header.js';

/** Tensors by name, in the order that `ArtifactHeader` promises. */
export function sortTensors(tensors: readonly TensorFact[]): readonly TensorFact[] {
  return [...tensors].sort((left, right) => compareCodePoints(left.name, right.name));
}
