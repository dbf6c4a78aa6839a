import { describe, expect, test } from 'vitest';
import {
  baselineFacts,
  baselineRule,
  evidenceFacts,
  judgeMetric,
  metricDocument,
  metricGate,
} from '../../test/gate-case.js';
import { whyIncomplete, whyNotComparable, whyOtherDirection } from './comparable.js';

const facts = (context: object, parts: object = {}) => evidenceFacts(metricDocument({}, context as never), parts);

describe('units', () => {
  const why = (candidate: object, baseline: object, same: readonly string[] = []) =>
    whyNotComparable('latency', facts(candidate), facts(baseline), same);
  test('a value in other units is not compared', () => {
    expect(why({ unit: { latency: 'ms' } }, { unit: { latency: 's' } })).toBe(
      'unit differs: "ms" for the candidate, "s" for the baseline',
    );
    expect(why({ unit: 'ms' }, { unit: 's' })).toContain('unit differs');
    expect(why({ unit: { latency: 'ms' } }, { unit: { latency: 'ms' } })).toBe(null);
  });
  test('units of other metrics do not matter', () => {
    expect(why({ unit: { latency: 'ms', speed: 'x' } }, { unit: { latency: 'ms', speed: 'y' } })).toBe(null);
    expect(why({ unit: { speed: 'x' } }, { unit: { speed: 'y' } })).toBe(null);
    expect(why({ unit: { latency_p99: 'x' } }, { unit: { latency_p99: 'y' } })).toBe(null);
    expect(why({ unit: { speed: 'x' } }, { unit: { latency: 's' } }, ['unit'])).toContain('the candidate does not say');
  });
});

describe('what one side states', () => {
  const why = (candidate: unknown, baseline: unknown, same: readonly string[] = ['dataset']) =>
    whyNotComparable('acc', facts({ dataset: candidate }), facts({ dataset: baseline }), same);
  test('is nothing where it is null or empty', () => {
    for (const nothing of [null, '', undefined]) {
      expect(why(nothing, 'a')).toBe('dataset must be the same, and the candidate does not say what it was');
      expect(why('a', nothing)).toBe('dataset must be the same, and the baseline does not say what it was');
      expect(why(nothing, nothing)).toBe('dataset must be the same, and neither of them says what it was');
      expect(why(nothing, 'a', [])).toBe(null);
    }
    expect(why(0, 0)).toBe(null);
  });
  test('is told up to sixty characters', () => {
    const [sixty, more] = ['a'.repeat(58), 'b'.repeat(59)];
    expect(why(sixty, more)).toBe(
      `dataset differs: "${sixty}" for the candidate, "${'b'.repeat(58)}… for the baseline`,
    );
  });
});

describe('direction', () => {
  const gate = metricGate({ metric: 'eval.t.acc,none', direction: 'higher' });
  const why = (direction: unknown) => whyOtherDirection(gate, 't.acc,none', facts({ direction }));
  test('a document that says the opposite stops the gate', () => {
    expect(why({ 't.acc,none': 'lower' })).toBe(
      'The document says that lower is better for eval.t.acc,none, and the gate says higher',
    );
    expect(why('lower')).toContain('lower is better');
    expect(whyOtherDirection({ ...gate, direction: 'lower' }, 't.acc,none', facts({ direction: 'higher' }))).toContain(
      'higher is better',
    );
  });
  test.each([
    [{ 't.acc,none': 'higher' }],
    [{ other: 'lower' }],
    ['higher'],
    ['maximize'],
    [null],
    [undefined],
    [{}],
    [3],
  ])('%j says nothing against it', (direction) => expect(why(direction)).toBe(null));
  test('it is an error of configuration, whatever the severity', () => {
    const document = metricDocument({ accuracy: '0.99' }, { direction: { accuracy: 'lower' } });
    const node = judgeMetric(
      { bounds: { min: '0', max: null }, severity: 'warn' },
      { evidence: { eval: evidenceFacts(document) } },
    );
    expect(node.verdict).toBe('error');
    expect(node.remedy).toBe('Correct direction of gate accuracy in weighbridge.yaml, or the document.');
  });
});

describe('samples that were left out', () => {
  test('the whole evaluation may be told without tasks', () => {
    expect(whyIncomplete('acc', facts({ samples: { effective: '9', original: '10' } }))).toBe(
      'only 9 of 10 samples were evaluated',
    );
    expect(whyIncomplete('acc', facts({ samples: { effective: '10', original: '10' } }))).toBe(null);
    expect(whyIncomplete('acc', facts({ samples: 5 }))).toBe(null);
    expect(whyIncomplete('acc', facts({ samples: { t: 'all' } }))).toBe(null);
    expect(whyIncomplete('acc', facts({ samples: { t: null, u: { effective: 1, original: 2 } } }))).toBe(
      'only 1 of 2 samples were evaluated',
    );
    expect(whyIncomplete('acc', facts({}))).toBe(null);
  });
  test('they count where the policy says any', () => {
    const limited = {
      evidence: {
        eval: evidenceFacts(metricDocument({ accuracy: '0.9' }, { samples: { effective: '9', original: '10' } })),
      },
    };
    const gate = { bounds: { min: '0', max: null } };
    const evidence = { level: 'reported', maxAgeMs: null, same: [] } as const;
    expect(judgeMetric(gate, limited).verdict).toBe('fail');
    expect(judgeMetric(gate, limited).remedy).toContain(
      'Evaluate without a limit, or set evidence.samples: any, or ask',
    );
    expect(judgeMetric(gate, limited, { evidence: { ...evidence, samples: 'complete' } }).verdict).toBe('fail');
    expect(judgeMetric(gate, limited, { evidence: { ...evidence, samples: 'any' } }).verdict).toBe('pass');
  });
  test('but a part is never compared with the whole', () => {
    const samples = (effective: string) =>
      metricDocument({ accuracy: '0.9' }, { samples: { effective, original: '10' } });
    const node = judgeMetric(
      { baseline: baselineRule({ maxRegression: { absolute: '1', relative: null } }) },
      {
        evidence: { eval: evidenceFacts(samples('9')) },
        baselines: { 'stage:production': baselineFacts(samples('10')) },
      },
      { evidence: { level: 'reported', maxAgeMs: null, same: [], samples: 'any' } },
    );
    expect(node.verdict).toBe('fail');
    expect(node.because).toContain('samples differs');
  });
});
