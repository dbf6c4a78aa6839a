import type { Digest, ModelName, Verdict, VerdictNode } from '@weighbridge/core';
import type { Decision } from '@weighbridge/gates';
import { expect, test } from 'vitest';
import { formatDecisionStatement } from './decision-statement.js';

const digest = (letter: string): Digest => `sha256:${letter.repeat(64)}`;
const node = (verdict: Verdict): VerdictNode => ({ id: `is-${verdict}`, kind: 'metric', verdict, because: 'so' });
const verdicts: readonly Verdict[] = ['pass', 'warn', 'waived', 'pending', 'inconclusive', 'fail', 'error'];

function decision(verdict: Verdict): Decision {
  return {
    schema: 1,
    model: 'fraud' as ModelName,
    version: '1.4.0',
    transition: { from: 'staging', to: 'production' },
    verdict,
    because: 'so',
    mode: 'enforce',
    requirements: verdicts.map(node),
    time: '2026-05-01T00:00:00Z',
    assumed: [],
    digests: { identity: digest('1'), evidence: digest('2'), policy: digest('3'), baselines: {} },
  };
}

test('a decision is a test result whose tests are the requirements, and nothing but a pass passes', () => {
  const stated = (verdict: Verdict, root: Digest | null = digest('5')) =>
    JSON.parse(formatDecisionStatement({ decision: decision(verdict), digest: digest('4'), root })) as unknown;
  expect(stated('pass')).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      { name: 'fraud', digest: { sha256: '5'.repeat(64) } },
      { name: 'fraud@1.4.0#identity', digest: { sha256: '1'.repeat(64) } },
    ],
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result: 'PASSED',
      configuration: [
        { name: 'policy of staging -> production', digest: { sha256: '3'.repeat(64) } },
        { name: 'decision', digest: { sha256: '4'.repeat(64) } },
      ],
      passedTests: ['is-pass'],
      warnedTests: ['is-warn', 'is-waived'],
      failedTests: ['is-pending', 'is-inconclusive', 'is-fail', 'is-error'],
    },
  });
  expect(stated('waived')).toHaveProperty('predicate.result', 'WARNED');
  for (const verdict of ['pending', 'inconclusive', 'fail', 'error'] as const) {
    expect(stated(verdict)).toHaveProperty('predicate.result', 'FAILED');
  }
  expect(stated('pass', null)).toHaveProperty('subject.length', 1);
});

test('as a verification result it has what passed and nothing else', () => {
  const stated = (verdict: Verdict) =>
    JSON.parse(
      formatDecisionStatement({ decision: decision(verdict), digest: digest('4'), root: digest('5') }, 'svr'),
    ) as { readonly subject: readonly unknown[]; readonly predicateType: string; readonly predicate: unknown };
  const { predicateType, predicate, subject } = stated('pass');
  expect(predicateType).toBe('https://in-toto.io/attestation/svr/v0.1');
  expect(subject).toHaveLength(2);
  expect(predicate).toEqual({
    verifier: {
      id: 'https://weighbridge.dev/gate/v1',
      policy: { digest: { sha256: '3'.repeat(64) } },
      decision: { digest: { sha256: '4'.repeat(64) } },
    },
    timeCreated: '2026-05-01T00:00:00Z',
    properties: ['WEIGHBRIDGE_GATE:production', 'WEIGHBRIDGE_REQUIREMENT:is-pass'],
  });
  for (const verdict of verdicts.filter((each) => each !== 'pass')) {
    expect(stated(verdict)).toHaveProperty('predicate.properties', ['WEIGHBRIDGE_REQUIREMENT:is-pass']);
  }
});
