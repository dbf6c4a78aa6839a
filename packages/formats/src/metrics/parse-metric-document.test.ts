import { utf8, WeighbridgeError } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MetricValue } from './metric-document.js';
import { metricLimits } from './metric-node.js';
import { parseMetricDocument } from './parse-metric-document.js';

const parse = (text: string, name = 'metrics') => parseMetricDocument({ name, bytes: utf8(text) });
const parseJson = (value: unknown) => parse(JSON.stringify(value));
/** `key=value`, with standard error, samples and slice where they are known. */
const show = ({ key, value, stderr, samples, slice }: MetricValue) =>
  `${key}=${value}${stderr === null ? '' : ` ±${stderr}`}${samples === null ? '' : ` n=${samples}`}${slice === null ? '' : ` ${JSON.stringify(slice)}`}`;
const shown = (text: string, name?: string) => parse(text, name).values.map(show);
/** The code that reading ends in; null when it succeeds. */
const codeOf = (text: string | Uint8Array): string | null => {
  try {
    parseMetricDocument({ name: 'm', bytes: typeof text === 'string' ? utf8(text) : text });
    return null;
  } catch (error) {
    if (error instanceof WeighbridgeError) return error.code;
    throw error;
  }
};

describe('numbers stay the text they were', () => {
  test.each(['0.92', '0.920', '1e400', '-1E-3', '9007199254740993', '0.1000000000000000055511151231257827', '1e99999'])(
    'JSON %s',
    (text) => {
      expect(shown(`{"a": ${text}}`)).toEqual([`a=${text}`]);
    },
  );
  test.each([
    '0.92',
    '0.920',
    '1e400',
    '-1E-3',
    '9007199254740993',
    '.5',
    '5.',
    '+1.5',
    '0.1000000000000000055511151231257827',
  ])('YAML %s', (text) => {
    expect(shown(`a: ${text}\n`)).toEqual([`a=${text}`]);
  });
  test('other numbers of YAML', () => {
    expect(
      shown('a: 0x1F\nb: 0o17\nc: .inf\nd: -.inf\ne: .nan\nf: 1_000\ng: 2026-01-01\nh: 0xFFFFFFFFFFFFFFFFFFFF\n'),
    ).toEqual(['a=31', 'b=15', 'c=Infinity', 'd=-Infinity', 'e=NaN']);
  });
  test('quoted numbers, and the words that stand for one', () => {
    expect(shown('{"a": "0.92", "b": "NaN", "c": "N/A", "d": "model x", "e": "", "f": " 1 "}')).toEqual([
      'a=0.92',
      'b=NaN',
      'c=N/A',
      'e=',
      'f=1',
    ]);
  });
  test('what Python writes beyond JSON, booleans and null are kept as words', () => {
    expect(shown('{"a": NaN, "b": Infinity, "c": -Infinity, "d": true, "e": null, "f": false}')).toEqual([
      'a=NaN',
      'b=Infinity',
      'c=-Infinity',
      'd=true',
      'e=null',
      'f=false',
    ]);
  });
});

describe('plain documents', () => {
  test('names are dotted and sorted; lists and other texts are left out', () => {
    const text =
      '{"b": {"z": 1, "a": {"x": 2}}, "a": 3, "epochs": [1, 2], "model": "bert", "__proto__": {"x": 4}, "constructor": 5}';
    expect(shown(text)).toEqual(['__proto__.x=4', 'a=3', 'b.a.x=2', 'b.z=1', 'constructor=5']);
    expect(parse(text).format).toBe('plain');
    expect(parse(text).context).toEqual({});
  });
  test('a byte order mark is tolerated', () => {
    expect(
      parseMetricDocument({ name: 'm', bytes: new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('{"a":1}')]) }).values,
    ).toHaveLength(1);
    expect(
      parseMetricDocument({ name: 'm', bytes: new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('name,value\na,1')]) }).values,
    ).toHaveLength(1);
  });
  test('standard errors and samples', () => {
    expect(
      shown('{"acc": 0.9, "acc_stderr": 0.01, "lone_stderr": 2, "f1": {"value": 0.8, "stderr": 0.02, "n": 500}}'),
    ).toEqual(['acc=0.9 ±0.01', 'f1=0.8 ±0.02 n=500', 'lone_stderr=2']);
    expect(shown('{"f1": {"value": 0.8, "other": 1}}')).toEqual(['f1.other=1', 'f1.value=0.8']);
    expect(shown('{"f1": {"value": 0.8, "n": 1.5}}')).toEqual(['f1=0.8']);
    expect(shown('{"f1": {"value": 0.8, "samples": 400.0, "se": "N/A", "unit": "%"}}')).toEqual(['f1=0.8 ±N/A n=400']);
  });
  test('slices and context', () => {
    const document = parse(
      '{"acc": 0.9, "slices": {"language": {"en": {"acc": 0.95, "n": 400}, "de": {"acc": {"value": 0.8, "n": 3}}}}, "context": {"dataset": "sha256:aa", "shots": 5}}',
    );
    expect(document.values.map(show)).toEqual([
      'acc=0.9',
      'acc=0.8 n=3 {"language":"de"}',
      'acc=0.95 n=400 {"language":"en"}',
    ]);
    expect(document.context).toEqual({ dataset: 'sha256:aa', shots: '5' });
    expect(shown('{"slices": 3, "context": 4}')).toEqual(['context=4', 'slices=3']);
  });
  test('DVC metrics in YAML', () => {
    expect(shown('train:\n  loss: 0.3\n  acc: 0.91\nepochs: 10\n')).toEqual([
      'epochs=10',
      'train.acc=0.91',
      'train.loss=0.3',
    ]);
  });
  test('two ways to one name are refused', () => {
    expect(codeOf('{"a.b": 1, "a": {"b": 2}}')).toBe('formats/metrics-duplicate');
    expect(codeOf('{"a": 1, "a": 2}')).toBe('formats/metrics-duplicate');
    expect(codeOf('a: 1\na: 2\n')).toBe('formats/metrics-duplicate');
  });
});

describe('lm-eval', () => {
  const results = {
    results: {
      gsm8k: {
        alias: 'gsm8k',
        'exact_match,strict-match': 0.5,
        'exact_match_stderr,strict-match': 0.01,
        'exact_match,flexible': 0.6,
        'exact_match_stderr,flexible': 'N/A',
        sample_len: 100,
      },
      mmlu: { 'acc,none': 0.62, 'acc_stderr,none': 0.003, alias: 'mmlu' },
    },
    groups: {
      mmlu: { 'acc,none': 0.62, 'acc_stderr,none': 0.003, alias: 'mmlu' },
      extra: { 'acc,none': 0.1, 'acc_stderr,none': 0.2 },
    },
    versions: { gsm8k: 3, mmlu: 2 },
    'n-shot': { gsm8k: 5, mmlu: 0 },
    'n-samples': { gsm8k: { original: 1319, effective: 100 } },
    task_hashes: { gsm8k: 'abc' },
    config: { model: 'hf', limit: 100 },
    git_hash: 'deadbee',
  };
  test('values with errors and effective samples', () => {
    expect(parseJson(results).values.map(show)).toEqual([
      'extra.acc,none=0.1 ±0.2',
      'gsm8k.exact_match,flexible=0.6 ±N/A n=100',
      'gsm8k.exact_match,strict-match=0.5 ±0.01 n=100',
      'mmlu.acc,none=0.62 ±0.003',
    ]);
  });
  test('the context says what must be equal', () => {
    expect(parseJson(results)).toMatchObject({
      format: 'lm-eval',
      context: {
        dataset: { gsm8k: 'abc' },
        harness: { gsm8k: 'lm-eval task 3', mmlu: 'lm-eval task 2' },
        shots: { gsm8k: '5', mmlu: '0' },
        samples: { gsm8k: { original: '1319', effective: '100' } },
        limit: '100',
        harness_commit: 'deadbee',
      },
    });
  });
  test('without hashes the configured data sets stand for them', () => {
    const configs = { gsm8k: { dataset_path: 'gsm8k', dataset_name: 'main', test_split: 'test' }, x: {} };
    const { context } = parseJson({ ...results, task_hashes: {}, configs });
    expect(context['dataset']).toEqual({ gsm8k: 'gsm8k main test' });
  });
  test('the older form without filters', () => {
    const old = { results: { arc: { acc: 0.4, acc_stderr: 0.02 } }, versions: { arc: 0 } };
    expect(parseJson(old).values.map(show)).toEqual(['arc.acc=0.4 ±0.02']);
  });
  test('results alone are a plain document', () => {
    expect(parseJson({ results: { acc: 1 } })).toMatchObject({ format: 'plain' });
  });
});

describe('other formats', () => {
  test('scikit-learn classification report', () => {
    const row = (f1: number, support: number) => ({ precision: 0.9, recall: 0.8, 'f1-score': f1, support });
    const document = parseJson({
      cat: row(0.7, 30),
      dog: row(0.6, 70.0),
      accuracy: 0.75,
      'macro avg': row(0.65, 100),
      'weighted avg': row(0.63, 100),
    });
    expect(document.format).toBe('sklearn-classification-report');
    const values = document.values.map(show);
    expect(values).toContain('accuracy=0.75 n=100');
    expect(values).toContain('cat.f1-score=0.7 n=30');
    expect(values).toContain('macro avg.f1-score=0.65 n=100');
    expect(values).toContain('macro avg.f1-score=0.6 n=70 {"class":"dog"}');
    expect(values.some((value) => value.includes('macro avg"'))).toBe(false);
  });
  test('Hugging Face model card', () => {
    const card = `---
license: mit
model-index:
- name: whisper-fr
  results:
  - task: {type: automatic-speech-recognition}
    dataset: {name: Common Voice, type: common_voice, config: fr, split: test, revision: abc}
    metrics:
    - {type: wer, value: 17.90, name: WER, verified: true}
    - {type: cer, value: "5.1"}
  - task: {type: x}
    dataset: {name: other, type: other}
    metrics:
    - {type: acc, value: 0.5, name: top 1}
    - {type: acc, value: 0.9, name: top 5}
---
# Card
a: [not yaml
`;
    expect(parse(card).format).toBe('hf-model-index');
    expect(shown(card)).toEqual([
      'common_voice.fr.test.cer=5.1',
      'common_voice.fr.test.wer=17.90',
      'other.acc.top 1=0.5',
      'other.acc.top 5=0.9',
    ]);
    expect(parse(card).context).toEqual({ dataset: { 'common_voice.fr.test': 'abc' } });
    expect(shown(card.replaceAll('\n', '\r\n'))).toHaveLength(4);
    expect(codeOf(card.replace('top 5', 'top 1'))).toBe('formats/metrics-duplicate');
    expect(codeOf('---\nlicense: mit\n---\n# nothing here\n')).toBe('formats/metrics-none');
  });
  test('.eval_results', () => {
    const text =
      '- dataset: {id: cais/hle, task_id: default, revision: r1}\n  value: 20.90\n  date: "2026-01-01"\n- dataset: {id: openai/gsm8k}\n  value: 0.5\n';
    expect(parse(text)).toMatchObject({
      format: 'hf-eval-results',
      context: { dataset: { 'cais/hle.default': 'r1' } },
    });
    expect(shown(text)).toEqual(['cais/hle.default=20.90', 'openai/gsm8k=0.5']);
  });
  test('github-action-benchmark', () => {
    const document = parse(
      '[{"name": "latency", "unit": "ms", "value": 12.50, "range": "± 3"}, {"name": "speed", "value": null}, {"name": "z", "value": {"a": 1}}]',
    );
    expect(document.values.map(show)).toEqual(['latency=12.50', 'speed=null', 'z=N/A']);
    expect(document).toMatchObject({ format: 'github-action-benchmark', context: { unit: { latency: 'ms' } } });
  });
  test('in-toto test result', () => {
    const statement = (result: string) => ({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'm', digest: { sha256: 'aa' } }],
      predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
      predicate: {
        result,
        configuration: [{ name: 'cfg' }],
        passedTests: ['a', 'b'],
        failedTests: [],
        metrics: { acc: 0.9 },
      },
    });
    expect(parseJson(statement('PASSED')).values.map(show)).toEqual([
      'acc=0.9',
      'result.passed=1',
      'tests.failed=0',
      'tests.passed=2',
    ]);
    expect(parseJson(statement('WARNED')).values.map(show)).toContain('result.passed=0');
    expect(parseJson(statement('FAILED'))).toMatchObject({
      format: 'in-toto-test-result',
      context: { dataset: [{ name: 'cfg' }] },
    });
  });
  test.each(['snake', 'camel'])('TFMA validation result, %s case', (style) => {
    const camel = (name: string) =>
      style === 'camel' ? name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) : name;
    const failure = (value: number | string) => ({
      [camel('metric_key')]: { name: 'auc' },
      [camel('metric_value')]: { [camel('double_value')]: { value } },
    });
    const document = parseJson({
      [camel('validation_ok')]: false,
      [camel('rubber_stamp')]: true,
      [camel('missing_slices')]: [{}],
      [camel('metric_validations_per_slice')]: [
        { [camel('slice_key')]: {}, failures: [failure(0.5), failure(0.5)] },
        {
          [camel('slice_key')]: { [camel('single_slice_keys')]: [{ column: 'sex', [camel('bytes_value')]: 'Zg==' }] },
          failures: [failure('NaN')],
        },
      ],
    });
    expect(document.values.map(show)).toEqual([
      'failed.auc=0.5',
      'failed.auc=NaN {"sex":"f"}',
      'failures=3',
      'missing_slices=1',
      'validation_ok=0',
    ]);
    expect(document).toMatchObject({ format: 'tfma-validation', context: { rubber_stamp: 'true' } });
  });
  test('Evidently', () => {
    const report = {
      metrics: [
        { id: 'x', metric_id: 'RowCount()', value: 100 },
        { metric_id: 'Drift', value: { count: 2, share: 0.5 } },
      ],
      tests: [{ status: 'SUCCESS' }, { status: 'FAIL' }, { status: 'FAIL' }],
    };
    expect(parseJson(report)).toMatchObject({ format: 'evidently' });
    expect(parseJson(report).values.map(show)).toEqual([
      'Drift.count=2',
      'Drift.share=0.5',
      'RowCount()=100',
      'tests.FAIL=2',
      'tests.SUCCESS=1',
    ]);
    const old = { metrics: [{ metric: 'DatasetDriftMetric', result: { drift_share: 0.5 } }] };
    expect(parseJson(old).values.map(show)).toEqual(['DatasetDriftMetric.drift_share=0.5']);
  });
  test('MLflow runs and histories', () => {
    const described = { info: { run_id: 'r' }, data: { metrics: { acc: 0.9 }, params: { lr: '0.1' } } };
    expect(parseJson(described).values.map(show)).toEqual(['acc=0.9']);
    const got = {
      run: {
        info: {},
        data: { metrics: [{ key: 'acc', value: 0.91, step: 3, timestamp: 1 }] },
        inputs: {
          dataset_inputs: [{ dataset: { digest: 'd1' }, tags: [{ key: 'mlflow.data.context', value: 'eval' }] }],
        },
      },
    };
    expect(parseJson(got)).toMatchObject({ format: 'mlflow-run', context: { dataset: ['d1'] } });
    expect(parseJson(got).values.map(show)).toEqual(['acc=0.91']);
    expect(
      shown(
        '1700000000000 0.5 0\n1700000000001 0.90 2\n1700000000002 0.8 1\n1700000000003 0.91 2\n',
        'mlruns/0/r/metrics/val_acc',
      ),
    ).toEqual(['val_acc=0.91']);
    expect(codeOf('1700000000000 0.5 0\nnot a line\n')).toBe('formats/metrics-syntax');
  });
  test('k6 and vLLM', () => {
    const k6 = {
      root_group: {},
      metrics: {
        http_req_duration: { type: 'trend', contains: 'time', values: { avg: 1.5, 'p(95)': 2.25 } },
        http_req_failed: { rate: 0.01 },
      },
    };
    expect(parseJson(k6).values.map(show)).toEqual([
      'http_req_duration.avg=1.5',
      'http_req_duration.p(95)=2.25',
      'http_req_failed.rate=0.01',
    ]);
    expect(parseJson(k6).format).toBe('k6');
    const vllm = {
      date: '20260101',
      backend: 'vllm',
      model_id: 'm',
      num_prompts: 100,
      request_rate: 'inf',
      request_throughput: 3.5,
      mean_ttft_ms: 20,
      ttfts: [1, 2],
    };
    expect(parseJson(vllm).values.map(show)).toEqual(['mean_ttft_ms=20', 'request_throughput=3.5']);
    expect(parseJson(vllm)).toMatchObject({
      format: 'vllm-benchmark',
      context: { harness: { name: 'vllm-benchmark', num_prompts: '100', request_rate: 'inf' } },
    });
  });
});

describe('CSV', () => {
  test('standard errors, samples and slices', () => {
    const text =
      'name,value,stderr,n,language,region\nacc,0.90,0.01,100,,\nacc,0.8,,50,en,\nacc,NaN,,,en,eu\n"f1, macro",0.7,,,,\n';
    expect(parse(text).format).toBe('csv');
    expect(shown(text)).toEqual([
      'acc=0.90 ±0.01 n=100',
      'acc=NaN {"language":"en","region":"eu"}',
      'acc=0.8 n=50 {"language":"en"}',
      'f1, macro=0.7',
    ]);
  });
  test('quotes, line ends, a last line without one, spaces', () => {
    expect(shown('Metric , Value\r\n"a ""b""",1\r\n c , 2 \r\n\r\n')).toEqual(['a "b"=1', 'c=2']);
    expect(shown('value,name\n0.5,x')).toEqual(['x=0.5']);
    expect(shown('name,value\n"a\nb",1\n')).toEqual(['a\nb=1']);
  });
  test('an empty value is missing, not zero', () => {
    expect(shown('name,value\nacc,\n')).toEqual(['acc=']);
  });
  test('faults', () => {
    expect(codeOf('name,value\na,1,2\n')).toBe('formats/metrics-syntax');
    expect(codeOf('name,value\na\n')).toBe('formats/metrics-syntax');
    expect(codeOf('name,value\n"a,1\n')).toBe('formats/metrics-syntax');
    expect(codeOf('name,value\n"a"b,1\n')).toBe('formats/metrics-syntax');
    expect(codeOf('name,value\na,1\na,2\n')).toBe('formats/metrics-duplicate');
    expect(codeOf('name,value\n')).toBe('formats/metrics-none');
    expect(codeOf(`name,value${',x'.repeat(60)}\n`)).toBe('formats/metrics-limit');
    expect(
      codeOf(`name,value\n${Array.from({ length: metricLimits.values + 1 }, (_, at) => `k${at},1`).join('\n')}`),
    ).toBe('formats/metrics-limit');
  });
});

describe('hostile and broken documents', () => {
  test.each([
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,}',
    '{a:1}',
    '[1,]',
    '{"a":1}x',
    '{"a": 01}',
    '{"a": .5}',
    '{"a": 1.}',
    '{"a": +1}',
    '{"a": "\n"}',
    '{"a": "\\x"}',
    '{"a": nan}',
    '{"a": tru}',
    "{'a': 1}",
  ])('JSON %s', (text) => {
    expect(codeOf(text)).toBe('formats/metrics-syntax');
  });
  test('a fault is told with its place', () => {
    const fault = (text: string) => {
      try {
        parse(text);
      } catch (error) {
        if (error instanceof WeighbridgeError) return error.message;
      }
      return null;
    };
    expect(fault('{\n  "a": 1,\n  "b" 2}')).toBe('metrics:3:7: the metrics cannot be read: a colon was expected.');
    expect(fault('a: 1\nb: [1\n')).toMatch(/^metrics:\d+:\d+: /);
    expect(fault('a: &x 1\nb: *x\n')).toContain('alias');
  });
  test.each([
    '',
    ' ',
    '\n',
    'just a text',
    '42',
    '[]',
    '{}',
    '[1, 2]',
    '"x"',
    'null',
    '{"a": "text"}',
    '# only a comment\n',
    '{"a": [1]}',
  ])('no metric in %j', (text) => {
    expect(codeOf(text)).toBe('formats/metrics-none');
  });
  test('bytes that are not UTF-8', () =>
    expect(codeOf(new Uint8Array([0x7b, 0xff, 0xfe]))).toBe('formats/metrics-encoding'));
  test('half of a surrogate pair, which no digest could hold', () => {
    for (const text of ['{"\\ud800": 1}', '{"a": "\\udc00"}', '"\\ud800": 1\n', 'a: "\\ud800"\n']) {
      expect(codeOf(text)).toBe('formats/metrics-syntax');
    }
    expect(shown('{"\\ud83d\\ude00": 1}')).toEqual(['😀=1']);
  });
  test('names of YAML that are no texts', () => {
    expect(codeOf('? [a]\n: 1\n')).toBe('formats/metrics-syntax');
    expect(shown('1: 2\ntrue: 3\n')).toEqual(['1=2', 'true=3']);
  });
  test('size, depth and counts are bounded', () => {
    const nest = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    expect(shown(nest(metricLimits.depth))).toHaveLength(1);
    expect(codeOf(nest(metricLimits.depth + 1))).toBe('formats/metrics-limit');
    expect(codeOf('['.repeat(2_000_000))).toBe('formats/metrics-limit');
    expect(codeOf(`a: ${'['.repeat(metricLimits.depth + 1)}1${']'.repeat(metricLimits.depth + 1)}`)).toBe(
      'formats/metrics-limit',
    );
    expect(codeOf(new Uint8Array(metricLimits.sizeBytes + 1))).toBe('formats/metrics-limit');
    expect(codeOf(`a: ${'1'.repeat(metricLimits.yamlSizeBytes)}`)).toBe('formats/metrics-limit');
    expect(codeOf(`{"a": ${'1'.repeat(metricLimits.textLength + 1)}}`)).toBe('formats/metrics-limit');
    expect(codeOf(`{"${'k'.repeat(metricLimits.keyLength + 1)}": 1}`)).toBe('formats/metrics-limit');
    expect(codeOf(`[${'1,'.repeat(metricLimits.nodes)}1]`)).toBe('formats/metrics-limit');
    expect(
      codeOf(
        JSON.stringify(Object.fromEntries(Array.from({ length: metricLimits.values + 1 }, (_, at) => [`k${at}`, 1]))),
      ),
    ).toBe('formats/metrics-limit');
    expect(codeOf(`name,value\na,${'1'.repeat(metricLimits.textLength + 1)}`)).toBe('formats/metrics-limit');
  });
  test('faults by the thousand cost no more than one', () => {
    // Place and excerpt of each fault would be a scan of the text each: hours for these.
    expect(codeOf(`a: "${'\\x'.repeat(60_000)}`)).toBe('formats/metrics-syntax');
    expect(codeOf('!!a '.repeat(50_000))).toBe('formats/metrics-syntax');
    const start = Array.from({ length: 30_000 }, (_, at) => `k${at}: 1`).join('\n');
    expect(codeOf(start)).toBe('formats/metrics-limit');
  });
  test('deep YAML ends in a code, however it is nested', () => {
    for (const text of [
      '- '.repeat(20_000),
      `a: ${'{a: '.repeat(20_000)}`,
      `a: ${'['.repeat(20_000)}`,
      '? '.repeat(20_000),
    ]) {
      expect(() => parse(text)).toThrowError(WeighbridgeError);
    }
  });
});

describe('properties', () => {
  const seeded = { seed: 20260601, numRuns: 400 };
  const corpus = [
    '{"results": {"t": {"acc,none": 0.5, "acc_stderr,none": 0.1}}, "versions": {"t": 1}, "n-shot": {"t": 0}}',
    '{"cat": {"precision": 1, "recall": 1, "f1-score": 1, "support": 3}, "macro avg": {"precision": 1, "recall": 1, "f1-score": 1, "support": 3}}',
    '---\nmodel-index:\n- results:\n  - dataset: {type: a}\n    metrics: [{type: b, value: 1}]\n---\n',
    '[{"name": "a", "unit": "s", "value": 1}]',
    'name,value,stderr,n,slice\na,1,0.1,5,"x"\n',
    '{"validation_ok": true, "metric_validations_per_slice": [{"failures": [{"metric_key": {"name": "a"}}]}]}',
    '{"metrics": [{"metric_id": "a", "value": 1}], "tests": [{"status": "FAIL"}]}',
    '{"info": {}, "data": {"metrics": [{"key": "a", "value": 1}]}}',
    '{"_type": "https://in-toto.io/Statement/v1", "predicate": {"result": "PASSED", "metrics": {"a": 1}}}',
    'a: 1\nb:\n  c: .nan\n  d: [1, 2]\n',
    '1700000000000 0.5 0\n',
  ];
  const endsWell = (bytes: Uint8Array) => {
    try {
      const document = parseMetricDocument({ name: 'fuzz', bytes });
      return document.values.length > 0 && document.values.length <= metricLimits.values;
    } catch (error) {
      return error instanceof WeighbridgeError && error.code.startsWith('formats/metrics-');
    }
  };

  test('any bytes end in a document or a code', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), endsWell), seeded);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => endsWell(utf8(text))),
      seeded,
    );
  });

  test('documents with a piece cut, doubled or replaced end in a document or a code', () => {
    const edit = fc.record({
      base: fc.constantFrom(...corpus),
      at: fc.nat(300),
      length: fc.nat(30),
      piece: fc.constantFrom(
        '',
        '{',
        '}',
        '[',
        ']',
        '"',
        ',',
        ':',
        '\n',
        '1e999',
        'NaN',
        'null',
        '__proto__',
        '*a',
        '&a',
        '- ',
        '---\n',
        '\u0000',
        'true',
      ),
    });
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 1, maxLength: 1 }),
        fc.array(fc.nat(300), { maxLength: 3 }),
        ([one], more) => {
          if (one === undefined) return true;
          let text = one.base.slice(0, one.at) + one.piece + one.base.slice(one.at + one.length);
          for (const at of more) text = text.slice(0, at) + one.piece + text.slice(at);
          return endsWell(utf8(text));
        },
      ),
      { ...seeded, numRuns: 2_000 },
    );
  });

  test('JSON and YAML of the same values are the same document', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
    const key = fc
      .stringMatching(/^[a-z][a-z0-9 _-]{0,6}[a-z]$/)
      .filter(
        (name) =>
          !['no', 'yes', 'on', 'off', 'true', 'false', 'null', 'context', 'slices'].includes(name) &&
          !name.endsWith('_stderr') &&
          !/^(value|metrics)$/.test(name),
      );
    fc.assert(
      fc.property(fc.dictionary(key, number, { minKeys: 1, maxKeys: 8, noNullPrototype: true }), (values) => {
        const json = `{${Object.entries(values)
          .map(([name, value]) => `${JSON.stringify(name)}: ${value}`)
          .join(', ')}}`;
        const yaml = Object.entries(values)
          .map(([name, value]) => `${JSON.stringify(name)}: ${value}\n`)
          .join('');
        const csv = `name,value\n${Object.entries(values)
          .map(([name, value]) => `${name},${value}\n`)
          .join('')}`;
        expect(parse(yaml)).toEqual(parse(json));
        expect(parse(csv).values).toEqual(parse(json).values);
        expect(parse(json).values.map((value) => [value.key, value.value])).toEqual(
          Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)),
        );
      }),
      seeded,
    );
  });

  test('the order of members does not matter', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c.d', 'e'], { minLength: 4 }), (keys) => {
        const text = `{${keys.map((key) => `"${key}": 1`).join(',')}}`;
        expect(parse(text)).toEqual(parse('{"a": 1, "b": 1, "c.d": 1, "e": 1}'));
      }),
      seeded,
    );
  });
});
