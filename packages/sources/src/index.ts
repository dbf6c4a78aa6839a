export type { ProxySetting } from './http/platform-fetch.js';
export { openTrackedRuns, type TrackedRunOptions } from './open-tracked-runs.js';
export { openDataReferences, type SourceOptions } from './open-data-references.js';
