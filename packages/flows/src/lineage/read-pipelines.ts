import { type DvcLockStage, parseDvcLock } from '@weighbridge/formats';
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
  for (const [path, bytes] of await files.readAll(paths.slice(0, maxPipelines), maxFileBytes)) {
    const stages = tryStages(bytes, path);
    if (typeof stages === 'string')
      notices.push({ level: 'warning', text: `${stages} The stages of this pipeline are left out.`, file: path });
    else pipelines.push({ path, stages });
  }
  if (paths.length > maxPipelines)
    notices.push({ level: 'warning', text: `Of ${paths.length} files dvc.lock the first ${maxPipelines} are read.` });
  return { pipelines, notices };
}

function tryStages(bytes: Uint8Array, path: string): readonly DvcLockStage[] | string {
  try {
    return parseDvcLock(bytes, path);
  } catch (error) {
    if (error instanceof WeighbridgeError && error.exitCode === 2) return error.message;
    throw error;
  }
}
