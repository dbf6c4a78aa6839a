import { readFileSync } from 'node:fs';
import { utf8, WeighbridgeError } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import { findMetric, findSlices } from './find-metric.js';
import type { MetricValue } from './metric-document.js';
import { parseExampleScores } from './parse-example-scores.js';
import { parseMetricDocument } from './parse-metric-document.js';

const folder = new URL('../../test/fixtures/metrics/', import.meta.url);
const bytesOf = (name: string): Uint8Array => readFileSync(new URL(name, folder));
const parse = (name: string) => parseMetricDocument({ name, bytes: bytesOf(name) });
const show = ({ key, value, stderr, samples }: MetricValue) =>
  `${key}=${value}${stderr === null ? '' : ` ±${stderr}`}${samples === null ? '' : ` n=${samples}`}`;

describe('lm-evaluation-harness', () => {
  test('results, and what they say of how they were made', () => {
    const document = parse('lm-eval-full.json');
    expect(document.format).toBe('lm-eval');
    expect(document.values.map(show)).toEqual([
      'weighbridge_local.acc,none=0.7 ±0.10513149660756935 n=20',
      'weighbridge_local.acc_norm,none=0.6 ±0.11239029738980327 n=20',
    ]);
    expect(document.context).toMatchObject({
      dataset: { weighbridge_local: '89ebe8e2e07de5375b445e2cfde1d33eaa5b24a706227e7c626362904183b11b' },
      harness: { weighbridge_local: 'lm-eval task 2.0' },
      shots: { weighbridge_local: '0' },
      samples: { weighbridge_local: { original: '20', effective: '20' } },
      direction: { 'weighbridge_local.acc,none': 'higher', 'weighbridge_local.acc_norm,none': 'higher' },
    });
    expect(parse('lm-eval-limited.json').context).toMatchObject({
      limit: '5.0',
      samples: { weighbridge_local: { original: '20', effective: '5' } },
    });
  });
  test('the samples beside them average to what they report', () => {
    const name = 'samples_weighbridge_local_2026-11-25T19-13-13.256305.jsonl';
    const scores = parseExampleScores({ name, bytes: bytesOf(name) });
    expect(Object.keys(scores)).toEqual(['weighbridge_local.acc,none', 'weighbridge_local.acc_norm,none']);
    const right = scores['weighbridge_local.acc,none']?.filter(({ score }) => score === '1.0');
    expect(scores['weighbridge_local.acc,none']).toHaveLength(20);
    expect(right).toHaveLength(14);
    expect(scores['weighbridge_local.acc,none']?.[0]?.id).toMatch(/^0:[0-9a-f]{64}$/);
  });
});

describe('MLflow', () => {
  test('a run, with what Python writes for numbers that JSON does not know', () => {
    const document = parse('mlflow-run.json');
    expect(document.format).toBe('mlflow-run');
    expect(document.values.map(show)).toEqual([
      'beyond=Infinity',
      'broken=NaN',
      'linked=0.5',
      'loss=0.25',
      'val/acc=0.9200000000000002',
    ]);
    expect(document.context).toEqual({ dataset: ['300830b9'] });
  });
  test('metrics of the file store', () => {
    expect(parse('mlruns/metrics/loss').values.map(show)).toEqual(['loss=0.25']);
    expect(parse('mlruns/metrics/broken').values.map(show)).toEqual(['broken=nan']);
    const linked = parse('mlruns/metrics/linked');
    expect(linked).toMatchObject({ format: 'mlflow-history', context: { dataset: '300830b9' } });
    expect(linked.values.map(show)).toEqual(['linked=0.5']);
  });
  test('names with slashes, steps below zero, lines of older versions, equal steps', () => {
    const history = (text: string, name = 'mlruns/1/r/metrics/val/acc') =>
      parseMetricDocument({ name, bytes: utf8(text) }).values.map(show);
    expect(history('1700000000000 0.5\n')).toEqual(['val/acc=0.5']);
    expect(history('1700000000000 0.5 -2\n1700000000001 0.6 -1\n')).toEqual(['val/acc=0.6']);
    expect(history('1700000000005 0.5 1\n1700000000001 0.6 1\n')).toEqual(['val/acc=0.5']);
    expect(history('1700000000005 0.5 1\n1700000000005 0.6 1\n')).toEqual(['val/acc=0.6']);
    expect(history('1700000000005 0.5 1\n', 'acc')).toEqual(['acc=0.5']);
  });
  test('training data is no part of the terms of an evaluation', () => {
    const run = (tags: unknown) =>
      parseMetricDocument({
        name: 'run.json',
        bytes: utf8(
          JSON.stringify({
            info: {},
            data: { metrics: { acc: 1 } },
            inputs: { dataset_inputs: [{ dataset: { digest: 'd' }, tags }] },
          }),
        ),
      }).context;
    expect(run({ 'mlflow.data.context': 'training' })).toEqual({});
    expect(run({})).toEqual({});
    expect(run([{ key: 'mlflow.data.context', value: 'validation' }])).toEqual({ dataset: ['d'] });
    expect(run([{ key: 'other', value: 'eval' }])).toEqual({});
  });
});

describe('scikit-learn', () => {
  test('classification report, its classes being slices of the averages', () => {
    const document = parse('sklearn-report.json');
    expect(document.format).toBe('sklearn-classification-report');
    expect(findMetric(document, 'accuracy')).toMatchObject({ value: '0.7', samples: 10 });
    const slices = findSlices(document, 'macro avg.recall', 'class');
    expect([...slices.keys()]).toEqual(['bird', 'cat', 'dog']);
    expect(slices.get('cat')).toMatchObject({ value: '0.75', samples: 4 });
  });
  test('an undefined precision is read by name', () => {
    expect(findMetric(parse('sklearn-undefined.json'), 'bird.precision')?.value).toBe('NaN');
  });
});

describe('Hugging Face', () => {
  test('model card and .eval_results', () => {
    expect(parse('model-card.md').values.map(show)).toEqual([
      'common_voice.fr.test.cer=5.12',
      'common_voice.fr.test.wer=17.9',
    ]);
    expect(parse('model-card.md').context).toEqual({
      dataset: { 'common_voice.fr.test': 'b10d53980ef166bc24ce3358471c1970d7e6b5ec' },
    });
    expect(parse('eval-results.yaml')).toMatchObject({
      format: 'hf-eval-results',
      context: { dataset: { 'cais/hle.default': 'r1' } },
    });
    expect(parse('eval-results.yaml').values.map(show)).toEqual(['cais/hle.default=20.9', 'openai/gsm8k.gsm8k=0.5']);
  });
});

test('Evidently', () => {
  const document = parse('evidently.json');
  expect(document.format).toBe('evidently');
  expect(document.values.map(show)).toEqual([
    'DriftedColumnsCount(drift_share=0.5).count=1.0',
    'DriftedColumnsCount(drift_share=0.5).share=0.5',
    'MeanValue(column=age)=45.25',
    'MissingValueCount(column=age).count=0.0',
    'MissingValueCount(column=age).share=0.0',
    'RowCount()=40.0',
    'ValueDrift(column=age,method=chi-square p_value,threshold=0.05)=0.0',
    'ValueDrift(column=income,method=K-S p_value,threshold=0.05)=0.16497269950224194',
    expect.stringMatching(/^tests\.FAIL=\d+$/) as unknown as string,
    expect.stringMatching(/^tests\.SUCCESS=\d+$/) as unknown as string,
  ]);
});

test.each(['k6-summary.json', 'k6-export.json'])('k6: %s', (name) => {
  const document = parse(name);
  expect(document.format).toBe('k6');
  for (const key of ['http_req_duration.p(95)', 'http_req_duration.p(99)', 'http_reqs.count', 'iterations.rate']) {
    expect([key, findMetric(document, key)?.value]).toEqual([key, expect.stringMatching(/^\d+(?:\.\d+)?$/)]);
  }
  expect(document.values.some(({ key }) => key.includes('threshold'))).toBe(false);
});

/** Files that every reader must survive: broken, hostile or beyond its bounds in one place. */
describe('hostile variants of what programs write', () => {
  const names = [
    'lm-eval-full.json',
    'mlflow-run.json',
    'sklearn-report.json',
    'evidently.json',
    'k6-summary.json',
    'k6-export.json',
    'eval-results.yaml',
    'model-card.md',
  ];
  const text = (name: string) => new TextDecoder().decode(bytesOf(name));
  const outcome = (name: string, content: string | Uint8Array) => {
    try {
      return parseMetricDocument({ name, bytes: typeof content === 'string' ? utf8(content) : content });
    } catch (error) {
      if (error instanceof WeighbridgeError) return error.code;
      throw error;
    }
  };
  const numbers = /: (?:-?\d+(?:\.\d+)?)(?=[,\n}])/;
  test.each(names)('%s', (name) => {
    const [original, content] = [parse(name), text(name)];
    expect(outcome(name, `\ufeff${content}`)).toEqual(original);
    expect(outcome(name, content.replaceAll('\n', '\r\n'))).toEqual(original);
    const isYaml = !name.endsWith('.json');
    for (const word of isYaml
      ? ['.nan', '-.inf', '1e400', 'null', 'true']
      : ['NaN', '-Infinity', '1e400', 'null', 'true']) {
      const changed = outcome(name, content.replaceAll(new RegExp(numbers, 'g'), `: ${word}`));
      // It is read, by name, for the gate to refuse; or there is nothing left that tells the format.
      if (typeof changed === 'string') expect(changed).toBe('formats/metrics-none');
      else expect(changed.values.length).toBeGreaterThan(0);
    }
    for (let cut = 1; cut < 8; cut++) {
      const part = outcome(name, content.slice(0, Math.floor((content.length * cut) / 8)));
      if (typeof part === 'string') expect(part).toMatch(/^formats\/metrics-/);
    }
    if (isYaml) return;
    expect(
      outcome(name, content.replace('{', '{"__proto__": {"polluted": 1}, "constructor": {"prototype": 1},')),
    ).toMatchObject({
      format: original.format,
    });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(outcome(name, content.replace('{', '{"twice": 1, "twice": 2,'))).toBe('formats/metrics-duplicate');
    expect(outcome(name, content.replace('{', `{"deep": ${'['.repeat(100_000)}`))).toBe('formats/metrics-limit');
    expect(
      outcome(
        name,
        utf8(content).map((byte, at) => (at === 3 ? 0xff : byte)),
      ),
    ).toBe('formats/metrics-encoding');
  });
});
