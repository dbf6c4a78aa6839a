import { sweepPulls } from '@weighbridge/flows';
import type { TrackedRuns } from '@weighbridge/ports';
import { afterEach, expect, it } from 'vitest';
import { folder, manifest, weights } from './governed-repository.js';
import { makeReviewedRepository, type ReviewedRepository } from './reviewed-repository.js';

let team: ReviewedRepository;
afterEach(() => team.dispose());

it('in a sweep only the pull requests of the repository itself have their runs read', async () => {
  team = await makeReviewedRepository('');
  const naming = (run: string) => ({
    [`${folder}/model.yaml`]: manifest.replace('duration: PT1H', `run: 'mlflow:${run}'`),
    [`${folder}/model.safetensors`]: weights(2),
  });
  await team.push('foreign', naming('stolen'));
  await team.push('own', naming('ours'));
  const head = (branch: string) => team.repository.built.gitRemote('rev-parse', branch);
  const from = { ref: 'foreign', commit: head('foreign'), repository: 'mallory/models', fork: true };
  const [foreign, own] = [team.open('foreign', { head: from }), team.open('own')];
  const asked: string[] = [];
  const runs: TrackedRuns = {
    read: async (reference) => {
      asked.push(JSON.stringify(reference));
      return { kind: 'unknown', because: 'the server is away', remedy: 'Wait for it.' };
    },
  };
  const surroundings = await team.job();
  if (surroundings.forge === null) throw new Error('no forge');
  const { reconciled, failed } = await sweepPulls({ ...surroundings, runs }, surroundings.forge, {
    limit: 10,
    telling: null,
  });
  expect(failed).toEqual([]);
  expect(new Set(reconciled.map(({ number }) => number))).toEqual(new Set([foreign, own]));
  expect(asked.filter((text) => text.includes('stolen'))).toEqual([]);
  expect(asked.filter((text) => text.includes('ours'))).not.toEqual([]);
  const told = (number: number) =>
    reconciled
      .find((each) => each.number === number)
      ?.judgement?.notices.map(({ text }) => text)
      .join('\n');
  expect(told(foreign)).toContain('comes from a fork');
  expect(told(own)).toContain('the server is away');
});
