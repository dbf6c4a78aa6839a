import { parseReference } from '@weighbridge/manifest';
import { type ServedSource, serveSource, type SourceAnswer, type SourceRequest } from '@weighbridge/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { openTrackedRuns } from './open-tracked-runs.js';

const secret = 'planted-secret-of-tests';
let service: ServedSource;
afterEach(() => service.close());

async function read(
  text: string,
  answer: (request: SourceRequest) => SourceAnswer,
  environment: (url: string) => Readonly<Record<string, string>>,
) {
  service = await serveSource(answer);
  const reference = parseReference(text);
  if (reference.scheme !== 'mlflow' && reference.scheme !== 'wandb') throw new Error('no run');
  return openTrackedRuns({ environment: environment(service.url), sleep: async () => {} }).read(reference);
}

/** The answer of `runs/get` of MLflow 3.17.2, shortened. */
const mlflowRun = {
  run: {
    info: { run_id: 'r1', status: 'FINISHED', start_time: 1_795_659_518_462, end_time: 1_795_659_524_752 },
    data: {
      metrics: [{ key: 'acc', value: 0.93, timestamp: 1, step: 2 }],
      params: [{ key: 'lr', value: '0.1' }],
      tags: [
        { key: 'team', value: 'risk' },
        { key: 'mlflow.user', value: 'alice' },
        { key: 'mlflow.source.git.commit', value: 'a'.repeat(40) },
      ],
    },
    inputs: {
      dataset_inputs: [
        {
          tags: [{ key: 'mlflow.data.context', value: 'training' }],
          dataset: { name: 'train', digest: '300830b9', source: `{"uri": "https://bob:${secret}@acme.example/x"}` },
        },
      ],
    },
    outputs: { model_outputs: [{ model_id: 'm-1c683ff2', step: 0 }] },
  },
};

describe('MLflow', () => {
  const withToken = (url: string) => ({ MLFLOW_TRACKING_URI: `${url}/`, MLFLOW_TRACKING_TOKEN: secret });

  test('a run is told without its bookkeeping, its owner, and credentials in sources', async () => {
    const reading = await read(
      'mlflow:r1',
      ({ path }) => (path.endsWith('/runs/get') ? { status: 200, json: mlflowRun } : { status: 404, json: {} }),
      withToken,
    );
    expect(reading).toMatchObject({
      kind: 'run',
      run: {
        source: 'mlflow:r1',
        framework: null,
        duration: 'PT6S',
        commit: 'a'.repeat(40),
        params: { lr: '0.1' },
        metrics: { acc: 0.93 },
        tags: { team: 'risk' },
        datasets: [{ name: 'train', role: 'training', digest: '300830b9', source: null }],
      },
    });
    expect(JSON.stringify(reading)).not.toMatch(/alice|planted/);
    expect(service.requests[0]?.authorization).toBe(`Bearer ${secret}`);
  });

  test('what a logged model has of its own stands beside what the run has, which wins', async () => {
    const own = {
      params: [
        { key: 'lr', value: '7' },
        { key: 'depth', value: '4' },
      ],
      metrics: [{ key: 'recall', value: 0.8 }],
    };
    const model = { model: { info: { model_id: 'm-1c683ff2', artifact_uri: 's3://elsewhere/m' }, data: own } };
    const answers = new Map<string, unknown>([
      ['/api/2.0/mlflow/runs/get', mlflowRun],
      ['/api/2.0/mlflow/logged-models/m-1c683ff2', model],
    ]);
    const answer = ({ path }: SourceRequest) => {
      const json = answers.get(path);
      return json === undefined ? { status: 404, json: {} } : { status: 200, json };
    };
    expect(await read('mlflow:r1', answer, withToken)).toMatchObject({
      run: { params: { lr: '0.1', depth: '4' }, metrics: { acc: 0.93, recall: 0.8 } },
    });
  });

  test.each([
    [404, 'has no run r1'],
    [403, 'does not show the run r1'],
    [500, 'it answered 500'],
  ])('what is answered with %i is told, not thrown', async (status, word) => {
    const reading = await read('mlflow:r1', () => ({ status, text: secret }), withToken);
    expect(reading).toMatchObject({ kind: 'unknown', because: expect.stringContaining(word) });
    expect(JSON.stringify(reading)).not.toContain(secret);
  });

  test('without an address nobody is asked', async () => {
    const reading = await read(
      'mlflow:r1',
      () => ({ status: 200, json: mlflowRun }),
      () => ({}),
    );
    expect(reading).toMatchObject({ kind: 'unknown', because: expect.stringContaining('MLFLOW_TRACKING_URI') });
    expect(service.requests).toEqual([]);
  });
});

describe('Weights & Biases', () => {
  const environment = (url: string) => ({ WANDB_BASE_URL: url, WANDB_API_KEY: secret });
  const run = {
    name: '1x2y3z',
    state: 'finished',
    config: JSON.stringify({ lr: { value: 0.1 }, _wandb: { value: {} } }),
    summaryMetrics: JSON.stringify({ acc: 0.9, _runtime: 3723, _step: 4 }),
    createdAt: '2026-05-01T08:00:00Z',
    commit: 'b'.repeat(40),
    tags: ['nightly'],
  };

  test('a run is asked by the public API with the key, and told', async () => {
    const metadata = { program: 'train.py', python: '3.12.4', gpu: 'NVIDIA H100', gpu_count: 8, cpu_count: 64 };
    const answer = ({ path }: SourceRequest) => {
      if (path !== '/graphql') return { status: 200, json: metadata };
      const files = { edges: [{ node: { directUrl: `${service.url}/kept/wandb-metadata.json?sig=x` } }] };
      return { status: 200, json: { data: { project: { run: { ...run, files } } } } };
    };
    const reading = await read('wandb:acme/fraud/1x2y3z', answer, environment);
    expect(reading).toMatchObject({
      kind: 'run',
      run: {
        hardware: '8x NVIDIA H100',
        duration: 'PT1H2M3S',
        params: { lr: 0.1 },
        metrics: { acc: 0.9 },
        commit: 'b'.repeat(40),
        python: '3.12.4',
      },
    });
    const [asked, file] = service.requests;
    expect([file?.path, file?.query.get('sig'), file?.authorization]).toEqual(['/kept/wandb-metadata.json', 'x', null]);
    expect(asked?.authorization).toBe(`Basic ${Buffer.from(`api:${secret}`).toString('base64')}`);
    expect(JSON.parse(asked?.body ?? '')).toMatchObject({
      variables: { entity: 'acme', project: 'fraud', run: '1x2y3z' },
    });
  });

  test('a run whose file of the machine cannot be had is told without it', async () => {
    const files = { edges: [{ node: { directUrl: 'file:///etc/passwd' } }] };
    const answer = () => ({ status: 200, json: { data: { project: { run: { ...run, files } } } } });
    const reading = await read('wandb:acme/fraud/1x2y3z', answer, environment);
    expect(reading).toMatchObject({ kind: 'run', run: { hardware: null, metrics: { acc: 0.9 } } });
  });

  test.each([
    ['a run that is not there', { data: { project: { run: null } } }, 'shows no run'],
    ['a question that was not understood', { errors: [{ message: secret }] }, 'did not understand'],
  ])('%s is told, not thrown', async (_, json, word) => {
    const reading = await read('wandb:acme/fraud/1x2y3z', () => ({ status: 200, json }), environment);
    expect(reading).toMatchObject({ kind: 'unknown', because: expect.stringContaining(word) });
    expect(JSON.stringify(reading)).not.toContain(secret);
  });
});
