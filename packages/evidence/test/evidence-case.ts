import type { Digest } from '@weighbridge/core';
import type { MetricDocument } from '@weighbridge/formats';
import type { EvidenceTrust } from '@weighbridge/manifest';
import { nodeSha256 } from '@weighbridge/testkit';
import type { BackingQuestion } from '../src/back-document.js';
import type { RunProof } from '../src/run-proof.js';
import { digestDocument } from '../src/bind-statement.js';
import type { Evaluation } from '../src/statement.js';
import type { WorkflowClaims } from '../src/workflow-signer.js';

export const sha = (digit: string): Digest => `sha256:${digit.repeat(64)}`;
export const [identity, artifact, file] = [sha('1'), sha('2'), sha('3')];
export const commit = 'c'.repeat(40);

export const document: MetricDocument = {
  format: 'plain',
  values: [{ key: 'accuracy', value: '0.950', stderr: null, samples: 200, slice: null }],
  context: { dataset: 'holdout' },
};

/** A statement about the one document `eval` of fraud. */
export function evaluation(parts: Partial<Evaluation> = {}): Evaluation {
  return {
    model: 'fraud',
    subjects: [
      { name: 'fraud', digest: identity },
      { name: 'model.onnx', digest: artifact },
    ],
    documents: [{ id: 'eval', path: 'eval.json', digest: file, document, examples: null }],
    dataset: 'holdout',
    harness: 'lm-eval 0.4.9',
    commit,
    run: { url: 'https://github.com/acme/models/actions/runs/7', workflow: 'eval', id: '7', attempt: 1 },
    claim: 'attested',
    time: '2026-03-01T10:00:00Z',
    ...parts,
  };
}

/** Who counts: a workflow that signs, one that recomputes, and one whose artifacts count. */
export function trust(parts: Partial<EvidenceTrust> = {}): EvidenceTrust {
  const signer = {
    workflow: 'https://github.com/acme/models/.github/workflows/eval.yml',
    refs: ['refs/heads/main', 'refs/tags/*'],
    issuer: 'https://token.actions.githubusercontent.com',
    repository: 'https://github.com/acme/models',
    events: null,
    role: 'attest',
  } as const;
  return {
    keys: [],
    signers: [
      signer,
      { ...signer, workflow: 'https://github.com/acme/models/.github/workflows/again.yml', role: 'recompute' },
    ],
    workflows: [{ path: '.github/workflows/eval.yml', branches: ['main', 'release/*'], events: null }],
    trustedRoot: null,
    ...parts,
  };
}

export function claims(parts: Partial<WorkflowClaims> = {}): WorkflowClaims {
  return {
    subject: 'https://github.com/acme/models/.github/workflows/eval.yml@refs/heads/main',
    issuer: 'https://token.actions.githubusercontent.com',
    repository: 'https://github.com/acme/models',
    ref: 'refs/heads/main',
    commit,
    event: 'push',
    run: 'https://github.com/acme/models/actions/runs/7/attempts/1',
    ...parts,
  };
}

export function question(parts: Partial<BackingQuestion> = {}): BackingQuestion {
  return {
    candidate: { model: 'fraud', identity, artifacts: [artifact], commit },
    gated: { id: 'eval', digest: file, document, examples: null },
    trust: trust(),
    sha256: nodeSha256,
    ...parts,
  };
}

export function runProof(run: Partial<RunProof['run']> = {}, parts: Partial<RunProof> = {}): RunProof {
  return {
    run: {
      id: '7',
      attempt: 1,
      url: 'https://github.com/acme/models/actions/runs/7',
      workflowPath: '.github/workflows/eval.yml',
      event: 'push',
      commit,
      branch: 'main',
      headRepository: 'acme/models',
      status: 'completed',
      conclusion: 'success',
      startedAt: '2026-03-01T09:00:00Z',
      ...run,
    },
    artifact: { id: '70', name: 'evaluation', digest: sha('4') },
    repository: 'acme/models',
    document: { file, values: digestDocument(document, nodeSha256) },
    statement: null,
    ...parts,
  };
}
