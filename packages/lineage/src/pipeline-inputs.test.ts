import { processorMs } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { LineageDraft } from './graph/graph.js';
import { drawPipelines } from './graph/draw-pipelines.js';
import type { Pipeline, RecordedVersion } from './graph/recorded-version.js';
import { pipelineInputs } from './pipeline-inputs.js';

const file = (path: string, hash: string | null = `md5:${path.length}`) => ({
  path,
  written: path,
  hash,
  sizeBytes: null,
  kept: null,
});
const stage = (name: string, deps: readonly string[], outs: readonly string[]) => ({
  name,
  commands: [name],
  deps: deps.map((path) => file(path)),
  outs: outs.map((path) => file(path)),
  params: {},
});
const refsOf = (pipelines: readonly Pipeline[], artifacts: readonly string[]) =>
  pipelineInputs({ pipelines, artifacts, dependencies: [], programs: false }).map(({ ref }) => ref);

describe('what a model rests on through its pipelines', () => {
  test('is what makes its files, folders that they lie in and what lies in them, and so on', () => {
    const stages = [
      stage('part', ['raw/c.csv'], ['clean/part/c.csv']),
      stage('prepare', ['raw/a.csv', 'prepare.py', 's3://acme/raw.tar'], ['clean']),
      stage('train', ['clean/part', 'clean'], ['../models/fraud/out']),
      stage('other', ['raw/b.csv'], ['clean-too', 'else']),
    ];
    const pipelines = [{ path: 'pipeline/dvc.lock', stages }];
    const all = [
      '/pipeline/clean/part',
      '/pipeline/clean',
      '/pipeline/raw/c.csv',
      '/pipeline/raw/a.csv',
      's3://acme/raw.tar',
    ];
    expect(refsOf(pipelines, ['models/fraud/out/model.safetensors'])).toEqual(all);
    expect(refsOf(pipelines, ['models/fraud'])).toEqual(all);
    expect(refsOf(pipelines, ['models/fraud/out2'])).toEqual([]);
  });

  test('is found, and drawn, in a time that grows with the pipelines and not with their square', () => {
    const [few, many] = [500, 16_000];
    for (const [name, pipelinesOf] of Object.entries(shapes)) {
      for (const [what, run] of Object.entries({ find, draw })) {
        run(pipelinesOf(few), few);
        const [less, more] = [timeOf(pipelinesOf, few, run), timeOf(pipelinesOf, many, run)];
        // 32 times as much; the square would be 1,024 times.
        expect(more / Math.max(less, 1), `${what}: ${name}`).toBeLessThan(200);
      }
    }
  }, 120_000);
});

/** Ways in which each of so many stages could be compared with each file. */
const shapes: Readonly<Record<string, (count: number) => readonly Pipeline[]>> = {
  'a chain': (count) => chained(count, (place) => [`step/${place}`]),
  'all in one folder that each makes, too': (count) => chained(count, (place) => [`step/${place}`, 'step']),
  'one stage reads what all make': (count) => [
    {
      path: 'dvc.lock',
      stages: [
        stage(
          'train',
          places(count).map((place) => `step/${place}`),
          ['model'],
        ),
        ...places(count).map((place) => stage(`${place}`, [`raw/${place}`], [`step/${place}`])),
      ],
    },
  ],
};

const places = (count: number) => Array.from({ length: count }, (_, place) => place);

function chained(count: number, outs: (place: number) => readonly string[]): readonly Pipeline[] {
  const stages = places(count).map((place) => stage(`${place}`, [`step/${place + 1}`], outs(place)));
  return [{ path: 'dvc.lock', stages: [stage('train', ['step/0'], ['model']), ...stages] }];
}

function find(pipelines: readonly Pipeline[], count: number): void {
  expect(refsOf(pipelines, ['model']).length).toBeGreaterThanOrEqual(count);
}

function draw(pipelines: readonly Pipeline[]): void {
  const draft = new LineageDraft();
  const recorded = { pipelines, artifacts: ['model'], dependencies: [], commit: null } as unknown as RecordedVersion;
  expect(drawPipelines(draft, recorded).training?.name).toBe('train');
  draft.finish();
}

function timeOf(
  pipelinesOf: (count: number) => readonly Pipeline[],
  count: number,
  run: (pipelines: readonly Pipeline[], count: number) => void,
): number {
  return processorMs(
    () => pipelinesOf(count),
    (pipelines) => run(pipelines, count),
  );
}
