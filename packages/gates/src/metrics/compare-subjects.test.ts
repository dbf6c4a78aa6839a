import { describe, expect, test } from 'vitest';
import {
  baselineFacts,
  baselineRule,
  evidenceFacts,
  judgeMetric,
  metricDocument,
  type ValueParts,
} from '../../test/gate-case.js';

const slice = (lang: string, value: string): ValueParts => ({ key: 'accuracy', value, samples: 4, slice: { lang } });
const document = (de: string) => metricDocument({ accuracy: '0.5', s1: slice('de', de), s2: slice('en', '0.5') });

/** Four examples of each language; in German the first so many are right. */
const scores = (right: number) => ({
  accuracy: ['de', 'en'].flatMap((lang) =>
    [0, 1, 2, 3].map((index) => ({
      id: `${lang}-${index}`,
      score: index < (lang === 'de' ? right : 2) ? '1' : '0',
      slice: { lang },
    })),
  ),
});

describe('a slice that is compared by its examples', () => {
  const judge = (examples: ReturnType<typeof scores> | Record<string, never>) =>
    judgeMetric(
      {
        slices: {
          by: 'lang',
          minSamples: null,
          onMissing: 'fail',
          required: [],
          each: { bounds: null, maxRegression: { absolute: '0.9', relative: null } },
        },
        baseline: baselineRule(),
        uncertainty: { use: 'paired', confidence: '0.95' },
      },
      {
        evidence: { eval: evidenceFacts(document('0.75'), { examples }) },
        baselines: { 'stage:production': baselineFacts(document('0.5'), { examples: scores(2) }) },
      },
    ).children?.find(({ id }) => id === 'accuracy/lang=de/regression');
  test('takes those of that slice and no others', () => {
    expect(judge(scores(3))?.facts).toMatchObject({ pairs: 4, better: 1, worse: 0 });
  });
  test('takes none that name no slice', () => {
    const bare = { accuracy: scores(3).accuracy.map(({ id, score }) => ({ id, score, slice: null })) };
    expect(judge(bare as never)?.verdict).not.toBe('pass');
  });
});
