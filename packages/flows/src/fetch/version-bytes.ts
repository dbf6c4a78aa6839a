import type { LocalFolder, Store } from '@weighbridge/ports';
import type { OpenFile } from '../files.js';
import type { TransferMeter } from '../progress/transfer.js';
import type { Surroundings } from '../surroundings.js';
import { requireCommitted } from './committed-files.js';
import { inStore, type KeptVersion } from './find-stored.js';
import type { VersionFile } from './version-files.js';

/** Small files wait for requests, and the store's buffers bound what large ones hold. */
const storedAtOnce = 16;

/** Where the bytes of a version are read from. */
export interface VersionBytes {
  /** The store; null where services, and git, keep what the manifest referred to. */
  readonly store: Store | null;
  /** How many files may be brought at once. */
  readonly filesAtOnce: number;
  /** Random access. What a store gives is verified piece by piece; whoever reads from a service compares for itself. */
  open(file: VersionFile): Promise<OpenFile>;
  /** Writes a file, verified, into place atomically. */
  bring(file: VersionFile, folder: LocalFolder, told: TransferMeter): Promise<void>;
}

/**
 * The bytes of the selected files of a version: of its store; or, where it was registered by reference, of the pinned
 * addresses of its files, and of its commit for those that have none.
 * @throws flow/not-stored, flow/no-store-to-read, flow/not-in-git, flow/commit-missing
 */
export async function bytesOf(
  surroundings: Surroundings,
  kept: KeptVersion,
  selected: readonly VersionFile[],
): Promise<VersionBytes> {
  if (!isByReference(kept)) return storedBytes(inStore(surroundings, kept).store);
  const inGit = selected.filter(({ address }) => address === null);
  await requireCommitted(surroundings, kept, inGit);
  // What asks services is loaded where there are any to ask.
  const { referencedBytes } = await import('./referenced-bytes.js');
  return referencedBytes(surroundings, kept);
}

/** Whether no store has the files of a version: services and git do. */
export function isByReference({ version, files }: Pick<KeptVersion, 'version' | 'files'>): boolean {
  return version.store === null && files.length > 0;
}

function storedBytes(store: Store): VersionBytes {
  return {
    store,
    filesAtOnce: storedAtOnce,
    open: async ({ path, digest }) => {
      const source = await store.open(digest);
      const read = (offset: number, lengthBytes: number) => source.read(offset, lengthBytes);
      return { name: path, sizeBytes: source.sizeBytes, read, close: () => source.close() };
    },
    bring: async ({ digest, sizeBytes, name }, folder, told) =>
      store.fetchTo(digest, await folder.place(name), { sizeBytes, onBytes: (bytes) => told.addBytes(bytes) }),
  };
}
