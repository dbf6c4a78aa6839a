export { describeWorkTree, type WorkTreeUnderTest } from './describe-work-tree.js';
export { type MemoryWorkTree, type MemoryWorkTreeDescription, openMemoryWorkTree } from './memory-work-tree.js';
