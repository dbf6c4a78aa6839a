import { WeighbridgeError } from '@weighbridge/core';
import {
  dvcEntryOf,
  type DvcLockStage,
  type DvcReports,
  joinDvcValues,
  parseDvcReports,
  type RunFacts,
  runFacts,
} from '@weighbridge/formats';
import { dvcLocksAbove } from '../data/pin-dvc.js';
import { readDvcLock } from '../data/read-dvc-lock.js';
import type { GovernedModel } from '../governing/governance.js';
import type { Notice, Surroundings } from '../surroundings.js';
import { type Declared, declaredReports, isWithin, liveReports } from './dvc-declared.js';
import { readReports } from './dvc-reports.js';
import { inFolder, maxFolders, type RunFiles } from './run-files.js';

/** A run and what people should know of its reading. */
export interface ReadRun {
  readonly run: RunFacts | null;
  readonly notices: readonly Notice[];
}

/**
 * What DVC knows of the run: the stage that puts an artifact out, or the folder that it lies in, with its command,
 * parameters and dependencies, and the metrics and plots of that stage, of those that read what it made, and of the project.
 * Without such a stage, what a `dvc.yaml` beside the model or naming it reports, or the folder that DVCLive wrote.
 * @throws formats/* for a broken dvc.lock that names the weights
 */
export async function readDvcRun(surroundings: Surroundings, reader: RunFiles): Promise<ReadRun> {
  const notices = new Map<string, Notice>();
  for (const { path } of reader.artifacts.slice(0, maxFolders)) {
    for (const { lock, folder } of dvcLocksAbove(path)) {
      const stages = await stagesOf(reader, { lock, path, folder, notices });
      const reports = await reportsBeside(reader, folder, notices);
      if (stages.length === 0 && reports === null) continue;
      const isBeside = reader.folders.includes(folder);
      const declared = declaredReports(path, { folder, stages, reports }, { isBeside });
      if (declared === null) continue;
      const { producer } = declared;
      const source = producer === null ? inFolder(folder, 'dvc.yaml') : `${lock}#${producer.name}`;
      return readRun(surroundings, reader, { source, declared, notices });
    }
  }
  const live = await liveReports(reader);
  if (live !== null) return readRun(surroundings, reader, { ...live, notices });
  return { run: null, notices: [...notices.values()] };
}

interface FoundRun {
  readonly source: string;
  readonly declared: Declared;
  readonly notices: ReadonlyMap<string, Notice>;
}

async function readRun(
  surroundings: Surroundings,
  reader: RunFiles,
  { source, declared, notices }: FoundRun,
): Promise<ReadRun> {
  const { metrics, params, plots, notices: unread } = await readReports(surroundings, reader, declared);
  const stage = declared.producer;
  const run = runFacts(source, {
    command: stage === null || stage.commands.length === 0 ? null : stage.commands.join(' && '),
    params: joinDvcValues(new Map([...params, ...declared.lockedParams]), 'params'),
    metrics,
    plots,
    datasets: (stage?.deps ?? []).map((dep) => ({
      name: dep.path,
      role: null,
      digest: dvcEntryOf(dep).content,
      source: null,
    })),
  });
  return { run, notices: [...notices.values(), ...unread] };
}

/** A dvc.yaml that cannot be read is a warning: the lock says what ran. */
async function reportsBeside(
  reader: RunFiles,
  folder: string,
  notices: Map<string, Notice>,
): Promise<DvcReports | null> {
  const path = inFolder(folder, 'dvc.yaml');
  const bytes = await reader.bytes(path);
  if (bytes === null) return null;
  try {
    return parseDvcReports(bytes, path);
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode === 70) throw error;
    const text = `${error.message} Its metrics and plots are not captured.`;
    notices.set(path, { level: 'warning', text, file: path });
    return null;
  }
}

interface LockPlace {
  readonly lock: string;
  readonly folder: string;
  /** The artifact. */
  readonly path: string;
  readonly notices: Map<string, Notice>;
}

/**
 * The stages of a lock file; none for one that is larger than is read, and for one that is broken and does not speak of
 * the artifact: it stops those alone whose weights it puts out. @throws formats/* for a broken one that does speak of it
 */
async function stagesOf(
  reader: RunFiles,
  { lock, folder, path, notices }: LockPlace,
): Promise<readonly DvcLockStage[]> {
  const reading = await readDvcLock(reader.model.files, lock);
  if (reading.kind === 'absent') return [];
  if (reading.kind === 'too-large') {
    reader.tellUnread(lock, reading.error);
    return [];
  }
  reader.read.add(lock);
  if (reading.kind === 'stages') return reading.stages;
  const text = new TextDecoder('utf-8').decode(reading.bytes);
  if (namesHolder(text, folder === '' ? path : path.slice(folder.length + 1))) throw reading.error;
  notices.set(lock, unreadLock(reader.model, lock));
  return [];
}

/** Whether a line of a lock file, which may be no YAML, names the path or a folder that it lies in. */
function namesHolder(text: string, path: string): boolean {
  const named = [...text.matchAll(/(?:^|[\s{,])path:[ \t]*([^,}\n]*)/g)].map(([, value = '']) => value.trim());
  return named
    .map((value) => value.replaceAll(/^['"]|['"]$/g, ''))
    .some((value) => value !== '' && isWithin(value, path));
}

function unreadLock({ manifest }: GovernedModel, lock: string): Notice {
  const text = `${lock} is broken. It does not name the weights of ${manifest.name}, so that nothing is read of it here. Write it anew with "dvc repro" or "dvc commit".`;
  return { level: 'warning', text, file: lock };
}
