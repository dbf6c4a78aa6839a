// needs: oras, sentence-model, model-files, python
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, manifest } from '../scenarios/governed-repository.js';
import { askPython } from './ask-python.js';

const peers = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '.peers');
/** The model of sentence-model; those of Silero have names of their own. */
const whole = 'model.safetensors';
const wanted = /\.(?:safetensors|onnx|jit)$/;

let repository: GovernedRepository;
let scratch: string;
const digests = new Map<string, string>();
const at = (name: string) => join(scratch, name);
const digestOf = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

function oras(...words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(join(peers, 'bin', 'oras'), words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`oras: ${error?.message ?? stderr}`);
  return stdout;
}

/** Model files of a Python package that a peer installed. */
async function modelFiles(peer: string, packageName: RegExp): Promise<readonly string[]> {
  const entries = await readdir(join(peers, peer, 'lib'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && wanted.test(entry.name) && packageName.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name));
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-peer-'));
  repository = await makeGovernedRepository();
  await repository.write('.gitignore', 'out/\n');
  await repository.write(`${folder}/model.yaml`, manifest.replace('[model.safetensors]', '[out/]'));
  await mkdir(join(repository.root, folder, 'out'), { recursive: true });
  const found = [...(await modelFiles('sentence-model', /minilm/i)), ...(await modelFiles('model-files', /silero/i))];
  for (const path of found) {
    await copyFile(path, join(repository.root, folder, 'out', basename(path)));
    digests.set(basename(path), await digestOf(path));
  }
  await repository.run('store push');
  repository.commit('Real models');
  await repository.run('register');
}, 300_000);
afterAll(async () => {
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

describe('real models', () => {
  test('come back byte for byte', async () => {
    expect([...digests.keys()].filter((name) => name.startsWith('silero'))).toHaveLength(digests.size - 1);
    expect(digests.size).toBeGreaterThan(3);
    expect([...digests.keys()]).toContain(whole);
    await repository.run('pull', { model: 'fraud@1.0.0', into: at('into') });
    for (const [name, digest] of digests) expect(await digestOf(join(at('into'), name))).toBe(digest);
  });

  test('give tensors that the safetensors library reads, equal to those of the whole file', async () => {
    const asked = { model: 'fraud@1.0.0', into: at('into'), only: whole, tensors: '*layer.0.*' };
    await repository.run('pull', { model: 'fraud@1.0.0', into: at('into'), only: whole });
    const { json } = await repository.run('pull', asked);
    const [file] = (json as { files: { name: string; tensors: string[] }[] }).files;
    const told = askPython(
      `import json, sys
from safetensors import safe_open
whole, part = (safe_open(path, 'np') for path in sys.argv[1:])
print(json.dumps({name: bool((part.get_tensor(name) == whole.get_tensor(name)).all()) for name in part.keys()}))`,
      at(`into/${whole}`),
      at(`into/${file?.name}`),
    ) as Record<string, boolean>;
    expect(Object.keys(told).sort()).toEqual([...(file?.tensors ?? [])].sort());
    expect(Object.keys(told).length).toBeGreaterThan(10);
    expect(Object.values(told).every((equal) => equal)).toBe(true);
  });
});

test('ORAS takes the export: the manifest, and the files as they were', async () => {
  const { json } = await repository.run('export', { model: 'fraud@1.0.0', oci: at('oci') });
  const { tag, manifest: digest } = json as { tag: string; manifest: string };
  const image = JSON.parse(oras('manifest', 'fetch', '--oci-layout', `${at('oci')}:${tag}`)) as { layers: unknown[] };
  expect(image.layers).toHaveLength(digests.size);
  expect(oras('resolve', '--oci-layout', `${at('oci')}:${tag}`).trim()).toBe(digest);
  oras('cp', '--from-oci-layout', `${at('oci')}:${tag}`, '--to-oci-layout', `${at('copy')}:${tag}`);
  oras('pull', '--oci-layout', `${at('copy')}:${tag}`, '--output', at('pulled'));
  for (const [name, own] of digests) expect(await digestOf(join(at('pulled'), name))).toBe(own);
});
