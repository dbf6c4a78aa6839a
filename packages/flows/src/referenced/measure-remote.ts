import { type Sha256Stream, weighbridgeError } from '@weighbridge/core';
import { formatAddress } from '@weighbridge/manifest';
import type { RemoteFile } from '@weighbridge/ports';
import type { OpenFile } from '../reading/files.js';
import { feedWhileReading } from '../artifacts/hash-while-reading.js';
import { type Measured, measureFile } from '../artifacts/measure-file.js';
import { watchReading } from '../progress/watch-reading.js';
import type { Staging } from '../artifacts/staging.js';
import type { Surroundings } from '../surroundings.js';
import { dvcHash } from './dvc/md5-while-reading.js';
import { readAhead } from './read-ahead.js';

/** What is read whole without further ado: settings and tokenizers beside the weights. */
const smallBytes = 16 * 1024 * 1024;

/** A file that a service keeps, by the path that it has as an artifact. */
export interface PlacedRemote {
  readonly path: string;
  readonly file: Omit<RemoteFile, 'name'>;
}

/** How much of a file may be read. */
export interface RemoteReading {
  /** Other files of the model, among which neighbours are looked for, such as the data of an ONNX model. */
  readonly beside: readonly PlacedRemote[];
  /**
   * `needed`: all bytes when the digest is known no other way. `headers`: of large files never more than the header; the
   * digest stays null where the service does not say it.
   */
  readonly bytes: 'needed' | 'headers';
  /** What is to be copied is stored by the read that measures it. */
  readonly staging: Staging | null;
  /** What DVC calls the bytes: they are compared where they are read to their end. */
  readonly named?: DvcName;
}

/** The MD5 by which DVC names a file, and where it says so. */
export interface DvcName {
  readonly md5: string;
  readonly isLegacy: boolean;
  readonly record: string;
}

/**
 * What a file behind a reference is. Its header is read by ranges; the bytes are read once, forwards, where they are
 * copied or where only they tell the SHA-256.
 * @throws source/*, store/*, and formats/* for a broken header
 */
export async function measureRemote(
  surroundings: Surroundings,
  { path, file }: PlacedRemote,
  { beside, bytes, staging, named }: RemoteReading,
): Promise<Measured> {
  const open = async (wanted: string): Promise<OpenFile | null> => {
    const other = beside.find((each) => each.path === wanted);
    return other === undefined ? null : openRemote(surroundings, other);
  };
  const isWhole = staging !== null || (file.sha256 === null && (bytes === 'needed' || file.sizeBytes <= smallBytes));
  const source = await openRemote(surroundings, { path, file });
  try {
    if (!isWhole) {
      const measured = await measureFile(surroundings, { open }, source, { depth: 'headers', staging: null });
      return { ...measured, sha256: file.sha256 };
    }
    const forwards = { ...readAhead(source), close: source.close };
    const watched = staging === null ? watchReading(surroundings, forwards, 'Reading') : forwards;
    const reading = { depth: 'bytes', staging } as const;
    if (named === undefined) return await measureFile(surroundings, { open }, watched, reading);
    const hash = dvcHash(md5Of(surroundings, path), named.isLegacy);
    const fed = feedWhileReading(watched, hash);
    const measured = await measureFile(surroundings, { open }, { ...fed.source, close: source.close }, reading);
    await fed.finish();
    checkName({ path, file }, named, hash.digests());
    return measured;
  } finally {
    await source.close();
  }
}

function checkName({ path, file }: PlacedRemote, { md5, record }: DvcName, found: readonly string[]): void {
  if (found.includes(md5)) return;
  const told = { address: formatAddress(file.address), record, path, what: `its MD5 is ${found[0]} instead of ${md5}` };
  throw weighbridgeError('source/dvc-differs', told);
}

/** How the MD5 of what DVC tracks is computed. @throws source/unread where it is not */
export function md5Of({ newMd5 }: Surroundings, path: string): () => Sha256Stream {
  if (newMd5 !== undefined) return newMd5;
  const because = 'no MD5 is computed here';
  throw weighbridgeError('source/unread', { reference: path, because, remedy: 'Run "dvc pull" before.' });
}

/** A file that a service keeps, under its path. @throws source/unread where nobody is asked */
export async function openRemote({ remote }: Surroundings, { path, file }: PlacedRemote): Promise<OpenFile> {
  if (remote === undefined) {
    const because = 'nobody is asked offline';
    throw weighbridgeError('source/unread', { reference: path, because, remedy: 'Run it without --offline.' });
  }
  const source = await remote.open(file);
  return { ...source, name: path };
}
