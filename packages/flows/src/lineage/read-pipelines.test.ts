import { pipelineInputs } from '@weighbridge/lineage';
import { openMemoryWorkTree } from '@weighbridge/testkit';
import { expect, it } from 'vitest';
import { readDvcLock } from '../data/read-dvc-lock.js';
import { filesOfWorkTree } from '../reading/files.js';
import { readPipelines } from './read-pipelines.js';

const mib = 1024 * 1024;
const lockOf = (name: string, sizeBytes = 0) =>
  `# ${'x'.repeat(sizeBytes)}\nschema: '2.0'\nstages:\n  ${name}:\n    cmd: make ${name}\n`;
const filesOf = (files: Record<string, string>) => filesOfWorkTree(openMemoryWorkTree({ files }));

it('locks are read up to a bound for all together, and each that is beyond it is told by name', async () => {
  const files = filesOf({
    'a/dvc.lock': lockOf('first', 5 * mib),
    'b/dvc.lock': lockOf('second', 2 * mib),
    'c/dvc.lock': lockOf('third', 2 * mib),
    'd/dvc.lock': lockOf('fourth'),
  });
  const { pipelines, notices } = await readPipelines(files);
  expect(pipelines.map(({ path }) => path)).toEqual(['a/dvc.lock', 'b/dvc.lock']);
  expect(notices.map(({ file }) => file)).toEqual(['c/dvc.lock', 'd/dvc.lock']);
  expect(notices.every(({ level, text }) => level === 'warning' && text.includes('left out'))).toBe(true);
});

it('one that is too large by itself, or broken, is told and ends nothing', async () => {
  const files = filesOf({
    'a/dvc.lock': lockOf('first', 8 * mib),
    'b/dvc.lock': 'stages: [',
  });
  const { pipelines, notices } = await readPipelines(files);
  expect(pipelines).toEqual([]);
  expect(notices.map(({ file }) => file)).toEqual(['a/dvc.lock', 'b/dvc.lock']);
});

it('a lock is read once for pipelines and for models', async () => {
  const files = filesOf({ 'dvc.lock': lockOf('train'), 'dvc.yaml': 'stages:\n  train:\n    cmd: make it\n' });
  const reading = await readDvcLock(files, 'dvc.lock');
  const { pipelines } = await readPipelines(files);
  expect(pipelines).toMatchObject([{ path: 'dvc.lock', written: { train: ['make it'] } }]);
  expect(reading).toMatchObject({ kind: 'stages' });
  if (reading.kind === 'stages') expect(pipelines[0]?.stages).toBe(reading.stages);
});

it('the paths of a stage start in the folder that it runs in', async () => {
  const lock = `schema: '2.0'\nstages:\n  train:\n    cmd: x\n    deps:\n    - path: a.csv\n    outs:\n    - path: m.bin\n`;
  const files = filesOf({ 'p/dvc.lock': lock, 'p/dvc.yaml': 'stages:\n  train: { wdir: ../src, cmd: x }\n' });
  const { pipelines } = await readPipelines(files);
  const place = { pipelines, artifacts: ['src/m.bin'], dependencies: [], programs: false };
  expect(pipelineInputs(place).map(({ ref }) => ref)).toEqual(['/src/a.csv']);
  expect(pipelineInputs({ ...place, artifacts: ['p/m.bin'] })).toEqual([]);
});
