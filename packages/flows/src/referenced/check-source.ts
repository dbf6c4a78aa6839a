import { type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { readAddress } from '@weighbridge/manifest';
import type { RemoteFile } from '@weighbridge/ports';
import type { ArtifactFile } from '../artifacts/artifact-file.js';
import type { Measured } from '../artifacts/measure-file.js';
import type { Surroundings } from '../surroundings.js';
import { parseDvcSource, partsOfAddress } from './dvc/dvc-source.js';
import { type DvcName, measureRemote } from './measure-remote.js';

/**
 * What lies at the pinned address of a file now: its size and digest as they were, and its header read anew. The bytes
 * are read to their end only where the service does not say their SHA-256, or all of them on request.
 * @throws source/gone, source/changed, source/unread, store/*, formats/*
 */
export async function measureSource(
  surroundings: Surroundings,
  file: ArtifactFile,
  { beside, bytes }: { readonly beside: readonly ArtifactFile[]; readonly bytes: 'needed' | 'all' },
): Promise<Measured> {
  const placed = await Promise.all(
    [file, ...beside.filter((each) => each.source !== null && each !== file)].map(async (each) => ({
      path: each.path,
      // Neighbours are only opened by what needs them.
      file: each === file ? await findSource(surroundings, each) : expected(each),
    })),
  );
  const [own] = placed;
  if (own === undefined) throw weighbridgeError('core/invariant', { reason: 'a file was not among its neighbours' });
  const named = nameOf(file);
  // What DVC calls it is only compared by reading it.
  const looked = bytes === 'all' || named !== null ? { ...own, file: { ...own.file, sha256: null } } : own;
  const reading = { beside: placed, bytes: 'needed', staging: null, ...(named === null ? {} : { named }) } as const;
  const measured = await measureRemote(surroundings, looked, reading);
  if (measured.sha256 !== file.sha256) throw changed(file, `its SHA-256 is ${measured.sha256}`);
  return measured;
}

function nameOf({ source }: ArtifactFile): DvcName | null {
  const from = source === null ? null : parseDvcSource(source);
  const parts = source === null || from === null ? null : partsOfAddress(source);
  return from === null || parts === null ? null : { ...parts, record: from.record };
}

/** The object at the address of an artifact, if it is of the size and digest that were recorded. */
export async function findSource(
  { remote }: Pick<Surroundings, 'remote'>,
  file: Pick<ArtifactFile, 'size' | 'sha256' | 'source'>,
): Promise<Omit<RemoteFile, 'name'>> {
  const { address, sizeBytes } = expected(file);
  const text = file.source?.address ?? '';
  const listing = await remote?.list(address);
  if (listing === undefined || listing.kind === 'unread') {
    const { because, remedy } = listing ?? { because: 'nobody is asked offline', remedy: 'Run it without --offline.' };
    throw weighbridgeError('source/unread', { reference: text, because, remedy });
  }
  const [found] = listing.kind === 'files' ? listing.files : [];
  if (found === undefined) throw weighbridgeError('source/gone', { address: text });
  if (found.sizeBytes !== sizeBytes) throw changed(file, `it has ${found.sizeBytes} bytes instead of ${sizeBytes}`);
  if (found.sha256 !== null && found.sha256 !== file.sha256) throw changed(file, `its SHA-256 is ${found.sha256}`);
  return { address, sizeBytes, sha256: found.sha256 };
}

function expected({ size, sha256, source }: Pick<ArtifactFile, 'size' | 'sha256' | 'source'>) {
  const address = source === null ? null : readAddress(source.address);
  if (address === null) throw weighbridgeError('core/invariant', { reason: 'a file without a source was to be found' });
  return { address, sizeBytes: size, sha256 };
}

function changed({ source }: Pick<ArtifactFile, 'source'>, what: string): WeighbridgeError {
  return weighbridgeError('source/changed', { address: source?.address ?? '', what });
}
