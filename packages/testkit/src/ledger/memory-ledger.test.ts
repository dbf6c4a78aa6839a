import { describeLedgerLog } from './describe-ledger-log.js';
import { type MemoryBranch, memoryLedger } from './memory-ledger.js';

describeLedgerLog('in memory', async () => {
  const branch: MemoryBranch = new Map();
  return {
    open: async ({ signer }) => memoryLedger({ branch, signer }),
    edit: async (change) => change(branch),
    dispose: async () => undefined,
  };
});
