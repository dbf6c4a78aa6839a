import type { ArtifactFile } from '../../artifacts/artifact-file.js';
import type { GovernedModel } from '../../governing/governance.js';
import { inParallel } from '../../reading/in-parallel.js';
import type { Reading } from '../../artifacts/measure-file.js';
import type { Surroundings } from '../../surroundings.js';
import { measureRemote } from '../measure-remote.js';
import { knownFile, maxFilesAtOnce, remoteFile } from '../read-referenced.js';
import type { TrackedFile } from './find-tracked.js';

/**
 * Files that are at a remote of DVC alone. For the lock each is read once to its end, because DVC says only the MD5, which
 * is compared; else by its header.
 * @throws source/*, store/*, formats/*
 */
export async function measureTracked(
  surroundings: Surroundings,
  model: GovernedModel,
  { files, reading }: { readonly files: readonly TrackedFile[]; readonly reading: Reading },
): Promise<readonly ArtifactFile[]> {
  const isAnew = reading.references === 'anew';
  const staging = isAnew && model.manifest.store === 'copy' ? (reading.staging ?? null) : null;
  return inParallel(files, maxFilesAtOnce, async (each) => {
    const artifact = { ...each, written: each.reference };
    const known = isAnew ? await knownFile(surroundings, model, artifact) : null;
    if (known !== null) return known;
    const bytes = isAnew ? 'needed' : 'headers';
    return remoteFile(
      artifact,
      await measureRemote(surroundings, each, { beside: files, bytes, staging, named: each }),
    );
  });
}
