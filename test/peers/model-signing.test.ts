// needs: model-signing
import { generateKeyPairSync } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository, weights } from '../scenarios/governed-repository.js';
import { askPeer } from './ask-python.js';

const curves = ['P-256', 'P-384', 'P-521'] as const;
const keys = curves.map((namedCurve) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  return {
    name: namedCurve,
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
});
const names = ['config.json', 'model.safetensors', 'labels/more.txt', 'labels.txt'] as const;

let repository: GovernedRepository;
let scratch: string;
let pulled: string;
const at = (name: string) => join(scratch, name);
const ask = (asked: readonly Record<string, string>[]) =>
  askPeer('model-signing', 'model_signing_peer.py', { input: asked }) as string[];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-peer-'));
  const listed = keys.map(
    ({ name, publicPem }) => `    ${name}: |\n      ${publicPem.trimEnd().replaceAll('\n', '\n      ')}\n`,
  );
  repository = await makeGovernedRepository({
    policy: `signing:\n  when: later\n  keys:\n${listed.join('')}gates: { staging: { signature: required } }\n`,
  });
  for (const { name, publicPem, privatePem } of keys) {
    await writeFile(at(`${name}.pub`), publicPem);
    await writeFile(at(`${name}.key`), privatePem);
  }
  const manifest = await repository.read(`${folder}/model.yaml`);
  await repository.write(`${folder}/model.yaml`, manifest.replace('[model.safetensors]', '[out/]'));
  for (const name of names) {
    await repository.write(`${folder}/out/${name}`, name.endsWith('.safetensors') ? weights(3) : '{}\n');
  }
  repository.commit('A model of several files');
  await repository.run('register');
  // What somebody has who fetched the version: the artifacts and nothing else.
  pulled = at('pulled');
  await cp(join(repository.root, folder, 'out'), pulled, { recursive: true });
}, 120_000);
afterAll(async () => {
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

describe('the reference implementation of OpenSSF Model Signing', () => {
  test.each(curves)('verifies what we sign with a key on %s, and refuses what is not so', async (name) => {
    await repository.run('sign', {
      model: 'fraud@1.0.0',
      'model-key-file': at(`${name}.key`),
      output: at(`${name}.sig`),
    });
    const [changed, more] = [at(`changed-${name}`), at(`more-${name}`)];
    for (const copy of [changed, more]) await cp(pulled, copy, { recursive: true });
    await writeFile(join(changed, 'labels.txt'), '[]\n');
    await writeFile(join(more, 'more.bin'), 'x');
    const verifying = (files: string, key: string = name) => {
      return { do: 'verify', folder: files, signature: at(`${name}.sig`), key: at(`${key}.pub`) };
    };
    const other = curves.find((curve) => curve !== name) ?? name;
    expect(ask([verifying(pulled), verifying(pulled, other), verifying(changed), verifying(more)])).toEqual([
      'good',
      expect.stringContaining('Key mismatch'),
      expect.stringContaining('Hash mismatch'),
      expect.stringContaining('Extra files'),
    ]);
  });

  test.each(curves)('signs with a key on %s what we verify, and what differs is refused', async (name) => {
    const signature = `their-${name}.sig`;
    expect(ask([{ do: 'sign', folder: pulled, signature: at(signature), key: at(`${name}.key`) }])).toEqual(['signed']);
    await repository.write(signature, await readFile(at(signature), 'utf8'));
    const signed = await repository.run('sign', { model: 'fraud@1.0.0', bundle: signature });
    expect(signed.outputs['signer']).toBe(name);
    const verified = await repository.run('verify', { model: 'fraud@1.0.0', folder: pulled });
    expect(verified).toMatchObject({ exitCode: 0, outputs: { signer: name } });
    const partial = at(`partial-${name}`);
    await mkdir(partial);
    await cp(join(pulled, 'config.json'), join(partial, 'config.json'));
    ask([{ do: 'sign', folder: partial, signature: at(signature), key: at(`${name}.key`) }]);
    await repository.write(signature, await readFile(at(signature), 'utf8'));
    expect(await repository.failure('sign', { model: 'fraud@1.0.0', bundle: signature })).toBe('signing/not-good');
  });
});
