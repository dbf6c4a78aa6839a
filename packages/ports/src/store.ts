import type { Digest } from '@weighbridge/core';
import type { ArtifactHeader, ByteSource } from '@weighbridge/formats';
import type { Segment } from '@weighbridge/storage';
import type { StoreArranger } from './arranger.js';
import type { StoreCollector } from './collection.js';
import type { StoreTiers } from './tiers.js';

/** What a caller knows of the bytes that it stores. */
export interface IngestOptions {
  /** Other bytes are refused with store/digest-mismatch, and no file becomes visible. */
  readonly expected?: Digest;
  /**
   * The header of the source, by whoever has read it. With it, the digests of its tensors are made from the same read;
   * without it, the store looks for tensors itself and makes no digests of them.
   */
  readonly header?: ArtifactHeader | null;
  /** Files with much the same bytes, such as the previous version or the base: small pieces are not stored anew. */
  readonly like?: readonly Digest[];
}

/** A source that was read once: its bytes are in the store, and `commit` makes a file of them. */
export interface Ingested {
  readonly digest: Digest;
  readonly sizeBytes: number;
  /** What the file is made of, in order. */
  readonly segments: readonly Segment[];
  /** Bytes of objects that were not there before. */
  readonly storedBytes: number;
  /** SHA-256 of every tensor of the given header whose bytes lie in this source, by name, as digestTensors gives it. */
  readonly tensors: ReadonlyMap<string, Digest>;
  /**
   * Makes the file visible, whole. Again, or by another process: `present`. @throws store/collected when bytes that it
   * shares with other files were removed after they were found; `put` sends them again by itself
   */
  commit(): Promise<'stored' | 'present'>;
}

/** A stretch of a stored file and where its bytes lie. */
export interface StoredStretch {
  /** From the start of the file. */
  readonly offset: number;
  readonly lengthBytes: number;
  /** The object that holds it, which may hold stretches of other files, too. */
  readonly object: Digest;
  readonly objectOffset: number;
}

/** How a store holds a file, as it says itself: nothing of it was compared with the bytes. */
export interface StoredLayout {
  readonly sizeBytes: number;
  /** One behind the other. */
  readonly segments: readonly StoredStretch[];
}

/** An address that lets whoever has it read one object, and which bytes of it belong to the file. */
export interface PresignedPart {
  readonly url: string;
  /** Where the bytes begin in what the address answers: for a Range header when it is more than them. */
  readonly offset: number;
  readonly lengthBytes: number;
}

/**
 * Bytes by digest. Contract: a file is visible whole or not at all; writing what is there already changes nothing;
 * readers get bytes whose digest was verified, or an error, never other bytes.
 */
export interface Store {
  /** What the ledger and messages call it, such as `folder:/srv/models`, without credentials. */
  readonly address: string;
  /** Whether all bytes of a file are there; none of them is read. */
  has(digest: Digest): Promise<boolean>;
  /**
   * Sees to it that a collection treats a file that is there already like one that was stored just now. To be called
   * before an entry of the ledger names a file that this process did not store. @throws store/missing
   */
  keep(digest: Digest): Promise<void>;
  /** Removes what nothing names; null where nothing is ever removed. */
  readonly collector: StoreCollector | null;
  /** Moves objects between storage classes; null where there is one place for everything. */
  readonly tiers: StoreTiers | null;
  /** Compresses objects and expands them again; null where objects have one form. */
  readonly arranger: StoreArranger | null;
  /**
   * Reads the source once, forwards, and stores its bytes; the file is visible when `commit` has answered. Dropping the
   * answer leaves bytes that no file names, which a collection removes. A file that lies in one object is visible as
   * soon as this answers: its name is all that there is to it.
   * @throws store/digest-mismatch, store/source-changed, store/too-large, store/io, and formats/* for a header whose
   * tensors cannot lie in the source
   */
  ingest(source: ByteSource, options?: IngestOptions): Promise<Ingested>;
  /** Stores a source and makes it visible: `ingest` and `commit` in one. @throws as ingest */
  put(
    source: ByteSource,
    options?: IngestOptions,
  ): Promise<{ readonly digest: Digest; readonly sizeBytes: number; readonly outcome: 'stored' | 'present' }>;
  /** Reads it to its end. @throws store/missing, store/corrupt, store/recipe-malformed */
  verify(digest: Digest): Promise<{ readonly sizeBytes: number }>;
  /**
   * Random access. What is read is verified piece by piece, except in an object of more than 16 MiB, which only a folder
   * of an early release can hold. @throws store/missing, store/recipe-malformed; a read: store/corrupt
   */
  open(digest: Digest): Promise<ByteSource & { close(): Promise<void> }>;
  /**
   * Copies it to a file of the local disk, verified, into place atomically. Broken off, it goes on where it was.
   * @param options.onBytes told how many bytes more were found to be right, those of a broken attempt included
   * @param options.sizeBytes what the file should have, where the caller knows it: small files need fewer requests then
   * @throws store/missing, store/corrupt, store/recipe-malformed
   */
  fetchTo(
    digest: Digest,
    path: string,
    options?: { readonly sizeBytes?: number; readonly onBytes?: (lengthBytes: number) => void },
  ): Promise<void>;
  /** How the file is held, without reading it; null when it is not. @throws store/recipe-malformed */
  describe(digest: Digest): Promise<StoredLayout | null>;
  /**
   * Addresses of the parts that make up the file, in order, which let their holder read for so long; null where the
   * store has no such thing. @throws store/missing, store/recipe-malformed
   */
  presign(digest: Digest, options: { readonly expiresInSeconds: number }): Promise<readonly PresignedPart[] | null>;
  /**
   * Sets damage aside, and nothing else: the objects of a file whose bytes are wrong, or its recipe where no file can come
   * of it. What shares a damaged object lacks it then, and the next `put` of any of these files mends all of them. A
   * recipe that was set aside for damage that was not its own is put back. Nothing is ever deleted.
   * Answers where everything lies now, by the digest of the object, or of the file whose recipe it is.
   * @throws store/archived, store/recipe-newer
   */
  quarantine(digest: Digest): Promise<ReadonlyMap<Digest, string>>;
}
