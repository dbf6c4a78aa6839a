// needs: lm-eval
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findMetric, parseExampleFiles, parseMetricDocument } from '@weighbridge/formats';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { baselineFacts, baselineRule, evidenceFacts, judgeMetric } from '../../packages/gates/test/gate-case.js';

const program = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers', 'lm-eval', 'bin', 'lm_eval');
const questions = 50;

const task = (dataPath: string) => `task: weighbridge_local
dataset_path: json
dataset_kwargs: { data_files: { test: ${JSON.stringify(dataPath)} } }
test_split: test
output_type: multiple_choice
doc_to_text: "{{question}}"
doc_to_choice: ["yes", "no"]
doc_to_target: label
metric_list: [{ metric: acc, aggregation: mean, higher_is_better: true }]
metadata: { version: 2.0 }
`;

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weighbridge-lm-eval-'));
  mkdirSync(join(folder, 'tasks'));
  const lines = Array.from({ length: questions }, (_, at) => JSON.stringify({ question: `${at}?`, label: at % 2 }));
  writeFileSync(join(folder, 'data.jsonl'), lines.join('\n'));
  writeFileSync(join(folder, 'tasks', 'local.yaml'), task(join(folder, 'data.jsonl')));
  // Its dummy model answers by chance, so that two runs differ example by example.
  await Promise.all([evaluate('baseline'), evaluate('candidate')]);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function evaluate(name: string): Promise<void> {
  const words = ['--model', 'dummy', '--tasks', 'weighbridge_local', '--include_path', join(folder, 'tasks')];
  const offline = { HF_HOME: join(folder, 'hub'), HF_HUB_OFFLINE: '1', HF_DATASETS_OFFLINE: '1' };
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...words, '--output_path', join(folder, name), '--log_samples'], {
      cwd: folder,
      env: { ...process.env, ...offline },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let told = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(told.slice(-2_000)))));
  });
}

/** The results and samples of one run, found by what their names begin with. */
function read(name: string) {
  const files = readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' });
  const open = (start: string) => {
    const file = files.find((path) => (path.split('/').at(-1) ?? '').startsWith(start)) ?? start;
    return { name: file, bytes: readFileSync(join(folder, name, file)) };
  };
  const document = parseMetricDocument(open('results_'));
  return { document, examples: parseExampleFiles([open('samples_')]) };
}

const key = 'weighbridge_local.acc,none';

test('results and samples of lm-evaluation-harness are read, and the one averages to the other', () => {
  for (const name of ['baseline', 'candidate']) {
    const { document, examples } = read(name);
    const scores = examples[key]?.map(({ score }) => Number(score)) ?? [];
    expect(document.format).toBe('lm-eval');
    expect(scores).toHaveLength(questions);
    const mean = scores.reduce((sum, score) => sum + score, 0) / questions;
    expect(Number(findMetric(document, key)?.value)).toBeCloseTo(mean, 12);
    expect(document.context).toMatchObject({ samples: { weighbridge_local: { original: '50', effective: '50' } } });
  }
});

test('two runs of one task can be paired example by example', () => {
  const [candidate, baseline] = [read('candidate'), read('baseline')];
  const node = judgeMetric(
    {
      metric: `eval.${key}`,
      baseline: baselineRule({ maxRegression: { absolute: '0.9', relative: null } }),
      uncertainty: { use: 'paired', confidence: '0.95' },
    },
    {
      evidence: { eval: evidenceFacts(candidate.document, { examples: candidate.examples }) },
      baselines: { 'stage:production': baselineFacts(baseline.document, { examples: baseline.examples }) },
    },
    { evidence: { level: 'reported', maxAgeMs: null, same: ['dataset', 'harness', 'shots'], samples: 'complete' } },
  );
  expect(node.because).toContain('95% interval of the gain');
  expect(node.verdict).toBe('pass');
  expect(node.children?.[0]?.facts).toMatchObject({ method: 'paired score interval', pairs: questions });
});
