import type { SigningPolicy } from '@weighbridge/manifest';
import { describe, expect, test } from 'vitest';
import { gateFacts, gatePolicy, gateRequest, identity, judged } from '../../test/gate-case.js';
import { evaluate } from '../evaluate.js';
import type { EvidenceSigner, GateFacts, SignatureFacts } from '../facts.js';
import { judgeSignature } from '../judge-signature.js';
import { decide } from '../decide.js';
import { policySlice } from '../request.js';

const workflow = 'https://github.com/acme/models/.github/workflows/release.yml';
const signing: SigningPolicy = {
  keys: { release: 'PEM' },
  signers: [{ workflow, refs: ['refs/tags/*'], issuer: 'i', repository: 'r', events: null, role: 'attest' }],
  when: 'register',
  trustedRoot: null,
};
const request = gateRequest(gatePolicy({ signature: 'required' }), { signing });
const artifacts = [{ path: 'a', format: 'onnx', imports: [] }];
const signer: EvidenceSigner = { kind: 'key', name: 'release', ref: null, issuer: null, commit: null, run: null };
const facts = (signature?: SignatureFacts | null, parts: Partial<GateFacts> = {}) =>
  gateFacts({ artifacts, ...(signature === undefined ? {} : { signature }), ...parts });
const judge = (signature?: SignatureFacts | null) => judged(request, facts(signature), 'signature');
const time = '2026-05-01T00:00:00Z';

describe('signature', () => {
  test('passes with one that counts, whatever others are', () => {
    const node = judge({ good: [{ signer, time }], refused: ['it is bad'] });
    expect(node).toMatchObject({ verdict: 'pass', because: 'All artifacts are signed by the key release.' });
    const byWorkflow = { ...signer, kind: 'workflow', name: workflow, ref: 'refs/tags/v1' } as const;
    expect(judge({ good: [{ signer: byWorkflow, time }], refused: [] }).because).toContain(
      `${workflow} on refs/tags/v1`,
    );
  });

  test('fails without, and says who was asked, what was found and what to do', () => {
    const none = judge({ good: [], refused: [] });
    expect(none.verdict).toBe('fail');
    expect(none.because).toBe(`A signature by the key release or ${workflow} is asked, and it is not signed.`);
    expect(none.remedy).toContain('weighbridge sign fraud@1.4.0');
    expect(judge({ good: [], refused: ['it is signed by X'] }).because).toContain('does not count: it is signed by X');
  });

  test('waits for what is not registered, and is an error where nobody can check', () => {
    expect(judge(null).verdict).toBe('pending');
    expect(judge().verdict).toBe('error');
  });

  test('of what has no artifact: nothing to sign for prompts, an error for weights', () => {
    const of = (kind: GateFacts['candidate']['kind']) =>
      judged(request, facts(null, { artifacts: [], candidate: { ...facts().candidate, kind } }), 'signature').verdict;
    expect(of('prompt')).toBe('pass');
    expect(of('model')).toBe('error');
  });

  test('is asked only where the gate asks', () => {
    const ids = evaluate(gateRequest(gatePolicy(), { signing }), facts(null)).children?.map(({ id }) => id);
    expect(ids).not.toContain('signature');
    expect(judgeSignature(gateRequest(gatePolicy()), facts(null))).toBeNull();
  });

  test('is waived for one identity, as in the whole gate', () => {
    const waiver = {
      gate: 'signature',
      model: 'fraud',
      digest: identity,
      reason: 'r',
      expires: '2999-01-01',
      rule: 'ml',
    };
    const waived = gateRequest(gatePolicy({ signature: 'required' }), { signing, waivers: [waiver] });
    const found = facts({ good: [], refused: [] });
    expect(judgeSignature(waived, found)?.verdict).toBe('waived');
    expect(judged(waived, found, 'signature').verdict).toBe('waived');
  });
});

test('a policy slice without a signature is what it was before there were any', () => {
  const slice = (gate: Parameters<typeof gatePolicy>[0]) =>
    Object.keys(
      policySlice(
        {
          mode: 'enforce',
          stages: ['a', 'b', 'c'],
          gates: { b: gatePolicy(gate) },
          transitions: {},
          waivers: [],
          reviewers: {},
          owners: [],
          signing,
        } as unknown as Parameters<typeof policySlice>[0],
        { model: request.model, transition: { from: 'a', to: 'b' } },
      ),
    );
  expect(slice({})).not.toContain('signing');
  expect(slice({ signature: 'required' })).toContain('signing');
});

test('a decision rests on who may sign', () => {
  const sha256 = (bytes: Uint8Array) => new Uint8Array(32).fill(bytes.length);
  const policyOf = (keys: Record<string, string>) =>
    decide({ ...request, policy: { ...request.policy, signing: { ...signing, keys } } }, facts(null), sha256).digests
      .policy;
  expect(policyOf({ release: 'PEM' })).not.toBe(policyOf({ release: 'another PEM' }));
});
