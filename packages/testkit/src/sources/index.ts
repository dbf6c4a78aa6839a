export { fakeHub, type HubWorld } from './fake-hub.js';
export { fakeLakefs, type LakefsWorld } from './fake-lakefs.js';
export { type ServedSource, serveSource, type SourceAnswer, type SourceRequest } from './fake-services.js';
