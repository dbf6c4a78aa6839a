export { type Backing, type BackingQuestion, type CheckedProof, judgeProof } from './back-document.js';
export { type Candidate, digestDocument, type GatedDocument, refuseStatement } from './bind-statement.js';
export {
  type Envelope,
  isEnvelope,
  parseEnvelope,
  signEnvelope,
  type VerifiedEnvelope,
  verifyEnvelope,
} from './envelope.js';
export {
  confirmDocument,
  type Disagreements,
  formatTolerance,
  parseTolerance,
  type Tolerance,
} from './confirm-document.js';
export {
  type DecisionPredicate,
  verificationResultType,
  formatDecisionStatement,
  type RecordedDecision,
  testResultType,
} from './model-signature/decision-statement.js';
export {
  type GoodSignature,
  judgeKeyBundle,
  judgeSigstoreBundle,
  type SignatureQuestion,
} from './model-signature/judge-model-signature.js';
export { formatKeyBundle, type KeySignature, methodOf, parseKeyBundle } from './model-signature/key-bundle.js';
export {
  formatModelStatement,
  maxModelStatementBytes,
  modelSignatureType,
  type ModelStatement,
  parseModelStatement,
  rootDigest,
} from './model-signature/model-statement.js';
export {
  type Curve,
  curves,
  type EcdsaKey,
  fingerprintOf,
  formatEcdsaKey,
  parseEcdsaKey,
  type VerifyEcdsa,
} from './model-signature/public-key.js';
export {
  compareResources,
  excludedNames,
  isExcluded,
  modelFolder,
  type RecordedArtifact,
  type Resource,
  resourcesOf,
} from './model-signature/resources.js';
export { formatProof, parseProof, type Proof } from './proof.js';
export {
  attestationPaths,
  type FoundAttestation,
  maxAttestationBytes,
  maxAttestations,
  readAttestations,
  recogniseAttestation,
} from './read-attestation.js';
export { archiveLimits, type InflateRaw, readArchive } from './read-archive.js';
export { describeStanding, refuseRun, type RunFacts, type RunProof, type RunStanding } from './run-proof.js';
export * from './statement.js';
export {
  type AllowedSigner,
  findSigner,
  isAllowedEvent,
  isAllowedRef,
  type VerifiedBundle,
  type WorkflowClaims,
} from './workflow-signer.js';
