import type { Digest } from '@weighbridge/core';
import type { BucketClasses, ClassedObject, ObjectFacts, RestoreSpeed } from './bucket.js';

/** An object of a store and the class that it is kept in. */
export interface StoredObject extends ObjectFacts {
  readonly object: Digest;
  /** Whether this is its compressed form. */
  readonly isCompressed: boolean;
  readonly storageClass: string;
}

/**
 * The half of a store that knows storage classes. Objects alone are moved: what says of what files are made stays where
 * it can be read at once.
 */
export interface StoreTiers extends Pick<BucketClasses, 'archives' | 'restoreMs'> {
  /** Every object of the store, as it is and compressed: while one of the forms is to go, both. */
  list(): AsyncIterable<StoredObject>;
  /** As BucketClasses.look, of the form that is read. */
  look(object: Digest): Promise<ClassedObject | null>;
  /**
   * The same of many, without those that are not there. A listing tells most of them, as far as that costs less than a
   * question for each: what lies in no archive can be read, and no time is known at which that ends.
   */
  lookAtAll(objects: Iterable<Digest>): Promise<ReadonlyMap<Digest, ClassedObject>>;
  /** As BucketClasses.move. */
  move(object: StoredObject, storageClass: string): ReturnType<BucketClasses['move']>;
  /** As BucketClasses.restore, of the form that is read. */
  restore(
    object: Digest,
    options: { readonly days: number; readonly speed: RestoreSpeed },
  ): ReturnType<BucketClasses['restore']>;
  /** Notes that a file is to stay readable until then, RFC 3339. An earlier note never shortens a later one. */
  noteRestored(file: Digest, until: string): Promise<void>;
  /** Files that are to stay readable at that time. @param options.prunes whether notes that are over are removed */
  readRestored(now: Date, options: { readonly prunes: boolean }): Promise<ReadonlySet<Digest>>;
}
