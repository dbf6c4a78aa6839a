import { describeStore } from './describe-store.js';
import { openMemoryStore } from './memory-store.js';

describeStore('in memory', async () => {
  const store = openMemoryStore();
  return { store, damage: (digest) => store.damage(digest), dispose: async () => {} };
});
