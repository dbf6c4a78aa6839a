export { describeLedgerLog } from './describe-ledger-log.js';
export type { LedgerUnderTest } from './ledger-under-test.js';
export { type MemoryBranch, memoryLedger, type MemoryLedgerOptions } from './memory-ledger.js';
export * from './test-events.js';
export { nodeSha256, nodeVerify, testSigner } from './test-keys.js';
