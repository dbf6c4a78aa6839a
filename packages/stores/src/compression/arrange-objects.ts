import { createHash } from 'node:crypto';
import { type Digest, digestHex, hexToBytes, parseDigest, WeighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import {
  compressedKey,
  compressionLimits,
  compressObject,
  digestOfKey,
  guessElementWidth,
  incompressibleKey,
  objectKey,
} from '@weighbridge/storage';
import { usualLeaseMs } from '../collection/collect.js';
import { readCompressed } from '../reading/read-object.js';
import { findFile } from '../reading/stored-file.js';
import { deflate } from './deflating.js';
import { type RemovalMeans, removeSuperfluous, type Superfluous } from './removing.js';

/** Objects in memory at once, each twice at most: as it is and compressed. */
const objectsAtOnce = 2;

/** After so many objects the superfluous ones go, so that a run that is killed has achieved something. */
const objectsOfStep = 256;

/** Which files are to lie how. Files that are in neither list are left as they are, but for objects that they share. */
export interface Arrangement {
  /** Files whose objects are to be compressed, unless a file of the other list has them, too. */
  readonly compressed: Iterable<Digest>;
  /** Files that are read often: their objects are to lie as they are. */
  readonly plain: Iterable<Digest>;
  /** Objects that are younger stay as they are, too: `retention.unregistered`, as a collection has it. */
  readonly unregisteredMs: number;
  /** For tests. */
  readonly means?: Partial<RemovalMeans>;
}

/** What a run came to. */
export interface Arranged {
  readonly compressed: { readonly objects: number; readonly plainBytes: number; readonly storedBytes: number };
  readonly expanded: { readonly objects: number; readonly plainBytes: number };
  /** Objects for which compressing saves too little; they are not tried again. */
  readonly incompressible: number;
  /** Objects of which one form is not what its name says; nothing was removed of them. */
  readonly damaged: readonly Digest[];
  /** Superfluous forms that are still there, because they are young or another process removes: a later run takes them. */
  readonly waiting: number;
}

/**
 * Sees to it that objects lie compressed or as they are. The new form is written, read back and compared before the old
 * one goes, which happens under the lease of collections; readers look for both. Killed at any moment, the next run
 * goes on. @throws store/recipe-malformed, store/control-malformed
 */
export async function arrangeObjects(bucket: Bucket, arrangement: Arrangement): Promise<Arranged> {
  const hot = await objectsOfFiles(bucket, arrangement.plain);
  const cold = await objectsOfFiles(bucket, arrangement.compressed);
  const shrunk = await listDigests(bucket, 'compressed/');
  const hopeless = await listDigests(bucket, 'incompressible/');
  const tasks = [
    ...[...shrunk].filter((object) => hot.has(object)).map((object) => ({ object, expands: true })),
    ...[...cold]
      .filter((object) => !hot.has(object) && !hopeless.has(object))
      .map((object) => ({ object, expands: false })),
  ];
  const means = { leaseMs: usualLeaseMs, monotonicMs: () => performance.now(), ...arrangement.means };
  const total = { compressed: 0, from: 0, to: 0, expanded: 0, grown: 0, hopeless: 0, waiting: 0 };
  const damaged: Digest[] = [];

  async function removeAll(superfluous: readonly Superfluous[]): Promise<void> {
    total.waiting += superfluous.length - (await removeSuperfluous(bucket, superfluous, means)).length;
  }

  for (let start = 0; start < tasks.length; start += objectsOfStep) {
    const superfluous: Superfluous[] = [];
    await eachAtOnce(tasks.slice(start, start + objectsOfStep), async ({ object, expands }) => {
      const moved = await unlessDamaged(() => (expands ? expand(bucket, object) : compress(bucket, object)));
      if (moved === 'damaged') damaged.push(object);
      else if (moved === 'hopeless') total.hopeless++;
      else if (moved !== 'nothing') {
        const [key, twin] = expands
          ? [compressedKey(object), objectKey(object)]
          : [objectKey(object), compressedKey(object)];
        superfluous.push({ key, twin, minAgeMs: expands ? 0 : arrangement.unregisteredMs });
        total[expands ? 'expanded' : 'compressed']++;
        total[expands ? 'grown' : 'from'] += moved.plainBytes;
        if (!expands) total.to += moved.storedBytes;
      }
    });
    await removeAll(superfluous);
  }
  return {
    compressed: { objects: total.compressed, plainBytes: total.from, storedBytes: total.to },
    expanded: { objects: total.expanded, plainBytes: total.grown },
    incompressible: total.hopeless,
    damaged,
    waiting: total.waiting,
  };
}

type Moved = { readonly plainBytes: number; readonly storedBytes: number } | 'nothing' | 'hopeless' | 'damaged';

/** Writes the compressed form of an object that lies as it is, and finds it right. */
async function compress(bucket: Bucket, object: Digest): Promise<Moved> {
  const facts = await bucket.describe(objectKey(object));
  // An early release wrote larger ones, which are read in parts.
  if (facts === null || facts.sizeBytes > compressionLimits.maxBytes) return 'nothing';
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
  const back = await readCompressed(bucket, object);
  if (held === null || back === null) return 'nothing';
  return isRight(back, object) ? { plainBytes: plain.length, storedBytes: held.sizeBytes } : 'damaged';
}

/** Writes an object as it is, and finds it right. */
async function expand(bucket: Bucket, object: Digest): Promise<Moved> {
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

async function unlessDamaged(run: () => Promise<Moved>): Promise<Moved> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof WeighbridgeError && cause.code === 'store/corrupt') return 'damaged';
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

async function listDigests(bucket: Bucket, prefix: string): Promise<ReadonlySet<Digest>> {
  const digests = new Set<Digest>();
  for await (const { key } of bucket.list(prefix)) {
    const digest = digestOfKey(key);
    if (digest !== null) digests.add(digest);
  }
  return digests;
}

async function eachAtOnce<Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values();
  await Promise.all(
    Array.from({ length: objectsAtOnce }, async () => {
      for (const item of rest) await run(item);
    }),
  );
}
