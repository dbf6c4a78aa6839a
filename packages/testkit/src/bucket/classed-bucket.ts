import { weighbridgeError } from '@weighbridge/core';
import type { Bucket, BucketClasses, ClassedObject, ObjectFacts } from '@weighbridge/ports';

/** The classes of a bucket that has some: those of S3 that the tests need. */
export const testClasses = { hot: 'STANDARD', warm: 'STANDARD_IA', cold: 'DEEP_ARCHIVE' } as const;

/** Where one object is kept. */
export interface KeptClass {
  readonly storageClass: string;
  readonly restored: 'no' | 'asked' | 'yes';
}

/** Remembers classes by key. */
export interface ClassKeeper {
  read(key: string): KeptClass | null;
  write(key: string, kept: KeptClass | null): void;
}

/** A bucket with classes, whose restores end when a test says so. */
export interface ClassedBucket extends Bucket {
  readonly classes: BucketClasses;
  /** Everything that was asked for can be read from now on. */
  finishRestores(): void;
}

/** Remembers classes in memory. */
export function openClassMemory(): ClassKeeper & { readonly keys: () => readonly string[] } {
  const kept = new Map<string, KeptClass>();
  return {
    read: (key) => kept.get(key) ?? null,
    write: (key, next) => void (next === null ? kept.delete(key) : kept.set(key, next)),
    keys: () => [...kept.keys()],
  };
}

const newest: KeptClass = { storageClass: testClasses.hot, restored: 'no' };
const restoreMs = 12 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/** Gives a bucket storage classes as S3 has them: what is in the coldest one is not read before a restore has ended. */
export function withClasses(bucket: Bucket, keeper = openClassMemory() as ClassKeeper): ClassedBucket {
  const asked = new Set<string>();
  const classOf = (key: string) => keeper.read(key) ?? newest;
  const classed = (facts: ObjectFacts) => ({ ...facts, storageClass: classOf(facts.key).storageClass });

  async function look(key: string): Promise<ClassedObject | null> {
    const facts = await bucket.describe(key);
    if (facts === null) return null;
    const { storageClass, restored } = classOf(key);
    const isArchive = storageClass === testClasses.cold;
    const access = !isArchive || restored === 'yes' ? 'readable' : restored === 'asked' ? 'restoring' : 'archived';
    const readableUntil = isArchive && access === 'readable' ? new Date(Date.now() + dayMs).toISOString() : null;
    return { ...facts, storageClass, access, readableUntil };
  }

  return {
    ...bucket,
    async describe(key) {
      const facts = await bucket.describe(key);
      return facts === null ? null : classed(facts);
    },
    async *list(prefix) {
      for await (const facts of bucket.list(prefix)) yield classed(facts);
    },
    async read(key, range) {
      const found = await look(key);
      if (found !== null && found.access !== 'readable') {
        throw weighbridgeError('store/archived', { action: 'read', path: `${bucket.address}/${key}` });
      }
      return bucket.read(key, range);
    },
    async remove(key, condition) {
      const outcome = await bucket.remove(key, condition);
      if (outcome === 'removed') keeper.write(key, null);
      return outcome;
    },
    finishRestores() {
      for (const key of asked) keeper.write(key, { ...classOf(key), restored: 'yes' });
      asked.clear();
    },
    classes: {
      archives: [testClasses.cold],
      restoreMs: (storageClass) => (storageClass === testClasses.cold ? restoreMs : 0),
      look,
      async move(object, storageClass) {
        if (!Object.values<string>(testClasses).includes(storageClass)) {
          const reason = 'the server does not know that storage class';
          const about = { action: `move to ${storageClass}`, path: `${bucket.address}/${object.key}`, reason };
          throw weighbridgeError('store/misconfigured', { ...about, remedy: 'Name another one.' });
        }
        const found = await look(object.key);
        if (found === null || found.revision !== object.revision) return 'changed';
        if (found.access !== 'readable') return 'archived';
        keeper.write(object.key, { storageClass, restored: 'no' });
        return 'moved';
      },
      async restore(key) {
        const found = await look(key);
        if (found === null) return 'missing';
        if (found.access !== 'archived') return found.access;
        keeper.write(key, { ...classOf(key), restored: 'asked' });
        asked.add(key);
        return 'restoring';
      },
    },
  };
}
