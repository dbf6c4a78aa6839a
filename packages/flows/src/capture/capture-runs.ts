import { weighbridgeError } from '@weighbridge/core';
import { isJsonObject, parseMlmodelOrigin, parseTrainerFiles, type RunFacts } from '@weighbridge/formats';
import { maxRunFileBytes, parseReference, parseRunFile, resolveManifestPath, runFileName } from '@weighbridge/manifest';
import type { ArtifactFile } from '../artifacts/artifact-file.js';
import type { GovernedModel } from '../governing/governance.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { readDvcRun } from './dvc-run.js';
import { inFolder, RunFiles } from './run-files.js';
import { readWandbFolder } from './wandb-folder.js';

/** What every source knows of the run that made a model, the one that counts most first. */
export interface CapturedRuns {
  readonly runs: readonly RunFacts[];
  /** What the training script itself wrote down; also among `runs`. Null without such a file. */
  readonly own: RunFacts | null;
  /** Repository paths of the files that were read for it. */
  readonly sources: readonly string[];
  readonly notices: readonly Notice[];
}

const trainerFiles = { state: 'trainer_state.json', results: 'all_results.json', config: 'config.json' } as const;

/** What is read of a training run in the folder of an artifact. */
export const runFileNames: ReadonlySet<string> = new Set([runFileName, ...Object.values(trainerFiles)]);

/**
 * Looks for what is known of the training run: `weighbridge-run.json`, the run that the manifest names, the run that an
 * MLmodel file names, what the Trainer of transformers left beside the weights, the stage of `dvc.lock` that puts
 * the weights out with what DVC and DVCLive report of it, and this job where it says that it trained. What a service does not tell, and what is larger than is read, is a notice and never an error.
 * @throws flow/invalid-files for a `weighbridge-run.json` that is not as its schema asks; formats/* for a broken dvc.lock
 * that names the weights
 */
export async function captureRuns(
  surroundings: Surroundings,
  model: GovernedModel,
  files: readonly ArtifactFile[],
): Promise<CapturedRuns> {
  const reader = new RunFiles(model, files);
  const { own, aside } = await readOwn(reader);
  const tracked = await readTracked(surroundings, model, reader);
  const pipeline = await readDvcRun(surroundings, reader);
  const job = (await surroundings.trainingJob?.()) ?? null;
  const found = [own, ...aside, tracked.run, await readTrainer(reader), pipeline.run, job];
  const runs = found.filter((run) => run !== null);
  // What git ignores is told where it lies, but no commit holds it, so that no other check could come to the same.
  const ignored = await model.files.ignored([...reader.read]);
  const sources = [...reader.read].filter((path) => !ignored.has(path)).sort();
  return { runs, own, sources, notices: [...tracked.notices, ...pipeline.notices, ...reader.notices] };
}

/** The first one that a commit can hold, and those that git ignores before it. */
async function readOwn(
  reader: RunFiles,
): Promise<{ readonly own: RunFacts | null; readonly aside: readonly RunFacts[] }> {
  const aside: RunFacts[] = [];
  for (const folder of reader.folders) {
    const path = inFolder(folder, runFileName);
    const bytes = await reader.bytes(path, maxRunFileBytes);
    if (bytes === null) continue;
    const parsed = parseRunFile({ path, bytes });
    if (!parsed.ok) {
      const fields = { count: parsed.faults.length, files: path };
      throw weighbridgeError('flow/invalid-files', fields, { details: parsed.faults });
    }
    if (!(await reader.model.files.ignored([path])).has(path)) return { own: parsed.value, aside };
    aside.push(parsed.value);
  }
  return { own: null, aside };
}

interface Tracked {
  readonly run: RunFacts | null;
  readonly notices: readonly Notice[];
}

/** The run that the manifest names, else the one that wrote the MLmodel file among the artifacts. */
async function readTracked({ runs }: Surroundings, model: GovernedModel, reader: RunFiles): Promise<Tracked> {
  const written = model.manifest.training.run;
  const named = written ?? (await runOfMlmodel(reader));
  if (named === null) return { run: null, notices: [] };
  const reference = parseReference(named);
  if (reference.scheme === 'path') {
    const folder = resolveManifestPath(model.manifestPath, reference.path);
    const run = await readWandbFolder(reader, folder);
    if (run !== null) return { run, notices: [] };
    const because = `${model.files.name} has no folder of a W&B run there`;
    return { run: null, notices: [notRead(model, named, because, 'Correct training.run in the manifest.')] };
  }
  if (runs === undefined || (reference.scheme !== 'mlflow' && reference.scheme !== 'wandb')) {
    return { run: null, notices: [] };
  }
  const reading = await runs.read(reference);
  if (reading.kind === 'run') return { run: reading.run, notices: [] };
  // An MLmodel file names its run wherever it goes: without a server there is nobody to miss.
  if (written === null) return { run: null, notices: [] };
  return { run: null, notices: [notRead(model, named, reading.because, reading.remedy)] };
}

async function runOfMlmodel(reader: RunFiles): Promise<string | null> {
  const file = reader.artifacts.find(({ path }) => /(?:^|\/)MLmodel$/.test(path));
  const text = file === undefined ? null : await reader.text(file.path);
  if (file === undefined || text === null) return null;
  const { runId } = parseMlmodelOrigin(text, file.path);
  return runId !== null && /^[A-Za-z0-9_-]+$/.test(runId) ? `mlflow:${runId}` : null;
}

function notRead(model: GovernedModel, run: string, because: string, remedy: string): Notice {
  const text = `The run of ${model.manifest.name} (${run}) was not read: ${because}. ${remedy}`;
  return { level: 'warning', text, file: model.manifestPath, line: model.line };
}

/** The first folder of artifacts in which the Trainer of transformers left its state or its results. */
async function readTrainer(reader: RunFiles): Promise<RunFacts | null> {
  for (const folder of reader.folders) {
    const statePath = inFolder(folder, trainerFiles.state);
    const state = await reader.json(statePath);
    const resultsPath = inFolder(folder, trainerFiles.results);
    const results = await reader.json(resultsPath);
    const isTrainer = isJsonObject(state) && Array.isArray(state['log_history']);
    if (!isTrainer && !(isJsonObject(results) && typeof results['train_runtime'] === 'number')) continue;
    const config = await reader.json(inFolder(folder, trainerFiles.config));
    return parseTrainerFiles(isTrainer ? statePath : resultsPath, { state, results, config });
  }
  return null;
}
