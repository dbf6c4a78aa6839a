import { cp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { expectCode, identityBearer, makeSigstore, serveSigstore } from '@weighbridge/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  runIn,
  weights,
} from './governed-repository.js';

function makeKey(namedCurve = 'P-256'): { readonly publicPem: string; readonly privatePem: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  return {
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}

const release = makeKey();
const other = makeKey('P-384');
const sigstore = makeSigstore();
const rootDigest = createHash('sha256').update(sigstore.trustedRoot).digest('hex');
const workflow = 'acme/models/.github/workflows/eval.yml';
const indented = (pem: string) => pem.trimEnd().replaceAll('\n', '\n      ');
const policy = (lines = '') => `signing:
  keys:
    release: |
      ${indented(release.publicPem)}
${lines}gates:
  staging: { signature: required }
`;

let repository: GovernedRepository;
afterEach(() => repository.dispose());
const key = { 'model-key': release.privatePem };
const register = (inputs: Record<string, string> = key) => repository.run('register', inputs);
const verify = (inputs: Record<string, string> = {}) => repository.run('verify', { model: 'fraud@1.0.0', ...inputs });
const promote = async (version = '1.0.0') => {
  const outcome = await repository.run('promote', { model: `fraud@${version}`, to: 'staging' });
  return { outcome: outcome.outputs['outcome'], text: outcome.text };
};
const amend = async (change: (text: string) => string) => {
  await repository.write('weighbridge.yaml', change(await repository.read('weighbridge.yaml')));
  repository.commit('Change who may sign');
};

describe('a version that is signed when it is registered', () => {
  it('is promoted, verified against files, and stands in the ledger', async () => {
    repository = await makeGovernedRepository({ policy: policy() });
    await register();
    expect(await verify()).toMatchObject({ exitCode: 0, outputs: { verified: 'true', signer: 'release' } });
    expect(await promote()).toMatchObject({ outcome: 'promoted' });
    expect((await repository.run('audit verify')).exitCode).toBe(0);
    expect((await repository.run('audit log')).text).toMatch(/signed.*by the key [0-9a-f]{12}/);
    const gate = (await repository.run('gate', { models: 'fraud', to: 'staging' })).json as {
      decisions: { requirements: { id: string; because: string }[] }[];
    };
    expect(gate.decisions[0]?.requirements.find(({ id }) => id === 'signature')?.because).toBe(
      'All artifacts are signed by the key release.',
    );
  });

  it('is not registered where nothing can sign, or what signs is not allowed', async () => {
    repository = await makeGovernedRepository({ policy: policy() });
    expect(await repository.failure('register')).toBe('signing/no-signer');
    expect(await repository.failure('register', { 'model-key': other.privatePem })).toBe('signing/not-good');
    const ledgerKey = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(await repository.failure('register', { 'model-key': ledgerKey })).toBe('signing/key');
    expect(await repository.failure('register', { 'model-key': 'nonsense' })).toBe('signing/key');
    expect((await repository.run('show')).text).not.toContain('1.0.0');
    expect((await repository.run('register', { 'dry-run': 'true' })).outputs['outcome']).toBe('registered');
  });

  it('differs from a folder by the name of each file', async () => {
    repository = await makeGovernedRepository({ policy: policy() });
    await register();
    const files = join(repository.store, 'pulled');
    await mkdir(files);
    const place = join(files, 'model.safetensors');
    const told = async () => {
      const { exitCode, json } = await verify({ folder: files });
      return { exitCode, differences: (json as { differences: readonly string[] }).differences };
    };
    expect(await told()).toEqual({ exitCode: 1, differences: ['model.safetensors is signed and is not there'] });
    await cp(join(repository.root, folder, 'model.safetensors'), place);
    expect(await told()).toEqual({ exitCode: 0, differences: [] });
    await writeFile(join(files, '.gitattributes'), '');
    expect(await told()).toMatchObject({ exitCode: 0 });
    await mkdir(join(files, 'deep'));
    await writeFile(join(files, 'deep', '.gitattributes'), '');
    expect(await told()).toEqual({ exitCode: 1, differences: ['deep/.gitattributes is not signed'] });
    await rm(join(files, 'deep'), { recursive: true });
    // Whoever made the folder does not write the job summary.
    const hostile = '![x](http:&evil) <img src=y> `z`';
    await writeFile(join(files, hostile), '');
    const { text, markdown } = await verify({ folder: files });
    expect(text).toContain(hostile);
    for (const part of ['![x](', '<img', ' `z`']) expect(markdown).not.toContain(part);
    await rm(join(files, hostile));
    await writeFile(place, weights(2));
    expect(await told()).toEqual({ exitCode: 1, differences: ['model.safetensors has other bytes than were signed'] });
    await rename(place, join(repository.store, 'elsewhere'));
    await symlink(join(repository.store, 'elsewhere'), place);
    expect(await repository.failure('verify', { model: 'fraud@1.0.0', folder: files })).toBe(
      'signing/folder-unreadable',
    );
  });
});

describe('a version that is signed later', () => {
  it('is held back until somebody whom the policy names signed it, and again when they are named no longer', async () => {
    repository = await makeGovernedRepository({ policy: policy('  when: later\n') });
    await register({});
    expect(await verify()).toMatchObject({ exitCode: 1, outputs: { verified: 'false' } });
    const held = await promote();
    expect(held).toMatchObject({ outcome: 'held-back' });
    expect(held.text).toContain('A signature by the key release is asked, and it is not signed.');
    expect(held.text).toContain('weighbridge sign fraud@1.0.0');
    expect(await repository.failure('sign', { model: 'fraud@1.0.0' })).toBe('signing/no-signer');
    await repository.run('sign', { model: 'fraud@1.0.0', ...key });
    expect(await verify()).toMatchObject({ exitCode: 0 });
    await amend((text) => text.replace(indented(release.publicPem), indented(other.publicPem)));
    const again = await promote();
    expect(again).toMatchObject({ outcome: 'held-back', text: expect.stringContaining('signing.keys does not list') });
    await repository.run('sign', { model: 'fraud@1.0.0', 'model-key': other.privatePem });
    expect(await promote()).toMatchObject({ outcome: 'promoted' });
  });

  it('tells in a summary who signed it without letting the name of the key be markup', async () => {
    repository = await makeGovernedRepository({
      policy: policy('  when: later\n').replace('release: |', 'a__b__c: |'),
    });
    await register({});
    const { text, markdown } = await repository.run('sign', { model: 'fraud@1.0.0', ...key });
    expect(text).toBe('Recorded a signature of fraud 1.0.0 by a__b__c');
    expect(markdown).toContain('by a\\_\\_b\\_\\_c');
  });

  it('takes signatures of these very artifacts from elsewhere', async () => {
    repository = await makeGovernedRepository({ policy: policy() });
    await register();
    await verify({ output: 'one.sig' });
    await repository.write(`${folder}/model.safetensors`, weights(2));
    repository.commit('Retrain');
    await amend((text) => text.replace('gates:', '  when: later\ngates:'));
    await register({});
    const sign = (model: string) => repository.failure('sign', { model, bundle: 'one.sig' });
    expect(await sign('fraud@1.0.1')).toBe('signing/not-good');
    expect(await sign('fraud@1.0.0')).toContain('exit 0');
    await repository.write('one.sig', '{}');
    expect(await sign('fraud@1.0.0')).toBe('signing/bundle-unreadable');
  });
});

it('a rollback goes to no version whose signature is missing, except by a waiver', async () => {
  repository = await makeGovernedRepository({ policy: policy() });
  await register();
  await promote();
  await repository.write(`${folder}/model.safetensors`, weights(2));
  repository.commit('Retrain');
  await register();
  await promote('1.0.1');
  await amend((text) => text.replace(indented(release.publicPem), indented(other.publicPem)));
  const back = { model: 'fraud', stage: 'staging', reason: 'it answers too slowly' };
  expect(await repository.failure('rollback', back)).toBe('signing/required');
  const shown = (await repository.run('show', { models: 'fraud' })).json as {
    models?: { versions: { version: string; identity: string }[] }[];
    versions?: { version: string; identity: string }[];
  };
  const versions = shown.versions ?? shown.models?.[0]?.versions ?? [];
  const identity = versions.find(({ version }) => version === '1.0.0')?.identity;
  expect(identity).toMatch(/^sha256:/);
  await amend(
    (text) =>
      `${text}reviewers: { ml: { users: [alice] } }\nwaivers:\n  - { gate: signature, model: fraud, digest: "${identity}", reason: The key was exchanged, expires: 2999-12-31, rule: ml }\n`,
  );
  expect((await repository.run('rollback', back)).exitCode).toBe(0);
});

it('keyless signatures count from the allowed workflow on an allowed ref', async () => {
  const signers = `  signers: [{ workflow: ${workflow}, refs: [refs/heads/main] }]\n`;
  const root = `evidence: { trusted_root: { path: trusted_root.json, digest: "sha256:${rootDigest}" } }\n`;
  repository = await makeGovernedRepository({ policy: `${root}${policy(signers)}` });
  await repository.write('trusted_root.json', sigstore.trustedRoot);
  repository.commit('Trust a root');
  const registerAt = async (ref: string) => {
    const server = await serveSigstore(sigstore, { subject: `https://github.com/${workflow}@${ref}`, ref });
    const environment = {
      ...localEnvironment(),
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.address}/token?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: identityBearer,
    };
    try {
      const services = { 'fulcio-url': server.address, 'rekor-url': server.address };
      return await runIn(repository.root, 'register', services, environment);
    } finally {
      await server.close();
    }
  };
  await expectCode(registerAt('refs/heads/mine'), 'signing/not-good');
  expect((await registerAt('refs/heads/main')).outputs['outcome']).toBe('registered');
  expect(await verify()).toMatchObject({ exitCode: 0, outputs: { signer: `https://github.com/${workflow}` } });
  expect(await promote()).toMatchObject({ outcome: 'promoted' });
});

it('a decision of the ledger is attested as a test result about the same files', async () => {
  repository = await makeGovernedRepository({ policy: policy() });
  await register();
  await promote();
  await verify({ output: 'model.sig' });
  const attest = (decision: string) =>
    repository.run('attest', { model: 'fraud', decision, sign: 'none', output: 'decision.json' });
  const { outputs, json } = await attest('staging');
  expect(outputs).toMatchObject({ files: 'decision.json' });
  interface Stated {
    readonly subject: readonly unknown[];
    readonly predicateType: string;
    readonly predicate: { readonly result: string; readonly passedTests: readonly string[] };
  }
  const read = async () => JSON.parse(await repository.read('decision.json')) as Stated;
  const statement = await read();
  const { dsseEnvelope } = JSON.parse(await repository.read('model.sig')) as { dsseEnvelope: { payload: string } };
  const signed = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString('utf8')) as Stated;
  expect(statement.subject[0]).toEqual(signed.subject[0]);
  expect(statement.predicateType).toBe('https://in-toto.io/attestation/test-result/v0.1');
  expect(statement.predicate).toMatchObject({ result: 'PASSED', failedTests: [], warnedTests: [] });
  expect(statement.predicate.passedTests).toContain('signature');
  const svr = { model: 'fraud', decision: 'staging', predicate: 'svr', sign: 'none' };
  const result = await repository.run('attest', svr);
  expect(result.outputs['files']).toBe('fraud-1.0.0.svr.statement.json');
  expect(JSON.parse(await repository.read(result.outputs['files'] ?? ''))).toMatchObject({
    subject: [signed.subject[0], {}],
    predicateType: 'https://in-toto.io/attestation/svr/v0.1',
    predicate: {
      properties: expect.arrayContaining(['WEIGHBRIDGE_GATE:staging', 'WEIGHBRIDGE_REQUIREMENT:signature']),
    },
  });
  expect(await repository.failure('attest', { ...svr, predicate: 'slsa' })).toBe('host/input');
  await attest((json as { decision: string }).decision);
  expect(await read()).toEqual(statement);
  expect(await repository.failure('attest', { model: 'fraud', decision: 'production' })).toBe('signing/no-decision');
});
