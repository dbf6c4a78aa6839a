import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededBytes, writeSafetensors } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, weights } from './governed-repository.js';

let repository: GovernedRepository;
let scratch: string;
beforeEach(async () => {
  repository = await makeGovernedRepository({ policy: 'tiers: { cold: { archived: 0s, compress: true } }\n' });
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-compressed-'));
});
afterEach(async () => {
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

/** Normally distributed with a deviation of 0.02, as the weights of a layer are (Box and Muller). */
function normal(seed: number, count: number): Float32Array {
  const random = new Uint32Array(seededBytes(seed, count * 8).buffer);
  const uniform = (index: number) => ((random[index] ?? 0) + 0.5) / 2 ** 32;
  return Float32Array.from({ length: count }, (_, index) => {
    const radius = Math.sqrt(-2 * Math.log(uniform(2 * index)));
    return 0.02 * radius * Math.cos(2 * Math.PI * uniform(2 * index + 1));
  });
}

/** The upper halves of floats, which is what bf16 is. */
function brainFloats(floats: Float32Array): Uint8Array {
  const halves = new Uint16Array(floats.buffer);
  return new Uint8Array(Uint16Array.from({ length: floats.length }, (_, index) => halves[2 * index + 1] ?? 0).buffer);
}

const count = 200_000;
/** `base` is the same in all of them. */
function model(seed: number): Uint8Array {
  const own = normal(seed, count);
  return writeSafetensors({
    tensors: [
      { name: 'base', dtype: 'BF16', shape: [count], bytes: brainFloats(normal(1, count)) },
      { name: 'head', dtype: 'F32', shape: [count], bytes: new Uint8Array(own.buffer) },
      { name: 'tail', dtype: 'BF16', shape: [count], bytes: brainFloats(normal(seed + 50, count)) },
    ],
  });
}

async function keysOf(part: string): Promise<readonly string[]> {
  const entries = await readdir(join(repository.store, part), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Makes what is stored old, so that its plain form may go. */
async function age(): Promise<void> {
  const old = new Date(Date.now() - 90 * 86_400_000);
  for (const part of ['sha256', 'compressed', 'recipes'])
    for (const path of await keysOf(part)) await utimes(path, old, old);
}

async function register(seed: number): Promise<void> {
  await repository.write(`${folder}/model.safetensors`, model(seed));
  repository.commit(`Train ${seed}`);
  await repository.run('register');
}

async function expectPulled(version: string, seed: number): Promise<void> {
  const into = await mkdtemp(join(scratch, 'pull-'));
  expect((await repository.run('pull', { model: `fraud@${version}`, into })).exitCode).toBe(0);
  const names = await readdir(into, { recursive: true });
  const path = names.find((name) => name.endsWith('model.safetensors')) ?? expect.fail('nothing was pulled');
  expect(Buffer.compare(await readFile(join(into, path)), model(seed))).toBe(0);
}

interface Arranged {
  readonly compressed: { readonly objects: number; readonly plain: number; readonly stored: number };
  readonly expanded: { readonly objects: number };
  readonly waiting: number;
}
const tier = async (inputs: Readonly<Record<string, string>> = {}) =>
  (await repository.run('store tier', inputs)).json as { readonly arranged: Arranged };

test('what is archived lies compressed in a folder, reads byte for byte, and lies plain again when it is promoted', async () => {
  await register(2);
  await register(3);
  await age();
  const before = await keysOf('sha256');
  expect(await tier()).toMatchObject({ arranged: { compressed: { objects: 0 }, waiting: 0 } });

  await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
  const foreseen = await repository.run('store tier', { 'dry-run': 'true' });
  const told = (foreseen.json as { arranged: Arranged }).arranged.compressed;
  expect(told.objects).toBeGreaterThanOrEqual(2);
  expect(told.plain).toBeGreaterThanOrEqual(6 * count);
  expect(foreseen.text).toContain(`Would compress ${told.objects} object`);
  expect(await keysOf('sha256')).toEqual(before);
  expect(await keysOf('compressed')).toEqual([]);

  const { compressed, waiting } = (await tier()).arranged;
  expect(waiting).toBe(0);
  expect(compressed.plain).toBeLessThanOrEqual(told.plain);
  expect(compressed.stored).toBeLessThan(0.85 * compressed.plain);
  expect(await keysOf('compressed')).toHaveLength(compressed.objects);
  expect(await keysOf('sha256')).toHaveLength(before.length - compressed.objects);
  expect(await tier()).toMatchObject({
    arranged: { compressed: { objects: 0 }, expanded: { objects: 0 }, waiting: 0 },
  });

  await expectPulled('1.0.0', 2);
  await expectPulled('1.0.1', 3);
  expect((await repository.run('store verify')).json).toMatchObject({ verified: true, cold: 0 });
  const stats = await repository.run('store stats');
  expect(stats.json).toMatchObject({ compressed: { objects: compressed.objects, stored: compressed.stored } });
  expect(stats.text).toContain(`Compressed: ${compressed.objects} object`);

  // The same bytes as a new version: they are hot again, whether sent anew or not.
  await repository.write(`${folder}/settings.yaml`, 'threshold: 0.7\n');
  await register(2);
  expect((await tier()).arranged.expanded.objects).toBe(compressed.objects);
  expect(await keysOf('compressed')).toEqual([]);
  expect((await keysOf('sha256')).length).toBeGreaterThanOrEqual(before.length);
  await expectPulled('1.0.0', 2);
  await expectPulled('1.0.2', 2);
  expect((await repository.run('store verify')).json).toMatchObject({ verified: true });
}, 120_000);

test('a stage makes a version plain that was warm', async () => {
  const policy = await repository.read('weighbridge.yaml');
  const warm = 'tiers: { warm: { after: 0s, compress: true } }\nrollback: { keep: 0 }\n';
  await repository.write('weighbridge.yaml', policy.replace(/^tiers: .*$/m, warm));
  repository.commit('Compress what no stage holds');
  await register(2);
  await register(3);
  await age();
  const { compressed } = (await tier()).arranged;
  expect(compressed.objects).toBeGreaterThanOrEqual(2);
  await expectPulled('1.0.0', 2);
  await repository.run('promote', { model: 'fraud@1.0.0', to: 'staging' });
  expect((await tier()).arranged.expanded.objects).toBeGreaterThanOrEqual(2);
  await expectPulled('1.0.0', 2);
  expect((await repository.run('store verify')).json).toMatchObject({ verified: true });
}, 120_000);

test('a store in which another ledger names bytes is left as it is', async () => {
  await register(2);
  await register(3);
  await age();
  await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
  const note = join(repository.store, 'registry.json');
  const { version, owners } = JSON.parse(await readFile(note, 'utf8')) as { version: number; owners: string[] };
  await writeFile(note, JSON.stringify({ version, owners: [...owners, 'example.org/other+0123456789abcdef'] }));
  expect(await repository.failure('store tier')).toBe('store/not-owned');
  expect(await keysOf('compressed')).toEqual([]);
}, 120_000);

test('a file of one compressed object that is damaged is told by every command, and kept', async () => {
  for (const value of [1, 2]) {
    await repository.write(`${folder}/model.safetensors`, weights(value, [16_000]));
    repository.commit(`Train ${value}`);
    await repository.run('register');
  }
  await repository.run('promote', { model: 'fraud@1.0.0', to: 'archived' });
  await age();
  expect((await tier()).arranged.compressed.objects).toBe(1);
  const [compressed = expect.fail('nothing is compressed')] = await keysOf('compressed');
  expect(await repository.run('store collect')).toMatchObject({ exitCode: 0, json: { phase: 'nothing', untold: [] } });
  await writeFile(compressed, 'no head of a compressed object');
  await age();
  const untold = [{ version: 'fraud@1.0.0', because: expect.stringContaining('compressed/') }];
  for (const inputs of [{ 'dry-run': 'true' }, {}]) {
    const collected = await repository.run('store collect', inputs);
    expect(collected).toMatchObject({ exitCode: 1, json: { phase: 'nothing', untold } });
    expect(collected.text).toContain('fraud@1.0.0: ');
  }
  expect((await repository.run('store stats')).json).toMatchObject({ untold: [{}] });
  expect((await repository.run('store verify')).exitCode).toBe(1);
  expect((await repository.run('store tier')).exitCode).toBe(1);
  expect(await keysOf('compressed')).toEqual([compressed]);
});

test('a restore from a folder says that nothing in it can be cold', async () => {
  await register(2);
  const { exitCode, text, notices, json } = await repository.run('store restore', {
    model: 'fraud@1.0.0',
    wait: 'true',
  });
  expect(exitCode).toBe(0);
  expect(json).toMatchObject({ cold: { objects: 0 }, waiting: 0 });
  expect(text).toContain('can be read');
  expect(notices.map((notice) => notice.text).join()).toMatch(/folder:.*nothing in it can be in cold storage/);
});
