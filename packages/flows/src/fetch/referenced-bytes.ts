import { formatDigest, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';
import { readAddress } from '@weighbridge/manifest';
import type { LocalFolder } from '@weighbridge/ports';
import type { OpenFile } from '../reading/files.js';
import type { TransferMeter } from '../progress/transfer.js';
import { findSource } from '../referenced/check-source.js';
import { openRemote } from '../referenced/measure-remote.js';
import { readAhead } from '../referenced/read-ahead.js';
import type { Surroundings } from '../surroundings.js';
import { openCommitted } from './committed-files.js';
import type { KeptVersion } from './find-stored.js';
import type { VersionBytes } from './kept-bytes.js';
import type { VersionFile } from './version-files.js';

/** Each has pieces of its own in memory, 40 MiB at most. */
const referencedAtOnce = 4;

/** How many bytes of a file that is fetched are written at once. */
const pieceBytes = 1024 * 1024;

/** The files of a version that services keep at pinned addresses, and git those that have none. */
export function referencedBytes(surroundings: Surroundings, kept: KeptVersion): VersionBytes {
  const open = async (file: VersionFile): Promise<OpenFile> => {
    if (file.address === null) return openCommitted(surroundings, kept, file);
    return openRemote(surroundings, { path: file.path, file: await findRecorded(surroundings, file) });
  };
  return {
    store: null,
    filesAtOnce: referencedAtOnce,
    open,
    async bring(file, folder, told) {
      const source = await open(file);
      try {
        await bringResuming(surroundings, { file, source, folder, told });
      } finally {
        await source.close();
      }
    },
  };
}

interface Bringing {
  readonly file: VersionFile;
  readonly source: ByteSource;
  readonly folder: LocalFolder;
  readonly told: TransferMeter;
}

/**
 * Goes on where a broken attempt was. When the whole is none of the digest then, what was left is what was wrong, such as
 * after a power cut, or the object was written over meanwhile: the file is begun anew, once.
 */
async function bringResuming(surroundings: Surroundings, { file, source, folder, told }: Bringing): Promise<void> {
  let resumed = 0;
  const attempt = (bytes: Pick<TransferMeter, 'addBytes'>) =>
    folder.resume(file.name, file, (left) => {
      resumed = left.sizeBytes;
      return verifiedPieces(surroundings, { ...file, left, source: readAhead(source), told: bytes });
    });
  try {
    await attempt(told);
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.code !== 'source/changed' || resumed === 0) throw error;
    // All of its bytes were told already.
    await attempt({ addBytes: () => {} });
  }
}

/** What lies at the address of a file now, if it is what was recorded. @throws source/* */
export async function findRecorded(surroundings: Surroundings, file: VersionFile): ReturnType<typeof findSource> {
  const { path, sizeBytes: size, digest: sha256 } = file;
  const source = { reference: path, address: file.address ?? '' };
  if (readAddress(source.address) === null) throw notFetchable(file);
  return findSource(surroundings, { size, sha256, source });
}

/** The ledger may hold whatever its writers put there. */
function notFetchable({ path, address }: VersionFile): Error {
  const because = `the ledger has ${JSON.stringify(address)} as its address, which is none`;
  return weighbridgeError('source/unread', { reference: path, because, remedy: 'Register the version again.' });
}

/**
 * The bytes in order that follow on what is left of an earlier attempt; ends with an error when all together are others
 * than those of the digest.
 */
async function* verifiedPieces(
  { newHash }: Surroundings,
  {
    left,
    source,
    digest,
    path,
    address,
    told,
  }: Pick<VersionFile, 'digest' | 'path' | 'address'> & {
    readonly left: ByteSource;
    readonly source: ByteSource;
    readonly told: Pick<TransferMeter, 'addBytes'>;
  },
): AsyncGenerator<Uint8Array> {
  const hash = newHash();
  for await (const bytes of piecesOf(left, 0)) {
    hash.update(bytes);
    told.addBytes(bytes.length);
  }
  for await (const bytes of piecesOf(source, left.sizeBytes)) {
    hash.update(bytes);
    told.addBytes(bytes.length);
    yield bytes;
  }
  const actual = formatDigest(hash.digest());
  if (actual === digest) return;
  throw weighbridgeError('source/changed', {
    address: address ?? path,
    what: `its bytes are ${actual} and should be ${digest}`,
  });
}

async function* piecesOf(source: ByteSource, from: number): AsyncGenerator<Uint8Array> {
  for (let offset = from; offset < source.sizeBytes; offset += pieceBytes) {
    yield await source.read(offset, Math.min(pieceBytes, source.sizeBytes - offset));
  }
}
