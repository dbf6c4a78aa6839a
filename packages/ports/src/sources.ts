import type { Digest } from '@weighbridge/core';
import type { ByteSource, RunFacts } from '@weighbridge/formats';
import type { Reference, RemoteAddress } from '@weighbridge/manifest';
import type { ByteRange } from './bucket.js';

/**
 * The immutable reference that a reference stands for now, or why there is none: `because` is a clause that follows
 * "cannot be pinned:", `remedy` a sentence.
 */
export type Pinning =
  | { readonly pinned: string }
  | { readonly pinned: null; readonly because: string; readonly remedy: string };

/**
 * What is asked of services that keep data. Contract: no data is downloaded; the same reference is asked for once;
 * credentials come from the environment alone, go to the host that they are for and to no other, and are in no answer.
 * A service that refuses or cannot be reached is an answer, never an error: what it keeps cannot be pinned here.
 */
export interface DataReferences {
  /** Of a reference that may move: a branch, an object without its version. An immutable one is answered as it is. */
  pin(reference: Reference): Promise<Pinning>;
}

/** What a tracking service tells of a run, or why it tells nothing, worded as in Pinning. */
export type RunReading =
  | { readonly kind: 'run'; readonly run: RunFacts }
  | { readonly kind: 'unknown'; readonly because: string; readonly remedy: string };

/** What is asked of services that track training runs. The contract is that of DataReferences. */
export interface TrackedRuns {
  read(reference: Extract<Reference, { readonly scheme: 'mlflow' | 'wandb' }>): Promise<RunReading>;
}

/** What an object store says of one object, without its bytes. */
export interface RemoteObject {
  /** Null where the bucket keeps no versions. */
  readonly version: string | null;
  /** SHA-256 of all its bytes in hexadecimal, where the service has computed it. */
  readonly sha256: string | null;
  /** MD5 of all its bytes in hexadecimal, where the service says that it is one. */
  readonly md5: string | null;
  readonly sizeBytes: number | null;
}

/** A file that a service keeps, as a reference leads to it. */
export interface RemoteFile {
  /** What the reference does not spell out of its path, as selectRemote cuts it: `model.onnx`, `text/vocab.json`. */
  readonly name: string;
  /** A reference to this one file that is the same for ever, or its plain address where there are no versions. */
  readonly address: RemoteAddress;
  readonly sizeBytes: number;
  /** Of all its bytes, where the service says so; null where only reading them tells. */
  readonly sha256: Digest | null;
}

/** The files behind a reference, at least one; or why they are not read, worded as in Pinning. */
export type RemoteListing =
  | { readonly kind: 'files'; readonly files: readonly RemoteFile[] }
  | { readonly kind: 'absent' | 'unread'; readonly because: string; readonly remedy: string };

/**
 * Files that services keep for somebody else. Contract: credentials come from the environment alone, go to the host that
 * they are for and to no other, and are in no answer and no error. `list` reads no bytes; a refusal is an answer and
 * never an error, `absent` where there is nothing of that name.
 */
export interface RemoteFiles {
  list(reference: RemoteAddress): Promise<RemoteListing>;
  /**
   * Where the environment has the services of a scheme asked; null where it names none, and the service's own address
   * counts. Absent: nobody is asked.
   */
  endpointOf?(scheme: 's3' | 'gs' | 'az'): string | null;
  /**
   * Random access by ranges, in as many requests as there are reads. Every range is of one and the same object.
   * @throws in a read: source/gone, source/changed, source/unread, store/*
   */
  open(file: Pick<RemoteFile, 'address' | 'sizeBytes'>): Promise<ByteSource & { close(): Promise<void> }>;
  /**
   * An address that lets its holder read the file for so long, without credentials; null where the service hands out none.
   * Absent: nobody is asked. @throws source/unread, store/*
   */
  presign?(address: RemoteAddress, options: { readonly expiresInSeconds: number }): Promise<string | null>;
}

/** An object of a listing. */
export interface ListedKey {
  readonly key: string;
  readonly sizeBytes: number;
}

/** A bucket of somebody else, by whatever keys it has. All methods @throws store/* */
export interface ForeignBucket {
  /** Of the newest version, or of the one that is asked for. Null when there is none. */
  describe(key: string, version: string | null): Promise<RemoteObject | null>;
  /** Every object whose key begins with the prefix. */
  list(prefix: string): AsyncIterable<ListedKey>;
  /**
   * A range inside the object; null when there is none. `revision` changes with every write of the key. `wholeBytes` is the
   * length of what came where the service knew no range and sent all, of which the range was taken.
   */
  read(
    key: string,
    version: string | null,
    range: ByteRange,
  ): Promise<{ readonly bytes: Uint8Array; readonly revision: string; readonly wholeBytes?: number } | null>;
  /**
   * An address that lets its holder read the object, of one version where one is asked for, for so long and without
   * credentials; null where whoever asks here can give none away.
   */
  presign(key: string, version: string | null, options: { readonly expiresInSeconds: number }): Promise<string | null>;
}
