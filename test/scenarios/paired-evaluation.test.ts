import { afterAll, beforeAll, expect, it } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, manifest, weights } from './governed-repository.js';

const policy = `gates:
  production:
    metrics:
      - id: accuracy
        metric: eval.task.acc,none
        direction: higher
        baseline: { ref: stage:production, max_regression: { absolute: 0.02 }, if_absent: bounds-only }
        bounds: { min: 0.5 }
        uncertainty: { use: paired, confidence: 0.95 }
`;
const examples = 'out/samples_task_2026-06-01T10-00-00.123456.jsonl';

let repository: GovernedRepository;
beforeAll(async () => {
  repository = await makeGovernedRepository({ policy });
});
afterAll(() => repository.dispose());

/** Writes what lm-evaluation-harness writes: 1,000 examples, of which those of `wrong` are answered wrongly. */
async function evaluate(wrong: readonly number[]): Promise<void> {
  const score = (id: number) => (wrong.includes(id) ? '0.0' : '1.0');
  const lines = Array.from({ length: 1_000 }, (_, id) => {
    return `{"doc_id": ${id}, "doc_hash": "h${id}", "filter": "none", "metrics": ["acc"], "acc": ${score(id)}}`;
  });
  await repository.write(`${folder}/${examples}`, `${lines.join('\n')}\n`);
  const acc = (1_000 - wrong.length) / 1_000;
  const results = { results: { task: { 'acc,none': acc, 'acc_stderr,none': 0.01 } }, versions: { task: 1 } };
  await repository.write(`${folder}/eval.json`, JSON.stringify(results));
}

it('compares example by example with what the ledger keeps of the version in production', async () => {
  const { run, write, commit } = repository;
  const listed = 'metrics: [{ id: eval, path: eval.json, examples: [out/samples_*.jsonl] }]';
  await write(`${folder}/model.yaml`, manifest.replace('metrics: [{ id: eval, path: eval.json }]', listed));
  await evaluate([1, 2, 3]);
  commit('Evaluate by example');
  await run('register');
  const promote = async (version: string) => {
    await run('promote', { model: `fraud@${version}`, to: 'staging' });
    return run('promote', { model: `fraud@${version}`, to: 'production' });
  };
  expect((await promote('1.0.0')).outputs['outcome']).toBe('promoted');

  await write(`${folder}/model.safetensors`, weights(2));
  await evaluate([1, 2, 4, 5]);
  commit('Retrain');
  await run('register');
  expect((await promote('1.0.1')).outputs['outcome']).toBe('promoted');

  await write(`${folder}/model.safetensors`, weights(3));
  await evaluate(Array.from({ length: 60 }, (_, id) => id));
  commit('Retrain badly');
  await run('register');
  const held = await promote('1.0.2');
  expect(held.exitCode).toBe(1);
  expect(JSON.stringify(held.json)).toContain('"method":"paired score interval"');
  expect(held.text).toContain('wholly beyond the allowed 0.02');

  // A better evaluation of the registered version may be added, with its examples.
  await evaluate([1, 2, 4, 5, 6]);
  const file = `${folder}/eval.json`;
  const added = { model: 'fraud@1.0.2', file, examples: `${folder}/${examples}`, reason: 'the evaluation was broken' };
  expect((await run('evidence add', added)).exitCode).toBe(0);
  expect((await run('promote', { model: 'fraud@1.0.2', to: 'production' })).outputs['outcome']).toBe('promoted');
  expect((await run('audit verify')).exitCode).toBe(0);
});
