import { describe, expect, test } from 'vitest';
import { baselineFacts, baselineRule, evidenceFacts, judgeMetric, metricDocument } from '../../test/gate-case.js';

const slice = (name: string, value: string) => ({ key: 'accuracy', value, samples: 500, slice: { language: name } });
const document = (values: readonly ReturnType<typeof slice>[]) =>
  metricDocument(Object.fromEntries([['accuracy', '0.93'], ...values.map((one, at) => [`s${at}`, one] as const)]));
const bounded = { bounds: { min: '0.9', max: null }, maxRegression: null };
const compared = { bounds: null, maxRegression: { absolute: '0.02', relative: null } };

function judge(
  candidate: readonly ReturnType<typeof slice>[],
  baseline: readonly ReturnType<typeof slice>[] | null,
  changes: object,
  rule: object = {},
) {
  const slices = {
    by: 'language',
    minSamples: null,
    required: [],
    onMissing: 'fail' as const,
    each: bounded,
    ...changes,
  };
  return judgeMetric(
    { slices, baseline: baselineRule({ maxRegression: { absolute: '1', relative: null }, ...rule }) },
    {
      evidence: { eval: evidenceFacts(document(candidate)) },
      baselines: { 'stage:production': baseline === null ? null : baselineFacts(document(baseline)) },
    },
  );
}

describe('a slice that the baseline has and the candidate lacks', () => {
  const [en, de] = [slice('en', '0.95'), slice('de', '0.95')];
  test('fails, also where slices have bounds alone', () => {
    expect(judge([en], [en, de], {}).because).toContain(
      'eval.accuracy of language=de is missing; production 1.3.0 has it.',
    );
    expect(judge([en], [en, de], {}).verdict).toBe('fail');
    expect(judge([en], [en, de], { each: compared }).verdict).toBe('fail');
  });
  test('warns where on_missing says so, and never where it is required', () => {
    const node = judge([en], [en, de], { onMissing: 'warn' });
    expect(node.verdict).toBe('warn');
    expect(node.because).toContain('It does not block: on_missing is warn.');
    expect(node.children?.find(({ id }) => id === 'accuracy/language=de')?.remedy).toContain('Evaluate by language');
    expect(judge([en], [en, de], { onMissing: 'warn', required: ['de'] }).verdict).toBe('fail');
    expect(judge([en], [en], { onMissing: 'warn', required: ['fr'] }).because).toContain('language=fr is missing.');
  });
  test('all of them missing leaves nothing that was judged', () => {
    const node = judge([], [en, de], { onMissing: 'warn' });
    expect(node.verdict).toBe('fail');
    expect(node.because).toContain('No slice');
  });
});

describe('slices without a baseline', () => {
  test('that are only compared vouch for nothing', () => {
    const none = judge([slice('en', '0.1')], null, { each: compared }, { ifAbsent: 'bounds-only' });
    expect(none.verdict).toBe('fail');
    expect(none.because).toContain('nothing vouches for eval.accuracy');
    expect(judge([slice('en', '0.95')], null, {}, { ifAbsent: 'bounds-only' }).verdict).toBe('pass');
    expect(judge([slice('en', '0.85')], null, {}, { ifAbsent: 'bounds-only' }).verdict).toBe('fail');
  });
});

describe('the samples of a slice', () => {
  const judgeSamples = (samples: number | null, required: readonly string[]) =>
    judge(
      [{ ...slice('en', '0.95'), samples: samples as number }],
      null,
      { minSamples: 100, required },
      {
        ifAbsent: 'bounds-only',
      },
    ).children?.find(({ id }) => id === 'accuracy/language=en');
  test('have to be told', () => {
    for (const required of [[], ['en']]) {
      expect(judgeSamples(null, required)).toMatchObject({
        verdict: 'fail',
        because: 'eval.accuracy of language=en does not say its samples; 100 are asked.',
        remedy: 'Evaluate by language and add the values to the document, each with its slice and its samples.',
      });
    }
  });
  test('that are too few fail a required slice, and leave another unjudged', () => {
    expect(judgeSamples(99, ['en'])).toMatchObject({
      verdict: 'fail',
      because: 'eval.accuracy of language=en has 99 samples, 1 less than the 100 asked.',
      remedy: 'Evaluate on more samples of language=en.',
    });
    expect(judgeSamples(99, [])).toMatchObject({
      verdict: 'pass',
      because:
        'eval.accuracy of language=en has 99 samples, 1 less than the 100 asked; it is not required and was not judged.',
    });
    // As many as are asked are enough: what is judged then are its bounds.
    expect(judgeSamples(100, ['en'])).toBeUndefined();
  });
});
