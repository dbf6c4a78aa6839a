import { type DvcLockStage, parseDvcCommands, parseDvcLock } from '@weighbridge/formats';
import type { Pipeline } from '@weighbridge/lineage';
import { WeighbridgeError } from '@weighbridge/core';
import type { Files } from '../files.js';
import { maxFileBytes } from '../governance.js';
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
  const locks = await files.readAll(paths.slice(0, maxPipelines), maxFileBytes);
  const written = await files.readAll([...locks.keys()].map(besideLock), maxFileBytes);
  for (const [path, bytes] of locks) {
    const stages = tryParse(() => parseDvcLock(bytes, path));
    if (typeof stages === 'string') {
      notices.push({ level: 'warning', text: `${stages} The stages of this pipeline are left out.`, file: path });
      continue;
    }
    const beside = besideLock(path);
    const yaml = written.get(beside);
    const commands = yaml === undefined ? null : tryParse(() => parseDvcCommands(yaml, beside));
    if (typeof commands === 'string') notices.push({ level: 'warning', text: commands, file: beside });
    const told =
      commands === null || typeof commands === 'string' ? {} : { written: writtenCommands(stages, commands) };
    pipelines.push({ path, stages, ...told });
  }
  if (paths.length > maxPipelines)
    notices.push({ level: 'warning', text: `Of ${paths.length} files dvc.lock the first ${maxPipelines} are read.` });
  return { pipelines, notices };
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
