import type { Digest } from '@weighbridge/core';
import type { ByteSource } from '@weighbridge/formats';

/**
 * Bytes by digest. Contract: an object is visible whole or not at all; writing what is there already changes nothing;
 * readers get bytes whose digest was verified, or an error, never other bytes.
 */
export interface Store {
  /** What the ledger and messages call it, such as `folder:/srv/models`, without credentials. */
  readonly address: string;
  has(digest: Digest): Promise<boolean>;
  /**
   * Reads the source to its end, stores it under its digest and returns that. With `expected` set, other bytes are
   * refused with store/digest-mismatch and nothing becomes visible.
   */
  put(
    source: ByteSource,
    options?: { readonly expected?: Digest },
  ): Promise<{ readonly digest: Digest; readonly sizeBytes: number; readonly outcome: 'stored' | 'present' }>;
  /** Reads it to its end. @throws store/missing, store/corrupt */
  verify(digest: Digest): Promise<{ readonly sizeBytes: number }>;
  /** Random access, not verified. @throws store/missing */
  open(digest: Digest): Promise<ByteSource & { close(): Promise<void> }>;
  /** Copies it to a file of the local disk, verified, into place atomically. @throws store/missing, store/corrupt */
  fetchTo(digest: Digest, path: string): Promise<void>;
}
