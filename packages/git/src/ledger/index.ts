export { maxAppendTries } from './append.js';
export type { RefusedGroup } from './look.js';
export { type GitLedgerOptions, openGitLedger } from './open-git-ledger.js';
