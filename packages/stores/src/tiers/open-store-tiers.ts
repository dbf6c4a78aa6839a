import type { Bucket, StoreTiers } from '@weighbridge/ports';
import { digestOfKey, objectKey } from '@weighbridge/storage';
import { noteRestored, readRestored } from './restored-notes.js';

/** The storage classes of a bucket's objects; null where it has none. Recipes and control documents are never moved. */
export function openStoreTiers(bucket: Bucket): StoreTiers | null {
  const { classes } = bucket;
  if (classes === null) return null;
  return {
    restoreMs: (storageClass, speed) => classes.restoreMs(storageClass, speed),
    async *list() {
      for await (const facts of bucket.list('sha256/')) {
        const object = digestOfKey(facts.key);
        if (object === null || facts.key !== objectKey(object)) continue;
        yield { ...facts, object, storageClass: facts.storageClass ?? '' };
      }
    },
    look: (object) => classes.look(objectKey(object)),
    move: (object, storageClass) => classes.move(object, storageClass),
    restore: (object, options) => classes.restore(objectKey(object), options),
    noteRestored: (file, until) => noteRestored(bucket, file, until),
    readRestored: (now, options) => readRestored(bucket, now, options),
  };
}
