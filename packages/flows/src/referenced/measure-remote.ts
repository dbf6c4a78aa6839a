import { weighbridgeError } from '@weighbridge/core';
import type { RemoteFile } from '@weighbridge/ports';
import type { OpenFile } from '../files.js';
import { type Measured, measureFile } from '../measure-file.js';
import { watchReading } from '../progress/watch-reading.js';
import type { Staging } from '../staging.js';
import type { Surroundings } from '../surroundings.js';
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
}

/**
 * What a file behind a reference is. Its header is read by ranges; the bytes are read once, forwards, where they are
 * copied or where only they tell the SHA-256.
 * @throws source/*, store/*, and formats/* for a broken header
 */
export async function measureRemote(
  surroundings: Surroundings,
  { path, file }: PlacedRemote,
  { beside, bytes, staging }: RemoteReading,
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
    return await measureFile(surroundings, { open }, watched, { depth: 'bytes', staging });
  } finally {
    await source.close();
  }
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
