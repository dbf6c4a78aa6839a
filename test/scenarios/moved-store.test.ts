import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GovernedRepository, makeGovernedRepository, weights } from './governed-repository.js';

let team: GovernedRepository;
let scratch: string;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-moved-'));
  team = await makeGovernedRepository();
});
afterEach(async () => {
  await team.dispose();
  await rm(scratch, { recursive: true, force: true });
});

it('a store that is named anew lacks what lies in the one before, says where that is, and has it once it is copied', async () => {
  await team.run('register');
  const moved = join(scratch, 'store');
  const policy = await team.read('weighbridge.yaml');
  await team.write('weighbridge.yaml', policy.replace(JSON.stringify(team.store), JSON.stringify(moved)));
  team.commit('Another store');
  const into = join(scratch, 'into');
  const pull = () => team.run('pull', { model: 'fraud@1.0.0', into });
  await expect(pull()).rejects.toMatchObject({
    code: 'flow/store-moved',
    fields: { registered: `folder:${team.store}`, address: `folder:${moved}` },
  });
  for (const [command, inputs] of [
    ['export', { model: 'fraud@1.0.0', oci: join(scratch, 'oci') }],
    ['pull', { model: 'fraud@1.0.0', tensors: '*', into }],
    ['promote', { model: 'fraud@1.0.0', to: 'staging' }],
  ] as const)
    expect(await team.failure(command, inputs), command).toBe('flow/store-moved');
  const { exitCode, json, text } = await team.run('store verify');
  expect({ exitCode, json }).toMatchObject({
    exitCode: 1,
    json: { verified: false, damaged: [], elsewhere: [{ store: `folder:${team.store}` }] },
  });
  expect(text).toContain(`1 file that was stored in folder:${team.store}`);
  await cp(team.store, moved, { recursive: true });
  await pull();
  expect(digestOf(await readFile(join(into, 'model.safetensors')))).toBe(digestOf(weights(1)));
  expect(await team.run('store verify')).toMatchObject({ exitCode: 0, json: { verified: true, elsewhere: [] } });
});
