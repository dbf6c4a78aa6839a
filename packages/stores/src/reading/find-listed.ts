import type { Digest } from '@weighbridge/core';
import type { Bucket, ObjectFacts } from '@weighbridge/ports';
import { digestOfKey } from '@weighbridge/storage';

/** Every service that has archives lists so many objects in one answer. */
const listedPerRequest = 1000;

/** Questions about single objects that are asked side by side. */
export const questionsAtOnce = 16;

/**
 * What a listing says of some objects, by their digest, as far as it costs no more time than a question for each would:
 * its pages come one after the other, the answers to questions several at once. Whoever is not in the answer is not
 * known to be missing.
 */
export async function findListed(
  bucket: Bucket,
  prefix: string,
  objects: ReadonlySet<Digest>,
): Promise<ReadonlyMap<Digest, ObjectFacts>> {
  const found = new Map<Digest, ObjectFacts>();
  const pages = Math.floor(objects.size / questionsAtOnce);
  if (pages === 0) return found;
  let listed = 0;
  for await (const facts of bucket.list(prefix)) {
    const digest = digestOfKey(facts.key);
    if (digest !== null && objects.has(digest)) found.set(digest, facts);
    if (found.size === objects.size || ++listed === pages * listedPerRequest) break;
  }
  return found;
}

/** Runs over items, some at a time. */
export async function eachQuestion<Item>(items: Iterable<Item>, ask: (item: Item) => Promise<void>): Promise<void> {
  const rest = [...items].values();
  await Promise.all(
    Array.from({ length: questionsAtOnce }, async () => {
      for (const item of rest) await ask(item);
    }),
  );
}
