import { deflateRawSync, deflateSync, gzipSync, inflateRawSync } from 'node:zlib';
import { registerModels, sweepPulls } from '@weighbridge/flows';
import { withinBudget } from '@weighbridge/formats';
import type { TrackedRuns } from '@weighbridge/ports';
import { seededBytes, writeTorch, writeZip, type ZipSpec } from '@weighbridge/testkit';
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
    [`${folder}/model.yaml`]: manifest.replace('[model.safetensors]', '[model.safetensors, tables.zip]'),
    [`${folder}/tables.zip`]: tables(seed, sizeBytes),
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
    return judgement?.notices.some(({ text }) => text.includes('tables.zip is compared as a whole'));
  });
  expect(unopened).toEqual([false, true, false]);
});

it('a pickle that there was no budget left to look into does not pass for a file that nobody knows', async () => {
  team = await makeReviewedRepository('gates: { development: { formats: { deny: [unsafe-pickle] } } }\n');
  const artifacts = (names: string) => manifest.replace('[model.safetensors]', `[${names}]`);
  await team.push('hidden', {
    [`${folder}/model.yaml`]: artifacts('model.safetensors, a.npz, b.pt'),
    [`${folder}/a.npz`]: npz(1, 10_000),
    [`${folder}/b.pt`]: packedCheckpoint(),
  });
  await team.push('honest', { [`${folder}/model.safetensors`]: weights(2) });
  const [hidden, honest] = [team.open('hidden'), team.open('honest')];
  const surroundings = await team.job();
  if (surroundings.forge === null) throw new Error('no forge');
  const judge = async (limitBytes: number) => {
    const openInflate = () => withinBudget(inflateAtOnce, limitBytes);
    const bounded = { ...surroundings, inflate: openInflate(), openInflate };
    if (surroundings.forge === null) throw new Error('no forge');
    const { reconciled, failed } = await sweepPulls(bounded, surroundings.forge, { limit: 10, telling: null });
    expect(failed).toEqual([]);
    return (number: number) => reconciled.find((each) => each.number === number)?.judgement;
  };
  const formatsOf = (judgement: ReturnType<Awaited<ReturnType<typeof judge>>>) =>
    judgement?.models[0]?.decisions[0]?.requirements.find(({ id }) => id === 'formats');
  const spent = await judge(10);
  expect(spent(hidden)?.models[0]?.fault).toBeNull();
  expect(formatsOf(spent(hidden))).toMatchObject({ verdict: 'fail' });
  expect(formatsOf(spent(hidden))?.because).toContain('b.pt is pytorch-zip, which the policy denies');
  expect(formatsOf(spent(hidden))?.because).toContain('a.npz');
  expect(
    spent(hidden)
      ?.notices.map(({ text }) => text)
      .join('\n'),
  ).toContain('b.pt was not looked into');
  expect(formatsOf(spent(honest))?.verdict).toBe('pass');
  const looked = await judge(1_000_000);
  expect(formatsOf(looked(hidden))?.verdict).toBe('pass');
});

it('what nobody looked into is neither registered nor locked', async () => {
  team = await makeReviewedRepository('');
  const { repository } = team;
  await repository.write(`${folder}/model.yaml`, manifest.replace('[model.safetensors]', '[b.pt]'));
  await repository.write(`${folder}/b.pt`, packedCheckpoint());
  repository.commit('Bring a checkpoint');
  const job = await team.job();
  const request = { models: [], tag: null, reason: null, dryRun: true };
  const register = (limitBytes: number) =>
    registerModels({ ...job, inflate: withinBudget(inflateAtOnce, limitBytes) }, request);
  await expect(register(10)).rejects.toMatchObject({ code: 'formats/inflation-budget' });
  expect((await register(1_000_000)).registrations.map(({ outcome }) => outcome)).toEqual(['registered']);
});

it('a compressed pickle is one to the gate, and registered as what it is where it may be', async () => {
  team = await makeReviewedRepository('gates: { development: { formats: { deny: [pickle] } } }\n');
  const bringing = { [`${folder}/model.yaml`]: manifest.replace('[model.safetensors]', '[model.joblib, notes.gz]') };
  const files = {
    [`${folder}/model.joblib`]: new Uint8Array(deflateSync(seededPickle())),
    [`${folder}/notes.gz`]: new Uint8Array(gzipSync('What the model is for.\n'.repeat(100))),
  };
  await team.push('sealed', { ...bringing, ...files });
  const number = team.open('sealed');
  const surroundings = await team.job();
  if (surroundings.forge === null) throw new Error('no forge');
  const { reconciled } = await sweepPulls(surroundings, surroundings.forge, { limit: 10, telling: null });
  const judgement = reconciled.find((each) => each.number === number)?.judgement;
  const formats = judgement?.models[0]?.decisions[0]?.requirements.find(({ id }) => id === 'formats');
  expect(formats?.verdict).toBe('fail');
  expect(formats?.children?.map(({ id }) => id)).toEqual(['formats/model.joblib']);
  expect(formats?.because).toContain('it was not looked into, and loading it may import anything');
  expect(judgement?.notices.map(({ text }) => text).join('\n')).toContain('model.joblib is compressed with zlib');

  await team.dispose();
  team = await makeReviewedRepository('');
  const { repository } = team;
  for (const [path, content] of Object.entries({ ...bringing, ...files })) await repository.write(path, content);
  repository.commit('Bring a compressed pickle');
  const request = { models: [], tag: null, reason: null, dryRun: true };
  const { registrations } = await registerModels(await team.job(), request);
  expect(registrations.map(({ outcome }) => outcome)).toEqual(['registered']);
  expect(registrations[0]?.weighed.snapshot.artifacts).toMatchObject([
    { path: 'model.joblib', header: { format: 'joblib', attributes: { compression: 'zlib' } } },
    { path: 'notes.gz', header: null },
  ]);
});

/** A list of numbers, long enough to be compressed by more than its header. */
function seededPickle(): Uint8Array {
  return Uint8Array.from([
    0x80,
    4,
    0x5d,
    0x28,
    ...[...seededBytes(3, 2000)].flatMap((byte) => [0x4b, byte]),
    0x65,
    0x2e,
  ]);
}

function packedCheckpoint(): Uint8Array {
  const pack = (entry: ZipSpec): ZipSpec => ({
    ...entry,
    content: new Uint8Array(deflateRawSync(entry.content)),
    method: 8,
    directory: { sizeBytes: entry.content.length },
  });
  return writeTorch([seededBytes(1, 48)], { pack });
}

const npz = (seed: number, sizeBytes: number) => packed('m.npy', seed, sizeBytes);
const tables = (seed: number, sizeBytes: number) => packed('m.csv', seed, sizeBytes);

function packed(name: string, seed: number, sizeBytes: number): Uint8Array {
  const content = new Uint8Array(deflateRawSync(seededBytes(seed, sizeBytes)));
  return writeZip([{ name, content, method: 8, directory: { sizeBytes } }]);
}

async function* inflateAtOnce(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of compressed) pieces.push(piece.slice());
  yield new Uint8Array(inflateRawSync(Buffer.concat(pieces)));
}
