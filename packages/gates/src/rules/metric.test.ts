import { permits, type Verdict } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  baselineFacts,
  baselineRule,
  evidenceFacts,
  gateFacts,
  gatePolicy,
  gateRequest,
  identity,
  judged,
  judgeMetric,
  judgeRegression,
  metricDocument,
  metricGate,
} from '../../test/gate-case.js';
import { evaluate } from '../evaluate.js';

const value = (text: string) => ({ evidence: { eval: evidenceFacts(metricDocument({ accuracy: text })) } });

describe('bounds', () => {
  const cases: readonly [string, string | null, string | null, Verdict][] = [
    ['0.92', '0.92', null, 'pass'],
    ['0.920', '0.92', null, 'pass'],
    ['9.2e-1', '0.92', null, 'pass'],
    ['0.9199999999999999999', '0.92', null, 'fail'],
    ['0.92', null, '0.92', 'pass'],
    ['0.9200000000000000000001', null, '0.92', 'fail'],
    ['-0', '0', null, 'pass'],
    ['-1', '-1.5', '-0.5', 'pass'],
    ['-2', '-1.5', '-0.5', 'fail'],
    ['1e300', '1e299', null, 'pass'],
    ['1e-300', '0', null, 'pass'],
    ['-1e-300', '0', null, 'fail'],
    ['9007199254740993', '9007199254740993', '9007199254740993', 'pass'],
    ['9007199254740992', '9007199254740993', null, 'fail'],
  ];
  test.each(cases)('%s within min %s max %s: %s', (text, min, max, verdict) => {
    expect(judgeMetric({ bounds: { min, max } }, value(text)).verdict).toBe(verdict);
  });

  test('says by how much a bound is missed', () => {
    const low = judgeMetric({ bounds: { min: '0.933', max: null } }, value('0.912'));
    expect(low.because).toBe('eval.accuracy 0.912 is 0.021 below the bound 0.933.');
    const high = judgeMetric({ bounds: { min: null, max: '0.9' } }, value('0.912'));
    expect(high.because).toBe('eval.accuracy 0.912 is 0.012 above the bound 0.9.');
    expect(low.remedy).toContain('waiver for gate accuracy, model fraud');
    expect(low.children?.[0]?.remedy).toBe('Improve the model and evaluate again.');
  });

  test('a pass says what it kept and needs no remedy', () => {
    const words = (min: string | null, max: string | null) =>
      judgeMetric({ bounds: { min, max } }, value('0.5')).because;
    expect(words('0.4', null)).toBe('eval.accuracy 0.5 is within its bounds (at least 0.4).');
    expect(words(null, '0.6')).toBe('eval.accuracy 0.5 is within its bounds (at most 0.6).');
    expect(words('0.4', '0.6')).toBe('eval.accuracy 0.5 is within its bounds (at least 0.4 and at most 0.6).');
    expect(judgeMetric({ bounds: { min: '0.4', max: null } }, value('0.5')).remedy).toBeUndefined();
  });

  test('in a gate that fails, parts that pass need no remedy and parts with one keep it', () => {
    const maxRegression = { absolute: null, relative: '0.1' };
    const node = judgeMetric(
      { bounds: { min: '0', max: null }, baseline: baselineRule({ maxRegression }) },
      { ...value('0.5'), baselines: { 'stage:production': baselineFacts(metricDocument({ accuracy: '0' })) } },
    );
    expect(node.children?.map((child) => [child.id, child.verdict, child.remedy])).toEqual([
      ['accuracy/bounds', 'pass', undefined],
      ['accuracy/regression', 'fail', 'Set an absolute margin for this gate in weighbridge.yaml.'],
    ]);
    expect(node.remedy).toMatch(/^Set an absolute margin .* Otherwise improve the model, or ask /);
  });

  test.each(['NaN', 'Infinity', '-Infinity', 'N/A', 'true', 'null', '', '0x10', '1e999999'])(
    '"%s" is no number',
    (text) => {
      const node = judgeMetric({ bounds: { min: '0', max: null } }, value(text));
      expect(node.verdict).toBe('fail');
      expect(node.because).toContain('eval.accuracy is ');
      expect(node.remedy).toContain('weighbridge evidence add fraud@1.4.0 FILE');
    },
  );

  test('bounds that are no numbers are an error', () => {
    expect(judgeMetric({ bounds: { min: 'high', max: null } }).verdict).toBe('error');
    expect(judgeMetric({ bounds: { min: '0', max: 'low' } }).verdict).toBe('error');
    expect(judgeMetric({ bounds: { min: null, max: null } }).verdict).toBe('error');
  });
});

describe('missing metrics', () => {
  test('names what is near', () => {
    const facts = {
      evidence: { eval: evidenceFacts(metricDocument({ acuracy: '0.9', f1: '0.8', accuracy_top5: '0.99' })) },
    };
    const node = judgeMetric({ bounds: { min: '0.9', max: null } }, facts);
    expect(node.verdict).toBe('fail');
    expect(node.because).toMatch(/^eval\.accuracy is missing; near it are eval\.acuracy/);
  });

  test('another document, and none at all', () => {
    const gate = { metric: 'qqqqqqqq.zzzz', bounds: { min: '0.9', max: null } };
    expect(judgeMetric(gate).because).toBe('qqqqqqqq.zzzz is missing; the documents are eval.');
    expect(judgeMetric(gate, { evidence: {} }).because).toContain('there is no metric document');
    expect(judgeMetric(gate).verdict).toBe('fail');
  });

  test('a slice is not the whole', () => {
    const sliced = metricDocument({ accuracy: { value: '0.99', slice: { language: 'en' } } });
    expect(
      judgeMetric({ bounds: { min: '0.9', max: null } }, { evidence: { eval: evidenceFacts(sliced) } }).verdict,
    ).toBe('fail');
  });

  test('the longest metrics id that fits is meant', () => {
    const facts = {
      evidence: { a: evidenceFacts(metricDocument({ 'b.x': '1' })), 'a.b': evidenceFacts(metricDocument({ x: '5' })) },
    };
    expect(judgeMetric({ metric: 'a.b.x', bounds: { min: '5', max: null } }, facts).verdict).toBe('pass');
  });
});

describe('a gate that judges nothing is an error', () => {
  test('without bounds, margin and slices', () => {
    expect(judgeMetric({}).verdict).toBe('error');
    expect(judgeMetric({ baseline: baselineRule() }).verdict).toBe('error');
  });
  test('uncertainty without a baseline', () => {
    const node = judgeMetric({ bounds: { min: '0', max: null }, uncertainty: { use: 'stderr', confidence: '0.95' } });
    expect(node.verdict).toBe('error');
    const none = judgeMetric({ bounds: { min: '0', max: null }, uncertainty: { use: 'none', confidence: '0.95' } });
    expect(none.verdict).toBe('pass');
  });
});

describe('regression', () => {
  const cases: readonly [string, string, { absolute?: string; relative?: string }, Verdict][] = [
    // Ties at exact text, where binary floats say otherwise (0.92 - 0.005 is 0.915 here and 0.9150000000000001 there).
    ['0.915', '0.92', { absolute: '0.005' }, 'pass'],
    ['0.9149999999999999999', '0.92', { absolute: '0.005' }, 'fail'],
    ['0.7', '0.8', { absolute: '0.1' }, 'pass'],
    ['0.1', '0.3', { absolute: '0.2' }, 'pass'],
    ['0.92', '0.92', { absolute: '0' }, 'pass'],
    ['0.91', '0.92', { absolute: '0' }, 'fail'],
    ['0.99', '0.92', { absolute: '0' }, 'pass'],
    // 1% of 0.92 is 0.0092.
    ['0.9108', '0.92', { relative: '0.01' }, 'pass'],
    ['0.91079999', '0.92', { relative: '0.01' }, 'fail'],
    // Both must hold: the smaller counts, whichever it is.
    ['0.9108', '0.92', { absolute: '0.005', relative: '0.01' }, 'fail'],
    ['0.915', '0.92', { absolute: '0.005', relative: '0.01' }, 'pass'],
    ['0.915', '0.92', { absolute: '0.005', relative: '0.001' }, 'fail'],
    // Negative baselines: better is better, and relative is of the absolute value.
    ['-1', '-2', { relative: '0.01' }, 'pass'],
    ['-4', '-2', { relative: '0.01' }, 'fail'],
    ['-2.02', '-2', { relative: '0.01' }, 'pass'],
    ['-2.0200001', '-2', { relative: '0.01' }, 'fail'],
    // A baseline of zero.
    ['0', '0', { relative: '0.5' }, 'fail'],
    ['-0.1', '0', { absolute: '0.1', relative: '0.5' }, 'pass'],
    ['-0.11', '0', { absolute: '0.1', relative: '0.5' }, 'fail'],
    // Sizes that a double cannot hold beside each other.
    ['1e300', '1e300', { absolute: '1e-300' }, 'pass'],
    ['1e-300', '2e-300', { absolute: '1e-300' }, 'pass'],
    ['0.99e-300', '2e-300', { absolute: '1e-300' }, 'fail'],
    ['1e300', '1.1e300', { relative: '0.01' }, 'fail'],
    ['1000000000000000000000.1', '1000000000000000000000.2', { absolute: '0.1' }, 'pass'],
    ['1000000000000000000000.1', '1000000000000000000000.21', { absolute: '0.1' }, 'fail'],
  ];
  test.each(cases)('%s against %s with %j: %s', (candidate, baseline, margin, verdict) => {
    expect(judgeRegression({ candidate, baseline }, margin).verdict).toBe(verdict);
  });

  test('flipping the direction and the signs keeps every verdict', () => {
    const flip = (text: string) => (text.startsWith('-') ? text.slice(1) : `-${text}`);
    for (const [candidate, baseline, margin, verdict] of cases) {
      const node = judgeRegression({ candidate: flip(candidate), baseline: flip(baseline) }, margin, {
        direction: 'lower',
      });
      expect([candidate, baseline, node.verdict]).toEqual([candidate, baseline, verdict]);
    }
  });

  test('says by how much', () => {
    const failed = judgeRegression({ candidate: '0.912', baseline: '0.925' }, { absolute: '0.005' });
    expect(failed.because).toBe(
      'eval.accuracy 0.912 regressed by 0.013 against production 1.3.0 (0.925), 0.008 more than the allowed 0.005.',
    );
    const relative = judgeRegression(
      { candidate: '0.9', baseline: '-1' },
      { relative: '0.01' },
      { direction: 'lower' },
    );
    expect(relative.because).toContain(
      'regressed by 1.9 against production 1.3.0 (-1), 1.89 more than the allowed 0.01 (1% of 1).',
    );
    const kept = judgeRegression({ candidate: '0.92', baseline: '0.925' }, { absolute: '0.005' });
    expect(kept.because).toBe(
      'eval.accuracy 0.92 regressed by 0.005 against production 1.3.0 (0.925), within the allowed 0.005.',
    );
    const equal = judgeRegression({ candidate: '0.9250', baseline: '0.925' }, { absolute: '0.005' });
    expect(equal.because).toBe('eval.accuracy 0.925 equals production 1.3.0 (0.925).');
    const zero = judgeRegression({ candidate: '0', baseline: '0' }, { relative: '0.1' });
    expect(zero.because).toContain('the baseline is 0');
    expect(zero.remedy).toContain('absolute');
  });

  test('facts carry the exact numbers', () => {
    const node = judgeRegression({ candidate: '0.912', baseline: '0.925' }, { absolute: '0.005' });
    expect(node.children?.[0]?.facts).toEqual({
      value: '0.912',
      samples: null,
      baseline: { name: 'production 1.3.0', value: '0.925', samples: null },
      gain: '-0.013',
      direction: 'higher',
      max_regression: '0.005',
    });
  });

  test.each([{ absolute: '-0.1' }, { relative: '-0.1' }, { absolute: 'x' }, { relative: 'x', absolute: '1' }, {}])(
    'margin %j is refused',
    (margin) => {
      const node = judgeRegression({ candidate: '0.9', baseline: '0.9' }, margin);
      expect(node.verdict).toBe('fail');
      expect(node.because).toMatch(/margin/);
    },
  );
});

describe('improvement', () => {
  const improve = (
    candidate: string,
    baseline: string,
    margin: { absolute?: string; relative?: string },
    direction: 'higher' | 'lower' = 'higher',
  ) =>
    judgeMetric(
      {
        direction,
        baseline: baselineRule({
          minImprovement: { absolute: margin.absolute ?? null, relative: margin.relative ?? null },
        }),
      },
      { ...value(candidate), baselines: { 'stage:production': baselineFacts(metricDocument({ accuracy: baseline })) } },
    );
  const cases: readonly [string, string, { absolute?: string; relative?: string }, Verdict][] = [
    ['0.93', '0.92', { absolute: '0.01' }, 'pass'],
    ['0.9299999', '0.92', { absolute: '0.01' }, 'fail'],
    ['1.01', '1', { relative: '0.01' }, 'pass'],
    ['1.01', '1', { relative: '0.01', absolute: '0.02' }, 'fail'],
    ['1.02', '1', { relative: '0.01', absolute: '0.02' }, 'pass'],
    ['1.02', '1', { relative: '0.03', absolute: '0.02' }, 'fail'],
    ['5', '0', { relative: '0.01' }, 'fail'],
    ['5', '0', { relative: '0.01', absolute: '5' }, 'pass'],
  ];
  test.each(cases)('%s over %s with %j: %s', (candidate, baseline, margin, verdict) => {
    expect(improve(candidate, baseline, margin).verdict).toBe(verdict);
  });
  test('lower is better, in words', () => {
    expect(improve('120', '130', { absolute: '15' }, 'lower').because).toBe(
      'eval.accuracy 120 improved by 10 against production 1.3.0 (130), 5 less than the asked 15.',
    );
    expect(improve('110', '130', { absolute: '15' }, 'lower').because).toContain('the asked 15 is reached');
  });
});

describe('baselines that are not there', () => {
  const margin = { absolute: '0.1', relative: null };
  test('no version: if_absent decides, and bounds are still judged', () => {
    const absent = { baselines: { 'stage:production': null } };
    expect(judgeMetric({ baseline: baselineRule({ maxRegression: margin }) }, absent).verdict).toBe('fail');
    const rule = baselineRule({ maxRegression: margin, ifAbsent: 'bounds-only' });
    expect(judgeMetric({ baseline: rule, bounds: { min: '0.9', max: null } }, absent).verdict).toBe('pass');
    expect(judgeMetric({ baseline: rule, bounds: { min: '0.99', max: null } }, absent).verdict).toBe('fail');
    const bare = judgeMetric({ baseline: rule }, absent);
    expect(bare.verdict).toBe('fail');
    expect(bare.because).toContain('nothing vouches for eval.accuracy');
  });
  test('not looked for is an error, also under a name of Object', () => {
    expect(judgeMetric({ baseline: baselineRule({ maxRegression: margin }) }).verdict).toBe('error');
    expect(judgeMetric({ baseline: baselineRule({ maxRegression: margin, ref: 'constructor' }) }).verdict).toBe(
      'error',
    );
  });
  test('a version without the metric, or with a word in its place', () => {
    const gate = { baseline: baselineRule({ maxRegression: margin, ifAbsent: 'bounds-only' as const }) };
    const without = { baselines: { 'stage:production': baselineFacts(metricDocument({ f1: '0.9' })) } };
    expect(judgeMetric(gate, without).verdict).toBe('fail');
    expect(judgeMetric(gate, without).because).toBe('production 1.3.0 has no eval.accuracy to compare with.');
    const nothing = { baselines: { 'stage:production': { ...baselineFacts(metricDocument({})), evidence: {} } } };
    expect(judgeMetric(gate, nothing).verdict).toBe('fail');
    const word = { baselines: { 'stage:production': baselineFacts(metricDocument({ accuracy: 'NaN' })) } };
    expect(judgeMetric(gate, word).because).toContain('"NaN"');
    expect(judgeMetric(gate, word).verdict).toBe('fail');
  });
  test('names of refs', () => {
    const found = (ref: string) =>
      judgeMetric(
        { baseline: baselineRule({ ref, maxRegression: margin }) },
        { baselines: { [ref]: baselineFacts(metricDocument({ accuracy: '0.9' })) } },
      ).because;
    expect(found('alias:champion')).toContain('against champion 1.3.0');
    expect(found('previous')).toContain('against previous 1.3.0');
    expect(found('1.3.0')).toContain('against version 1.3.0');
  });
});

describe('comparability', () => {
  const compare = (candidate: object, baseline: object, same: string[] = [], facts: object = {}) =>
    judgeMetric(
      { baseline: baselineRule({ maxRegression: { absolute: '1', relative: null } }) },
      {
        evidence: { eval: evidenceFacts(metricDocument({ accuracy: '0.9' }, candidate as never), facts) },
        baselines: { 'stage:production': baselineFacts(metricDocument({ accuracy: '0.9' }, baseline as never)) },
      },
      { evidence: { level: 'reported', maxAgeMs: null, same, samples: 'complete' } },
    );
  test.each([
    [{ dataset: 'a' }, { dataset: 'a' }, [], 'pass'],
    [{ dataset: 'a' }, { dataset: 'b' }, [], 'fail'],
    [{ shots: 5 }, { shots: 0 }, [], 'fail'],
    [{ harness: 'x' }, { harness: 'y' }, [], 'fail'],
    [{ samples: 5 }, { samples: 6 }, [], 'fail'],
    [{ limit: 5 }, { limit: 6 }, [], 'pass'],
    [{ limit: 5 }, { limit: 6 }, ['limit'], 'fail'],
    [{ dataset: 'a' }, {}, [], 'pass'],
    [{ dataset: 'a' }, {}, ['dataset'], 'fail'],
    [{}, { dataset: 'a' }, ['dataset'], 'fail'],
    [{}, {}, ['dataset'], 'fail'],
    [{}, {}, ['constructor'], 'fail'],
    [{ shots: { accuracy: 1, other: 2 } }, { shots: { accuracy: 1, other: 3 } }, ['shots'], 'pass'],
    [{ shots: { accuracy: 1 } }, { shots: { accuracy: 2 } }, [], 'fail'],
    [{ shots: { accuracy_de: 1, other: 2 } }, { shots: { accuracy_de: 1, other: 3 } }, [], 'pass'],
    [{ shots: { accuracy_de: 1, accuracy_en: 2 } }, { shots: { accuracy_de: 1, accuracy_en: 3 } }, [], 'fail'],
    [{ shots: { other: 2 } }, { shots: { other: 3 } }, [], 'fail'],
    [{ dataset: { a: 1, b: 2 } }, { dataset: { b: 2, a: 1 } }, ['dataset'], 'pass'],
  ] as const)('%j and %j, same %j: %s', (candidate, baseline, same, verdict) => {
    expect(compare(candidate, baseline, [...same]).verdict).toBe(verdict);
  });
  test('says who is silent', () => {
    expect(compare({}, {}, ['dataset']).because).toContain(
      'dataset must be the same, and neither of them says what it was',
    );
    expect(compare({}, { dataset: 'a' }, ['dataset']).because).toContain('the candidate does not say what it was');
    expect(compare({ dataset: 'a' }, {}, ['dataset']).because).toContain('the baseline does not say what it was');
    expect(compare({ dataset: 'a' }, { dataset: 'b' }).because).toContain(
      'dataset differs: "a" for the candidate, "b" for the baseline',
    );
  });
  test('the longest task name that fits is meant', () => {
    const judge = (shots: object, other: object) =>
      judgeMetric(
        { metric: 'eval.a.b.c', baseline: baselineRule({ maxRegression: { absolute: '1', relative: null } }) },
        {
          evidence: { eval: evidenceFacts(metricDocument({ 'a.b.c': '1' }, { shots } as never)) },
          baselines: { 'stage:production': baselineFacts(metricDocument({ 'a.b.c': '1' }, { shots: other } as never)) },
        },
      ).verdict;
    expect(judge({ a: 1, 'a.b': 2 }, { a: 5, 'a.b': 2 })).toBe('pass');
    expect(judge({ 'a.b': 2, a: 1 }, { 'a.b': 3, a: 1 })).toBe('fail');
  });
  test('the manifest supplies what the document does not say', () => {
    expect(compare({}, { dataset: 'a' }, ['dataset'], { context: { dataset: 'a' } }).verdict).toBe('pass');
    expect(compare({ dataset: 'b' }, { dataset: 'a' }, [], { context: { dataset: 'a' } }).verdict).toBe('fail');
  });
  test('a limited evaluation does not count, even against bounds', () => {
    const document = metricDocument(
      { 'gsm8k.acc': '0.9' },
      { samples: { gsm8k: { effective: '100', original: '1319' } } },
    );
    const node = judgeMetric(
      { metric: 'eval.gsm8k.acc', bounds: { min: '0', max: null } },
      { evidence: { eval: evidenceFacts(document) } },
    );
    expect(node.verdict).toBe('fail');
    expect(node.because).toContain('only 100 of 1319 samples were evaluated');
    const whole = metricDocument(
      { 'gsm8k.acc': '0.9' },
      { samples: { gsm8k: { effective: '1319', original: '1319' } } },
    );
    expect(
      judgeMetric(
        { metric: 'eval.gsm8k.acc', bounds: { min: '0', max: null } },
        { evidence: { eval: evidenceFacts(whole) } },
      ).verdict,
    ).toBe('pass');
  });
  test('of a group, each task counts, and no other', () => {
    const judge = (samples: object) => {
      const document = metricDocument({ 'mmlu.acc': '0.9' }, { samples } as never);
      const facts = { evidence: { eval: evidenceFacts(document) } };
      return judgeMetric({ metric: 'eval.mmlu.acc', bounds: { min: '0', max: null } }, facts).verdict;
    };
    const [cut, whole] = [
      { effective: '5', original: '10' },
      { effective: '10', original: '10' },
    ];
    expect(judge({ mmlu_law: whole, mmlu_art: cut })).toBe('fail');
    expect(judge({ mmlu_law: whole, gsm8k: cut })).toBe('pass');
    expect(judge(cut)).toBe('fail');
    expect(judge({ mmlu: { effective: '10', original: '10' } })).toBe('pass');
    expect(judge(whole)).toBe('pass');
  });
});

describe('slices', () => {
  const slice = (name: string, text: string, samples: number | null = 500) => ({
    key: 'accuracy',
    value: text,
    samples,
    slice: { language: name },
  });
  const rule = {
    by: 'language',
    minSamples: 200,
    required: ['en'],
    onMissing: 'fail' as const,
    each: { bounds: { min: '0.9', max: null }, maxRegression: null },
  };
  const judge = (
    values: readonly ReturnType<typeof slice>[],
    changes: object = {},
    baseline: readonly ReturnType<typeof slice>[] | null = null,
    gate: object = {},
  ) => {
    const document = (all: readonly ReturnType<typeof slice>[]) =>
      metricDocument(Object.fromEntries([['accuracy', '0.93'], ...all.map((one, at) => [`s${at}`, one] as const)]));
    return judgeMetric(
      { slices: { ...rule, ...changes }, ...gate },
      {
        evidence: { eval: evidenceFacts(document(values)) },
        baselines: baseline === null ? {} : { 'stage:production': baselineFacts(document(baseline)) },
      },
    );
  };
  test('each slice is judged', () => {
    expect(judge([slice('en', '0.9'), slice('de', '0.95')]).verdict).toBe('pass');
    const node = judge([slice('en', '0.9'), slice('de', '0.85')]);
    expect(node.verdict).toBe('fail');
    expect(node.because).toBe('eval.accuracy of language=de 0.85 is 0.05 below the bound 0.9.');
  });
  test('a required slice must be there, with samples', () => {
    expect(judge([slice('de', '0.95')]).because).toBe('eval.accuracy of language=en is missing.');
    expect(judge([slice('en', '0.95', 199)]).because).toContain('1 less than the 200 asked');
    expect(judge([slice('en', '0.95', 200)]).verdict).toBe('pass');
    expect(judge([slice('en', '0.95', null)]).because).toContain('does not say its samples');
    expect(judge([slice('en', '0.95', null)], { minSamples: null }).verdict).toBe('pass');
    expect(judge([slice('en', 'NaN')]).verdict).toBe('fail');
  });
  test('a small slice that is not required is told and not judged', () => {
    const node = judge([slice('en', '0.95'), slice('de', '0.1', 10)]);
    expect(node.verdict).toBe('pass');
    expect(node.children?.find((child) => child.id === 'accuracy/language=de')?.because).toContain('was not judged');
    const none = judge([slice('de', '0.99', 10)], { required: [] });
    expect(none.verdict).toBe('fail');
    expect(none.because).toContain('No slice');
  });
  test('no slice at all fails', () => {
    expect(judge([], { required: [] }).verdict).toBe('fail');
    expect(judge([], { required: [] }).because).toBe('eval.accuracy has no slice by language.');
  });
  test('slices alone need no value of the whole; crossed slices are no slice of one column', () => {
    const only = { evidence: { eval: evidenceFacts(metricDocument({ x: slice('en', '0.95') })) } };
    expect(judgeMetric({ slices: rule }, only).verdict).toBe('pass');
    const crossed = { ...slice('en', '0.95'), slice: { language: 'en', region: 'eu' } };
    expect(
      judgeMetric({ slices: rule }, { evidence: { eval: evidenceFacts(metricDocument({ x: crossed })) } }).verdict,
    ).toBe('fail');
  });
  test('regression by slice', () => {
    const each = { each: { bounds: null, maxRegression: { absolute: '0.02', relative: null } } };
    const gate = { baseline: baselineRule({ ifAbsent: 'fail' as const }) };
    expect(judge([slice('en', '0.9')], each, [slice('en', '0.92')], gate).verdict).toBe('pass');
    const node = judge([slice('en', '0.899')], each, [slice('en', '0.92')], gate);
    expect(node.because).toBe(
      'eval.accuracy of language=en 0.899 regressed by 0.021 against production 1.3.0 (0.92), 0.001 more than the allowed 0.02.',
    );
    expect(judge([slice('en', '0.9')], each, [slice('en', '0.9'), slice('fr', '0.9')], gate).because).toContain(
      'language=fr is missing',
    );
    expect(judge([slice('en', '0.9'), slice('fr', '0.9')], each, [slice('en', '0.9')], gate).verdict).toBe('fail');
    const lenient = { baseline: baselineRule({ ifAbsent: 'bounds-only' as const }) };
    expect(judge([slice('en', '0.9'), slice('fr', '0.9')], each, [slice('en', '0.9')], lenient).verdict).toBe('pass');
    expect(judge([slice('en', '0.9')], each).verdict).toBe('error');
  });
  test('slices that are only asked to exist', () => {
    expect(judge([slice('en', '0.1')], { each: { bounds: null, maxRegression: null } }).verdict).toBe('pass');
  });
});

describe('standard errors', () => {
  const judge = (
    candidate: string,
    baseline: string,
    errors: readonly [string | null, string | null],
    confidence = '0.95',
  ) =>
    judgeRegression(
      { candidate: { value: candidate, stderr: errors[0] }, baseline: { value: baseline, stderr: errors[1] } },
      { absolute: '0.01' },
      { uncertainty: { use: 'stderr', confidence } },
    );
  test('the interval decides', () => {
    // se = 0.005, half = 0.0098 at 95%: the gain must be at least -0.0002.
    expect(judge('0.9', '0.9', ['0.003', '0.004']).verdict).toBe('pass');
    expect(judge('0.8999', '0.9', ['0.003', '0.004']).verdict).toBe('pass');
    expect(judge('0.8997', '0.9', ['0.003', '0.004']).verdict).toBe('inconclusive');
    expect(judge('0.8803', '0.9', ['0.003', '0.004']).verdict).toBe('inconclusive');
    expect(judge('0.8801', '0.9', ['0.003', '0.004']).verdict).toBe('fail');
    expect(judge('0.8997', '0.9', ['0.003', '0.004'], '0.9').verdict).toBe('pass');
  });
  test('no error at all is an exact comparison, ties passing', () => {
    expect(judge('0.89', '0.9', ['0', '0']).verdict).toBe('pass');
    expect(judge('0.8899999', '0.9', ['0', '0']).verdict).toBe('fail');
  });
  test('tiny and huge errors keep their size', () => {
    const tiny = judge('0.89', '0.9', ['1e-300', '0']);
    expect(tiny.verdict).toBe('inconclusive');
    expect(tiny.children?.[0]?.facts).toMatchObject({ p_value: '0.5' });
    expect(judge('0.89', '0.9', ['1e300', '0']).verdict).toBe('inconclusive');
    expect(judge('0.8900000000000000000001', '0.9', ['1e-300', '1e-300']).verdict).toBe('pass');
  });
  test('what is missing is named', () => {
    expect(judge('0.9', '0.9', [null, '0.004']).because).toContain('the candidate has none');
    expect(judge('0.9', '0.9', ['0.003', 'N/A']).because).toContain('the baseline has "N/A"');
    expect(judge('0.9', '0.9', ['-0.003', '0.004']).verdict).toBe('fail');
    expect(judge('0.9', '0.9', ['0.003', '0.004'], '1').verdict).toBe('error');
    expect(judge('0.9', '0.9', ['0.003', '0.004'], '0').verdict).toBe('error');
    expect(judge('0.9', '0.9', ['0.003', '0.004'], 'x').verdict).toBe('error');
  });
  test('words and facts', () => {
    const node = judge('0.8997', '0.9', ['0.003', '0.004']);
    expect(node.because).toContain(
      '95% interval of the gain -0.0100998 to 0.00949982, on both sides of the allowed 0.01',
    );
    expect(node.remedy).toContain('Evaluate on more samples');
    expect(node.children?.[0]?.facts).toMatchObject({
      method: 'stderr',
      confidence: '0.95',
      stderr: '0.003',
      baseline_stderr: '0.004',
    });
  });
});

describe('paired', () => {
  const examples = (scores: readonly string[], offset = 0) => ({
    accuracy: scores.map((score, at) => ({ id: `e${at + offset}`, score, slice: null })),
  });
  const mean = (scores: readonly string[]) =>
    String(scores.reduce((sum, score) => sum + Number(score), 0) / scores.length);
  const judge = (
    candidate: readonly string[],
    baseline: readonly string[],
    use: 'paired' | 'bootstrap',
    absolute = '0.05',
    changes: { candidateValue?: string; offset?: number; confidence?: string } = {},
  ) =>
    judgeMetric(
      {
        baseline: baselineRule({ maxRegression: { absolute, relative: null } }),
        uncertainty: { use, confidence: changes.confidence ?? '0.95' },
      },
      {
        evidence: {
          eval: evidenceFacts(metricDocument({ accuracy: changes.candidateValue ?? mean(candidate) }), {
            examples: examples(candidate),
          }),
        },
        baselines: {
          'stage:production': baselineFacts(metricDocument({ accuracy: mean(baseline) }), {
            examples: examples(baseline, changes.offset),
          }),
        },
      },
    );
  /** `wins` where only the candidate is right, `losses` where only the baseline is, the rest right for both. */
  const table = (pairs: number, wins: number, losses: number) => ({
    candidate: Array.from({ length: pairs }, (_, at) => (at >= wins && at < wins + losses ? '0' : '1')),
    baseline: Array.from({ length: pairs }, (_, at) => (at < wins ? '0' : '1')),
  });
  test('0/1 scores by the score interval', () => {
    const equal = table(1000, 10, 10);
    const node = judge(equal.candidate, equal.baseline, 'paired');
    expect(node.verdict).toBe('pass');
    expect(node.children?.[0]?.facts).toMatchObject({
      method: 'paired score interval',
      pairs: 1000,
      better: 10,
      worse: 10,
      mcnemar_p: '1',
    });
    const worse = table(1000, 0, 100);
    expect(judge(worse.candidate, worse.baseline, 'paired').verdict).toBe('fail');
    const few = table(50, 1, 2);
    expect(judge(few.candidate, few.baseline, 'paired').verdict).toBe('inconclusive');
  });
  test('other scores by resampling, with the seed on record', () => {
    const candidate = Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? '0.5' : '0.7'));
    const baseline = Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? '0.6' : '0.6'));
    const node = judge(candidate, baseline, 'paired');
    expect(node.verdict).toBe('pass');
    expect(node.children?.[0]?.facts).toMatchObject({ method: 'paired bootstrap', resamples: 2000, pairs: 200 });
    expect(JSON.stringify(node)).toContain(`${identity}/production/accuracy/regression`);
    expect(judge(candidate, baseline, 'paired')).toEqual(node);
    expect(judge(candidate, baseline, 'bootstrap', '0.005').verdict).toBe('inconclusive');
    const bad = baseline.map((score) => String(Number(score) - 0.25));
    expect(judge(bad, baseline, 'bootstrap').verdict).toBe('fail');
  });
  test('equal differences are exact: a tie passes, a hair below fails', () => {
    const [candidate, baseline, below] = [
      Array(30).fill('0.595'),
      Array(30).fill('0.6'),
      Array(30).fill('0.5949999'),
    ] as [string[], string[], string[]];
    expect(judge(candidate, baseline, 'bootstrap', '0.005', { candidateValue: '0.595' }).verdict).toBe('pass');
    expect(judge(below, baseline, 'bootstrap', '0.005', { candidateValue: '0.595' }).verdict).toBe('fail');
  });
  test('sizes far from one are resampled as well as others', () => {
    const [tiny, less] = [Array(30).fill('2e-20'), Array(30).fill('1e-20')] as [string[], string[]];
    expect(judge(less, tiny, 'bootstrap', '0', { candidateValue: '1e-20' }).verdict).toBe('fail');
    expect(judge(less, tiny, 'bootstrap', '1e-20', { candidateValue: '1e-20' }).verdict).toBe('pass');
    expect(judge(tiny, tiny, 'bootstrap', '0', { candidateValue: '2e-20' }).verdict).toBe('pass');
  });
  test('scores are proportions only when all of them are 0 or 1', () => {
    const mixed = ['0', '1', '0.5', '1'];
    expect(judge(mixed, ['1', '1', '0.5', '1'], 'paired').children?.[0]?.facts).toMatchObject({
      method: 'paired bootstrap',
    });
    expect(judge(['0', '1'], ['0.5', '1'], 'paired').children?.[0]?.facts).toMatchObject({
      method: 'paired bootstrap',
    });
  });
  test('0/1 scores can be resampled too', () => {
    const { candidate, baseline } = table(1000, 10, 10);
    expect(judge(candidate, baseline, 'bootstrap').children?.[0]?.facts).toMatchObject({ method: 'paired bootstrap' });
  });
  test('what cannot be paired fails and says why', () => {
    const { candidate, baseline } = table(100, 1, 1);
    expect(judge(candidate, baseline, 'paired', '0.05', { offset: 3 }).because).toContain(
      '3 only in the candidate, 3 only in the baseline',
    );
    expect(judge(candidate, [...baseline, '1'], 'paired').because).toContain(
      '0 only in the candidate, 1 only in the baseline',
    );
    expect(judge(candidate, baseline, 'paired', '0.05', { candidateValue: '0.5' }).because).toContain(
      'average 0.99, which is not the 0.5 reported',
    );
    expect(judge(['NaN', '1'], ['1', '1'], 'paired', '0.05', { candidateValue: '1' }).because).toContain(
      'example e0 has the score "NaN"',
    );
    expect(judge(candidate, baseline, 'paired', '0.05', { offset: 3 }).verdict).toBe('fail');
    expect(judge([], [], 'paired', '0.05', { candidateValue: '1' }).verdict).toBe('fail');
    expect(judge(candidate, baseline, 'bootstrap', '0.05', { confidence: '0.9999' }).verdict).toBe('error');
    const missing = judgeRegression(
      { candidate: '1', baseline: '1' },
      { absolute: '0.1' },
      { uncertainty: { use: 'paired', confidence: '0.95' } },
    );
    expect(missing.because).toContain('needs the score of each example, and the candidate has none');
    expect(missing.verdict).toBe('fail');
  });
  test.each([
    [
      ['a', 'a'],
      ['a', 'a'],
    ],
    [
      ['a', 'a'],
      ['a', 'b'],
    ],
    [
      ['a', 'b'],
      ['a', 'a'],
    ],
  ])('one example scored twice: %j against %j', (candidate, baseline) => {
    const scored = (ids: readonly string[]) => ({ accuracy: ids.map((id) => ({ id, score: '1', slice: null })) });
    const node = judgeMetric(
      {
        baseline: baselineRule({ maxRegression: { absolute: '0', relative: null } }),
        uncertainty: { use: 'paired', confidence: '0.95' },
      },
      {
        evidence: { eval: evidenceFacts(metricDocument({ accuracy: '1' }), { examples: scored(candidate) }) },
        baselines: {
          'stage:production': baselineFacts(metricDocument({ accuracy: '1' }), { examples: scored(baseline) }),
        },
      },
    );
    expect(node.because).toContain('scored twice');
    expect(node.verdict).toBe('fail');
  });
});

describe('severity and on_inconclusive', () => {
  test('warn never blocks and says so; an error stays one', () => {
    const node = judgeMetric({ bounds: { min: '0.99', max: null }, severity: 'warn' });
    expect(node.verdict).toBe('warn');
    expect(node.because).toContain('It does not block: its severity is warn.');
    expect(node.children?.[0]?.verdict).toBe('fail');
    expect(judgeMetric({ severity: 'warn' }).verdict).toBe('error');
    expect(judgeMetric({ bounds: { min: '0.9', max: null }, severity: 'warn' }).verdict).toBe('pass');
  });
  test('inconclusive follows the policy, a failure does not', () => {
    const gate = {
      baseline: baselineRule({ maxRegression: { absolute: '0.01', relative: null } }),
      uncertainty: { use: 'stderr', confidence: '0.95' } as const,
    };
    const facts = (candidate: string) => ({
      evidence: { eval: evidenceFacts(metricDocument({ accuracy: { value: candidate, stderr: '0.005' } })) },
      baselines: { 'stage:production': baselineFacts(metricDocument({ accuracy: { value: '0.9', stderr: '0' } })) },
    });
    expect(judgeMetric(gate, facts('0.893'), { onInconclusive: 'block' }).verdict).toBe('inconclusive');
    expect(judgeMetric(gate, facts('0.893'), { onInconclusive: 'warn' }).verdict).toBe('warn');
    expect(judgeMetric(gate, facts('0.8'), { onInconclusive: 'warn' }).verdict).toBe('fail');
    expect(judgeMetric({ ...gate, severity: 'warn' }, facts('0.893')).verdict).toBe('warn');
  });
});

describe('properties', () => {
  const decimal = fc
    .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: -8, max: 8 }))
    .map(([digits, exponent]) => `${digits}e${exponent}`);
  const margins = fc.record({
    absolute: fc.integer({ min: 0, max: 500 }).map((n) => `${n}e-4`),
    relative: fc.integer({ min: 0, max: 500 }).map((n) => `${n}e-3`),
  });
  const negate = (text: string) => (text.startsWith('-') ? text.slice(1) : `-${text}`);
  const options = { seed: 20260601, numRuns: 300 };

  test('flipping direction and signs keeps the verdict', () => {
    fc.assert(
      fc.property(decimal, decimal, margins, (candidate, baseline, margin) => {
        const straight = judgeRegression({ candidate, baseline }, margin).verdict;
        const flipped = judgeRegression({ candidate: negate(candidate), baseline: negate(baseline) }, margin, {
          direction: 'lower',
        }).verdict;
        return straight === flipped;
      }),
      options,
    );
  });

  test('agrees with integers: candidate + margin >= baseline', () => {
    const whole = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(
        whole,
        fc.bigInt({ min: -5n, max: 5n }),
        fc.bigInt({ min: 0n, max: 5n }),
        (baseline, step, margin) => {
          const candidate = baseline + step;
          const node = judgeRegression(
            { candidate: `${candidate}e-40`, baseline: `${baseline}e-40` },
            { absolute: `${margin}e-40` },
          );
          return node.verdict === (candidate + margin >= baseline ? 'pass' : 'fail');
        },
      ),
      options,
    );
  });

  test('a better candidate is never judged worse', () => {
    fc.assert(
      fc.property(decimal, decimal, decimal, margins, (a, b, baseline, margin) => {
        const [low, high] = Number(a) <= Number(b) ? [a, b] : [b, a];
        const judge = (candidate: string) => permits(judgeRegression({ candidate, baseline }, margin).verdict);
        return !judge(low) || judge(high);
      }),
      options,
    );
  });

  test('adding a gate that passes changes no other requirement, and the verdict is the worst of them', () => {
    const bounds = fc.integer({ min: 0, max: 100 }).map((n) => ({ min: `0.${String(n).padStart(2, '0')}`, max: null }));
    fc.assert(
      fc.property(fc.array(bounds, { maxLength: 5 }), (all) => {
        const gates = all.map((one, at) => metricGate({ id: `g${at}`, bounds: one }));
        const before = evaluate(gateRequest(gatePolicy({ metrics: gates })), gateFacts());
        const added = metricGate({ id: 'added', bounds: { min: '0', max: null } });
        const after = evaluate(gateRequest(gatePolicy({ metrics: [...gates, added] })), gateFacts());
        const kept = after.children?.filter((child) => child.id !== 'added');
        expect(kept).toEqual(before.children?.filter((child) => child.kind !== 'gates'));
        expect(after.verdict).toBe(before.verdict);
        expect(after.verdict).toBe(all.some((one) => Number(one.min) > 0.93) ? 'fail' : 'pass');
      }),
      options,
    );
  });
});

test('the same request and facts give the same tree', () => {
  const request = gateRequest(gatePolicy({ metrics: [metricGate({ bounds: { min: '0.95', max: null } })] }));
  expect(judged(request, gateFacts(), 'accuracy')).toEqual(judged(request, gateFacts(), 'accuracy'));
});
