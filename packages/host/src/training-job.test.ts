import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readGpus, readTrainingJob } from './training-job.js';

const job = {
  GITHUB_ACTIONS: 'true',
  WEIGHBRIDGE_TRAINING_JOB: 'true',
  GITHUB_REPOSITORY: 'acme/models',
  GITHUB_RUN_ID: '77',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_JOB: 'train',
  GITHUB_WORKFLOW_REF: 'acme/models/.github/workflows/train.yml@refs/heads/main',
  GITHUB_SHA: 'a'.repeat(40),
  GITHUB_TOKEN: 'planted',
  RUNNER_NAME: 'gpu-3',
  RUNNER_OS: 'Linux',
  RUNNER_ARCH: 'X64',
  RUNNER_ENVIRONMENT: 'self-hosted',
};
const processors = ['EPYC', 'EPYC'];
const machine = { processors, memoryBytes: 17_000_000_000, gpus: ['NVIDIA H100', 'NVIDIA H100'] };

describe('the job that trained', () => {
  test('is told with its run, its runner and its machine', async () => {
    const facts = await readTrainingJob(job, async () => machine);
    expect(facts).toMatchObject({
      source: 'github:acme/models/77',
      hardware: '2x NVIDIA H100',
      commit: 'a'.repeat(40),
    });
    expect(facts?.tags).toEqual({
      'github.repository': 'acme/models',
      'github.workflow': job.GITHUB_WORKFLOW_REF,
      'github.run': '77',
      'github.attempt': '2',
      'github.job': 'train',
      'runner.name': 'gpu-3',
      'runner.os': 'Linux',
      'runner.arch': 'X64',
      'runner.environment': 'self-hosted',
      'machine.cpu': '2x EPYC',
      'machine.memory_gib': 16,
      'machine.gpu': '2x NVIDIA H100',
    });
  });

  test('without GPUs has its processors and memory as hardware', async () => {
    const facts = await readTrainingJob(job, async () => ({ ...machine, gpus: [] }));
    expect(facts?.hardware).toBe('2x EPYC, 16 GiB');
    expect(facts?.tags).not.toHaveProperty(['machine.gpu']);
  });

  test.each([
    ['a job that does not say so', { ...job, WEIGHBRIDGE_TRAINING_JOB: '' }],
    ['a machine of nobody', { WEIGHBRIDGE_TRAINING_JOB: 'true' }],
  ])('is not %s', async (_name, environment) => {
    expect(await readTrainingJob(environment, () => Promise.reject(new Error('looked at')))).toBeNull();
  });

  test('is told of this machine, too', async () => {
    expect((await readTrainingJob(job))?.tags['machine.memory_gib']).toBeGreaterThanOrEqual(0);
  });
});

describe('the GPUs', () => {
  const program = (lines: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'smi-')), 'nvidia-smi');
    writeFileSync(path, `#!/bin/sh\n${lines}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  test('are those that nvidia-smi lists', async () => {
    expect(await readGpus(program("printf 'NVIDIA H100\\nTesla T4\\n'"))).toEqual(['NVIDIA H100', 'Tesla T4']);
  });

  test.each([
    ['no such program', '/nowhere/nvidia-smi'],
    ['one that fails', program('echo "NVIDIA-SMI has failed"; exit 9')],
  ])('are none with %s', async (_name, path) => expect(await readGpus(path)).toEqual([]));
});
