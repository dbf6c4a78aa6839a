import type { LocalFolder, Store } from '@weighbridge/ports';
import type { OpenFile } from '../reading/files.js';
import type { TransferMeter } from '../progress/transfer.js';
import type { VersionFile } from './version-files.js';

/** Where the bytes of a version are read from. */
export interface VersionBytes {
  /** The store; null where services, and git, keep what the manifest referred to. */
  readonly store: Store | null;
  /** How many files may be brought at once. */
  readonly filesAtOnce: number;
  /** Random access. What a store gives is verified piece by piece; whoever reads from a service compares for itself. */
  open(file: VersionFile): Promise<OpenFile>;
  /** Writes a file, verified, into place atomically. */
  bring(file: VersionFile, folder: LocalFolder, told: TransferMeter): Promise<void>;
}
