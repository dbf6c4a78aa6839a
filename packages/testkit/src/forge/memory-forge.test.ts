import { describeForge } from './describe-forge.js';
import { memoryForge } from './memory-forge.js';

describeForge('in memory', async () => {
  const forge = memoryForge();
  return { forge, world: forge.world, dispose: async () => {} };
});
