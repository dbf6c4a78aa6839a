export { fakeHub, type HubFile, type HubWorld } from './fake-hub.js';
export { fakeLakefs, type LakefsWorld } from './fake-lakefs.js';
export { type FakeBucket, fakeS3, putFake } from './fake-s3.js';
export { type ServedSource, serveSource, type SourceAnswer, type SourceRequest } from './fake-services.js';
