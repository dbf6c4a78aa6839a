import type { Digest } from '@weighbridge/core';
import type { Bucket, BucketClasses, ClassedObject } from '@weighbridge/ports';
import { eachQuestion, findListed } from '../reading/find-listed.js';
import { underEither } from '../reading/read-object.js';

/** As StoreTiers.lookAtAll: a form that lies in no archive is the one that is read. */
export async function lookAtAll(
  bucket: Bucket,
  classes: BucketClasses,
  objects: ReadonlySet<Digest>,
): Promise<ReadonlyMap<Digest, ClassedObject>> {
  const known = new Map<Digest, ClassedObject>();
  for (const prefix of ['sha256/', 'compressed/']) {
    const asked = new Set([...objects].filter((object) => !known.has(object)));
    for (const [object, facts] of await findListed(bucket, prefix, asked)) {
      const { storageClass } = facts;
      if (storageClass === undefined || classes.archives.includes(storageClass)) continue;
      known.set(object, { ...facts, storageClass, access: 'readable', readableUntil: null });
    }
  }
  const look = (key: string) => classes.look(key);
  const unknown = [...objects].filter((object) => !known.has(object));
  await eachQuestion(unknown, async (object) => {
    const found = await underEither(object, look, look);
    if (found !== null) known.set(object, found);
  });
  return known;
}
