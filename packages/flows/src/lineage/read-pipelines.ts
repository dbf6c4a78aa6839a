import { type DvcLockStage, maxDvcLockBytes, parseDvcCommands } from '@weighbridge/formats';
import type { Pipeline } from '@weighbridge/lineage';
import { WeighbridgeError } from '@weighbridge/core';
import { readDvcLock } from '../data/read-dvc-lock.js';
import type { Files } from '../files.js';
import { maxFileBytes } from '../governance.js';
import { listAll } from '../list-all.js';
import { type ReadBounds, readWithin } from '../read-within.js';
import type { Notice } from '../surroundings.js';

/** Pipelines of one repository. */
const maxPipelines = 50;
/** Their locks together: as much as one may have, because each MiB takes a second. */
const lockBounds: ReadBounds = { maxBytes: maxDvcLockBytes, maxSumBytes: maxDvcLockBytes };
/** Each `dvc.yaml` beside them, and all: people write them. */
const writtenBounds: ReadBounds = { maxBytes: maxFileBytes, maxSumBytes: 2 * maxFileBytes };

/** The pipelines of DVC among files, by their locks. One that is too large, or cannot be read, is left out and told. */
export async function readPipelines(
  files: Files,
): Promise<{ readonly pipelines: readonly Pipeline[]; readonly notices: readonly Notice[] }> {
  const paths = (await listAll(files)).filter((path) => path === 'dvc.lock' || path.endsWith('/dvc.lock'));
  const notices: Notice[] = [];
  const locks = await readStages(files, paths.slice(0, maxPipelines), notices);
  const written = await readCommands(files, [...locks.keys()].map(besideLock), notices);
  const pipelines = [...locks].map(([path, stages]): Pipeline => {
    const commands = written.get(besideLock(path));
    return { path, stages, ...(commands === undefined ? {} : { written: writtenCommands(stages, commands) }) };
  });
  if (paths.length > maxPipelines)
    notices.push({ level: 'warning', text: `Of ${paths.length} files dvc.lock the first ${maxPipelines} are read.` });
  return { pipelines, notices };
}

/** The stages of each lock that can be read. */
async function readStages(
  files: Files,
  paths: readonly string[],
  notices: Notice[],
): Promise<ReadonlyMap<string, readonly DvcLockStage[]>> {
  const locks = new Map<string, readonly DvcLockStage[]>();
  for await (const { path, read } of readWithin(files, paths, lockBounds)) {
    if (!(read instanceof Uint8Array)) {
      notices.push(leftOut(path, read, lockBounds));
      continue;
    }
    const reading = await readDvcLock(files, path, read);
    if (reading.kind === 'stages') locks.set(path, reading.stages);
    else if (reading.kind !== 'absent') {
      const text = `${reading.error.message} The stages of this pipeline are left out.`;
      notices.push({ level: 'warning', text, file: path });
    }
  }
  return locks;
}

/** The commands of each `dvc.yaml` that can be read. */
async function readCommands(
  files: Files,
  paths: readonly string[],
  notices: Notice[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly string[] | null>>> {
  const written = new Map<string, ReadonlyMap<string, readonly string[] | null>>();
  for await (const { path, read } of readWithin(files, paths, writtenBounds)) {
    if (!(read instanceof Uint8Array)) {
      notices.push(leftOut(path, read, writtenBounds));
      continue;
    }
    const commands = tryParse(() => parseDvcCommands(read, path));
    if (typeof commands === 'string') notices.push({ level: 'warning', text: commands, file: path });
    else written.set(path, commands);
  }
  return written;
}

function leftOut(path: string, why: WeighbridgeError | 'beyond', { maxSumBytes }: ReadBounds): Notice {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const because =
    why === 'beyond'
      ? `Files ${name} are read up to ${maxSumBytes} bytes together, and ${path} is beyond that.`
      : why.message;
  return { level: 'warning', text: `${because} What it says of its pipeline is left out.`, file: path };
}

function besideLock(path: string): string {
  return path.replace(/\.lock$/, '.yaml');
}

/** Of the stages that a lock has: what dvc.yaml says of each, of a loop's stages and of templates what the lock says. */
function writtenCommands(
  stages: readonly DvcLockStage[],
  commands: ReadonlyMap<string, readonly string[] | null>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    stages.flatMap(({ name, commands: recorded }) => {
      const found = commands.get(commands.has(name) ? name : name.replace(/@.*$/s, ''));
      return found === undefined ? [] : [[name, found ?? recorded] as const];
    }),
  );
}

function tryParse<Found extends object>(parse: () => Found): Found | string {
  try {
    return parse();
  } catch (error) {
    if (error instanceof WeighbridgeError && error.exitCode === 2) return error.message;
    throw error;
  }
}
