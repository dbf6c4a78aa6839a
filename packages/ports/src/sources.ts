import type { RunFacts } from '@weighbridge/formats';
import type { Reference } from '@weighbridge/manifest';

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

/** How one kind of object store is asked; null when there is no such object. @throws store/* */
export type DescribeObject = (place: { readonly bucket: string; readonly key: string }) => Promise<RemoteObject | null>;
