import type { Digest } from '@weighbridge/core';

/** Which files are to lie how. Files that are in neither list are left as they are, but for objects that they share. */
export interface Arrangement {
  /** Files whose objects are to be compressed, unless a file of the other list has them, too. */
  readonly compressed: Iterable<Digest>;
  /** Files that are read often: their objects are to lie as they are. */
  readonly plain: Iterable<Digest>;
  /** Objects that are younger stay as they are, too: `retention.unregistered`, as a collection has it. */
  readonly unregisteredMs: number;
  /** Whether it is only counted what would be done; `storedBytes` of what would be compressed is what lies there now. */
  readonly dryRun?: boolean;
  /** Told how much there is to do, then of every object that was done, in bytes as they lie there before. */
  readonly progress?: {
    begin(objects: number, sizeBytes: number): void;
    done(sizeBytes: number): void;
  };
}

/** What an arrangement came to. */
export interface Arranged {
  readonly compressed: { readonly objects: number; readonly plainBytes: number; readonly storedBytes: number };
  /** `plainBytes` of a dry run is what they have compressed. */
  readonly expanded: { readonly objects: number; readonly plainBytes: number };
  /** Objects for which compressing saves too little; they are not tried again. */
  readonly incompressible: number;
  /** Objects of which no form is what its name says, or can be read at all; nothing was removed of them. */
  readonly damaged: readonly Digest[];
  /** Compressed forms that were damaged beside an object that is right, and went; they are written anew. */
  readonly mended: number;
  /** Superfluous forms that are still there, because they are young or another process removes: a later run takes them. */
  readonly waiting: number;
  /** Objects that are in an archive and cannot be read now; they stay as they are. */
  readonly archived: number;
}

/** The half of a store that keeps objects compressed or as they are. Readers find either, and compare the same digests. */
export interface StoreArranger {
  /**
   * Sees to it that objects lie as asked. Done again, it changes nothing; killed at any moment, the next run goes on.
   * @throws store/recipe-malformed, store/control-malformed
   */
  arrange(arrangement: Arrangement): Promise<Arranged>;
  /** Every object with the bytes that it takes, as it is and compressed: while one of the forms is to go, both. */
  list(): AsyncIterable<HeldForm>;
}

/** One form of an object. */
export interface HeldForm {
  readonly object: Digest;
  readonly isCompressed: boolean;
  /** That it takes where it lies. */
  readonly sizeBytes: number;
  /** As the service calls it; null where there is one place for everything. */
  readonly storageClass: string | null;
}
