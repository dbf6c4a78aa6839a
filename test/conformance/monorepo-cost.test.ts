import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { assessModels, filesOfWorkTree, findReach, readGovernance, selectTouched } from '@weighbridge/flows';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeGovernedRepository, openSurroundings, weights } from '../scenarios/governed-repository.js';

// Times depend on the machine. What is counted does not: processes that are started, and files that are read.
let traces: string;
let log: string;
const path = process.env['PATH'] ?? '';

beforeAll(async () => {
  traces = await mkdtemp(join(tmpdir(), 'weighbridge-traced-'));
  log = join(traces, 'log');
  const wrapper = `#!/bin/sh\nprintf '%s\\n' "$*" >> '${log}'\nPATH='${path}' exec git "$@"\n`;
  await mkdir(join(traces, 'bin'));
  await writeFile(join(traces, 'bin', 'git'), wrapper);
  await chmod(join(traces, 'bin', 'git'), 0o755);
});
afterAll(async () => {
  process.env['PATH'] = path;
  await rm(traces, { recursive: true, force: true });
});

const family = 5;
const manifestOf = (model: number): string => {
  const group = model - (model % family);
  const base = model === group ? '' : `base: { model: "registry:m-${group}@*" }\n`;
  return `name: m-${model}\nkind: model\n${base}artifacts: [model.safetensors]\nconfig: [settings.yaml]\nstore: reference\ndata: [{ name: train, role: train, ref: /data/set-${group}.csv }]\n`;
};

/** What it takes to check a change of one base of which four models are made, in a repository of so many. */
async function costOf(models: number) {
  const repository = await makeGovernedRepository();
  try {
    for (let model = 0; model < models; model++) {
      const folder = `models/m-${model}`;
      await mkdir(join(repository.root, folder), { recursive: true });
      await repository.write(`${folder}/model.yaml`, manifestOf(model));
      await repository.write(`${folder}/settings.yaml`, `threshold: ${model}\n`);
      await repository.write(`${folder}/model.safetensors`, weights(model));
      if (model % family === 0) await repository.write(`data/set-${model}.csv`, `${model}\n`);
    }
    repository.commit('All models');
    await repository.run('register', { models: 'm-0' });
    await repository.run('register', { models: 'm-1' });
    const since = repository.built.git('rev-parse', 'HEAD');
    await repository.write('models/m-0/model.safetensors', weights(7_000));
    repository.commit('Retrain');
    const read: string[] = [];
    process.env['PATH'] = `${join(traces, 'bin')}${delimiter}${path}`;
    await writeFile(log, '');
    const opened = await openSurroundings(repository.root);
    const { workTree } = opened;
    const surroundings = {
      ...opened,
      workTree: {
        ...workTree,
        read: (file: string, maxBytes: number) => (read.push(file), workTree.read(file, maxBytes)),
        open: (file: string) => (read.push(file), workTree.open(file)),
      },
    };
    const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
    const touched = await selectTouched(surroundings, governance, since);
    const weighed = await assessModels(surroundings, governance, touched?.models ?? [], { depth: 'bytes' });
    const paths = touched?.paths ?? [];
    const reach = await findReach(surroundings, { governance, weighed, paths, time: '2026-05-01T12:00:00Z' });
    process.env['PATH'] = path;
    const started = (await readFile(log, 'utf8')).trimEnd().split('\n');
    return {
      touched: weighed.map(({ model }) => model.manifest.name),
      reached: reach.rows.map(({ model }) => model),
      processes: started.length,
      listings: started.filter((line) => line.includes('ls-files') && !line.includes(':(literal)')).length,
      manifests: read.filter((file) => file.startsWith('models/m-') && file.endsWith('model.yaml')).length,
      others: read.filter((file) => !file.endsWith('model.yaml')).sort(),
    };
  } finally {
    process.env['PATH'] = path;
    await repository.dispose();
  }
}

it('a check of one base starts as many processes and reads as many files in 500 models as in 50', {
  timeout: 600_000,
}, async () => {
  const small = await costOf(50);
  const large = await costOf(500);
  expect(small.touched).toEqual(['m-0']);
  expect(small.reached).toEqual(['m-1', 'm-2', 'm-3', 'm-4']);
  expect([large.touched, large.reached]).toEqual([small.touched, small.reached]);
  expect(small.processes).toBeGreaterThan(5);
  expect(large.processes / small.processes).toBeLessThanOrEqual(1.5);
  // Whoever looks for files by their names shares one list of them.
  expect([small.listings, large.listings]).toEqual([1, 1]);
  // Which models name what was changed, only manifests tell: each is read once, and nothing else of a model that is not touched.
  expect([small.manifests, large.manifests]).toEqual([50, 500]);
  expect(large.others).toEqual(small.others);
});
