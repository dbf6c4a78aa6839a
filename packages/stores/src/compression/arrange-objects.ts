import { createHash } from 'node:crypto';
import { type Digest, parseDigest } from '@weighbridge/core';
import type { Arranged, Arrangement, Bucket, ObjectFacts } from '@weighbridge/ports';
import {
  compressedKey,
  compressionLimits,
  compressObject,
  guessElementWidth,
  incompressibleKey,
  objectKey,
} from '@weighbridge/storage';
import { openElapsedClock } from '../collection/elapsed.js';
import { readBucketClock, usualLeaseMs } from '../collection/control.js';
import { findObjects } from '../reading/stored-file.js';
import { deflate } from './deflating.js';
import { listDigests } from './list-digests.js';
import { readPacked, readPlain } from './read-form.js';
import { type RemovalMeans, removeSuperfluous, type Superfluous } from './removing.js';
import { type Moved, openTally, type Task } from './tally.js';

/** Objects in memory at once, each twice at most: as it is and compressed. */
const objectsAtOnce = 2;

/** After so many objects the superfluous ones go, so that a run that is killed has achieved something. */
const objectsOfStep = 256;

const nothing = new Uint8Array(0);

/** An arrangement of a bucket. */
export interface BucketArrangement extends Arrangement {
  /** For tests. */
  readonly means?: Partial<RemovalMeans>;
}

/**
 * Sees to it that objects lie compressed or as they are. The new form is written, read back and compared before the old
 * one goes, which happens under the lease of collections; readers look for both. What is in an archive stays there as it
 * is. A form that is damaged is written anew from the other one where that is right. Killed at any moment, the next run
 * goes on. @throws store/recipe-malformed, store/control-malformed
 */
export async function arrangeObjects(bucket: Bucket, arrangement: BucketArrangement): Promise<Arranged> {
  const { tasks, archived, waiting } = await planArrangement(bucket, arrangement);
  if (arrangement.dryRun === true) return foresee(tasks, { archived, waiting });
  const means = { leaseMs: usualLeaseMs, monotonicMs: openElapsedClock(), ...arrangement.means };
  const tally = openTally({ archived, waiting });
  arrangement.progress?.begin(
    tasks.length,
    tasks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  );

  /** Does some tasks; answers those of them whose damaged compressed form is gone, and can be written anew. */
  async function arrangeSome(some: readonly Task[], told: (task: Task) => void): Promise<readonly Task[]> {
    const superfluous: Superfluous[] = [];
    const damagedTwins: Task[] = [];
    await eachAtOnce(some, async (task) => {
      const moved = await (task.expands ? expand(bucket, task.object) : compress(bucket, task.object));
      if (moved === 'damaged-twin') damagedTwins.push(task);
      superfluous.push(...superfluousAfter(task, moved, arrangement.unregisteredMs));
      tally.add(task, moved);
      told(task);
    });
    const removed = new Set(await removeSuperfluous(bucket, superfluous, means));
    tally.wait(superfluous.length - removed.size);
    return damagedTwins.filter(({ object }) => removed.has(compressedKey(object)));
  }

  for (let start = 0; start < tasks.length; start += objectsOfStep) {
    const some = tasks.slice(start, start + objectsOfStep);
    const mended = await arrangeSome(some, ({ sizeBytes }) => arrangement.progress?.done(sizeBytes));
    tally.mend(mended.length);
    await arrangeSome(mended, () => {});
  }
  return tally.total();
}

/** The form that is not needed any more. One that is archived or damaged is no use beside one that is right. */
function superfluousAfter({ object, expands }: Task, moved: Moved, unregisteredMs: number): readonly Superfluous[] {
  const [asIs, packed] = [objectKey(object), compressedKey(object)];
  if (moved === 'archived-twin' || moved === 'damaged-twin') return [{ key: packed, twin: asIs, minAgeMs: 0 }];
  if (typeof moved === 'string') return [];
  return [expands ? { key: packed, twin: asIs, minAgeMs: 0 } : { key: asIs, twin: packed, minAgeMs: unregisteredMs }];
}

/** What a dry run says; how much smaller objects become is known only by compressing them. */
function foresee(tasks: readonly Task[], known: Pick<Arranged, 'archived' | 'waiting'>): Arranged {
  const tally = openTally(known);
  for (const task of tasks) tally.add(task, { plainBytes: task.sizeBytes, storedBytes: task.sizeBytes });
  return tally.total();
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

/** Writes the compressed form of an object that lies as it is, and finds it right. */
async function compress(bucket: Bucket, object: Digest): Promise<Moved> {
  const plain = await readPlain(bucket, object);
  if (plain === null) return 'nothing';
  if (plain === 'archived') return 'archived';
  let packed = await readPacked(bucket, object);
  if (plain === 'damaged') {
    return packed instanceof Uint8Array ? sizesOf(bucket, object, packed) : 'damaged';
  }
  if (packed === null) {
    const written = await compressObject(plain, { digest: object, width: guessElementWidth(plain), deflate });
    await write(bucket, written === null ? incompressibleKey(object) : compressedKey(object), written ?? nothing);
    if (written === null) return 'hopeless';
    packed = await readPacked(bucket, object);
  }
  if (packed === 'archived') return 'archived-twin';
  if (packed === 'damaged') return 'damaged-twin';
  return packed === null ? 'nothing' : sizesOf(bucket, object, packed);
}

async function sizesOf(bucket: Bucket, object: Digest, plain: Uint8Array): Promise<Moved> {
  const held = await bucket.describe(compressedKey(object));
  return held === null ? 'nothing' : { plainBytes: plain.length, storedBytes: held.sizeBytes };
}

/** Writes an object as it is, and finds it right. One that lies there already and is damaged is overwritten. */
async function expand(bucket: Bucket, object: Digest): Promise<Moved> {
  const plain = await readPlain(bucket, object);
  // Somebody stored it anew.
  if (plain instanceof Uint8Array) return { plainBytes: plain.length, storedBytes: plain.length };
  if (plain === 'archived') return 'archived';
  const bytes = await readPacked(bucket, object);
  if (!(bytes instanceof Uint8Array)) return bytes ?? plain ?? 'nothing';
  const key = objectKey(object);
  const damaged = plain === null ? null : await bucket.describe(key);
  if (damaged === null) await write(bucket, key, bytes);
  else await bucket.replace(key, bytes, damaged.revision);
  const back = await readPlain(bucket, object);
  if (!(back instanceof Uint8Array)) return back ?? 'nothing';
  return { plainBytes: bytes.length, storedBytes: bytes.length };
}

async function write(bucket: Bucket, key: string, bytes: Uint8Array): Promise<void> {
  await bucket.create(key, [bytes], { sha256: createHash('sha256').update(bytes).digest() });
}

async function objectsOfFiles(bucket: Bucket, files: Iterable<Digest>): Promise<ReadonlySet<Digest>> {
  const objects = new Set<Digest>();
  await eachAtOnce([...files].map(parseDigest), async (digest) => {
    for (const object of await findObjects(bucket, digest)) objects.add(object);
  });
  return objects;
}

/** When one fails, no further one is begun, and those that run have ended before this throws. */
async function eachAtOnce<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values();
  let hasFailed = false;
  const lanes = Array.from({ length: objectsAtOnce }, async () => {
    for (const item of rest) {
      if (hasFailed) return;
      await run(item).catch((cause: unknown) => {
        hasFailed = true;
        throw cause;
      });
    }
  });
  const ended = await Promise.allSettled(lanes);
  for (const lane of ended) if (lane.status === 'rejected') throw lane.reason;
}
