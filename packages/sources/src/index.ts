export type { ProxySetting } from './http/platform-fetch.js';
export { openTrackedRuns, type TrackedRunOptions } from './open-tracked-runs.js';
export { openDataReferences, type SourceOptions } from './open-data-references.js';
export type { OpenFolderObject } from './objects/folder-objects.js';
export { openRemoteFiles } from './open-remote-files.js';
export type { ForeignBuckets } from './objects/foreign-buckets.js';
export { endpointOf } from './objects/endpoint-of.js';
