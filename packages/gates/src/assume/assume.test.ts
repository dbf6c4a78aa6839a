import { createHash } from 'node:crypto';
import type { Sha256 } from '@weighbridge/core';
import type { GatePolicy } from '@weighbridge/manifest';
import { describe, expect, test } from 'vitest';
import {
  evidenceFacts,
  gateFacts,
  gatePolicy,
  gateRequest,
  metricDocument,
  metricGate,
  now,
} from '../../test/gate-case.js';
import { actor, at, oneOfMl, review, reviewFacts, rosters } from '../../test/review-case.js';
import { decide } from '../decide.js';
import type { GateFacts } from '../facts.js';
import type { PolicySlice } from '../request.js';
import { assume } from './assume.js';
import { parseAssumption } from './parse-assumption.js';

const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());

function whatIf(
  gate: Partial<GatePolicy>,
  assumptions: readonly string[],
  facts: Partial<GateFacts> = {},
  slice: Partial<PolicySlice> = {},
) {
  const request = gateRequest(gatePolicy(gate), { rosters, ...slice });
  const question = assume({ request, facts: gateFacts(facts) }, assumptions.map(parseAssumption));
  return decide(question.request, question.facts, sha256);
}

describe('parseAssumption', () => {
  test.each([
    ['approved-by=alice', { kind: 'approved-by', login: 'alice' }],
    ['approved-by=@Alice-B', { kind: 'approved-by', login: 'Alice-B' }],
    ['approved-by=renovate[bot]', { kind: 'approved-by', login: 'renovate[bot]' }],
    ['metric=eval.accuracy:0.95', { kind: 'metric', metric: 'eval.accuracy', value: '0.95', slice: null }],
    ['metric=eval.mmlu.acc,none:1e-3', { kind: 'metric', metric: 'eval.mmlu.acc,none', value: '1e-3', slice: null }],
    [
      'metric=eval.f1[lang=de]:0.9',
      { kind: 'metric', metric: 'eval.f1', value: '0.9', slice: { column: 'lang', value: 'de' } },
    ],
    ['waived=accuracy', { kind: 'waived', gate: 'accuracy' }],
    ['check=ci / tests:success', { kind: 'check', name: 'ci / tests', state: 'success' }],
    ['check=a:b:running', { kind: 'check', name: 'a:b', state: 'running' }],
    ['stage=staging', { kind: 'stage', stage: 'staging', since: null }],
    ['stage=staging@2026-05-01T00:00:00Z', { kind: 'stage', stage: 'staging', since: '2026-05-01T00:00:00Z' }],
    ['time=2026-12-01', { kind: 'time', time: '2026-12-01T00:00:00Z' }],
    [' time = 2026-12-01T09:00:00Z', { kind: 'time', time: '2026-12-01T09:00:00Z' }],
  ])('%s', (text, expected) => {
    expect(parseAssumption(text)).toEqual({ text, ...expected });
  });

  test.each([
    '',
    'approved',
    'approved-by=',
    'approved-by=a b',
    'constructor=x',
    'metric=accuracy:1',
    'metric=eval.accuracy',
    'metric=eval.accuracy:NaN',
    'metric=eval.accuracy[de]:1',
    'check=ci',
    'check=ci:maybe',
    'stage=staging@soon',
    'time=tomorrow',
    `waived=${'x'.repeat(600)}`,
  ])('refuses %s', (text) => {
    expect(() => parseAssumption(text)).toThrowError(expect.objectContaining({ code: 'gates/assumption' }));
  });
});

describe('assume', () => {
  test('nothing assumed is the question itself, and the decision may be published', () => {
    const question = { request: gateRequest(null), facts: gateFacts() };
    expect(assume(question, [])).toBe(question);
    expect(decide(question.request, question.facts, sha256).assumed).toEqual([]);
  });

  test('the decision says what was assumed, in the order given', () => {
    const gate = { checks: ['ci'] };
    expect(whatIf(gate, ['check=ci:success', 'time=2026-07-01']).assumed).toEqual([
      'check=ci:success',
      'time=2026-07-01',
    ]);
  });

  test('an approval, with a forge and without', () => {
    const gate = { reviewers: [oneOfMl] };
    expect(whatIf(gate, []).verdict).toBe('pending');
    expect(whatIf(gate, ['approved-by=BOB']).verdict).toBe('pass');
    expect(whatIf(gate, ['approved-by=erin']).verdict).toBe('pending');
    const forge = (parts = {}) => ({ review: reviewFacts(parts), amendments: [] });
    expect(whatIf(gate, ['approved-by=bob'], forge()).verdict).toBe('pass');
    // Later than the objection, as a real one would be.
    expect(whatIf(gate, ['approved-by=bob'], forge({ reviews: [review('bob', 'changes-requested')] })).verdict).toBe(
      'pass',
    );
    // What keeps a real approval from counting keeps an assumed one.
    const wide = { rosters: { ml: { users: ['alice', 'bob'], teams: [] } } };
    expect(whatIf(gate, ['approved-by=alice'], forge(), wide).verdict).toBe('pending');
    const reader = { review: reviewFacts({}, { permissions: { bob: 'read' } }), amendments: [] };
    expect(whatIf(gate, ['approved-by=bob'], reader).verdict).toBe('pending');
    const draft = whatIf(gate, ['approved-by=bob'], forge({ draft: true }));
    expect(draft.requirements.find(({ id }) => id === 'reviewers/ml')?.verdict).toBe('pass');
    expect(draft.verdict).toBe('pending');
  });

  test('an approval is that of the account that the facts know by the login', () => {
    const teams = { 'acme/ml': { state: 'read' as const, members: [actor('frank', { id: '77' })] } };
    const facts = { review: reviewFacts({}, { teams, permissions: { frank: 'write' } }), amendments: [] };
    const slice = { rosters: { ml: { users: [], teams: ['acme/ml'] } } };
    expect(whatIf({ reviewers: [oneOfMl] }, ['approved-by=frank'], facts, slice).verdict).toBe('pass');
  });

  test('a metric, of the whole and of a slice', () => {
    const gate = { metrics: [metricGate({ bounds: { min: '0.95', max: null } })] };
    expect(whatIf(gate, []).verdict).toBe('fail');
    expect(whatIf(gate, ['metric=eval.accuracy:0.95']).verdict).toBe('pass');
    expect(whatIf(gate, ['metric=eval.accuracy:0.949']).verdict).toBe('fail');
    expect(whatIf(gate, ['metric=eval.accuracy:0.95'], { evidence: {} }).verdict).toBe('pass');
    const slices = {
      by: 'lang',
      minSamples: null,
      onMissing: 'fail' as const,
      required: ['de'],
      each: { bounds: { min: '0.9', max: null }, maxRegression: null },
    };
    const sliced = { metrics: [metricGate({ slices })] };
    const document = metricDocument({ accuracy: '0.93' });
    const low = { key: 'accuracy', value: '0.5', stderr: null, samples: null, slice: { lang: 'de' } };
    const evidence = { eval: evidenceFacts({ ...document, values: [...document.values, low] }) };
    expect(whatIf(sliced, [], { evidence }).verdict).toBe('fail');
    expect(whatIf(sliced, ['metric=eval.accuracy[lang=de]:0.9'], { evidence }).verdict).toBe('pass');
  });

  test('a waiver, a check, a stage and a time', () => {
    const failing = { metrics: [metricGate({ bounds: { min: '0.95', max: null } })] };
    const limits = { waiverLimits: { maxDurationMs: 86_400_000, minReason: 10 } };
    expect(whatIf(failing, ['waived=accuracy'], {}, limits).verdict).toBe('waived');
    expect(whatIf({ checks: ['ci'] }, ['check=ci:success']).verdict).toBe('pass');
    expect(whatIf({ checks: ['ci'] }, ['check=ci:failure']).verdict).toBe('fail');
    const soaked = { soakMs: 86_400_000 };
    const fresh = { stagesEntered: { staging: now } };
    expect(whatIf(soaked, [], fresh).verdict).toBe('pending');
    expect(whatIf(soaked, ['time=2026-06-02T12:00:00Z'], fresh).verdict).toBe('pass');
    expect(whatIf(soaked, ['stage=staging@2026-05-30T00:00:00Z'], fresh).verdict).toBe('pass');
    // The time comes first, so that what is assumed beside it is of that time.
    expect(whatIf(soaked, ['stage=staging', 'time=2026-06-02T12:00:00Z'], fresh).verdict).toBe('pending');
    expect(whatIf({}, ['stage=development']).verdict).toBe('fail');
  });

  test.each(['metric=eval.gone:1', 'waived=gone', 'waived=reviewers/ml', 'check=gone:success', 'stage=gone'])(
    'refuses %s, which nothing looks at',
    (text) => {
      const gate = { metrics: [metricGate({ bounds: { min: '0', max: null } })], reviewers: [oneOfMl], checks: ['ci'] };
      expect(() => whatIf(gate, [text])).toThrowError(expect.objectContaining({ code: 'gates/assumption' }));
    },
  );

  test('facts that were there are left as they are', () => {
    const facts = gateFacts({
      review: reviewFacts({ reviews: [review('bob', 'approved', { submittedAt: at('11:00') })] }),
      amendments: [],
    });
    const before = structuredClone(facts);
    assume({ request: gateRequest(gatePolicy({ reviewers: [oneOfMl] })), facts }, [
      parseAssumption('approved-by=carol'),
    ]);
    expect(facts).toEqual(before);
  });
});
