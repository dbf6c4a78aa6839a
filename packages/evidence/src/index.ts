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
