import { resolveManifestPath } from '@weighbridge/manifest';
import { maxPointerBytes, parseLfsPointer } from '../artifacts/lfs-pointer.js';
import { readGovernedFiles } from '../governing/governance.js';
import { type Files, openCommitFiles } from '../reading/files.js';
import { inParallel } from '../reading/in-parallel.js';
import { contentOf } from '../registry/named-content.js';
import { noArtifacts } from '../registry/no-artifacts.js';
import { readSnapshot } from '../registry/read-snapshot.js';
import type { Surroundings } from '../surroundings.js';
import { findKept, type KeptVersion, type VersionQuestion } from './find-stored.js';
import { namedFiles, type PlacedFile, type VersionFile } from './version-files.js';

/** Each is a few requests to git. */
const opensAtOnce = 8;

/**
 * The version that is asked for with the files that it consists of: its artifacts; or, where it has none, the files that
 * its manifest named at its commit, such as prompts and the configuration of a retrieval, by their digests on record.
 * @throws as findKept, flow/no-artifacts where there are neither, flow/commit-missing
 */
export async function findContent(surroundings: Surroundings, asked: VersionQuestion): Promise<KeptVersion> {
  const kept = await findKept(surroundings, asked);
  if (kept.files.length > 0) return kept;
  const files = await filesAtItsCommit(surroundings, kept);
  if (files.length === 0) throw noArtifacts(kept.model, kept.version);
  return { ...kept, files };
}

async function filesAtItsCommit(
  surroundings: Surroundings,
  { model, version }: KeptVersion,
): Promise<readonly VersionFile[]> {
  const content = contentOf(await readSnapshot(surroundings, version));
  if (content.length === 0 || version.commit === null) return [];
  const files = await openCommitFiles(surroundings.repository, version.commit);
  const { models } = await readGovernedFiles(files);
  const manifest = models.find(({ manifest: { name } }) => name === model)?.manifestPath;
  if (manifest === undefined) return [];
  const placed = await inParallel(content, opensAtOnce, async ({ path: written, digest }): Promise<PlacedFile> => {
    const path = resolveManifestPath(manifest, written);
    return { path, digest, sizeBytes: await sizeOf(files, path), address: null };
  });
  return namedFiles(placed, { model, version: version.version });
}

/** Of what Git LFS keeps, the size of the whole. What is not there is told by whoever brings it. */
async function sizeOf(files: Files, path: string): Promise<number> {
  const source = await files.open(path);
  if (source === null) return 0;
  try {
    const { sizeBytes } = source;
    const pointer = sizeBytes > maxPointerBytes ? null : parseLfsPointer(await source.read(0, sizeBytes));
    return pointer?.sizeBytes ?? sizeBytes;
  } finally {
    await source.close();
  }
}
