import { utf8 } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import {
  artifact,
  claims,
  commit,
  document,
  evaluation,
  file,
  identity,
  question,
  runProof,
  sha,
  trust,
} from '../test/evidence-case.js';
import { type CheckedProof, judgeProof } from './back-document.js';
import { type Evaluation, formatEvaluation } from './statement.js';
import { isAllowedRef, type WorkflowClaims } from './workflow-signer.js';

const bundle = (parts: Partial<WorkflowClaims> = {}, told: Evaluation = evaluation()): CheckedProof => ({
  kind: 'bundle',
  bundle: {
    payloadType: 'application/vnd.in-toto+json',
    payload: utf8(formatEvaluation(told)),
    claims: claims(parts),
    time: '2026-03-01T10:00:05Z',
  },
});
const envelope = (told: Evaluation = evaluation()): CheckedProof => ({
  kind: 'envelope',
  envelope: { payload: utf8(formatEvaluation(told)), keyId: 'eval+1a2b3c4d' },
});
const workflow = (name: string, ref: string) => `https://github.com/acme/models/.github/workflows/${name}.yml@${ref}`;

describe('a statement of an allowed workflow', () => {
  test('makes a document attested, and tells by whom', () => {
    expect(judgeProof(bundle(), question())).toEqual({
      value: {
        level: 'attested',
        time: '2026-03-01T10:00:00Z',
        signer: {
          kind: 'workflow',
          name: 'https://github.com/acme/models/.github/workflows/eval.yml',
          ref: 'refs/heads/main',
          issuer: 'https://token.actions.githubusercontent.com',
          commit,
          run: 'https://github.com/acme/models/actions/runs/7/attempts/1',
        },
      },
    });
  });

  test('makes it recomputed where the policy gives that role, whatever it says of itself', () => {
    const again = { subject: workflow('again', 'refs/heads/main') };
    expect(judgeProof(bundle(again), question())).toHaveProperty('value.level', 'recomputed');
    const boasting = evaluation({ claim: 'recomputed' });
    expect(judgeProof(bundle({}, boasting), question())).toHaveProperty('value.level', 'attested');
  });

  test('is as old as the earlier of its own time and that of the signature', () => {
    const later = evaluation({ time: '2027-01-01T00:00:00Z' });
    expect(judgeProof(bundle({}, later), question())).toHaveProperty('value.time', '2026-03-01T10:00:05Z');
  });

  test.each<[string, Partial<WorkflowClaims>]>([
    ['another workflow', { subject: workflow('other', 'refs/heads/main') }],
    ['a workflow of another repository', { subject: claims().subject.replace('acme/models', 'mallory/models') }],
    ['the workflow of a branch', { subject: workflow('eval', 'refs/heads/mallory'), ref: 'refs/heads/mallory' }],
    ['the workflow of a pull request', { subject: workflow('eval', 'refs/pull/7/merge'), ref: 'refs/pull/7/merge' }],
    ['a trusted workflow that ran on a pull request', { ref: 'refs/pull/7/merge' }],
    ['a tag that looks like a folder of tags', { ref: 'refs/tags/a/b' }],
    ['the event pull_request', { event: 'pull_request' }],
    ['the event pull_request_target', { event: 'pull_request_target' }],
    ['a comment', { event: 'issue_comment' }],
    ['another issuer', { issuer: 'https://accounts.example' }],
    ['the run of another repository', { repository: 'https://github.com/mallory/models' }],
    ['a person', { subject: 'mallory@example.com' }],
    ['nobody', { subject: '' }],
    ['a certificate without a ref', { ref: null }],
    ['a certificate without an event', { event: null }],
    ['a certificate without a repository', { repository: null }],
    ['a certificate without an issuer', { issuer: null }],
  ])('does not count from %s', (_, parts) => {
    expect(judgeProof(bundle(parts), question())).toEqual({ fault: expect.any(String) });
  });

  test('does not count from a pull request whatever a pattern says', () => {
    expect(isAllowedRef('refs/pull/7/merge', ['**', 'refs/**', 'refs/pull/7/merge'])).toBe(false);
    expect(isAllowedRef('refs/heads/main', ['refs/heads/*'])).toBe(true);
  });

  test('counts for listed events only where there is a list', () => {
    const signers = trust().signers.map((signer) => ({ ...signer, events: ['schedule'] }));
    expect(judgeProof(bundle(), question({ trust: trust({ signers }) }))).toHaveProperty('fault');
    expect(judgeProof(bundle({ event: 'schedule' }), question({ trust: trust({ signers }) }))).toHaveProperty('value');
  });

  test('counts by the second of two rules for one workflow', () => {
    const [first] = trust().signers;
    if (first === undefined) throw new Error('no signer');
    const signers = [{ ...first, refs: ['refs/tags/v1'] }, first];
    expect(judgeProof(bundle(), question({ trust: trust({ signers }) }))).toHaveProperty('value.level', 'attested');
  });
});

describe('a statement counts for one content and one document', () => {
  const [own] = evaluation().documents;
  if (own === undefined) throw new Error('no document');
  const others: readonly (readonly [string, Evaluation])[] = [
    ['another model', evaluation({ model: 'churn' })],
    ['other content', evaluation({ subjects: [{ name: 'fraud', digest: sha('9') }] })],
    ['no content', evaluation({ subjects: [{ name: identity, digest: sha('9') }] })],
    ['another document', evaluation({ documents: [{ ...own, id: 'other' }] })],
    ['the document twice', evaluation({ documents: [own, own] })],
    ['another file', evaluation({ documents: [{ ...own, digest: sha('8') }] })],
    ['other values', evaluation({ documents: [{ ...own, document: { ...document, context: {} } }] })],
  ];
  test.each(others)('not for one about %s', (_, told) => {
    for (const proof of [bundle({}, told), envelope(told)]) {
      expect(judgeProof(proof, question())).toEqual({ fault: expect.any(String) });
    }
    const run = runProof({}, { statement: formatEvaluation(told) });
    expect(judgeProof({ kind: 'run', run }, question())).toEqual({ fault: expect.any(String) });
  });

  test('all artifacts stand for the model, one of several does not', () => {
    const told = evaluation({ subjects: [{ name: 'model.onnx', digest: artifact }] });
    const of = (artifacts: readonly ReturnType<typeof sha>[] | null) => {
      return judgeProof(envelope(told), question({ candidate: { ...question().candidate, artifacts } }));
    };
    expect(of([artifact])).toHaveProperty('value.level', 'attested');
    for (const artifacts of [[artifact, sha('7')], [], null]) expect(of(artifacts)).toHaveProperty('fault');
  });

  test('scores by example must be those that were attested', () => {
    const examples = new Map() as never;
    const gated = { ...question().gated, examples };
    expect(judgeProof(envelope(), question({ gated }))).toHaveProperty('fault');
    expect(judgeProof({ kind: 'run', run: runProof() }, question({ gated }))).toHaveProperty('fault');
  });

  test('a recorded document is compared by its values', () => {
    const gated = { ...question().gated, digest: null };
    expect(judgeProof(envelope(), question({ gated }))).toHaveProperty('value.signer.name', 'eval+1a2b3c4d');
    expect(judgeProof({ kind: 'run', run: runProof() }, question({ gated }))).toHaveProperty('value');
  });

  test('what is no statement is refused', () => {
    const payload = utf8('{}');
    expect(judgeProof({ kind: 'envelope', envelope: { payload, keyId: 'k' } }, question())).toHaveProperty('fault');
    const typed = bundle();
    if (typed.kind !== 'bundle') throw new Error('no bundle');
    const other = { ...typed, bundle: { ...typed.bundle, payloadType: 'text/plain' } };
    expect(judgeProof(other, question())).toHaveProperty('fault');
  });
});

describe('a run of this repository', () => {
  test('makes a document of its commit one of level workflow', () => {
    expect(judgeProof({ kind: 'run', run: runProof() }, question())).toEqual({
      value: {
        level: 'workflow',
        time: '2026-03-01T09:00:00Z',
        signer: {
          kind: 'run',
          name: '.github/workflows/eval.yml',
          ref: 'refs/heads/main',
          issuer: null,
          commit,
          run: 'https://github.com/acme/models/actions/runs/7',
        },
      },
    });
  });

  test('on another commit needs a statement about this content', () => {
    const run = runProof({ commit: 'd'.repeat(40) });
    expect(judgeProof({ kind: 'run', run }, question())).toHaveProperty('fault');
    const told = { ...run, statement: formatEvaluation(evaluation()) };
    expect(judgeProof({ kind: 'run', run: told }, question())).toHaveProperty('value.level', 'workflow');
  });

  test.each<[string, Parameters<typeof runProof>]>([
    ['is not over', [{ status: 'running', conclusion: null }]],
    ['failed', [{ conclusion: 'failure' }]],
    ['was skipped', [{ conclusion: 'skipped' }]],
    ['ran a workflow that is not allowed', [{ workflowPath: '.github/workflows/mine.yml' }]],
    ['ran on a pull request', [{ event: 'pull_request' }]],
    ['ran after another', [{ event: 'workflow_run' }]],
    ['ran on another branch', [{ branch: 'mallory' }]],
    ['ran on no branch', [{ branch: null }]],
    ['ran code of a fork', [{ headRepository: 'mallory/models' }]],
    ['ran code of a repository that is gone', [{ headRepository: null }]],
    ['made another file', [{}, { document: { ...runProof().document, file: sha('8') } }]],
    ['made other values', [{}, { document: { file, values: sha('8') } }]],
  ])('does not count when it %s', (_, parts) => {
    expect(judgeProof({ kind: 'run', run: runProof(...parts) }, question())).toEqual({ fault: expect.any(String) });
  });

  test('counts on a pull request where the policy says so in so many words', () => {
    const workflows = [{ path: '.github/workflows/eval.yml', branches: ['*'], events: ['pull_request'] }];
    const run = runProof({ event: 'pull_request', branch: 'topic' });
    expect(judgeProof({ kind: 'run', run }, question({ trust: trust({ workflows }) }))).toHaveProperty('value');
  });
});
