import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { sweepPulls } from '@weighbridge/flows';
import { withinBudget } from '@weighbridge/formats';
import type { TrackedRuns } from '@weighbridge/ports';
import { seededBytes, writeZip } from '@weighbridge/testkit';
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

it('a pull request whose archives grow beyond what may be inflated takes nothing from the others of a sweep', async () => {
  team = await makeReviewedRepository('');
  const bringing = (seed: number, sizeBytes: number) => ({
    [`${folder}/model.yaml`]: manifest.replace('[model.safetensors]', '[model.safetensors, means.npz]'),
    [`${folder}/means.npz`]: npz(seed, sizeBytes),
  });
  const sizes = { early: 10_000, large: 300_000, late: 10_000 };
  for (const [place, [branch, sizeBytes]] of Object.entries(sizes).entries())
    await team.push(branch, bringing(place, sizeBytes));
  const numbers = Object.keys(sizes).map((branch) => team.open(branch));
  const surroundings = await team.job();
  if (surroundings.forge === null) throw new Error('no forge');
  const openInflate = () => withinBudget(inflateAtOnce, 200_000);
  const bounded = { ...surroundings, inflate: openInflate(), openInflate };
  const { reconciled, failed } = await sweepPulls(bounded, surroundings.forge, { limit: 10, telling: null });
  expect(failed).toEqual([]);
  const unopened = numbers.map((number) => {
    const judgement = reconciled.find((each) => each.number === number)?.judgement;
    expect(judgement?.models).toHaveLength(1);
    return judgement?.notices.some(({ text }) => text.includes('means.npz is compared as a whole'));
  });
  expect(unopened).toEqual([false, true, false]);
});

function npz(seed: number, sizeBytes: number): Uint8Array {
  const content = new Uint8Array(deflateRawSync(seededBytes(seed, sizeBytes)));
  return writeZip([{ name: 'm.npy', content, method: 8, directory: { sizeBytes } }]);
}

async function* inflateAtOnce(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of compressed) pieces.push(piece.slice());
  yield new Uint8Array(inflateRawSync(Buffer.concat(pieces)));
}
