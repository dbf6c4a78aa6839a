import { type Sha256, utf8 } from '@weighbridge/core';
import type { EvidenceLevel, EvidenceSigner } from '@weighbridge/gates';
import type { EvidenceTrust } from '@weighbridge/manifest';
import { type Candidate, digestDocument, type GatedDocument, refuseStatement } from './bind-statement.js';
import type { VerifiedEnvelope } from './envelope.js';
import { describeStanding, type RunProof, refuseRun } from './run-proof.js';
import { type Evaluation, parseEvaluation, type Read, statementPayloadType } from './statement.js';
import { findSigner, type VerifiedBundle } from './workflow-signer.js';

/** A proof whose signatures were checked, or whose run the forge told. */
export type CheckedProof =
  | { readonly kind: 'envelope'; readonly envelope: VerifiedEnvelope }
  | { readonly kind: 'bundle'; readonly bundle: VerifiedBundle }
  | { readonly kind: 'run'; readonly run: RunProof };

/** What stands behind a document, once a proof was found good. */
export interface Backing {
  readonly level: EvidenceLevel;
  readonly signer: EvidenceSigner;
  /** When it was signed or made; RFC 3339, UTC. */
  readonly time: string;
}

/** What a proof is held against. */
export interface BackingQuestion {
  readonly candidate: Candidate;
  readonly gated: GatedDocument;
  readonly trust: EvidenceTrust;
  readonly sha256: Sha256;
}

/** Judges one proof of one document: what it raises the document to, or why it does not count. */
export function judgeProof(proof: CheckedProof, question: BackingQuestion): Read<Backing> {
  if (proof.kind === 'run') return judgeRun(proof.run, question);
  return proof.kind === 'envelope' ? judgeEnvelope(proof.envelope, question) : judgeBundle(proof.bundle, question);
}

function judgeEnvelope({ payload, keyId }: VerifiedEnvelope, question: BackingQuestion): Read<Backing> {
  const bound = bind(payload, question);
  if ('fault' in bound) return bound;
  const { time, run, commit } = bound.value;
  const signer = { kind: 'key', name: keyId, ref: null, issuer: null, commit, run: run?.url ?? null } as const;
  return { value: { level: 'attested', signer, time } };
}

function judgeBundle(bundle: VerifiedBundle, question: BackingQuestion): Read<Backing> {
  const { claims, payloadType, payload } = bundle;
  if (payloadType !== statementPayloadType) return { fault: 'it signs something else than a statement' };
  const allowed = findSigner(claims, question.trust);
  if ('fault' in allowed) return allowed;
  const bound = bind(payload, question);
  if ('fault' in bound) return bound;
  const { issuer, commit, run } = claims;
  const signer = { kind: 'workflow', name: allowed.signer.workflow, ref: claims.ref, issuer, commit, run } as const;
  // The signer may have measured before it signed, but nothing was signed before it was measured.
  const time = bound.value.time < bundle.time ? bound.value.time : bundle.time;
  return { value: { level: allowed.signer.role === 'recompute' ? 'recomputed' : 'attested', signer, time } };
}

/** A run counts for the commit that it ran on; for the same content elsewhere, only by a statement that names it. */
function judgeRun(proof: RunProof, question: BackingQuestion): Read<Backing> {
  const refused = refuseRun(proof, question.trust);
  if (refused !== null) return { fault: refused };
  const { candidate, gated } = question;
  const { run } = proof;
  if (proof.statement !== null) {
    const bound = bind(utf8(proof.statement), question);
    if ('fault' in bound) return bound;
  } else if (run.commit !== candidate.commit) {
    return {
      fault: `run ${run.id} ran on ${run.commit.slice(0, 12)}, its artifact holds no statement, and ${candidate.commit?.slice(0, 12) ?? 'no commit'} is judged`,
    };
  }
  if (proof.statement === null && gated.examples !== null) {
    return { fault: `its artifact holds no statement, so nothing says where the scores by example come from` };
  }
  if (!isGatedDocument(proof, question)) return { fault: `it holds another file of ${gated.id}` };
  const among = describeStanding(proof);
  const signer = {
    kind: 'run',
    name: run.workflowPath,
    ref: run.branch === null ? null : `refs/heads/${run.branch}`,
    issuer: null,
    commit: run.commit,
    run: run.url,
    ...(among === null ? {} : { among }),
  } as const;
  return { value: { level: 'workflow', signer, time: run.startedAt } };
}

/** Values always; the file as well where it is at hand. */
function isGatedDocument({ document }: RunProof, { gated, sha256 }: BackingQuestion): boolean {
  const sameFile = gated.digest === null || gated.digest === document.file;
  return sameFile && document.values === digestDocument(gated.document, sha256);
}

function bind(payload: Uint8Array, question: BackingQuestion): Read<Evaluation> {
  const evaluation = parseEvaluation(payload);
  if ('fault' in evaluation) return { fault: `its statement cannot be read: ${evaluation.fault}` };
  const refused = refuseStatement(evaluation.value, question, question.sha256);
  return refused === null ? evaluation : { fault: refused };
}
