export { bytesSource, seededBytes } from './bytes-source.js';
export { describeStore, type StoreUnderTest } from './describe-store.js';
export { type MemoryStore, openMemoryStore } from './memory-store.js';
