import type { Digest } from '@weighbridge/core';
import type { Store } from '@weighbridge/ports';
import { describeStored } from '../stored/describe-stored.js';
import { inParallel } from '../reading/in-parallel.js';
import { filesOfEntry, type LedgerFile } from '../stored/cold-bytes.js';
import { type DueVersion, versionKey } from './due-versions.js';
import type { WholeCatalogue, WholeVersion } from '../registry/version-artifacts.js';

/** Each answer may name a quarter of a million pieces: so many are held at a time, whatever the number of versions. */
const questionsAtOnce = 8;

/** Bytes of a version that is given up. */
export interface ReleasedSize {
  /** Of its files, each for itself. */
  readonly bytes: number;
  /** Of objects that no version has which stays, and none that stands before it in the list. */
  readonly freed: number;
}

type Layout = NonNullable<Awaited<ReturnType<Store['describe']>>>;

/**
 * How much giving up versions frees, in the order of the list. Memory grows with the objects of those versions and the
 * pieces in them, and not with what stays. @throws store/recipe-malformed, store/recipe-newer
 */
export async function measureFreed(
  store: Store,
  catalogues: readonly WholeCatalogue[],
  due: readonly DueVersion[],
): Promise<readonly ReleasedSize[]> {
  const given = due.map(({ version }) => filesOfEntry(version).map(({ digest }) => digest));
  const files = filesOf(due.map(({ version }) => version));
  const alone = new Set<Digest>();
  await eachLayout(store, files, (_, { segments }) => {
    for (const { object } of segments) alone.add(object);
  });
  await eachLayout(store, stayingFiles(catalogues, due), (_, { segments }) => {
    for (const { object } of segments) alone.delete(object);
  });
  const freed = await freedByFile(store, files, alone);
  const taken = new Set<Digest>();
  return due.map(({ version }, index) => {
    const untaken = (given[index] ?? []).filter((digest) => !taken.has(digest));
    for (const digest of untaken) taken.add(digest);
    return {
      bytes: version.artifacts.reduce((sum, { size }) => sum + size, 0),
      freed: [...new Set(untaken)].reduce((sum, digest) => sum + (freed.get(digest) ?? 0), 0),
    };
  });
}

/** What each file has, in their order, of objects that go, and no file before it. */
async function freedByFile(
  store: Store,
  files: Files,
  alone: ReadonlySet<Digest>,
): Promise<ReadonlyMap<Digest, number>> {
  const counted = new Map<Digest, Set<number>>();
  const freed = new Map<Digest, number>();
  await eachLayout(store, files, (digest, { segments }) => {
    let sum = 0;
    for (const { object, objectOffset, lengthBytes } of segments) {
      if (!alone.has(object)) continue;
      const places = counted.get(object) ?? new Set();
      if (places.size === 0) counted.set(object, places);
      if (places.has(objectOffset)) continue;
      places.add(objectOffset);
      sum += lengthBytes;
    }
    freed.set(digest, sum);
  });
  return freed;
}

/** Files of the versions that keep their bytes. */
function stayingFiles(catalogues: readonly WholeCatalogue[], due: readonly DueVersion[]): Files {
  const dueKeys = new Set(due.map(({ model, version }) => versionKey(model, version.version)));
  const staying = catalogues.flatMap(({ model, versions }) =>
    versions.filter(
      ({ version, store: kept, released }) =>
        kept !== null && released === undefined && !dueKeys.has(versionKey(model, version)),
    ),
  );
  return filesOf(staying);
}

type Files = ReadonlyMap<Digest, LedgerFile>;

/** The files of versions, each once. */
function filesOf(versions: readonly Pick<WholeVersion, 'artifacts'>[]): Files {
  return new Map(versions.flatMap(filesOfEntry).map((file) => [file.digest, file]));
}

/** Runs over the layouts of files in their order; what the store does not hold is left out. */
async function eachLayout(store: Store, files: Files, see: (digest: Digest, layout: Layout) => void): Promise<void> {
  const asked = [...files.values()];
  for (let start = 0; start < asked.length; start += questionsAtOnce) {
    const some = asked.slice(start, start + questionsAtOnce);
    const told = await inParallel(some, questionsAtOnce, (file) => describeStored(store, file));
    for (const [index, { digest }] of some.entries()) {
      const layout = told[index]?.layout ?? null;
      if (layout !== null) see(digest, layout);
    }
  }
}
