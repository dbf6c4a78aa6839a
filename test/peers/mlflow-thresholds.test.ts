// needs: statistics
import { beforeAll, describe, expect, test } from 'vitest';
import { seededIntegers } from '../../packages/gates/src/statistics/random.js';
import {
  baselineFacts,
  baselineRule,
  evidenceFacts,
  judgeMetric,
  metricDocument,
} from '../../packages/gates/test/gate-case.js';
import { askPeer } from './ask-python.js';

/** What MLflow's MetricThreshold can say: a bound, and least improvements over a baseline. Numbers as they are written. */
interface Case {
  readonly candidate: string;
  readonly baseline: string;
  readonly direction: 'higher' | 'lower';
  readonly threshold: string | null;
  readonly absolute: string | null;
  readonly relative: string | null;
}

/** MLflow's verdict (or its exception), the verdict of exact fractions, and how near the nearest limit is. */
function askMlflow(cases: readonly Case[]) {
  const { threshold } = askPeer('statistics', 'answer_statistics.py', { input: { threshold: cases } }) as {
    readonly threshold: readonly [string, [string, number] | null][];
  };
  return threshold.map(([mlflow, exact]) => ({
    mlflow,
    exact: exact?.[0] ?? null,
    distance: exact?.[1] ?? Number.NaN,
  }));
}

function judge(asked: Case): string {
  const { candidate, baseline, direction, threshold, absolute, relative } = asked;
  const bounds =
    threshold === null
      ? null
      : { min: direction === 'higher' ? threshold : null, max: direction === 'lower' ? threshold : null };
  const asks = absolute !== null || relative !== null;
  return judgeMetric(
    { direction, bounds, baseline: asks ? baselineRule({ minImprovement: { absolute, relative } }) : null },
    {
      evidence: { eval: evidenceFacts(metricDocument({ accuracy: candidate })) },
      baselines: { 'stage:production': baselineFacts(metricDocument({ accuracy: baseline })) },
    },
  ).verdict;
}

const asks = (parts: Partial<Case>): Case => ({
  candidate: '0.9',
  baseline: '0.9',
  direction: 'higher',
  threshold: null,
  absolute: null,
  relative: null,
  ...parts,
});

/** Named cases: what MLflow 3.17 answers, what we answer. */
const named = {
  'NaN passes its relative test': {
    asked: asks({ candidate: 'NaN', relative: '0.05' }),
    mlflow: 'pass',
    weighbridge: 'fail',
  },
  'NaN makes its absolute test crash': {
    asked: asks({ candidate: 'NaN', absolute: '0.05' }),
    mlflow: 'InvalidOperation',
    weighbridge: 'fail',
  },
  'a baseline that is NaN passes too': {
    asked: asks({ baseline: 'NaN', relative: '0.05' }),
    mlflow: 'pass',
    weighbridge: 'fail',
  },
  'of a baseline of zero, any improvement is taken for the relative one that was asked': {
    asked: asks({ candidate: '0.000001', baseline: '0', relative: '0.5' }),
    mlflow: 'pass',
    weighbridge: 'fail',
  },
  'an improvement of exactly what was asked fails': {
    asked: asks({ candidate: '0.3', baseline: '0.1', absolute: '0.2' }),
    mlflow: 'fail',
    weighbridge: 'pass',
  },
  'infinity passes every limit': {
    asked: asks({ candidate: 'Infinity', threshold: '0.5' }),
    mlflow: 'pass',
    weighbridge: 'fail',
  },
  // Dividing by the signed baseline had these two upside down before 3.17.
  'mended: better than a negative baseline': {
    asked: asks({ candidate: '-1', baseline: '-2', relative: '0.1' }),
    mlflow: 'pass',
    weighbridge: 'pass',
  },
  'mended: worse than a negative baseline': {
    asked: asks({ candidate: '-4', baseline: '-2', relative: '0.1' }),
    mlflow: 'fail',
    weighbridge: 'fail',
  },
} as const;

const random = seededIntegers('differential tests against MLflow');
const written = (places: number, below: number) => ((random(2 * below) - below) / 10 ** places).toFixed(places);
const randomCases = Array.from({ length: 2_000 }, () => {
  const baseline = written(2, 300);
  const some = random(7) + 1;
  return asks({
    direction: random(2) === 0 ? 'higher' : 'lower',
    // Near the baseline, so that limits are met exactly now and then.
    candidate: (Number(baseline) + (random(21) - 10) / 100).toFixed(2),
    baseline: Number(baseline) === 0 ? '0.01' : baseline,
    threshold: (some & 1) === 0 ? null : (Number(baseline) + (random(11) - 5) / 100).toFixed(2),
    absolute: (some & 2) === 0 ? null : ((random(9) + 1) / 100).toFixed(2),
    relative: (some & 4) === 0 ? null : (random(101) / 1_000).toFixed(3),
  });
});

let answers: ReturnType<typeof askMlflow> = [];
beforeAll(() => {
  answers = askMlflow([...Object.values(named).map(({ asked }) => asked), ...randomCases]);
});

describe('where MLflow 3.17 goes astray, and where it was mended', () => {
  test.each(Object.keys(named).map((name, at) => [name, at] as const))('%s', (name, at) => {
    const { asked, mlflow, weighbridge } = named[name as keyof typeof named];
    expect({ mlflow: answers[at]?.mlflow, weighbridge: judge(asked) }).toEqual({ mlflow, weighbridge });
  });
});

describe('random thresholds', () => {
  const ours = randomCases.map(judge);
  const theirs = () => answers.slice(Object.keys(named).length);
  test('our verdict is the exact one, every time', () => {
    expect(ours).toEqual(theirs().map(({ exact }) => exact));
    expect(ours.filter((verdict) => verdict === 'pass').length).toBeGreaterThan(200);
    expect(ours.filter((verdict) => verdict === 'fail').length).toBeGreaterThan(200);
  });
  test('MLflow differs where a limit is met exactly, which binary floats cannot tell, and nowhere else', () => {
    const apart = theirs().filter(({ mlflow }, at) => mlflow !== ours[at]);
    expect(apart.length).toBeGreaterThan(0);
    for (const { distance } of apart) expect(distance).toBe(0);
  });
});
