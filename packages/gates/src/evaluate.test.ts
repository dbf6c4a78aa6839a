import { createHash } from 'node:crypto';
import { canonicalJson, digestJson, type Sha256, type Verdict } from '@weighbridge/core';
import type { WaiverPolicy } from '@weighbridge/manifest';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  baselineFacts,
  evidenceFacts,
  gateFacts,
  gatePolicy,
  gateRequest,
  identity,
  judged,
  metricDocument,
  metricGate,
  now,
  otherIdentity,
} from '../test/gate-case.js';
import { reviewFacts } from '../test/review-case.js';
import { decide } from './decide.js';
import { evaluate } from './evaluate.js';
import { requirementKinds } from './rule.js';
import { ruleOfPolicyPart, ruleTable } from './rule-table.js';
import { readExpiry, readTime } from './time.js';
import { listWords, nameDuration } from './wording.js';

const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const failing = metricGate({ bounds: { min: '0.95', max: null } });
const waiver = (parts: Partial<WaiverPolicy> = {}): WaiverPolicy => {
  return {
    gate: 'accuracy',
    model: 'fraud',
    digest: identity,
    reason: 'holiday traffic',
    expires: '2026-06-01',
    rule: 'risk',
    ...parts,
  };
};

describe('zero gates', () => {
  test('pass, saying so', () => {
    for (const gate of [null, gatePolicy()]) {
      const tree = evaluate(gateRequest(gate), gateFacts());
      expect(tree.verdict).toBe('pass');
      expect(tree.because).toBe('fraud 1.4.0, staging to production: No gate is set for production.');
      expect(tree.children?.map((child) => child.id)).toEqual(['transition', 'gates']);
    }
  });
  test('a gate that is set is not called unset', () => {
    const tree = evaluate(
      gateRequest(gatePolicy({ metrics: [metricGate({ bounds: { min: '0', max: null } })] })),
      gateFacts(),
    );
    expect(tree.because).toBe('fraud 1.4.0, staging to production: all 2 requirements are met.');
    expect(tree.children?.map((child) => child.id)).toEqual(['transition', 'accuracy']);
  });
});

describe('the tree', () => {
  test('the worst requirement decides, and open ones are named', () => {
    const policy = gatePolicy({ metrics: [failing], checks: ['ci'], metadata: 'complete' });
    const tree = evaluate({ ...gateRequest(policy), version: null }, gateFacts());
    expect(tree.verdict).toBe('fail');
    expect(tree.because).toBe(
      'fraud, staging to production: 1 of 4 requirements are met; not so checks/ci (pending), metadata (fail), accuracy (fail).',
    );
  });
  test('two requirements of one id are an error', () => {
    const twice = gatePolicy({
      metrics: [metricGate({ bounds: { min: '0', max: null } }), metricGate({ bounds: { min: '0.1', max: null } })],
    });
    const tree = evaluate(gateRequest(twice), gateFacts());
    expect(tree.children?.map((child) => child.verdict)).toEqual(['pass', 'pass', 'error']);
    expect(
      evaluate(
        gateRequest(gatePolicy({ metrics: [metricGate({ id: 'transition', bounds: { min: '0', max: null } })] })),
        gateFacts(),
      ).verdict,
    ).toBe('error');
  });
  test('a moment that is no time is our own fault', () => {
    expect(() => evaluate(gateRequest(null), gateFacts({ now: 'now' }))).toThrowError(
      expect.objectContaining({ code: 'gates/time' }),
    );
  });
  test('every rule stands under its own kind and lists what it reads', () => {
    for (const kind of requirementKinds) {
      expect(ruleTable[kind].kind).toBe(kind);
      const facts = gateFacts({
        checks: {},
        review: reviewFacts(),
        amendments: [],
        pointer: { stage: 'production', expected: null, found: null },
      });
      const seen = new Set<string | symbol>();
      const watched = new Proxy(facts, { get: (target, key) => (seen.add(key), Reflect.get(target, key)) });
      const policy = gatePolicy({
        soakMs: 1,
        checks: ['a'],
        metadata: 'complete',
        formats: { allow: [], deny: [] },
        evidence: { level: 'workflow', maxAgeMs: 1, same: [], samples: 'complete' },
        metrics: [failing],
        reviewers: [{ from: 'ml', count: 1, when: {} }],
      });
      ruleTable[kind].judge(gateRequest(policy), watched, { waiverUsed: false, requirements: [] });
      for (const key of seen) expect([kind, ruleTable[kind].needs]).toEqual([kind, expect.arrayContaining([key])]);
    }
    expect(new Set(Object.values(ruleOfPolicyPart))).toEqual(
      new Set(requirementKinds.filter((kind) => !['freeze', 'pointer', 'amendment'].includes(kind))),
    );
  });
});

describe('waivers', () => {
  const judge = (waivers: readonly WaiverPolicy[], facts: object = {}, gate = failing) =>
    judged(gateRequest(gatePolicy({ metrics: [gate] }), { waivers }), gateFacts(facts), 'accuracy');
  test('one that names gate, model and content and has not expired is shown as waived', () => {
    const node = judge([waiver()]);
    expect(node.verdict).toBe('waived');
    expect(node.because).toBe(
      'eval.accuracy 0.93 is 0.02 below the bound 0.95. Waived until 2026-06-01 by policy, rule risk: holiday traffic',
    );
    expect(node.remedy).toBeUndefined();
    expect(node.facts).toMatchObject({
      metric: 'eval.accuracy',
      waiver: { reason: 'holiday traffic', verdict: 'fail', expires: '2026-06-01' },
    });
    expect(node.children?.[0]?.verdict).toBe('fail');
  });
  test('its date is inclusive in UTC', () => {
    expect(judge([waiver()], { now: '2026-06-01T23:59:59Z' }).verdict).toBe('waived');
    const expired = judge([waiver()], { now: '2026-06-02T00:00:00Z' });
    expect(expired.verdict).toBe('fail');
    expect(expired.because).toContain('A waiver (policy, rule risk) expired on 2026-06-01.');
    expect(expired.remedy).toContain('renewed by roster risk');
  });
  test('the node says what was waived, why, by whom and until when', () => {
    expect(judge([waiver()]).facts).toMatchObject({
      waiver: {
        gate: 'accuracy',
        rule: 'risk',
        reason: 'holiday traffic',
        expires: '2026-06-01',
        source: 'policy, rule risk',
      },
    });
  });
  test('one that runs further ahead than the policy allows does not hold yet', () => {
    const limited = (expires: string | null, maxDurationMs: number | null) =>
      judged(
        gateRequest(gatePolicy({ metrics: [failing] }), { waiverLimits: { maxDurationMs, minReason: 10 } }),
        gateFacts({ waivers: [{ gate: 'accuracy', identity, expires, justification: null }] }),
        'accuracy',
      );
    const day = 86_400_000;
    expect(limited('2026-08-30', 90 * day).verdict).toBe('waived');
    const long = limited('2026-08-31', 90 * day);
    expect(long.verdict).toBe('fail');
    expect(long.because).toContain('runs until 2026-08-31, further ahead than the 90d that the policy allows');
    expect(limited('2026-08-30T12:00:00Z', 90 * day).verdict).toBe('waived');
    expect(limited('2026-08-30T12:00:01Z', 90 * day).verdict).toBe('fail');
    expect(limited('2099-12-31', null).verdict).toBe('waived');
    expect(limited(null, null).verdict).toBe('waived');
    expect(limited(null, 90 * day).because).toContain('has no end');
  });
  test('one of this content that names nothing is told, and lets through', () => {
    const tell = (waivers: readonly WaiverPolicy[], gate = gatePolicy({ metrics: [failing] })) =>
      (evaluate(gateRequest(gate, { waivers }), gateFacts()).children ?? []).filter(({ kind }) => kind === 'waivers');
    const [slip] = tell([waiver({ gate: 'acuracy' })]);
    expect(slip?.verdict).toBe('warn');
    expect(slip?.because).toBe('A waiver names acuracy, which is no requirement of any stage, so it does nothing.');
    expect(slip?.remedy).toContain('accuracy');
    expect(tell([waiver({ gate: 'acuracy' }), waiver({ gate: 'acuracy', expires: '2026-07-01' })])).toHaveLength(1);
    expect(tell([waiver({ gate: 'acuracy', digest: otherIdentity })])).toEqual([]);
    expect(tell([waiver(), waiver({ gate: 'freeze' }), waiver({ gate: 'transition' })])).toEqual([]);
    expect(tell([waiver({ gate: 'soak' })], gatePolicy({ soakMs: 1 }))).toEqual([]);
    const people = gatePolicy({ reviewers: [{ from: 'ml', count: 1, when: {} }] });
    expect(tell([waiver({ gate: 'reviewers/ml' })], people)[0]?.because).toContain('people answer for themselves');
  });
  test('another gate, model or content is not waived', () => {
    expect(judge([waiver({ gate: 'other' })]).verdict).toBe('fail');
    expect(judge([waiver({ gate: 'other' })]).because).not.toContain('waiver');
    expect(judge([waiver({ model: 'spam' })]).verdict).toBe('fail');
    const other = judge([waiver({ digest: otherIdentity })]);
    expect(other.verdict).toBe('fail');
    expect(other.because).toContain(`names other content, ${otherIdentity}`);
  });
  test('a valid one counts beside an expired one', () => {
    expect(judge([waiver({ expires: '2020-01-01' }), waiver()]).verdict).toBe('waived');
  });
  test('a date that is none has expired', () => {
    for (const expires of ['never', '2026-13-01', '2027-02-30', ''])
      expect(judge([waiver({ expires })]).verdict).toBe('fail');
  });
  test('the ledger waives too, by date or time', () => {
    const recorded = (expires: string | null) => ({
      waivers: [{ gate: 'accuracy', identity, expires, justification: null }],
    });
    expect(judge([], recorded('2026-06-01T12:00:01Z')).verdict).toBe('waived');
    expect(judge([], recorded('2026-06-01T12:00:00Z')).verdict).toBe('fail');
    expect(judge([], recorded('2026-06-01')).verdict).toBe('waived');
    expect(judge([], recorded(null)).because).toContain('no reason was recorded');
  });
  test('only failures and open questions are waived', () => {
    const passing = judge([waiver()], {}, metricGate({ bounds: { min: '0', max: null } }));
    expect(passing.verdict).toBe('pass');
    expect(judge([waiver()], {}, metricGate()).verdict).toBe('error');
    const inconclusive = metricGate({
      baseline: {
        ref: 'previous',
        maxRegression: { absolute: '0.01', relative: null },
        minImprovement: null,
        ifAbsent: 'fail',
      },
      uncertainty: { use: 'stderr', confidence: '0.95' },
    });
    const document = metricDocument({ accuracy: { value: '0.93', stderr: '0.1' } });
    const facts = { evidence: { eval: evidenceFacts(document) }, baselines: { previous: baselineFacts(document) } };
    expect(judge([], facts, inconclusive).verdict).toBe('inconclusive');
    expect(judge([waiver()], facts, inconclusive).verdict).toBe('waived');
    const soak = judged(
      gateRequest(gatePolicy({ soakMs: 1e12 }), { waivers: [waiver({ gate: 'soak' })] }),
      gateFacts(),
      'soak',
    );
    expect(soak.verdict).toBe('pending');
  });
});

describe('decide', () => {
  test('is plain data with every digest that it rests on', () => {
    const request = gateRequest(gatePolicy({ metrics: [failing] }));
    const facts = gateFacts({ baselines: { previous: baselineFacts(metricDocument({})), 'stage:production': null } });
    const decision = decide(request, facts, sha256);
    expect(decision).toMatchObject({
      schema: 1,
      model: 'fraud',
      version: '1.4.0',
      transition: { from: 'staging', to: 'production' },
      verdict: 'fail',
      mode: 'enforce',
      time: now,
      digests: {
        identity,
        evidence: otherIdentity,
        policy: digestJson(sha256, request.policy),
        baselines: { previous: { version: '1.3.0', identity: otherIdentity }, 'stage:production': null },
      },
    });
    expect(decision.requirements.map((node) => node.id)).toEqual(['transition', 'accuracy']);
    expect(JSON.parse(canonicalJson(decision))).toEqual(decision);
    expect(canonicalJson(decide(request, facts, sha256))).toBe(canonicalJson(decision));
  });
  test('mode warn blocks nothing and hides nothing', () => {
    const policy = gatePolicy({ metrics: [failing] });
    const decision = decide(gateRequest(policy, { mode: 'warn' }), gateFacts(), sha256);
    expect(decision.verdict).toBe('warn');
    expect(decision.because).toContain("Would fail: the policy's mode is warn.");
    expect(decision.requirements.map((node) => node.verdict)).toEqual(['pass', 'fail']);
    const pending = decide(gateRequest(gatePolicy({ checks: ['ci'] }), { mode: 'warn' }), gateFacts(), sha256);
    expect(pending.because).toContain('Would be pending');
    const fine = decide(gateRequest(gatePolicy(), { mode: 'warn' }), gateFacts(), sha256);
    expect(fine.verdict).toBe('pass');
    expect(fine.because).not.toContain('Would');
  });
  test('mode warn lets nothing through that was rolled back from', () => {
    const frozen = [{ identity, version: '1.1.0', since: '2026-05-01T00:00:00Z', justification: null }];
    const held = decide(gateRequest(gatePolicy(), { mode: 'warn' }), gateFacts({ frozen }), sha256);
    expect(held).toMatchObject({ verdict: 'fail', mode: 'warn' });
    const waivers = [{ gate: 'freeze', identity, expires: null, justification: null }];
    expect(decide(gateRequest(gatePolicy(), { mode: 'warn' }), gateFacts({ frozen, waivers }), sha256).verdict).toBe(
      'waived',
    );
  });
  test('the policy digest moves with the slice alone', () => {
    const digest = (policy: Parameters<typeof gateRequest>) =>
      decide(gateRequest(...policy), gateFacts(), sha256).digests.policy;
    expect(digest([gatePolicy()])).not.toBe(digest([gatePolicy({ checks: ['ci'] })]));
    expect(digest([gatePolicy()])).toBe(digest([gatePolicy()]));
  });
  test('every verdict can be reached', () => {
    const reached = new Set<Verdict>();
    const note = (gate: Parameters<typeof gatePolicy>[0], slice: object = {}, facts: object = {}) => {
      reached.add(decide(gateRequest(gatePolicy(gate), slice), gateFacts(facts), sha256).verdict);
    };
    const document = metricDocument({ accuracy: { value: '0.93', stderr: '0.1' } });
    note({});
    note({ metrics: [failing] });
    note({ metrics: [failing] }, { waivers: [waiver()] });
    note({ metrics: [{ ...failing, severity: 'warn' }] });
    note({ checks: ['ci'] });
    note({ metrics: [metricGate()] });
    note(
      {
        metrics: [
          metricGate({
            baseline: {
              ref: 'previous',
              maxRegression: { absolute: '0.01', relative: null },
              minImprovement: null,
              ifAbsent: 'fail',
            },
            uncertainty: { use: 'stderr', confidence: '0.95' },
          }),
        ],
      },
      {},
      { evidence: { eval: evidenceFacts(document) }, baselines: { previous: baselineFacts(document) } },
    );
    expect(reached).toEqual(new Set(['pass', 'fail', 'waived', 'warn', 'pending', 'error', 'inconclusive']));
  });
});

describe('times and words', () => {
  test('RFC 3339 times', () => {
    expect(readTime('2026-06-01T12:00:00Z')).toBe(Date.UTC(2026, 5, 1, 12));
    expect(readTime('2026-06-01T12:00:00.5+02:00')).toBe(Date.UTC(2026, 5, 1, 10) + 500);
    for (const text of [
      '2026-06-01',
      '2026-06-01 12:00:00Z',
      '2026-06-01T12:00:00',
      '2026-06-01T25:00:00Z',
      'June 1, 2026',
      '',
    ])
      expect(readTime(text)).toBe(null);
  });
  test('expiry is the end of a date or a time itself', () => {
    expect(readExpiry('2026-06-01')).toBe(Date.UTC(2026, 5, 2));
    expect(readExpiry('2026-06-01T12:00:00Z')).toBe(Date.UTC(2026, 5, 1, 12));
    expect(readExpiry('2026-02-29')).toBe(null);
    expect(readExpiry('2028-02-29')).toBe(Date.UTC(2028, 2, 1));
  });
  test.each([
    [0, '0s', '0s'],
    [1, '0s', '1s'],
    [999, '0s', '1s'],
    [1_500, '1s', '2s'],
    [60_000, '1m', '1m'],
    [61_000, '1m 1s', '1m 1s'],
    [3_600_000, '1h', '1h'],
    [90_000_000, '1d 1h', '1d 1h'],
    [90_000_001, '1d 1h', '1d 2h'],
    [86_399_999, '23h 59m', '24h'],
    [30 * 86_400_000, '30d', '30d'],
  ])('%d ms is %s, rounded up %s', (ms, down, up) => {
    expect([nameDuration(ms), nameDuration(ms, 'up')]).toEqual([down, up]);
  });
  test('a duration is told within what rounding may do', () => {
    const unit: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };
    const read = (text: string) =>
      text.split(' ').reduce((sum, part) => sum + Number(part.slice(0, -1)) * (unit[part.slice(-1)] ?? 0), 0);
    fc.assert(
      fc.property(fc.nat(10_000_000_000), (ms) => read(nameDuration(ms)) <= ms && read(nameDuration(ms, 'up')) >= ms),
      { seed: 11, numRuns: 500 },
    );
  });
  test('lists', () => {
    expect([listWords([]), listWords(['a']), listWords(['a', 'b']), listWords(['a', 'b', 'c'], 'or')]).toEqual([
      '',
      'a',
      'a and b',
      'a, b or c',
    ]);
  });
});
