import type { ArchitectureKind } from './architecture-kind.js';
import type { WeightGroup } from '../artifacts/weight-group.js';
import { fileDigests } from '../artifacts/weight-group.js';
import { type Comparison, documentPairs } from '../comparison.js';
import { countOf, type Difference } from '../difference.js';
import { compareEstimators } from './architecture-estimator.js';
import { compareGraphs } from './architecture-graph.js';
import { tensorShapeEvidence } from './architecture-tensor-shapes.js';
import { compareModelAttributes, compareModelConfig } from './architecture-settings.js';
import { compareTensorLists } from './architecture-tensors.js';

export type { ArchitectureKind };

/** What the model is built of: tensors by name and shape, graphs by structure, estimators by class, and settings that say so. */
export function compareArchitecture(comparison: Comparison): Difference<ArchitectureKind>[] {
  const { weights, vocabulary } = comparison;
  const found = weights.pairs.flatMap(({ from, to }) => comparePair(from, to, comparison));
  for (const group of weights.removed) if (group.format !== null) found.push(artifactGone(group));
  for (const group of weights.added) if (group.format !== null) found.push(artifactNew(group));
  for (const { from, to } of documentPairs(comparison, 'hf-config'))
    found.push(...compareModelConfig(from, to, vocabulary));
  return found;
}

function comparePair(from: WeightGroup, to: WeightGroup, comparison: Comparison): Difference<ArchitectureKind>[] {
  const files = fileDigests(from);
  if (files !== null && files === fileDigests(to)) return [];
  const found: Difference<ArchitectureKind>[] = [];
  if (from.format !== to.format) found.push(otherFormat(from, to));
  if (from.graph !== null && to.graph !== null)
    found.push(
      ...compareGraphs({ from: from.graph, to: to.graph, path: to.path, tensors: tensorShapeEvidence(from, to) }),
    );
  else found.push(...compareTensorLists(from, to, comparison.vocabulary));
  found.push(...compareEstimators(from, to));
  if (from.format === 'gguf' && to.format === 'gguf') found.push(...compareModelAttributes(from, to));
  return found;
}

function otherFormat(from: WeightGroup, to: WeightGroup): Difference<ArchitectureKind> {
  const step = `${from.format ?? 'an unknown format'} -> ${to.format ?? 'an unknown format'}`;
  return {
    kind: 'format',
    path: to.path,
    from: from.format,
    to: to.format,
    because: `${to.path} is in another format: ${step}.`,
  };
}

function artifactGone(group: WeightGroup): Difference<ArchitectureKind> {
  return {
    kind: 'artifact-removed',
    path: group.path,
    from: outlineOf(group),
    to: null,
    because: `The weights ${group.path} were removed.`,
  };
}

function artifactNew(group: WeightGroup): Difference<ArchitectureKind> {
  return {
    kind: 'artifact-added',
    path: group.path,
    from: null,
    to: outlineOf(group),
    because: `The weights ${group.path} are new (${describe(group)}).`,
  };
}

function outlineOf(group: WeightGroup) {
  return { format: group.format, tensors: group.tensors.size, files: group.files.length };
}

function describe(group: WeightGroup): string {
  return group.tensors.size === 0 ? String(group.format) : `${group.format}, ${countOf(group.tensors.size, 'tensor')}`;
}
