export { describeLedgerLog, type LedgerUnderTest } from './describe-ledger-log.js';
export { type MemoryBranch, memoryLedger, type MemoryLedgerOptions } from './memory-ledger.js';
export * from './test-events.js';
export { nodeSha256, nodeVerify, testSigner } from './test-keys.js';
