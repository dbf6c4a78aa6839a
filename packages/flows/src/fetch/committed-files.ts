import { weighbridgeError } from '@weighbridge/core';
import { type Files, openCommitFiles, type OpenFile } from '../reading/files.js';
import type { Surroundings } from '../surroundings.js';
import type { KeptVersion } from './find-stored.js';
import type { VersionFile } from './version-files.js';

type OfVersion = Pick<KeptVersion, 'model' | 'version'>;

/**
 * Looks whether the commit of a version has files that neither a store nor a service keeps, before anything is brought.
 * @throws flow/not-in-git, flow/commit-missing
 */
export async function requireCommitted(
  surroundings: Surroundings,
  kept: OfVersion,
  files: readonly VersionFile[],
): Promise<void> {
  const [first] = files;
  if (first === undefined) return;
  const { commit, name } = await filesOf(surroundings, kept, first);
  const paths = files.map(({ path }) => path);
  const there = await surroundings.repository.objectsAt(commit, paths);
  const absent = files.find(({ path }) => !there.has(path));
  if (absent !== undefined) throw notInGit(kept, absent, `commit ${name} does not have it`);
}

/**
 * A file as the commit of a version has it: data of git, not yet compared with its digest. The caller closes it.
 * @throws flow/not-in-git where git has none of its size, such as a pointer of Git LFS; flow/commit-missing
 */
export async function openCommitted(surroundings: Surroundings, kept: OfVersion, file: VersionFile): Promise<OpenFile> {
  const { files, name } = await filesOf(surroundings, kept, file);
  const source = await files.open(file.path);
  if (source === null) throw notInGit(kept, file, `commit ${name} does not have it`);
  if (source.sizeBytes === file.sizeBytes) return source;
  await source.close();
  const because = `commit ${name} has ${source.sizeBytes} bytes of it instead of ${file.sizeBytes}, as for a file in Git LFS`;
  throw notInGit(kept, file, because);
}

/** The commit is fetched where the clone does not have it. */
async function filesOf(
  { repository }: Surroundings,
  kept: OfVersion,
  file: VersionFile,
): Promise<{ readonly files: Files; readonly commit: string; readonly name: string }> {
  const { commit } = kept.version;
  if (commit === null) throw notInGit(kept, file, 'no commit was recorded');
  const files = await openCommitFiles(repository, commit);
  return { files, commit, name: files.name };
}

function notInGit({ model, version: { version } }: OfVersion, { path }: VersionFile, because: string): Error {
  return weighbridgeError('flow/not-in-git', { path, model, version, because });
}
