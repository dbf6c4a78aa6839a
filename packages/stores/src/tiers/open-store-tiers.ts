import type { Bucket, StoreTiers } from '@weighbridge/ports';
import { compressedKey, digestOfKey, objectKey } from '@weighbridge/storage';
import { underEither } from '../reading/read-object.js';
import { noteRestored, readRestored } from './restored-notes.js';

/** The storage classes of a bucket's objects; null where it has none. Recipes and control documents are never moved. */
export function openStoreTiers(bucket: Bucket): StoreTiers | null {
  const { classes } = bucket;
  if (classes === null) return null;
  const look = (key: string) => classes.look(key);
  return {
    restoreMs: (storageClass, speed) => classes.restoreMs(storageClass, speed),
    async *list() {
      for (const isCompressed of [false, true]) {
        const keyOf = isCompressed ? compressedKey : objectKey;
        for await (const facts of bucket.list(isCompressed ? 'compressed/' : 'sha256/')) {
          const object = digestOfKey(facts.key);
          if (object === null || facts.key !== keyOf(object)) continue;
          yield { ...facts, object, isCompressed, storageClass: facts.storageClass ?? '' };
        }
      }
    },
    look: (object) => underEither(object, look, look),
    move: (object, storageClass) => classes.move(object, storageClass),
    async restore(object, options) {
      const restore = async (key: string) => {
        const outcome = await classes.restore(key, options);
        return outcome === 'missing' ? null : outcome;
      };
      return (await underEither(object, restore, restore)) ?? 'missing';
    },
    noteRestored: (file, until) => noteRestored(bucket, file, until),
    readRestored: (now, options) => readRestored(bucket, now, options),
  };
}
