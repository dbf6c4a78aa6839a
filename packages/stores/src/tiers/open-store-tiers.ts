import type { Bucket, StoreTiers } from '@weighbridge/ports';
import { listForms } from '../compression/list-digests.js';
import { underEither } from '../reading/read-object.js';
import { lookAtAll } from './look-at-all.js';
import { noteRestored, readRestored } from './restored-notes.js';

/** The storage classes of a bucket's objects; null where it has none. Recipes and control documents are never moved. */
export function openStoreTiers(bucket: Bucket): StoreTiers | null {
  const { classes } = bucket;
  if (classes === null) return null;
  const look = (key: string) => classes.look(key);
  return {
    archives: classes.archives,
    restoreMs: (storageClass, speed) => classes.restoreMs(storageClass, speed),
    async *list() {
      for await (const form of listForms(bucket)) yield { ...form, storageClass: form.storageClass ?? '' };
    },
    look: (object) => underEither(object, look, look),
    lookAtAll: (objects) => lookAtAll(bucket, classes, new Set(objects)),
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
