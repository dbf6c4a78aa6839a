import { digestBytes, type ModelName, parseDigest } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import { isToldByRun, modelOfRef, type RecordedVersion, repositoryPath } from '@weighbridge/lineage';
import type { ReachedPart } from '@weighbridge/report';
import { type Files, filesAtCommit } from '../reading/files.js';
import { maxFileBytes } from '../governing/governance.js';
import { maxPointerBytes, parseLfsPointer } from '../artifacts/lfs-pointer.js';
import { digestSource } from '../artifacts/measure-file.js';
import type { Surroundings } from '../surroundings.js';
import type { FoundVersion } from '../registry/find-registered.js';
import { inParallel } from '../reading/in-parallel.js';
import { artifactsOf, hasArtifacts } from '../registry/version-artifacts.js';

/** Small requests that wait beside each other. */
const looksAtOnce = 16;

/**
 * Looks for every part of a record where it can be asked from here: the commit in the clone or its remote, bytes in the
 * store, files of the repository at that commit by their digests, models in the ledger. What lies outside is `unknown`.
 */
export async function findReached(
  surroundings: Surroundings,
  { version }: FoundVersion,
  recorded: RecordedVersion,
): Promise<readonly ReachedPart[]> {
  const files = await findCommit(surroundings, recorded.commit);
  const commit: ReachedPart = {
    what: `commit ${recorded.commit ?? ''}`.trimEnd(),
    state: files === null ? 'gone' : 'here',
    because: files === null ? 'neither the clone nor its remote has it' : 'the clone or its remote has it',
  };
  const parts: ReachedPart[] = [commit];
  for (const artifact of await artifactsOf(surroundings.ledger, version))
    parts.push(await findArtifact(surroundings, artifact, version.store));
  const { lock } = recorded.environment;
  if (lock !== null) parts.push(await findLock(surroundings, files, lock));
  for (const dependency of recorded.dependencies) parts.push(await findDependency(surroundings, files, dependency));
  return parts;
}

async function findCommit({ repository }: Surroundings, commit: string | null): Promise<Files | null> {
  if (commit === null) return null;
  if ((await repository.commit(commit)) === null && !(await repository.fetchCommit(commit))) return null;
  return filesAtCommit(repository, commit);
}

async function findArtifact(
  { store }: Surroundings,
  { path, sha256 }: { readonly path: string; readonly sha256: string },
  address: string | null,
): Promise<ReachedPart> {
  const what = `artifact ${path}`;
  if (address === null) return { what, state: 'unknown', because: 'no store keeps it: store: reference' };
  if (store === null) return { what, state: 'unknown', because: `the store ${address} is not named by the policy now` };
  const found = await store.has(parseDigest(`sha256:${sha256}`));
  return {
    what,
    state: found ? 'here' : 'gone',
    because: `${store.address} ${found ? 'has' : 'does not have'} its bytes`,
  };
}

async function findLock(
  { sha256 }: Surroundings,
  files: Files | null,
  { path, digest }: { readonly path: string; readonly digest: string },
): Promise<ReachedPart> {
  const what = `lock file ${path}`;
  const bytes = files === null ? null : await files.read(path, maxFileBytes * 64);
  if (bytes === null) return { what, state: 'gone', because: 'the commit does not have it' };
  const same = digestBytes(sha256, bytes) === digest;
  return { what, state: same ? 'here' : 'gone', because: same ? 'the commit has it' : 'the commit has other bytes' };
}

async function findDependency(
  surroundings: Surroundings,
  files: Files | null,
  dependency: Dependency,
): Promise<ReachedPart> {
  const { kind, ref, pin } = dependency;
  const what = `${kind} ${ref}`;
  if (isToldByRun(dependency)) return { what, state: 'unknown', because: 'only the run that made it tells of it' };
  const own = modelOfRef(ref);
  if (own !== null) return { what, ...(await findPart(surroundings, { model: own, pin })) };
  const path = repositoryPath(ref);
  if (path === null) return { what, state: 'unknown', because: 'it lies outside of this repository' };
  if (files === null) return { what, state: 'gone', because: 'its commit is gone' };
  if (ref.startsWith('dvc:')) return findTracked(files, { what, path });
  return findFile(surroundings, files, { what, path, pin });
}

/** A base or a part of this registry: its record, and its bytes where a store has them. */
async function findPart(
  { ledger, store }: Surroundings,
  { model, pin }: { readonly model: ModelName; readonly pin: string | null },
): Promise<Omit<ReachedPart, 'what'>> {
  const found = (await ledger.catalogue(model))?.versions.find(({ version }) => version === pin);
  if (found === undefined) return { state: 'gone', because: `${model} has no such version` };
  const name = `${model} ${found.version}`;
  if (found.released !== undefined) return { state: 'gone', because: `the bytes of ${name} were given up` };
  if (!hasArtifacts(found)) return { state: 'here', because: `${name} is registered` };
  if (found.store === null) return { state: 'unknown', because: `${name} is registered, and no store keeps its files` };
  if (store === null) return { state: 'unknown', because: `the store ${found.store} is not named by the policy now` };
  const files = await artifactsOf(ledger, found);
  const there = await inParallel(files, looksAtOnce, ({ sha256 }) => store.has(parseDigest(`sha256:${sha256}`)));
  const lost = files.filter((_, place) => there[place] === false);
  if (lost.length === 0) return { state: 'here', because: `${name} is registered, and ${store.address} has its bytes` };
  const more = lost.length === 1 ? '' : ` and ${lost.length - 1} more`;
  return { state: 'gone', because: `${store.address} does not have ${lost[0]?.path ?? ''}${more} of ${name}` };
}

/** DVC keeps the bytes elsewhere; the file that names them is in the commit. */
async function findTracked(
  files: Files,
  { what, path }: { readonly what: string; readonly path: string },
): Promise<ReachedPart> {
  const found = (await files.read(`${path}.dvc`, maxFileBytes)) !== null;
  if (!found) return { what, state: 'gone', because: `the commit does not have ${path}.dvc` };
  return { what, state: 'unknown', because: 'the commit names it; "dvc pull" tells whether the remote has it' };
}

async function findFile(
  { newHash }: Surroundings,
  files: Files,
  { what, path, pin }: { readonly what: string; readonly path: string; readonly pin: string | null },
): Promise<ReachedPart> {
  const source = await files.open(path);
  if (source === null) {
    const listed = await files.list(path);
    return { what, state: listed.length > 0 ? 'here' : 'gone', because: `the commit has ${listed.length} files there` };
  }
  try {
    const small = source.sizeBytes > maxPointerBytes ? null : await source.read(0, source.sizeBytes);
    const pointer = small === null ? null : parseLfsPointer(small);
    if (pointer !== null)
      return {
        what,
        state: 'unknown',
        because: 'the commit has its Git LFS pointer; "git lfs fetch" tells whether the server has it',
      };
    const same = pin === null || (await digestSource(source, newHash())) === pin;
    return { what, state: same ? 'here' : 'gone', because: same ? 'the commit has it' : 'the commit has other bytes' };
  } finally {
    await source.close();
  }
}
