import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFailure, makeSigningKey } from '@weighbridge/host';
import { afterEach, describe, expect, it } from 'vitest';
import { type GovernedRepository, localEnvironment, makeGovernedRepository, runIn } from './governed-repository.js';

const list = (...keys: readonly string[]) => `keys: ${JSON.stringify(keys)}`;

describe('a ledger whose signing key was lost', () => {
  let team: GovernedRepository;
  afterEach(() => team.dispose());

  const begin = async () => {
    team = await makeGovernedRepository();
    await team.run('register');
    return ((await team.run('audit key')).json as { keys: string[] }).keys[0] ?? '';
  };
  const trust = async (...keys: readonly string[]) => {
    await team.write('weighbridge.yaml', (await team.read('weighbridge.yaml')).replace(/keys: \[.*\]/, list(...keys)));
    team.commit('Other keys');
  };

  it('goes on with a PEM of Ed25519 beside the old key, under the name of the log', async () => {
    const old = await begin();
    const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    const environment = { ...localEnvironment(), WEIGHBRIDGE_SIGNING_KEY: pem };
    const { keys } = (await runIn(team.root, 'audit key', {}, environment)).json as { keys: string[] };
    const fresh = keys.find((key) => key !== old) ?? '';
    expect(fresh.split('+')[0]).toBe(old.split('+')[0]);

    await trust(old, fresh);
    expect((await runIn(team.root, 'promote', { model: 'fraud@1.0.0', to: 'staging' }, environment)).exitCode).toBe(0);
    expect((await team.run('audit verify')).json).toMatchObject({ findings: [], signed: true });
  });

  it('takes nothing from a key of another name, which nobody could read afterwards', async () => {
    const old = await begin();
    const folder = await mkdtemp(join(tmpdir(), 'weighbridge-key-'));
    const { signer, path } = await makeSigningKey(folder, 'another-name');
    await trust(old, signer.verifierKey);
    const environment = { ...localEnvironment(), WEIGHBRIDGE_SIGNING_KEY: await readFile(path, 'utf8') };
    const refused = await runIn(team.root, 'promote', { model: 'fraud@1.0.0', to: 'staging' }, environment).catch(
      (error: unknown) => describeFailure(error).code,
    );
    expect(refused).toBe('ledger/key-name');
    expect((await team.run('audit verify')).json).toMatchObject({ findings: [] });
    await rm(folder, { recursive: true });
  });
});
