import { type Digest, WeighbridgeError } from '@weighbridge/core';
import type { ArtifactHeader } from '@weighbridge/formats';
import type { Ingested, Store } from '@weighbridge/ports';
import type { OpenFile } from '../reading/files.js';
import type { Surroundings } from '../surroundings.js';
import { watchReading } from '../progress/watch-reading.js';

/**
 * Bytes that go into the store while they are measured, so that a disk is read once. Nothing of them is a file of the
 * store until their plan commits them; what no plan commits is named by nothing.
 */
export interface Staging {
  /** @throws as Store.ingest */
  ingest(source: OpenFile, header: ArtifactHeader | null): Promise<Ingested>;
  /** Makes a file of what came by under the digest; null when nothing did, or not all of it is there any more. */
  commit(digest: Digest): Promise<'stored' | 'present' | null>;
  /** Whether every byte of the file came by and was sent: nothing of it was in the store before. */
  isNew(digest: Digest): boolean;
  /** The same, for files that have much in common with these, such as the previous version. */
  like(digests: readonly Digest[]): Staging;
}

/** A staging area before a store. */
export function openStaging(surroundings: Surroundings, store: Store): Staging {
  const ingested = new Map<Digest, Ingested>();
  const stage = (like: readonly Digest[]): Staging => ({
    async ingest(source, header) {
      const bytes = await store.ingest(watchReading(surroundings, source, 'Storing'), { header, like });
      ingested.set(bytes.digest, bytes);
      return bytes;
    },
    async commit(digest) {
      try {
        return (await ingested.get(digest)?.commit()) ?? null;
      } catch (error) {
        // A collection took some of it meanwhile: it has to be read and sent again.
        if (error instanceof WeighbridgeError && error.code === 'store/collected') return null;
        throw error;
      }
    },
    isNew(digest) {
      const bytes = ingested.get(digest);
      return bytes !== undefined && bytes.storedBytes === bytes.sizeBytes;
    },
    like: stage,
  });
  return stage([]);
}
