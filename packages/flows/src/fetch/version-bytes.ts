import type { Surroundings } from '../surroundings.js';
import { requireCommitted } from './committed-files.js';
import { readMoved } from '../stored/moved-store.js';
import { inStore, type KeptVersion, type StoredVersion } from './find-stored.js';
import type { VersionBytes } from './kept-bytes.js';
import type { VersionFile } from './version-files.js';

export type { VersionBytes } from './kept-bytes.js';

/** Small files wait for requests, and the store's buffers bound what large ones hold. */
const storedAtOnce = 16;

/**
 * The bytes of the selected files of a version: of its store; or, where it was registered by reference, of the pinned
 * addresses of its files, and of its commit for those that have none.
 * @throws flow/no-store-to-read, flow/not-in-git, flow/commit-missing
 */
export async function bytesOf(
  surroundings: Surroundings,
  kept: KeptVersion,
  selected: readonly VersionFile[],
): Promise<VersionBytes> {
  if (!isByReference(kept)) return storedBytes(inStore(surroundings, kept));
  const inGit = selected.filter(({ address }) => address === null);
  await requireCommitted(surroundings, kept, inGit);
  // What asks services is loaded where there are any to ask.
  const { referencedBytes } = await import('./referenced-bytes.js');
  return referencedBytes(surroundings, kept);
}

/** Whether no store has the files of a version: services and git do. */
export function isByReference({ version }: Pick<KeptVersion, 'version'>): boolean {
  return version.store === null;
}

function storedBytes({ store, model, version }: StoredVersion): VersionBytes {
  const where = { model, version: version.version, store: version.store };
  return {
    store,
    filesAtOnce: storedAtOnce,
    open: async ({ path, digest }) => {
      const source = await readMoved(store, where, () => store.open(digest));
      const read = (offset: number, lengthBytes: number) => source.read(offset, lengthBytes);
      return { name: path, sizeBytes: source.sizeBytes, read, close: () => source.close() };
    },
    bring: async ({ digest, sizeBytes, name }, folder, told) =>
      readMoved(store, where, async () =>
        store.fetchTo(digest, await folder.place(name), { sizeBytes, onBytes: (bytes) => told.addBytes(bytes) }),
      ),
  };
}
