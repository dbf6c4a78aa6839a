export { type Clone, privateFolderOf, readClone } from './clone.js';
export { openRepository, type RepositoryOptions } from './repository.js';
export { findRepositoryRoot } from './repository-root.js';
export { openWorkTree } from './work-tree.js';
export { readPrivateFolder } from './private-folder.js';
export * from './ledger/index.js';
