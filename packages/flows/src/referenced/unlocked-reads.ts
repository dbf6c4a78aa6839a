import { formatAddress, isImmutableReference } from '@weighbridge/manifest';
import type { RemoteFile, RemoteFiles } from '@weighbridge/ports';

/** What one change of a fork has read of references that no lock lists: its author chose them. */
const strangersFiles = 2_000;
const strangersBytes = 256 * 1024 * 1024;

interface FoundFile {
  readonly path: string;
  readonly written: string;
  readonly file: Pick<RemoteFile, 'address'>;
}

/** What one judgement reads of references that no lock lists. */
export interface UnlockedReads {
  /** Takes files from what may be looked at. @throws what `tooMuch` makes when there are not so many left */
  take(files: number, tooMuch: () => Error): void;
  /** The same files, of which no more is read than may be. */
  bound(remote: RemoteFiles, tooMuch: () => Error): RemoteFiles;
  /** What is kept at fixed addresses is read once for all commits of the judgement. */
  once<Read>(found: readonly FoundFile[], read: () => Promise<Read>): Promise<Read>;
}

/** Of strangers the files and bytes of one judgement are bounded. */
export function openUnlockedReads({ ofStranger }: { readonly ofStranger: boolean }): UnlockedReads {
  let filesLeft = ofStranger ? strangersFiles : Infinity;
  let bytesLeft = ofStranger ? strangersBytes : Infinity;
  const known = new Map<string, Promise<unknown>>();
  return {
    take(files, tooMuch) {
      if (files > filesLeft) throw tooMuch();
      filesLeft -= files;
    },
    bound: (remote, tooMuch) => ({
      ...remote,
      open: async (file) => {
        const source = await remote.open(file);
        return {
          ...source,
          read: async (offset, lengthBytes) => {
            if (lengthBytes > bytesLeft) throw tooMuch();
            bytesLeft -= lengthBytes;
            return source.read(offset, lengthBytes);
          },
        };
      },
    }),
    once<Read>(found: readonly FoundFile[], read: () => Promise<Read>) {
      const key = fixedKey(found);
      if (key === null) return read();
      // Its one reader asks for one kind of thing.
      const answer = (known.get(key) as Promise<Read> | undefined) ?? read();
      known.set(key, answer);
      return answer;
    },
  };
}

/** Null where an address may have other bytes by the next read. */
function fixedKey(found: readonly FoundFile[]): string | null {
  const isFixed = ({ address }: FoundFile['file']) => address.scheme !== 'file' && isImmutableReference(address);
  if (!found.every(({ file }) => isFixed(file))) return null;
  return JSON.stringify(found.map(({ path, written, file }) => [path, written, formatAddress(file.address)]));
}
