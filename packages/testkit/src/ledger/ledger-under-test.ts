import type { LedgerLog, Signer } from '@weighbridge/ports';

/** Ledgers of one server, for one test. */
export interface LedgerUnderTest {
  /** Another writer or reader of the same log. */
  open(options: { readonly signer: Signer | null }): Promise<LedgerLog>;
  /** Somebody who may push changes the files of the branch by hand; removing all of them deletes the branch. */
  edit(change: (files: Map<string, Uint8Array>) => void): Promise<void>;
  dispose(): Promise<void>;
}
