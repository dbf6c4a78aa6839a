import type { Dependency } from '@weighbridge/ledger';
import { placePipelines } from './graph/placed-pipelines.js';
import type { Pipeline } from './graph/recorded-version.js';
import { asData, isProgram } from './graph/stages-behind.js';
import { repositoryPath } from './impact/subject.js';

/** What a model is made of by its pipelines, besides what its manifest names. */
export interface PipelinePlace {
  readonly pipelines: readonly Pipeline[];
  /** Repository paths and patterns of its artifacts, as its manifest has them. */
  readonly artifacts: readonly string[];
  readonly dependencies: readonly Dependency[];
  /** Whether programs are told as well, which are code and no data. */
  readonly programs: boolean;
}

/**
 * Data that a model rests on through the stages of its pipelines: what the stage that makes its artifacts reads, what
 * makes that, and so on to what no stage makes. Each as training data, pinned by the hash that the lock has.
 */
export function pipelineInputs({ pipelines, artifacts, dependencies, programs }: PipelinePlace): readonly Dependency[] {
  if (pipelines.length === 0) return [];
  const placed = placePipelines(pipelines);
  const named = dependencies.flatMap(({ kind, role, ref }) =>
    kind === 'data' && role !== 'eval' ? [repositoryPath(ref)] : [],
  );
  const waiting = [...artifacts, ...named.filter((path) => path !== null)];
  const seen = new Set<string>(waiting);
  const looked = new Set<string>();
  const found: Dependency[] = [];
  for (let at = 0; at < waiting.length; at++) {
    for (const { deps } of placed.meeting(waiting[at] as string, looked)) {
      for (const dep of deps) {
        if (seen.has(dep.at) || (!programs && isProgram(dep.at))) continue;
        seen.add(dep.at);
        waiting.push(dep.at);
        found.push(asData(dep));
      }
    }
  }
  return found;
}
