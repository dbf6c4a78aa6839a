export { type AddedEvidence, addEvidence, type EvidenceRequest } from './evidence/add-evidence.js';
export {
  type AttestRequest,
  type PreparedStatement,
  prepareStatement,
  type RecomputedDocuments,
} from './evidence/attest.js';
export type { ProofSources } from './evidence/proof-sources.js';
export { applyPlan, type EffectObserver } from './apply-plan.js';
export {
  type AssessOptions,
  assessModels,
  type ContentDigests,
  readContentDigests,
  type WeighedModel,
} from './assessment/assess-models.js';
export { readSnapshot } from './registry/read-snapshot.js';
export { auditLedger, parseMoment, readLog, requireRegistered, showAt } from './registry/audit.js';
export { type DiffRequest, type DiffSide, diffFiles, diffVersions } from './assessment/diff.js';
export { examineRepository } from './doctor/examine-repository.js';
export type { Diagnosis, Finding, FindingLevel, Protection, ProtectionLevel } from './doctor/finding.js';
export { glanceAtProtection } from './doctor/glance.js';
export { type Files, filesAtCommit, filesOfWorkTree, openCommitFiles, type OpenFile } from './reading/files.js';
export { type GateAnswer, gateModels, type GateQuestion } from './transition/gate.js';
export {
  type GovernedModel,
  type Governance,
  policyPath,
  readGovernance,
  readPolicy,
  selectModels,
} from './governing/governance.js';
export {
  type AdapterListing,
  type AdaptersQuestion,
  listAdapters,
  type ListedAdapter,
} from './registry/list-adapters.js';
export { type InitRequest, type Initiation, initRepository } from './init.js';
export { describeEffect, type Effect, formatSize, type Plan, type Receipt } from './plan.js';
export { describeAmounts, type ProgressTeller, type Transfer } from './progress/transfer.js';
export { type Promotion, promoteModel, type PromoteRequest } from './transition/promote.js';
export { type EntryProof, proveEntry } from './registry/prove-entry.js';
export { type RecognisedFile, recognise } from './artifacts/recognise.js';
export {
  missingInRecord,
  type RegisterOutcome,
  type RegisterRequest,
  type Registration,
  registerModels,
} from './registration/register.js';
export { type Rollback, rollbackModel, type RollbackRequest } from './transition/rollback.js';
export { checkSignatures, type CheckedSignatures, type SigningTrust } from './signing/check-signatures.js';
export { judgeStageSignature, requireStageSignature, type StagedVersion } from './transition/require-signature.js';
export { type Signing, type SignRequest, signVersion } from './signing/sign-version.js';
export type { SigningTools, VersionSigner } from './signing/signing-tools.js';
export { type StatedDecision, stateDecision } from './signing/state-decision.js';
export { type Verification, type VerifyRequest, verifyVersion } from './signing/verify-version.js';
export { type CheckedFiles, checkFiles } from './check-files.js';
export { type ShownModel, showModels } from './registry/show.js';
export { type ShownVersion, showVersion } from './documents/show-version.js';
export { unknownModel } from './governing/unknown-model.js';
export { type DocumentFile, type DocumentFiles, documentName, readDocumentFiles } from './documents/document-files.js';
export { collectStore, type Collection, type CollectRequest } from './collect.js';
export { readOwner } from './registry/own-store.js';
export type { DueVersion, SparedVersion } from './retention/due-versions.js';
export type { ReleasedSize } from './retention/freed-bytes.js';
export {
  type HeldVersion,
  type HoldOutcome,
  type HoldQuestion,
  holdVersion,
  listHolds,
  releaseHold,
} from './retention/holds.js';
export type { Release } from './retention/release-bytes.js';
export { pushArtifacts, type StorePush } from './registration/store-push.js';
export {
  diffCards,
  type RecordedDocument,
  readRecordedDocument,
  readVersionDocuments,
  type VersionDocuments,
} from './documents/version-documents.js';
export { formatCount } from './format-count.js';
export { findUnreleased, type ToRelease } from './release/unreleased-versions.js';
export { type VersionRelease } from './release/release-version.js';
export { type AskedRelease, type ReleaseRun, releaseVersions } from './release/release-versions.js';
export { artifactsOf, type WholeCatalogue, type WholeVersion } from './registry/version-artifacts.js';
export type { RecordQuestion } from './documents/version-record.js';
export type { KeptBytes, Notice, Surroundings } from './surroundings.js';
export type { Depth } from './artifacts/measure-file.js';
export { takeSnapshot, type TakenSnapshot } from './snapshot/take-snapshot.js';
export { type AppliedModel, type ApplyOutcome, applyStages } from './apply/apply-stages.js';
export type { AppliedLine, ApplyRequest } from './apply/applying.js';
export {
  type Alignment,
  type Proposal,
  proposeAlignment,
  proposePromotion,
  type ProposeRequest,
} from './transition/propose.js';
export type { Fault, Judgement, ModelJudgement } from './pull/judgement.js';
export { type JudgedGroup, type MergeGroup, reconcileGroup } from './pull/merge-group.js';
export { type JudgementTexts, markError, type Publication, type PublishRequest } from './pull/publish.js';
export {
  judgeAssuming,
  type Reconciled,
  reconcilePull,
  type Sweep,
  sweepPulls,
  type Telling,
} from './pull/reconcile.js';
export { checkStore, type DamagedFile, type StoreCheck, type StoreCheckRequest } from './fetch/check-store.js';
export { exportOci, type OciExport, type OciExportRequest } from './fetch/export-oci.js';
export { type FetchedVersion, type FetchRequest, fetchVersion } from './fetch/fetch-version.js';
export { presignFiles, type PresignedFile } from './fetch/presign-files.js';
export type { LyingBytes } from './fetch/lying-bytes.js';
export { measureStore, type ModelBytes, type StoredBytes } from './fetch/store-stats.js';
export type { FetchedFile, VersionFile } from './fetch/version-files.js';
export { restoreVersion, type Restore, type RestoreRequest } from './tiers/restore-version.js';
export { type Tiering, tierStore, type TierRequest } from './tiers/tier-store.js';
export { askImpact, type Impact, type ImpactRequest } from './lineage/ask-impact.js';
export { type LineageQuestion, readLineage, type VersionLineage } from './lineage/read-lineage.js';
export { type ReproduceAnswer, type ReproduceQuestion, reproduceVersion } from './lineage/reproduce.js';
export { unreadRuns } from './pull/without-credentials.js';
export { type CandidateLineage, findReach, type Reach, type ReachingChange } from './pull/reach.js';
export { findAbsentParts } from './governing/absent-parts.js';
export { selectTouched, type Touched } from './assessment/select-touched.js';
