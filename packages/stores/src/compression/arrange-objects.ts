import { createHash } from 'node:crypto';
import { type Digest, digestHex, hexToBytes, parseDigest, WeighbridgeError } from '@weighbridge/core';
import type { Arranged, Arrangement, Bucket, ObjectFacts } from '@weighbridge/ports';
import {
  compressedKey,
  compressionLimits,
  compressObject,
  guessElementWidth,
  incompressibleKey,
  objectKey,
} from '@weighbridge/storage';
import { usualLeaseMs } from '../collection/collect.js';
import { openElapsedClock } from '../collection/elapsed.js';
import { readBucketClock } from '../collection/control.js';
import { readCompressed } from '../reading/read-object.js';
import { findFile } from '../reading/stored-file.js';
import { deflate } from './deflating.js';
import { listDigests } from './list-digests.js';
import { type RemovalMeans, removeSuperfluous, type Superfluous } from './removing.js';

/** Objects in memory at once, each twice at most: as it is and compressed. */
const objectsAtOnce = 2;

/** After so many objects the superfluous ones go, so that a run that is killed has achieved something. */
const objectsOfStep = 256;

/** An arrangement of a bucket. */
export interface BucketArrangement extends Arrangement {
  /** For tests. */
  readonly means?: Partial<RemovalMeans>;
}

/**
 * Sees to it that objects lie compressed or as they are. The new form is written, read back and compared before the old
 * one goes, which happens under the lease of collections; readers look for both. What is in an archive stays there as it
 * is. Killed at any moment, the next run goes on. @throws store/recipe-malformed, store/control-malformed
 */
export async function arrangeObjects(bucket: Bucket, arrangement: BucketArrangement): Promise<Arranged> {
  const { tasks, archived, waiting } = await planArrangement(bucket, arrangement);
  if (arrangement.dryRun === true) return foresee(tasks, { archived, waiting });
  const means = { leaseMs: usualLeaseMs, monotonicMs: openElapsedClock(), ...arrangement.means };
  const total = { compressed: 0, from: 0, to: 0, expanded: 0, grown: 0, hopeless: 0, waiting, archived };
  const damaged: Digest[] = [];
  arrangement.progress?.begin(
    tasks.length,
    tasks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  );

  async function removeAll(superfluous: readonly Superfluous[]): Promise<void> {
    total.waiting += superfluous.length - (await removeSuperfluous(bucket, superfluous, means)).length;
  }

  for (let start = 0; start < tasks.length; start += objectsOfStep) {
    const superfluous: Superfluous[] = [];
    await eachAtOnce(tasks.slice(start, start + objectsOfStep), async ({ object, expands, sizeBytes }) => {
      const moved = await movedUnless(() => (expands ? expand(bucket, object) : compress(bucket, object)));
      const [asIs, packed] = [objectKey(object), compressedKey(object)];
      if (moved === 'damaged') damaged.push(object);
      else if (moved === 'hopeless') total.hopeless++;
      else if (moved === 'archived') total.archived++;
      // A compressed form that was archived cannot be compared: it goes, and the next run writes another one.
      else if (moved === 'archived-twin') superfluous.push({ key: packed, twin: asIs, minAgeMs: 0 });
      else if (moved !== 'nothing') {
        const [key, twin] = expands ? [packed, asIs] : [asIs, packed];
        superfluous.push({ key, twin, minAgeMs: expands ? 0 : arrangement.unregisteredMs });
        total[expands ? 'expanded' : 'compressed']++;
        total[expands ? 'grown' : 'from'] += moved.plainBytes;
        if (!expands) total.to += moved.storedBytes;
      }
      arrangement.progress?.done(sizeBytes);
    });
    await removeAll(superfluous);
  }
  return {
    compressed: { objects: total.compressed, plainBytes: total.from, storedBytes: total.to },
    expanded: { objects: total.expanded, plainBytes: total.grown },
    incompressible: total.hopeless,
    damaged,
    waiting: total.waiting,
    archived: total.archived,
  };
}

/** What a dry run says; how much smaller objects become is known only by compressing them. */
function foresee(tasks: readonly Task[], known: Pick<Arranged, 'archived' | 'waiting'>): Arranged {
  const sumOf = (expands: boolean) => {
    const some = tasks.filter((task) => task.expands === expands);
    return { objects: some.length, plainBytes: some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
  };
  const compressed = sumOf(false);
  return {
    compressed: { ...compressed, storedBytes: compressed.plainBytes },
    expanded: sumOf(true),
    incompressible: 0,
    damaged: [],
    ...known,
  };
}

interface Task {
  readonly object: Digest;
  readonly expands: boolean;
  /** Of the form that lies there. */
  readonly sizeBytes: number;
}

/** What there is to do, from the listings: nothing is asked of objects that lie as they should. */
async function planArrangement(
  bucket: Bucket,
  { plain, compressed, unregisteredMs, dryRun = false }: BucketArrangement,
): Promise<Pick<Arranged, 'archived' | 'waiting'> & { readonly tasks: readonly Task[] }> {
  const wanted = [...compressed];
  const shrunk = await listDigests(bucket, 'compressed/');
  const tasks: Task[] = [];
  const counted = { archived: 0, waiting: 0 };
  if (wanted.length === 0 && shrunk.size === 0) return { tasks, ...counted };
  const hot = await objectsOfFiles(bucket, plain);
  for (const [object, { sizeBytes }] of shrunk) if (hot.has(object)) tasks.push({ object, expands: true, sizeBytes });
  const cold = await objectsOfFiles(bucket, wanted);
  const hopeless = await listDigests(bucket, 'incompressible/');
  const nowMs = dryRun ? Date.now() : await readBucketClock(bucket);
  for (const [object, facts] of await listDigests(bucket, 'sha256/')) {
    // An early release wrote larger ones, which are read in parts.
    const fits = facts.sizeBytes <= compressionLimits.maxBytes;
    if (!cold.has(object) || hot.has(object) || hopeless.has(object) || !fits) continue;
    if (isArchive(bucket, facts)) counted.archived++;
    else if (shrunk.has(object) && nowMs - Date.parse(facts.storedAt) < unregisteredMs) counted.waiting++;
    else tasks.push({ object, expands: false, sizeBytes: facts.sizeBytes });
  }
  return { tasks, ...counted };
}

function isArchive({ classes }: Bucket, { storageClass }: ObjectFacts): boolean {
  return storageClass !== undefined && (classes?.restoreMs(storageClass, 'standard') ?? 0) > 0;
}

type Moved = { readonly plainBytes: number; readonly storedBytes: number } | 'nothing' | 'hopeless' | Unmoved;

/** `archived-twin`: it lies as it is and can be read, and its compressed form cannot. */
type Unmoved = 'damaged' | 'archived' | 'archived-twin';

/** Writes the compressed form of an object that lies as it is, and finds it right. */
async function compress(bucket: Bucket, object: Digest): Promise<Moved> {
  const plain = (await bucket.read(objectKey(object)))?.bytes ?? null;
  if (plain === null) return 'nothing';
  if (!isRight(plain, object)) return 'damaged';
  if ((await bucket.describe(compressedKey(object))) === null) {
    const packed = await compressObject(plain, { digest: object, width: guessElementWidth(plain), deflate });
    if (packed === null) {
      await write(bucket, incompressibleKey(object), new Uint8Array(0));
      return 'hopeless';
    }
    await write(bucket, compressedKey(object), packed);
  }
  const held = await bucket.describe(compressedKey(object));
  const back = await unlessArchived(() => readCompressed(bucket, object));
  if (back === 'archived') return 'archived-twin';
  if (held === null || back === null) return 'nothing';
  return isRight(back, object) ? { plainBytes: plain.length, storedBytes: held.sizeBytes } : 'damaged';
}

/** Writes an object as it is, and finds it right. */
async function expand(bucket: Bucket, object: Digest): Promise<Moved> {
  const held = await bucket.read(objectKey(object));
  // Somebody stored it anew.
  if (held !== null && isRight(held.bytes, object)) {
    return { plainBytes: held.bytes.length, storedBytes: held.bytes.length };
  }
  const bytes = await readCompressed(bucket, object);
  if (bytes === null) return 'nothing';
  if (!isRight(bytes, object)) return 'damaged';
  await write(bucket, objectKey(object), bytes);
  const back = await bucket.read(objectKey(object));
  if (back === null) return 'nothing';
  return isRight(back.bytes, object) ? { plainBytes: bytes.length, storedBytes: bytes.length } : 'damaged';
}

async function write(bucket: Bucket, key: string, bytes: Uint8Array): Promise<void> {
  await bucket.create(key, [bytes], { sha256: createHash('sha256').update(bytes).digest() });
}

function isRight(bytes: Uint8Array, object: Digest): boolean {
  return createHash('sha256')
    .update(bytes)
    .digest()
    .equals(hexToBytes(digestHex(object)));
}

async function movedUnless(run: () => Promise<Moved>): Promise<Moved> {
  try {
    return await unlessArchived(run);
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'store/corrupt') return 'damaged';
    throw cause;
  }
}

async function unlessArchived<Result>(run: () => Promise<Result>): Promise<Result | 'archived'> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'store/archived') return 'archived';
    throw cause;
  }
}

async function objectsOfFiles(bucket: Bucket, files: Iterable<Digest>): Promise<ReadonlySet<Digest>> {
  const objects = new Set<Digest>();
  await eachAtOnce([...files].map(parseDigest), async (digest) => {
    for (const { object } of (await findFile(bucket, digest))?.segments ?? []) objects.add(object);
  });
  return objects;
}

async function eachAtOnce<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: objectsAtOnce }, async () => {
      for (const item of rest) await run(item);
    }),
  );
}
