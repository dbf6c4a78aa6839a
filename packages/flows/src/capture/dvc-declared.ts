import type { JsonValue } from '@weighbridge/core';
import { dvcEntryOf, type DvcLockStage, type DvcPlot, type DvcReports, isDvcPath } from '@weighbridge/formats';
import { placeOfDvc } from '../data/dvc-place.js';
import { inFolder, type RunFiles } from './run-files.js';

/** A file or folder of a report. */
export interface DeclaredFile {
  /** From the root of the repository on. */
  readonly path: string;
  /** Its content as `dvc.lock` has it; null for what only git holds. */
  readonly digest: string | null;
  readonly template: string | null;
}

/** Where the reports of a run are. */
export interface Declared {
  /** The stage that puts the artifact out; null where no lock has one. */
  readonly producer: DvcLockStage | null;
  readonly metrics: readonly DeclaredFile[];
  readonly plots: readonly DeclaredFile[];
  /** Files of parameters that the project names. */
  readonly params: readonly string[];
  /** What the lock has of the stage's parameters, by their file. */
  readonly lockedParams: ReadonlyMap<string, JsonValue>;
}

/** A pipeline with the folder that it stands in. */
export interface PipelineFiles {
  readonly folder: string;
  readonly stages: readonly DvcLockStage[];
  readonly reports: DvcReports | null;
}

/**
 * What a pipeline reports of an artifact: metrics and plots of the stage that puts it out and of every stage that reads
 * what that one made, and those of the project but for what other stages write. Null where neither a stage nor `artifacts:`
 * knows the artifact and the `dvc.yaml` does not stand beside the model.
 */
export function declaredReports(
  path: string,
  pipeline: PipelineFiles,
  { isBeside }: { readonly isBeside: boolean },
): Declared | null {
  const outs = pipeline.stages.flatMap((stage) => outsOf(stage, pipeline));
  const producer = outs.find((out) => isWithin(out.path, path))?.stage ?? null;
  const related = relatedStages(path, producer, pipeline);
  const { reports } = pipeline;
  const isNamed = (reports?.artifacts ?? []).some((each) => {
    const at = placeOf(pipeline, '', each);
    return at !== null && isWithin(at, path);
  });
  if (related.size === 0 && !isNamed && !isBeside) return null;
  const own = outs.filter(({ stage }) => related.has(stage));
  const foreign = outs.filter(({ stage }) => !related.has(stage));
  const project = (written: DvcPlot): DeclaredFile[] => {
    const at = placeOf(pipeline, '', written.path);
    if (at === null || foreign.some((out) => isWithin(out.path, at))) return [];
    return [{ path: at, digest: digestIn(own, at), template: written.template }];
  };
  const found = {
    producer,
    metrics: joined(own.filter(isMetric), (reports?.metrics ?? []).map(withoutTemplate).flatMap(project)),
    plots: joined(own.filter(isPlot), (reports?.plots ?? []).flatMap(project)),
    lockedParams: lockedParams(producer, pipeline),
    params: (reports?.params ?? []).flatMap((each) => placeOf(pipeline, '', each) ?? []),
  };
  const isEmpty = [found.metrics, found.plots, found.params].every((list) => list.length === 0);
  return producer === null && isEmpty ? null : found;
}

/**
 * What DVCLive writes without a pipeline: `dvclive/metrics.json`, `params.yaml` and `plots/` beside the weights or the
 * manifest. @see https://doc.dvc.org/dvclive/how-it-works
 */
export async function liveReports(reader: RunFiles): Promise<{ source: string; declared: Declared } | null> {
  for (const folder of reader.folders) {
    const source = inFolder(folder, 'dvclive');
    const metrics = `${source}/metrics.json`;
    if (!(await reader.isFile(metrics))) continue;
    const plain = (path: string) => ({ path, digest: null, template: null });
    const declared = {
      metrics: [plain(metrics)],
      plots: [plain(`${source}/plots`)],
      params: [`${source}/params.yaml`],
    };
    return { source, declared: { ...declared, producer: null, lockedParams: new Map() } };
  }
  return null;
}

/** Whether a path is that of a file or folder, or lies in it. */
export function isWithin(holder: string, path: string): boolean {
  return holder === '' || path === holder || path.startsWith(`${holder}/`);
}

interface StageOut extends DeclaredFile {
  readonly stage: DvcLockStage;
  readonly isMetric: boolean;
  readonly isPlot: boolean;
}

const isMetric = (out: StageOut) => out.isMetric;
const isPlot = (out: StageOut) => out.isPlot;
const withoutTemplate = (path: string): DvcPlot => ({ path, template: null });

function outsOf(stage: DvcLockStage, pipeline: PipelineFiles): StageOut[] {
  const { metrics = [], plots = [] } = writtenStage(pipeline, stage.name) ?? {};
  return stage.outs.flatMap((out): StageOut[] => {
    const path = placeOf(pipeline, '', out.path);
    if (path === null) return [];
    const plot = plots.find((each) => isDvcPath(each.path, out.written));
    const told = { stage, path, digest: dvcEntryOf(out).content, template: plot?.template ?? null };
    return [{ ...told, isMetric: metrics.some((each) => isDvcPath(each, out.written)), isPlot: plot !== undefined }];
  });
}

/** The stage that puts the artifact out, and those that read it or anything that came of it. */
function relatedStages(
  path: string,
  producer: DvcLockStage | null,
  pipeline: PipelineFiles,
): ReadonlySet<DvcLockStage> {
  const related = new Set(producer === null ? [] : [producer]);
  const made = new Set([path, ...(producer === null ? [] : outsOf(producer, pipeline).map((out) => out.path))]);
  for (let before = -1; before !== related.size; ) {
    before = related.size;
    for (const stage of pipeline.stages.filter((each) => !related.has(each))) {
      const deps = stage.deps.flatMap((dep) => placeOf(pipeline, '', dep.path) ?? []);
      if (!deps.some((dep) => [...made].some((each) => isWithin(each, dep) || isWithin(dep, each)))) continue;
      related.add(stage);
      for (const out of outsOf(stage, pipeline)) made.add(out.path);
    }
  }
  return related;
}

function lockedParams(producer: DvcLockStage | null, pipeline: PipelineFiles): ReadonlyMap<string, JsonValue> {
  const files = producer === null ? [] : Object.entries(producer.params);
  return new Map(files.map(([file, values]) => [placeOf(pipeline, producer?.name ?? '', file) ?? file, values]));
}

/** Project and stage may name the same file: the digest is the stage's, the template that of whoever names one. */
function joined(own: readonly StageOut[], project: readonly DeclaredFile[]): readonly DeclaredFile[] {
  const files = new Map(own.map(({ path, digest, template }) => [path, { path, digest, template }]));
  for (const file of project) {
    const known = files.get(file.path);
    files.set(file.path, known === undefined ? file : { ...known, template: known.template ?? file.template });
  }
  return [...files.values()];
}

/** What is inside of a tracked folder is named by the folder's digest and the rest of the path, as references do it. */
function digestIn(outs: readonly StageOut[], path: string): string | null {
  const holder = outs.find((out) => isWithin(out.path, path));
  if (holder === undefined || holder.digest === null) return null;
  return holder.path === path ? holder.digest : `${holder.digest}#${path.slice(holder.path.length + 1)}`;
}

function writtenStage({ reports }: PipelineFiles, name: string): ReturnType<DvcReports['stages']['get']> {
  return reports?.stages.get(name) ?? reports?.stages.get(name.replace(/@.*$/s, ''));
}

/** From the root of the repository on; null for what lies outside of it. What is written of a stage starts where it runs. */
function placeOf(pipeline: PipelineFiles, stage: string, path: string): string | null {
  return placeOfDvc(inFolder(pipeline.folder, 'dvc.yaml'), path, writtenStage(pipeline, stage)?.wdir ?? '');
}
