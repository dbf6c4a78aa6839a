/** What a bucket says of one object without reading it. */
export interface ObjectFacts {
  readonly key: string;
  readonly sizeBytes: number;
  /** When it was written, by the clock of whoever keeps it: RFC 3339, UTC. */
  readonly storedAt: string;
  /** Changes with every write of the key: an ETag, a generation, or a digest. Compared, never interpreted. */
  readonly revision: string;
  /** The storage class or access tier, as the service calls it; absent where there is no such thing. */
  readonly storageClass?: string;
}

/** How soon what is archived is wanted: each service has its own words for it, and its prices. */
export type RestoreSpeed = 'fast' | 'standard' | 'cheap';

/** An object with its class, and whether its bytes can be read now. */
export interface ClassedObject extends ObjectFacts {
  readonly storageClass: string;
  /** `archived`: every read is refused until a restore was asked for and has ended; `restoring`: one was asked for. */
  readonly access: 'readable' | 'archived' | 'restoring';
  /** When the copy ends that a restore made of what is archived, RFC 3339; null for what is there to stay. */
  readonly readableUntil: string | null;
}

/**
 * The storage classes of a bucket. Moving changes where bytes are kept and never the bytes, nor the name: readers see the
 * object all the time. All methods throw what those of the bucket do.
 */
export interface BucketClasses {
  /** Classes whose objects may have to be restored before they are read; none where cold ones are read at once. */
  readonly archives: readonly string[];
  /** How long a restore from a class takes at most; 0 for classes that are read at once. */
  restoreMs(storageClass: string, speed: RestoreSpeed): number;
  /** One object with all that is known of its class; null when there is none. */
  look(key: string): Promise<ClassedObject | null>;
  /**
   * Moves an object to another class without bringing its bytes here. `changed`: it is not what the caller saw any more,
   * or gone, and stays as it is; `archived`: it has to be restored before.
   * @throws store/misconfigured where the server does not keep the class
   */
  move(object: ObjectFacts, storageClass: string): Promise<'moved' | 'changed' | 'archived'>;
  /**
   * Asks for what is archived to be made readable. Asking again changes nothing. How long it stays is `days` where the
   * service makes a copy, else for good.
   */
  restore(
    key: string,
    options: { readonly days: number; readonly speed: RestoreSpeed },
  ): Promise<'readable' | 'restoring' | 'missing'>;
}

/** A part of an object, in bytes. */
export interface ByteRange {
  readonly offset: number;
  readonly lengthBytes: number;
}

/** What must hold when an object is removed: a removal that comes late hits nothing that was stored meanwhile. */
export interface RemovalCondition {
  /** The object that is meant; one that was written since stays. */
  readonly expected?: Pick<ObjectFacts, 'revision' | 'storedAt'>;
  /** Asked before each try, when all that takes time is done, with nothing between the answer and the sending. */
  readonly isAllowed?: () => boolean;
}

/**
 * Bytes by key: what a folder, S3, Google Cloud Storage and Azure Blob have in common. Keys are `/`-separated words of
 * `a-z 0-9 . _ -`, at most 512 characters, none of them `.` or `..`; every other key is refused with core/invariant.
 *
 * Contract: an object is visible whole or not at all; after a write has answered, every reader anywhere sees it, in
 * `list` too; every transfer is checked by a checksum that both ends computed. Failed requests are tried again with
 * jitter, a bounded number of times, and never make `create` say `present` of the object that it created itself a
 * moment before without saying so to the caller (both answers mean that the bytes are there).
 * All methods @throws store/io, store/denied, store/misconfigured, store/unreachable; these name the bucket, the key,
 * what was being done and what mends it. A read of what is archived @throws store/archived.
 */
export interface Bucket {
  /** What the ledger and messages call it, such as `s3://models/prod` or `folder:/srv/models`; never with credentials. */
  readonly address: string;
  describe(key: string): Promise<ObjectFacts | null>;
  /**
   * Writes an object unless there is one: nothing is ever overwritten. The pieces of the body are joined; they must not
   * change until the promise settles. They may be views of memory that is shared with worker threads, which fetch and
   * WebCrypto do not take: adapters that use those copy.
   * @param sha256 32 bytes, the digest of the whole body, which the service verifies where it can.
   */
  create(
    key: string,
    body: readonly Uint8Array[],
    options: { readonly sha256: Uint8Array },
  ): Promise<'created' | 'present'>;
  /**
   * Writes a small document that changes, if it is still what the caller read: `expected` is its revision, or null when
   * there must be none. Answers the new revision, or null when somebody was faster.
   */
  replace(key: string, body: Uint8Array, expected: string | null): Promise<string | null>;
  /**
   * The whole object, or a range inside it; null when there is no object. Verifying the bytes is the caller's.
   * @param into as long as the range: where the adapter may put the bytes, instead of into memory of its own, and answer
   * a view of it. What it holds is undefined until the promise settles, and when it fails.
   */
  read(
    key: string,
    range?: ByteRange,
    into?: Uint8Array,
  ): Promise<{ readonly bytes: Uint8Array; readonly revision: string } | null>;
  /** Every object whose key begins with the prefix, in the order of code points. */
  list(prefix: string): AsyncIterable<ObjectFacts>;
  /**
   * Removing what is not there is not an error, with a condition or without. `kept`: the condition did not hold, and
   * nothing was removed. The service itself compares the revision where it can; on S3 that is not enough, because the
   * same bytes written again have the same ETag, and a folder cannot: there the adapter looks right before, each time it
   * tries.
   */
  remove(key: string, condition?: RemovalCondition): Promise<'removed' | 'kept'>;
  /** Null where there is one place for everything. */
  readonly classes: BucketClasses | null;
  /** An address that lets its holder read the object for so long, without credentials; null where there is no such thing. */
  presign(key: string, options: { readonly expiresInSeconds: number }): Promise<string | null>;
}
