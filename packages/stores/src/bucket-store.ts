import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { parseDigest, WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import type { Bucket, Store } from '@weighbridge/ports';
import { type CollectorOptions, openCollector } from './collection/collect.js';
import { openCollectionWatch, type WatchTime } from './collection/watch.js';
import { listHeld } from './compression/list-digests.js';
import { openCompressedFinder } from './compression/find-compressed.js';
import type { ObjectKeeper } from './place-object.js';
import { fetchFile } from './reading/fetch-file.js';
import { openRandomAccess } from './reading/random-access.js';
import { readAsItLies } from './reading/read-as-it-lies.js';
import { presignFile } from './reading/presign-file.js';
import { fileOfObject, findFile, isStored, openFile, type StoredFile } from './reading/stored-file.js';
import { streamFile } from './reading/stream-file.js';
import { openStoreTiers } from './tiers/open-store-tiers.js';
import { openTransferMeans, type TransferBounds } from './transfer/means.js';

/** How a bucket is used as a store. */
export interface BucketStoreOptions extends TransferBounds {
  /** Whether `put` reads and compares what is there already, and so heals it. Default: no; a question would cost a download. */
  readonly comparesPresent?: boolean;
  /** Gives an object a second key without reading it, where the bucket can. */
  copy?(from: string, to: string): Promise<void>;
  /** How collections of this store work, and what time its writers see. */
  readonly collector?: CollectorOptions;
  readonly time?: WatchTime;
}

/** How often bytes are sent again that a collection removed under a writer. */
const maxSends = 3;

/** Files of at most so many bytes are nearly always one object: it is asked for without looking first. */
const likelyObjectBytes = 1024 * 1024;

/** A store over a bucket, whatever keeps its bytes. What `quarantine` answers are keys of the bucket. */
export type BucketStore = Store;

/**
 * Opens a store over a bucket: files are cut at the boundaries of their tensors, pieces are stored once under their
 * digest, small ones in packs, and a recipe, written last, makes a file of them (docs of `@weighbridge/storage`). Safe
 * for any number of processes that share the bucket, and for their being killed at any moment: what was sent before is
 * not sent again.
 *
 * A transfer holds at most `bufferBytes` in buffers; of what is read back the bucket's adapter holds as much again.
 */
export function openBucketStore(bucket: Bucket, options: BucketStoreOptions = {}): BucketStore {
  const means = openTransferMeans(options);
  const keeper: ObjectKeeper = {
    bucket,
    comparesPresent: options.comparesPresent ?? false,
    copy: options.copy ?? ((from, to) => copyThroughMemory(bucket, from, to)),
  };

  const findCompressed = openCompressedFinder(bucket, { compares: keeper.comparesPresent });
  const place = { keeper, means, watch: openCollectionWatch(bucket, options.time), findCompressed };
  // What cuts and stores files is not loaded for a command that only reads.
  const ingest: Store['ingest'] = async (source, given = {}) => {
    const { ingestSource } = await import('./ingest/ingest-source.js');
    return ingestSource(place, source, given);
  };

  return {
    address: bucket.address,
    has: (digest) => isStored(bucket, parseDigest(digest)),
    ingest,
    keep: (digest) => place.watch.keep(parseDigest(digest)),
    collector: openCollector(bucket, options.collector),
    tiers: openStoreTiers(bucket),
    arranger: {
      arrange: async (arrangement) => {
        const { arrangeObjects } = await import('./compression/arrange-objects.js');
        return arrangeObjects(bucket, arrangement);
      },
      list: () => listHeld(bucket),
    },
    async put(source, given = {}) {
      for (let sends = 1; ; sends++) {
        const ingested = await ingest(source, given);
        const { digest, sizeBytes } = ingested;
        try {
          return { digest, sizeBytes, outcome: await ingested.commit() };
        } catch (cause) {
          const isCollected = cause instanceof WeighbridgeError && cause.code === 'store/collected';
          if (!isCollected || sends === maxSends) throw cause;
        }
      }
    },
    async verify(digest) {
      const file = await openFile(bucket, parseDigest(digest));
      await streamFile(file, { bucket, means });
      return { sizeBytes: file.sizeBytes };
    },
    open: async (digest) => openRandomAccess(bucket, await openFile(bucket, parseDigest(digest))),
    async fetchTo(digest, path, { sizeBytes, onBytes } = {}) {
      const wanted = parseDigest(digest);
      const fetch = (file: StoredFile) =>
        fetchFile(file, resolve(path), { bucket, means, ...(onBytes === undefined ? {} : { onBytes }) });
      const isLikelyObject = sizeBytes !== undefined && sizeBytes <= likelyObjectBytes;
      if (isLikelyObject && (await unlessMissing(() => fetch(fileOfObject(wanted, sizeBytes))))) return;
      await fetch(await openFile(bucket, wanted));
    },
    describe: (digest) => findFile(bucket, parseDigest(digest)),
    presign: async (digest, options) => presignFile(bucket, await openFile(bucket, parseDigest(digest)), options),
    async quarantine(digest) {
      const wanted = parseDigest(digest);
      const { setAside } = await import('./quarantine/set-aside.js');
      return setAside(keeper, wanted);
    },
  };
}

async function unlessMissing(run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'store/missing') return false;
    throw cause;
  }
}

async function copyThroughMemory(bucket: Bucket, from: string, to: string): Promise<void> {
  const read = await readAsItLies(bucket, from);
  if (read === null) throw weighbridgeError('store/io', { action: 'copy', path: from, reason: 'it is gone' });
  await bucket.create(to, [read.bytes], { sha256: createHash('sha256').update(read.bytes).digest() });
}
