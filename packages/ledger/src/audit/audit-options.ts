import type { LogTrust } from '../log/tip.js';
import type { Findings } from './finding.js';

/** Files read at once: enough to make trips over a network few, little enough to keep in memory. */
export const filesPerRead = 64;

/** A branch to audit, and what is trusted. */
export interface VerifyLogOptions {
  /** Every path of the branch. */
  readonly paths: readonly string[];
  readonly read: (paths: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array>>;
  readonly trust: Omit<LogTrust, 'signer'>;
  /** Checkpoints that were kept elsewhere, whole: release notes, comments, witnesses. */
  readonly otherCheckpoints?: readonly { readonly from: string; readonly text: string }[];
}

/** One audit under way. */
export interface Audit {
  readonly options: VerifyLogOptions;
  readonly paths: ReadonlySet<string>;
  readonly findings: Findings;
}
