export type { ForgeWorld } from './forge-world.js';
export { memoryForge, type MemoryForge } from './memory-forge.js';
export { type HeldIssue, type HeldStatus, MemoryForgeState, openBranch } from './memory-state.js';
export {
  commitPerson,
  forgeActor,
  madeUpId,
  pullCommit,
  pullFacts,
  pullReview,
} from './pull-facts-builder.js';
export { describeForge } from './describe-forge.js';
export type { ForgeUnderTest } from './forge-under-test.js';
export * from './github/index.js';
