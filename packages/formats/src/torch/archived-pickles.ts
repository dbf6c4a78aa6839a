import { compareCodePoints } from '../code-points.js';
import type { ByteSource } from '../byte-source.js';
import type { ArtifactHeader } from '../header.js';
import { sourceWithin } from '../source-within.js';
import { type InflateStream, isReadable, openEntry } from './entry-content.js';
import { locateEntry, type ZipDirectory, type ZipEntry } from './zip-directory.js';

/** What programs that unpickle an entry of an archive call it; numpy.savez calls every array so. */
const pickledEntry = /\.(?:npy|pkl|pickle|joblib|pt|pth|ckpt|dill|sav)$/i;

const pickledFormats: ReadonlySet<string> = new Set(['pickle', 'joblib', 'pytorch-zip']);
const maxNamedEntries = 20;

/** How an archive that torch does not load is looked into. */
export interface ArchivedReading {
  /** Absent: deflated entries are passed over. */
  readonly inflate?: InflateStream;
  /** Reads an entry as a file; archives in archives are not opened any further. */
  readEntry(source: ByteSource): Promise<ArtifactHeader | null>;
}

/**
 * The pickles in an archive that torch does not load: arrays of Python objects in an .npz, a model beside its settings
 * in a .zip. The header lists what loading them imports and no tensors, so that the archive is compared as a whole; null
 * where no entry with the name of a pickle holds one.
 * @throws what `readEntry` throws, formats/zip-malformed
 */
export async function readArchivedPickles(
  source: ByteSource,
  { entries, bytesRead }: ZipDirectory,
  reading: ArchivedReading,
): Promise<ArtifactHeader | null> {
  const found = new Map<string, ArtifactHeader>();
  for (const entry of entries.values()) {
    const header = pickledEntry.test(entry.name) ? await readEntry(source, entry, reading) : null;
    if (header !== null && pickledFormats.has(header.format)) found.set(entry.name, header);
  }
  if (found.size === 0) return null;
  const headers = [...found.values()];
  const compression = headers.map(({ attributes }) => attributes['compression']).find((name) => name !== undefined);
  return {
    format: compression === undefined ? 'pickle' : 'joblib',
    tensors: [],
    attributes: {
      archive: 'zip',
      pickles: found.size,
      entries: [...found.keys()].sort(compareCodePoints).slice(0, maxNamedEntries),
      ...(compression === undefined ? {} : { compression }),
    },
    graph: null,
    imports: [...new Set(headers.flatMap(({ imports }) => imports))].sort(compareCodePoints),
    bytesRead: headers.reduce((sum, header) => sum + header.bytesRead, bytesRead),
  };
}

/**
 * The same of an archive that is not opened here, by the names of its entries: it counts as a pickle that may import
 * anything where one of them is called like one.
 */
export function unopenedPickles(names: readonly string[]): ArtifactHeader | null {
  if (!names.some((name) => pickledEntry.test(name))) return null;
  return { format: 'joblib', tensors: [], attributes: { compression: 'zip' }, graph: null, imports: [], bytesRead: 0 };
}

async function readEntry(
  source: ByteSource,
  entry: ZipEntry,
  reading: ArchivedReading,
): Promise<ArtifactHeader | null> {
  const name = `${source.name}/${entry.name}`;
  if (entry.method === 0) {
    return reading.readEntry(sourceWithin(source, { name, ...(await locateEntry(source, entry)) }));
  }
  if (reading.inflate === undefined || !isReadable(entry)) return null;
  const content = openEntry(source, entry, reading.inflate);
  try {
    return await reading.readEntry({ name, sizeBytes: entry.sizeBytes, read: content.read });
  } finally {
    await content.close();
  }
}
