import { weighbridgeError } from '@weighbridge/core';
import type { LedgerLog, Repository } from '@weighbridge/ports';

const refuse = async (): Promise<never> => {
  throw weighbridgeError('host/no-repository', {});
};

/** The ledger of a folder that is no git repository: empty, and not to be written. */
export function noLedger(): LedgerLog {
  return {
    readOnly: async () => null,
    rebuild: refuse,
    lastSeen: async () => null,
    forgetSeen: async () => false,
    head: async () => ({ origin: '', size: 0, rootHash: '', checkpoint: '', signed: false }),
    policy: async () => null,
    models: async () => [],
    catalogue: async () => null,
    catalogues: async () => new Map(),
    catalogueHashes: async () => new Map(),
    append: refuse,
    evidence: async () => null,
    documents: async () => undefined,
    entries: async () => [],
    file: async () => null,
    files: async () => new Map(),
    paths: async () => [],
  };
}

/** The history of a folder that is no git repository: none, and not to be written. */
export function noRepository(): Repository {
  return {
    hasRemote: false,
    commit: async () => null,
    fetchCommit: async () => false,
    readFileAt: async () => null,
    readFilesAt: async () => new Map(),
    openAt: async () => null,
    listAt: async () => [],
    objectsAt: async () => new Map(),
    isAncestor: async () => 'unknown',
    mergeBase: async () => undefined,
    lastChange: async () => undefined,
    changesBetween: async () => undefined,
    patchIds: async () => new Map(),
    filesNamed: async () => new Map(),
    readBlobs: async () => new Map(),
    changedPaths: async () => [],
    mergedTree: async () => undefined,
    branchTip: async () => null,
    defaultBranch: async () => null,
    currentBranch: async () => null,
    tags: async () => [],
    fetchTags: async () => {},
    createTag: refuse,
    commitFiles: refuse,
    remoteUrl: async () => null,
    userName: async () => null,
  };
}
