import type { Dependency } from '@weighbridge/ledger';
import { repositoryPath } from '../impact/subject.js';
import { isAddress, type PlacedFile, type PlacedStage, placePipelines } from './placed-pipelines.js';
import type { RecordedVersion } from './recorded-version.js';

/** A version as far as its pipelines are told from it. */
export type PipelinedVersion = Pick<RecordedVersion, 'pipelines' | 'artifacts' | 'dependencies'>;

/** The stages that a version came out of. */
export interface StagesBehind {
  /** The stage that made the artifacts; null where none did. */
  readonly trainer: PlacedStage | null;
  /** Those that made what it read, or data that the version names, and theirs in turn. */
  readonly before: readonly PlacedStage[];
  /** What a stage made where a file is in it, such as its folder; the file itself where no stage did. */
  wholeOf(file: PlacedFile): PlacedFile;
}

/** Follows the stages of its pipelines from a version back to what no stage makes. */
export function stagesBehind({ pipelines, artifacts, dependencies }: PipelinedVersion): StagesBehind {
  const { makerOf } = placePipelines(pipelines);
  const trainer = artifacts.map(makerOf).find((made) => made !== null)?.maker ?? null;
  const before = new Set<PlacedStage>();
  const waiting = [...(trainer?.deps ?? []).map(({ at }) => at), ...dataPaths(dependencies)];
  for (let place = 0; place < waiting.length; place++) {
    const maker = makerOf(waiting[place] as string)?.maker;
    if (maker === undefined || maker === trainer || before.has(maker)) continue;
    before.add(maker);
    for (const { at } of maker.deps) waiting.push(at);
  }
  return { trainer, before: [...before], wholeOf: (file) => makerOf(file.at)?.out ?? file };
}

/**
 * Everything that a version rests on by the stages behind it, as a graph of it shows: what they read, with what other
 * stages made of that, pinned by the hashes that the lock has. Programs are among it.
 */
export function pipelineOrigins(version: PipelinedVersion): readonly Dependency[] {
  if (version.pipelines.length === 0) return [];
  const { trainer, before, wholeOf } = stagesBehind(version);
  const read = [...(trainer === null ? [] : [trainer]), ...before].flatMap(({ deps }) => deps);
  const named = new Set(dataPaths(version.dependencies));
  const made = before.flatMap(({ outs }) => outs.filter(({ at }) => named.has(at)));
  const files = [...read.flatMap((file) => [file, wholeOf(file)]), ...made];
  return [...new Map(files.map((file) => [`${file.at}\n${file.hash}`, asData(file)])).values()];
}

function dataPaths(dependencies: readonly Dependency[]): readonly string[] {
  return dependencies
    .flatMap(({ kind, ref }) => (kind === 'data' ? [repositoryPath(ref)] : []))
    .filter((path) => path !== null);
}

const program = /\.(?:py|ipynb|r|jl|sh|js|mjs|ts|java|scala|c|cc|cpp|h|rs|go)$/i;

/** Whether a file is code and no data: what it does is compared as code. */
export function isProgram(path: string): boolean {
  return program.test(path);
}

/** Many models rest on the same files: each stands in memory once. */
const known = new WeakMap<PlacedFile, Dependency>();

/** A file of a lock as training data, or as code, pinned by the hash that the lock has. */
export function asData(file: PlacedFile): Dependency {
  const before = known.get(file);
  if (before !== undefined) return before;
  const ref = isAddress(file.at) ? file.at : `/${file.at}`;
  const role = isProgram(file.at) ? 'code' : 'train';
  const dependency: Dependency = { kind: 'data', role, ref, pin: file.hash, range: null };
  known.set(file, dependency);
  return dependency;
}
