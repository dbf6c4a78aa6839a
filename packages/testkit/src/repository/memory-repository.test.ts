import { describeRepository } from './describe-repository.js';
import { openMemoryRepository } from './memory-repository.js';

describeRepository('in memory', async (description) => {
  const repository = openMemoryRepository(description);
  const { clone, remote, commits } = repository;
  return {
    repository,
    commits,
    tagFromOutside: async (where, tag) => repository.tagFromOutside(where, tag),
    remoteTags: async () => new Map([...(remote?.tags ?? [])].map(([name, { commit }]) => [name, commit])),
    branches: async () => (remote ?? clone).branches,
    dispose: async () => {},
  };
});
