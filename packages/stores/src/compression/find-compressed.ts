import type { Digest } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { readHead, readPacked } from './read-form.js';

/** Whether an object lies compressed. */
export type CompressedFinder = (object: Digest) => Promise<boolean>;

/**
 * Looks for compressed forms, so that their objects are not sent again. A bucket in which nothing is compressed is asked
 * once, as long as this lives; what is compressed later is sent again at worst.
 * One that is damaged counts as none. @param options.compares whether it is read whole; else its head alone
 */
export function openCompressedFinder(bucket: Bucket, { compares }: { readonly compares: boolean }): CompressedFinder {
  let anything: Promise<boolean> | null = null;
  return async (object) => {
    anything ??= holdsAny(bucket).catch((cause: unknown) => {
      anything = null;
      throw cause;
    });
    if (!(await anything)) return false;
    const found = compares ? await readPacked(bucket, object) : await readHead(bucket, object);
    return found !== null && found !== 'damaged';
  };
}

async function holdsAny(bucket: Bucket): Promise<boolean> {
  for await (const _ of bucket.list('compressed/')) return true;
  return false;
}
