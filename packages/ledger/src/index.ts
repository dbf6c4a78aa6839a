export { exportCsv, exportJsonLines } from './audit/export.js';
export type { Finding, FindingCode } from './audit/finding.js';
export { catalogueAt, type HistoryRow, historyRows, type LogAt, readEvents } from './audit/history.js';
export type { VerifyLogOptions } from './audit/audit-options.js';
export { canRebuild, planRebuild } from './audit/rebuild.js';
export { type LogVerdict, verifyLog } from './audit/verify-log.js';
export * from './catalogue.js';
export {
  type Entry,
  type EntryTrust,
  formatEntry,
  parseEntry,
  peekEntry,
  preAuthenticationEncoding,
} from './entry/entry.js';
export { eventTypes } from './entry/event-schema.js';
export { eventId, formatStatement, parseJson, type Parsed, parseStatement } from './entry/statement.js';
export * from './event.js';
export {
  type ArtifactNaming,
  formatArtifactList,
  isListed,
  measureArtifacts,
  nameArtifacts,
  parseArtifactList,
} from './evidence/artifact-list.js';
export { formatEvidenceBundle, parseEvidenceBundle } from './evidence/evidence-bundle.js';
export { planEvidenceFiles } from './evidence/plan-evidence-files.js';
export { type EvidenceAt, readEvidence, type TakeEvidence, visitEvidence } from './evidence/read-evidence.js';
export { emptyCatalogue, foldEvent } from './fold/fold-event.js';
export { holdsAt } from './fold/retention.js';
export type { FoldContext, FoldOutcome, Refusal } from './fold/outcome.js';
export { findBreak, peekCheckpoint } from './log/continuation.js';
export { formatCatalogue, parseCatalogue } from './log/catalogue-file.js';
export { type Combination, combineGroups, type EntryGroup, type GroupOutcome } from './log/combine.js';
export { groupName } from './log/group-name.js';
export { formatIdShard, idShardPath, parseIdShard } from './log/id-index.js';
export { namedDigests, requiredEvidence } from './log/named-evidence.js';
export {
  cataloguePath,
  checkpointPath,
  evidenceBundlePath,
  evidencePath,
  mapHeadPath,
  mapTopPath,
  modelNamesPath,
  modelPagePath,
  parseEvidenceBundlePath,
  parseEvidencePath,
  parseModelPath,
  readmePath,
  statePath,
} from './log/paths.js';
export { proveEntry } from './log/prove.js';
export { type FoldedLog, foldNext } from './log/replay-state.js';
export { cachedSource, type LogSource } from './log/source.js';
export { formatState, type LogState, parseState } from './log/state.js';
export { type Head, headPaths, type LogTrust, readHead, readTip, type Tip } from './log/tip.js';
export { type FileChanges, planFiles, type PlannedAppend } from './log/write-files.js';
export { appendLeaves, type TileChanges } from './merkle/append.js';
export { formatBundle, maxEntryBytes, parseBundle } from './merkle/bundle.js';
export * from './merkle/proof.js';
export {
  allTiles,
  edgePaths,
  formatTilePath,
  hashOfRange,
  parseTilePath,
  rightEdge,
  rootFromEdge,
  type TileAt,
  tileIn,
  tilesOfRanges,
  type Tiles,
  tileWidth,
} from './merkle/tile.js';
export { emptyRoot, equalBytes, hashBytes, leafHash, maxTreeSize, nodeHash } from './merkle/tree.js';
export { formatBase64, parseBase64 } from '@weighbridge/core';
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from './note/checkpoint.js';
export {
  formatPrivateKeyNote,
  formatVerifierKey,
  isKeyName,
  keyIdOf,
  type NoteSigner,
  parsePrivateKeyNote,
  parseVerifierKey,
  type PrivateKeyNote,
  type VerifierKey,
  type VerifySignature,
} from './note/key.js';
export { formatSignedNote, parseSignedNote, type SignedNote, signNote, verifyNote } from './note/signed-note.js';
export { formatTlogProof, parseTlogProof, type TlogProof } from './note/tlog-proof.js';
export { renderModelPage } from './render/model-page.js';
export {
  maxEvidenceBytes,
  maxGroupEntries,
  prepareGroup,
  refusalError,
  requireKeyName,
  requireSameKind,
} from './log/prepare.js';
export {
  cataloguePaths,
  readCatalogue,
  readCatalogueHashes,
  readCatalogues,
  readEntries,
  readModelNames,
} from './log/read-log.js';
export { bindingPaths, type BoundFiles, readBound } from './map/bound-files.js';
export { bucketPath } from './map/bucket.js';
export { formatMapHead, type MapHead, parseMapHead } from './map/head.js';
