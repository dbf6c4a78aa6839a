import { describeWorkTree } from './describe-work-tree.js';
import { openMemoryWorkTree } from './memory-work-tree.js';

describeWorkTree('in memory', async (description) => ({
  workTree: openMemoryWorkTree(description),
  dispose: async () => {},
}));
