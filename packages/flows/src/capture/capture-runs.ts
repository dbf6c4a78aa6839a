import { parseUtf8, utf8, weighbridgeError, WeighbridgeError } from '@weighbridge/core';
import {
  isJsonObject,
  dvcEntryOf,
  parseDvcLock,
  parseMlmodelOrigin,
  parseStrictJson,
  parseTrainerFiles,
  type RunFacts,
  runFacts,
} from '@weighbridge/formats';
import type { JsonValue } from '@weighbridge/core';
import { parseReference, parseRunFile, resolveManifestPath, runFileName } from '@weighbridge/manifest';
import type { ArtifactFile } from '../artifact-file.js';
import { dvcLocksAbove } from '../data/pin-dvc.js';
import { type GovernedModel, maxFileBytes } from '../governance.js';
import type { Notice, Surroundings } from '../surroundings.js';
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

/** Folders of artifacts that are looked through. */
const maxFolders = 50;

/**
 * Looks for what is known of the training run: `weighbridge-run.json`, the run that the manifest names, the run that an
 * MLmodel file names, what the Trainer of transformers left beside the weights, and the stage of `dvc.lock` that puts
 * the weights out, and this job where it says that it trained. What a service does not tell is a notice, and never an error.
 * @throws flow/invalid-files for a `weighbridge-run.json` that is not as its schema asks; formats/* for a broken dvc.lock
 * that names the weights
 */
export async function captureRuns(
  surroundings: Surroundings,
  model: GovernedModel,
  files: readonly ArtifactFile[],
): Promise<CapturedRuns> {
  const reader = new RunFiles(model, files);
  const own = await readOwn(reader);
  const tracked = await readTracked(surroundings, model, reader);
  const pipeline = await readDvcStage(reader);
  const job = (await surroundings.trainingJob?.()) ?? null;
  const found = [own, tracked.run, await readTrainer(reader), pipeline.run, job];
  const runs = found.filter((run) => run !== null);
  // What git ignores is told where it lies, but no commit holds it, so that no other check could come to the same.
  const ignored = await model.files.ignored([...reader.read]);
  const sources = [...reader.read].filter((path) => !ignored.has(path)).sort();
  return {
    runs,
    own: own === null || ignored.has(own.source) ? null : own,
    sources,
    notices: [...tracked.notices, ...pipeline.notices],
  };
}

/** Reads small files around a model's artifacts, and remembers which. */
class RunFiles {
  readonly model: GovernedModel;
  readonly artifacts: readonly ArtifactFile[];
  readonly read = new Set<string>();
  /** Folders of the artifacts, then that of the manifest. */
  readonly folders: readonly string[];

  constructor(model: GovernedModel, artifacts: readonly ArtifactFile[]) {
    this.model = model;
    this.artifacts = artifacts;
    this.folders = [...new Set([...artifacts.map(({ path }) => folderOf(path)), model.folder])].slice(0, maxFolders);
  }

  async text(path: string): Promise<string | null> {
    const bytes = await this.model.files.read(path, maxFileBytes);
    if (bytes === null) return null;
    this.read.add(path);
    try {
      return parseUtf8(bytes);
    } catch (error) {
      // These files are recognised by their names alone: what is no text is none of them.
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  /** JSON of a file that is recognised by its name alone: what does not parse is not it. */
  async json(path: string): Promise<JsonValue | null> {
    try {
      const text = await this.text(path);
      return text === null ? null : parseStrictJson(text, { name: path, nonFinite: 'keep-as-text' });
    } catch (error) {
      const isForeign = error instanceof TypeError || (error instanceof WeighbridgeError && error.exitCode !== 70);
      if (!isForeign) throw error;
      this.read.delete(path);
      return null;
    }
  }
}

async function readOwn(reader: RunFiles): Promise<RunFacts | null> {
  for (const folder of reader.folders) {
    const path = inFolder(folder, runFileName);
    const bytes = await reader.model.files.read(path, maxFileBytes);
    if (bytes === null) continue;
    reader.read.add(path);
    const parsed = parseRunFile({ path, bytes });
    if (parsed.ok) return parsed.value;
    throw weighbridgeError(
      'flow/invalid-files',
      { count: parsed.faults.length, files: path },
      { details: parsed.faults },
    );
  }
  return null;
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
    const run = await readWandbFolder(model.files, folder);
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
    const statePath = inFolder(folder, 'trainer_state.json');
    const state = await reader.json(statePath);
    const resultsPath = inFolder(folder, 'all_results.json');
    const results = await reader.json(resultsPath);
    const isTrainer = isJsonObject(state) && Array.isArray(state['log_history']);
    if (!isTrainer && !(isJsonObject(results) && typeof results['train_runtime'] === 'number')) continue;
    const config = await reader.json(inFolder(folder, 'config.json'));
    return parseTrainerFiles(isTrainer ? statePath : resultsPath, { state, results, config });
  }
  return null;
}

/** The stage that puts out an artifact, or the folder that it lies in: its command, parameters and dependencies. */
async function readDvcStage(reader: RunFiles): Promise<Tracked> {
  const notices = new Map<string, Notice>();
  for (const { path } of reader.artifacts.slice(0, maxFolders)) {
    for (const { lock, folder } of dvcLocksAbove(path)) {
      const text = await reader.text(lock);
      if (text === null) continue;
      const inLock = folder === '' ? path : path.slice(folder.length + 1);
      const stages = stagesFor(inLock, { lock, text });
      if (stages === null) {
        notices.set(lock, unreadLock(reader.model, lock));
        continue;
      }
      const stage = stages.find(({ outs }) =>
        outs.some((out) => out.path === inLock || inLock.startsWith(`${out.path}/`)),
      );
      if (stage === undefined) continue;
      const datasets = stage.deps.map((dep) => ({
        name: dep.path,
        role: null,
        digest: dvcEntryOf(dep).content,
        source: null,
      }));
      const command = stage.commands.length === 0 ? null : stage.commands.join(' && ');
      const run = runFacts(`${lock}#${stage.name}`, { command, params: flatParams(stage.params), datasets });
      return { run, notices: [...notices.values()] };
    }
  }
  return { run: null, notices: [...notices.values()] };
}

/**
 * The stages of a lock file; null for one that is broken and does not speak of the path: it stops those alone whose
 * weights it puts out. @throws formats/* for a broken one that does speak of it
 */
function stagesFor(
  path: string,
  { lock, text }: { readonly lock: string; readonly text: string },
): ReturnType<typeof parseDvcLock> | null {
  try {
    return parseDvcLock(utf8(text), lock);
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode === 70 || namesHolder(text, path)) throw error;
    return null;
  }
}

/** Whether a line of a lock file, which may be no YAML, names the path or a folder that it lies in. */
function namesHolder(text: string, path: string): boolean {
  const named = [...text.matchAll(/(?:^|[\s{,])path:[ \t]*([^,}\n]*)/g)].map(([, value = '']) => value.trim());
  return named
    .map((value) => value.replaceAll(/^['"]|['"]$/g, ''))
    .some((value) => path === value || path.startsWith(`${value}/`));
}

function unreadLock({ manifest }: GovernedModel, lock: string): Notice {
  const text = `${lock} is broken. It does not name the weights of ${manifest.name}, so that nothing is read of it here. Write it anew with "dvc repro" or "dvc commit".`;
  return { level: 'warning', text, file: lock };
}

/** `params.yaml: {train.lr: 0.1}` as `train.lr`, or with the file before it where two files say it. */
function flatParams(params: RunFacts['params']): RunFacts['params'] {
  const flat: Record<string, JsonValue> = Object.create(null);
  for (const [file, members] of Object.entries(params)) {
    for (const [key, value] of Object.entries(isJsonObject(members) ? members : {})) {
      flat[Object.hasOwn(flat, key) ? `${file}:${key}` : key] = value;
    }
  }
  return flat;
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
