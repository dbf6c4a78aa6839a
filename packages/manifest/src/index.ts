export { formatArtifactsLock, parseArtifactsLock } from './artifacts-lock.js';
export { formatDuration, parseDuration } from './duration.js';
export { globMatcher, isGlob, matchGlob } from './glob.js';
export * from './manifest.js';
export { type PathReading, readPath, resolveManifestPath } from './manifest-path.js';
export { parseManifest } from './parse-manifest.js';
export { defaultPolicy, parsePolicy } from './parse-policy.js';
export { findRetrievalFaults } from './parse-retrieval.js';
export {
  type RetrievalLayout,
  type RetrievalSettings,
  retrievalLayout,
  retrievalSettings,
} from './retrieval-layout.js';
export { maxRunFileBytes, parseRunFile, runFileName } from './parse-run.js';
export { parseStages } from './parse-stages.js';
export * from './policy.js';
export {
  isRemoteReference,
  lastPart,
  nameBehind,
  type RemoteReference,
  remoteReferenceOf,
  type RemoteSelection,
  selectRemote,
} from './reference/artifact-reference.js';
export { type FolderObject, formatAddress, readAddress, type RemoteAddress } from './reference/file-address.js';
export { isImmutableReference } from './reference/immutable-reference.js';
export { parseReference, readReference, type ReferenceReading } from './reference/parse-reference.js';
export { formatReference, type Reference, type ReferenceScheme } from './reference/reference.js';
export { formatSchema, publishedSchemas } from './schema/index.js';
export { type SchemaName, schemaNames } from './schema/published.js';
export { type DocumentPath, type Fault, faultsError, type Parsed } from './source/fault.js';
export { closestWord, hintFor, showChoices } from './source/quoting.js';
export type { Position } from './source/line-index.js';
export type { SourceFile } from './source/source-file.js';
export { formatStages, type StagesChange } from './format-stages.js';
export { findLoosening, type Loosening, stricter } from './stricter.js';
export { type ManifestFacts, renderManifestTemplate } from './template/manifest-template.js';
export { type PolicyFacts, renderPolicyTemplate } from './template/policy-template.js';
export { renderStagesTemplate } from './template/stages-template.js';
