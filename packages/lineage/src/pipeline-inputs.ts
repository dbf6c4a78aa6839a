import type { Dependency } from '@weighbridge/ledger';
import { readPath } from '@weighbridge/manifest';
import type { Pipeline } from './graph/recorded-version.js';
import { repositoryPath } from './impact/subject.js';

/** Programs are code and no data; what they do is compared as code. */
const program = /\.(?:py|ipynb|r|jl|sh|js|mjs|ts|java|scala|c|cc|cpp|h|rs|go)$/i;

/** What a model is made of by its pipelines, besides what its manifest names. */
export interface PipelinePlace {
  readonly pipelines: readonly Pipeline[];
  /** Repository paths and patterns of its artifacts, as its manifest has them. */
  readonly artifacts: readonly string[];
  readonly dependencies: readonly Dependency[];
}

/**
 * Data that a model rests on through the stages of its pipelines: what the stage that makes its artifacts reads, what
 * makes that, and so on to what no stage makes. Each as training data, pinned by the hash that the lock has.
 */
export function pipelineInputs({ pipelines, artifacts, dependencies }: PipelinePlace): readonly Dependency[] {
  const stages = pipelines.flatMap(({ path, stages: all }) =>
    all.map(({ deps, outs }) => ({
      deps: deps.map((file) => ({ at: placed(file.path, path), hash: file.hash })),
      outs: outs.map((file) => placed(file.path, path)),
    })),
  );
  if (stages.length === 0) return [];
  const named = dependencies.flatMap(({ kind, role, ref }) =>
    kind === 'data' && role !== 'eval' ? [repositoryPath(ref)] : [],
  );
  const waiting = [...artifacts, ...named.filter((path) => path !== null)];
  const seen = new Set<string>(waiting);
  const found = new Map<string, Dependency>();
  for (let at = 0; at < waiting.length; at++) {
    const path = waiting[at] as string;
    for (const { deps, outs } of stages) {
      if (!outs.some((out) => meets(out, path))) continue;
      for (const dep of deps) {
        if (seen.has(dep.at) || program.test(dep.at)) continue;
        seen.add(dep.at);
        waiting.push(dep.at);
        found.set(dep.at, { kind: 'data', role: 'train', ref: `/${dep.at}`, pin: dep.hash, range: null });
      }
    }
  }
  return [...found.values()];
}

function placed(written: string, lockPath: string): string {
  const read = readPath(lockPath, written);
  return read.ok ? read.path : written;
}

/** One is the other, or lies in it. */
function meets(left: string, right: string): boolean {
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
}
