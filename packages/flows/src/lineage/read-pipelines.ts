import { type DvcLockStage, maxDvcLockBytes, parseDvcCommands, parseDvcLock } from '@weighbridge/formats';
import type { Pipeline } from '@weighbridge/lineage';
import { WeighbridgeError } from '@weighbridge/core';
import type { Files } from '../files.js';
import { maxFileBytes } from '../governance.js';
import { isTooLarge, readUpTo } from '../read-up-to.js';
import type { Notice } from '../surroundings.js';

/** Pipelines of one repository. */
const maxPipelines = 50;

/** The pipelines of DVC among files, by their locks. One that cannot be read is left out and told. */
export async function readPipelines(
  files: Files,
): Promise<{ readonly pipelines: readonly Pipeline[]; readonly notices: readonly Notice[] }> {
  const paths = (await files.list('')).filter((path) => path === 'dvc.lock' || path.endsWith('/dvc.lock'));
  const notices: Notice[] = [];
  const pipelines: Pipeline[] = [];
  const locks = await readNotTooLarge(files, paths.slice(0, maxPipelines), { maxBytes: maxDvcLockBytes, notices });
  const beside = [...locks.keys()].map(besideLock);
  const written = await readNotTooLarge(files, beside, { maxBytes: maxFileBytes, notices });
  for (const [path, bytes] of locks) {
    const stages = tryParse(() => parseDvcLock(bytes, path));
    if (typeof stages === 'string') {
      notices.push({ level: 'warning', text: `${stages} The stages of this pipeline are left out.`, file: path });
      continue;
    }
    const yamlPath = besideLock(path);
    const yaml = written.get(yamlPath);
    const commands = yaml === undefined ? null : tryParse(() => parseDvcCommands(yaml, yamlPath));
    if (typeof commands === 'string') notices.push({ level: 'warning', text: commands, file: yamlPath });
    const told =
      commands === null || typeof commands === 'string' ? {} : { written: writtenCommands(stages, commands) };
    pipelines.push({ path, stages, ...told });
  }
  if (paths.length > maxPipelines)
    notices.push({ level: 'warning', text: `Of ${paths.length} files dvc.lock the first ${maxPipelines} are read.` });
  return { pipelines, notices };
}

interface Bounded {
  readonly maxBytes: number;
  readonly notices: Notice[];
}

/** Few trips for many files, as it nearly always is; where one is too large, one by one, and that one is told. */
async function readNotTooLarge(
  files: Files,
  paths: readonly string[],
  { maxBytes, notices }: Bounded,
): Promise<ReadonlyMap<string, Uint8Array>> {
  try {
    return await files.readAll(paths, maxBytes);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
  }
  const read = new Map<string, Uint8Array>();
  for (const path of paths) {
    const found = await readUpTo(files, path, maxBytes);
    if (found instanceof WeighbridgeError)
      notices.push({
        level: 'warning',
        text: `${found.message} What it says of its pipeline is left out.`,
        file: path,
      });
    else if (found !== null) read.set(path, found);
  }
  return read;
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
