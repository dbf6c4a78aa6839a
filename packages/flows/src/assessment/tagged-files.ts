import { type ArtifactsLock, type LockedArtifact, resolveManifestPath } from '@weighbridge/manifest';
import { type ArtifactFile, lockArtifact } from '../artifacts/artifact-file.js';
import type { GovernedModel } from '../governing/governance.js';
import type { Files } from '../reading/files.js';
import { dvcHash } from '../referenced/dvc/md5-while-reading.js';
import { isWithin, type TrackedOutput, trackedOutputs } from '../referenced/dvc/tracked-outputs.js';
import { localArtifacts } from '../referenced/written-references.js';
import type { Surroundings } from '../surroundings.js';

const pieceBytes = 4 * 1024 * 1024;

/**
 * What is known of a candidate's files, as the lock of an earlier commit that has the same: where the records of DVC name
 * the same content at both, nobody has to be asked for it. What git itself has at that commit is read there, and of a Git
 * LFS pointer the entry counts when it names that digest.
 * @throws formats/yaml-malformed, formats/document-malformed
 */
export async function lockAtEarlier(
  surroundings: Surroundings,
  model: GovernedModel,
  { files, earlier }: { readonly files: readonly ArtifactFile[]; readonly earlier: Files },
): Promise<ArtifactsLock> {
  const patterns = localArtifacts(model).map((written) => resolveManifestPath(model.manifestPath, written));
  const now = await trackedOutputs(model.files, patterns);
  const before = await trackedOutputs(earlier, patterns);
  const same = now.outputs.filter((output) => before.outputs.some((other) => isSameContent(output, other)));
  const atCommit = new Set(await earlier.list(''));
  const artifacts: LockedArtifact[] = [];
  for (const file of files) {
    if (file.sha256 === null || file.unread !== undefined) continue;
    const output = same.find(({ path }) => isWithin(file.path, path));
    const isKnown = output === undefined ? atCommit.has(file.path) : await isAsTold(surroundings, model, output, file);
    if (isKnown) artifacts.push(lockArtifact({ ...file, source: null }, null));
  }
  return { version: 1, artifacts };
}

function isSameContent(left: TrackedOutput, right: TrackedOutput): boolean {
  return left.path === right.path && left.isFolder === right.isFolder && left.md5 === right.md5;
}

/** A file at hand may be another one than its record says. Of a folder DVC's record does not tell what is in it. */
async function isAsTold(
  { newMd5 }: Surroundings,
  { files }: GovernedModel,
  { isFolder, md5, isLegacy }: TrackedOutput,
  { path, from }: ArtifactFile,
): Promise<boolean> {
  if (from !== 'checkout' || isFolder || newMd5 === undefined) return true;
  const source = await files.open(path);
  if (source === null) return false;
  try {
    const hash = dvcHash(newMd5, isLegacy);
    for (let at = 0; at < source.sizeBytes; at += pieceBytes)
      hash.update(await source.read(at, Math.min(pieceBytes, source.sizeBytes - at)));
    return hash.digests().includes(md5);
  } finally {
    await source.close();
  }
}
