export { describeRepository } from './describe-repository.js';
export { type MemoryRepository, openMemoryRepository } from './memory-repository.js';
export type { MemoryRefs } from './memory-state.js';
export type { RepositoryUnderTest } from './repository-under-test.js';
