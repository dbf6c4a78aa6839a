import { type DvcLockStage, type DvcWrittenStage, maxDvcLockBytes, writtenStageOf } from '@weighbridge/formats';
import type { Pipeline } from '@weighbridge/lineage';
import { WeighbridgeError } from '@weighbridge/core';
import { besideLock, readDvcLock } from '../data/read-dvc-lock.js';
import type { Files } from '../reading/files.js';
import { maxFileBytes } from '../governing/governance.js';
import { listAll } from '../reading/list-all.js';
import { type ReadBounds, readWithin } from '../reading/read-within.js';
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
  readLock: typeof readDvcLock = readDvcLock,
): Promise<{ readonly pipelines: readonly Pipeline[]; readonly notices: readonly Notice[] }> {
  const paths = (await listAll(files)).filter((path) => path === 'dvc.lock' || path.endsWith('/dvc.lock'));
  const notices: Notice[] = [];
  const first = paths.slice(0, maxPipelines);
  const locks = await readSome(files, first, { bounds: lockBounds, notices });
  const beside = await readSome(files, [...locks.keys()].map(besideLock), { bounds: writtenBounds, notices });
  const pipelines: Pipeline[] = [];
  for (const [path, lock] of locks) {
    const yaml = besideLock(path);
    const reading = await readLock(files, path, { lock, beside: beside.get(yaml) ?? null });
    if (reading.kind === 'absent') continue;
    if (reading.kind !== 'stages') {
      const text = `${reading.error.message} The stages of this pipeline are left out.`;
      notices.push({ level: 'warning', text, file: path });
      continue;
    }
    const { stages, written } = reading;
    if (written instanceof WeighbridgeError) notices.push({ level: 'warning', text: written.message, file: yaml });
    const isKnown = !(written instanceof WeighbridgeError) && beside.has(yaml);
    pipelines.push({ path, stages, ...(isKnown ? { written: writtenCommands(stages, written) } : {}) });
  }
  if (paths.length > maxPipelines)
    notices.push({ level: 'warning', text: `Of ${paths.length} files dvc.lock the first ${maxPipelines} are read.` });
  return { pipelines, notices };
}

/** The bytes of the files that are read; each of the others is told. */
async function readSome(
  files: Files,
  paths: readonly string[],
  { bounds, notices }: { readonly bounds: ReadBounds; readonly notices: Notice[] },
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for await (const { path, read } of readWithin(files, paths, bounds)) {
    if (read instanceof Uint8Array) found.set(path, read);
    else notices.push(leftOut(path, read, bounds));
  }
  return found;
}

function leftOut(path: string, why: WeighbridgeError | 'beyond', { maxSumBytes }: ReadBounds): Notice {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const because =
    why === 'beyond'
      ? `Files ${name} are read up to ${maxSumBytes} bytes together, and ${path} is beyond that.`
      : why.message;
  return { level: 'warning', text: `${because} What it says of its pipeline is left out.`, file: path };
}

/** Of the stages that a lock has: what dvc.yaml says of each, of a loop's stages and of templates what the lock says. */
function writtenCommands(
  stages: readonly DvcLockStage[],
  written: ReadonlyMap<string, DvcWrittenStage>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    stages.flatMap(({ name, commands: recorded }) => {
      const found = writtenStageOf(written, name);
      return found === undefined ? [] : [[name, found.commands ?? recorded] as const];
    }),
  );
}
