import { createHash } from 'node:crypto';
import { parseVerifierKey } from '@weighbridge/ledger';
import { expectCode, identityBearer, makeSigstore, nodeSha256, serveSigstore } from '@weighbridge/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { attestIn, evaluation, makeEvidenceRepository, signer, sigstore, toStagingIn } from './evidence-repository.js';
import { folder, type GovernedRepository, localEnvironment, runIn, weights } from './governed-repository.js';

let repository: GovernedRepository;
afterEach(() => repository.dispose());

async function makeRepository(level: string): Promise<void> {
  repository = await makeEvidenceRepository(level);
}
const attest = (inputs: Readonly<Record<string, string>> = {}) => attestIn(repository, inputs);
const toStaging = () => toStagingIn(repository);

describe('attested evidence', () => {
  it('is made by attest, recorded by register, and checked again by promotion', async () => {
    await makeRepository('attested');
    expect((await attest()).outputs).toMatchObject({
      files: `${evaluation}.intoto.jsonl`,
      'verifier-key': signer.verifierKey,
    });
    repository.commit('Attest');
    await repository.run('register');
    const promoted = await toStaging();
    expect(promoted).toMatchObject({ outcome: 'promoted' });
    const gate = (await repository.run('gate', { models: 'fraud', to: 'staging' })).json as {
      decisions: { requirements: { id: string; children?: { facts: unknown }[] }[] }[];
    };
    const level = gate.decisions[0]?.requirements.find(({ id }) => id === 'evidence')?.children?.[0];
    const [name, keyId] = signer.verifierKey.split('+');
    expect(level?.facts).toMatchObject({ level: 'attested', signer: { kind: 'key', name: `${name}+${keyId}` } });
    expect((await repository.run('audit verify')).exitCode).toBe(0);

    // What the ledger noted once is no level: without the key the document is a reported one.
    const text = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', text.replace(`keys: ["${signer.verifierKey}"]\n  signers`, 'signers'));
    repository.commit('Trust the key no longer');
    expect(await toStaging()).toMatchObject({ outcome: 'held-back', text: expect.stringContaining('evidence.keys') });
  });

  it('does not pass from one model to another, nor to other weights or numbers', async () => {
    await makeRepository('attested');
    await attest();
    const signed = await repository.read(`${evaluation}.intoto.jsonl`);
    await repository.write(`${folder}/model.safetensors`, weights(2));
    repository.commit('Other weights, old statement');
    await repository.run('register');
    expect(await toStaging()).toMatchObject({ outcome: 'held-back', text: expect.stringContaining('reported') });
    const add = (inputs: Record<string, string> = {}) =>
      repository.failure('evidence add', { model: 'fraud@1.0.0', file: evaluation, ...inputs });
    expect(await add({ attestation: `${evaluation}.intoto.jsonl` })).toBe('evidence/not-good');
    await attest();
    await repository.write(evaluation, '{"accuracy": 0.99}\n');
    expect(await add({ attestation: `${evaluation}.intoto.jsonl` })).toBe('evidence/not-good');
    await repository.write(evaluation, '{"accuracy": 0.95}\n');
    await repository.write(`${evaluation}.intoto.jsonl`, signed.replace('"sig":"', '"sig":"A'));
    expect(await add()).toContain('reported');
    await attest();
    expect(await add()).toContain('attested');
    expect(await toStaging()).toMatchObject({ outcome: 'promoted' });
  });

  it('by Sigstore counts from the allowed workflow, and as recomputed from one of that role', async () => {
    await makeRepository('recomputed');
    await attest({ sign: 'none', output: 'statement.json' });
    const payload = new TextEncoder().encode((await repository.read('statement.json')).trimEnd());
    await repository.run('register');
    const add = async (workflow: string, ref = 'refs/heads/main') => {
      const subject = `https://github.com/acme/models/.github/workflows/${workflow}@${ref}`;
      const bundle = sigstore.sign({ payload, identity: { subject, ref } });
      await repository.write(`${evaluation}.sigstore.json`, JSON.stringify(bundle));
      return (await repository.run('evidence add', { model: 'fraud@1.0.0', file: evaluation })).outputs['level'];
    };
    expect(await add('mine.yml')).toBe('reported');
    expect(await add('eval.yml', 'refs/pull/7/merge')).toBe('reported');
    expect(await add('eval.yml')).toBe('attested');
    expect(await toStaging()).toMatchObject({ outcome: 'held-back', text: expect.stringContaining('attested') });
    expect(await add('again.yml')).toBe('recomputed');
    expect(await toStaging()).toMatchObject({ outcome: 'promoted' });
  });

  it('is recomputed where a second measurement confirms the claimed values, and only then', async () => {
    await makeRepository('recomputed');
    await repository.write('again/eval.json', '{"accuracy": 0.951, "f1": 0.9}\n');
    const confirm = { sign: 'none', output: 'statement.json', recomputed: 'again/eval.json' };
    const unsigned = (inputs: Record<string, string>) => repository.failure('attest', { ...confirm, ...inputs });
    expect(await unsigned({})).toBe('evidence/not-confirmed');
    expect(await unsigned({ tolerance: '0.0009' })).toBe('evidence/not-confirmed');
    expect(await unsigned({ tolerance: 'much' })).toBe('host/input');
    expect(await unsigned({ tolerance: '0.5%', recomputed: 'again/eval.json\nagain/eval.json' })).toBe(
      'evidence/not-confirmed',
    );
    expect(await unsigned({ tolerance: '1', recomputed: 'again/gone.json' })).toBe('flow/path-not-found');
    await attest({ ...confirm, tolerance: '0.5%' });
    const payload = new TextEncoder().encode((await repository.read('statement.json')).trimEnd());
    const { predicate } = JSON.parse(new TextDecoder().decode(payload)) as { predicate: object };
    const digest = createHash('sha256').update('{"accuracy": 0.951, "f1": 0.9}\n').digest('hex');
    expect(predicate).toMatchObject({
      assuranceLevel: 'recomputed',
      recomputation: { tolerance: '0.5%', measured: [{ id: 'eval', digest: { sha256: digest } }] },
    });
    await repository.run('register');
    const subject = 'https://github.com/acme/models/.github/workflows/again.yml@refs/heads/main';
    const bundle = sigstore.sign({ payload, identity: { subject, ref: 'refs/heads/main' } });
    await repository.write(`${evaluation}.sigstore.json`, JSON.stringify(bundle));
    const added = await repository.run('evidence add', { model: 'fraud@1.0.0', file: evaluation });
    expect(added.outputs['level']).toBe('recomputed');
    expect(await toStaging()).toMatchObject({ outcome: 'promoted' });
  });

  it('is signed by the identity of a job, without a key, a token or a store', async () => {
    await makeRepository('attested');
    const subject = 'https://github.com/acme/models/.github/workflows/eval.yml@refs/heads/main';
    const server = await serveSigstore(sigstore, { subject });
    try {
      const environment = {
        ...localEnvironment(),
        ACTIONS_ID_TOKEN_REQUEST_URL: `${server.address}/token?api-version=2`,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: identityBearer,
      };
      const inputs = { model: 'fraud', 'fulcio-url': server.address, 'rekor-url': server.address };
      const attested = await runIn(repository.root, 'attest', inputs, environment);
      expect(attested.outputs['files']).toBe(`${evaluation}.sigstore.json`);
      expect(server.asked).toEqual(['/token', '/api/v2/signingCert', '/api/v1/log/entries']);
      const wrong = { ...environment, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'another' };
      await expectCode(runIn(repository.root, 'attest', inputs, wrong), 'evidence/keyless');
    } finally {
      await server.close();
    }
    repository.commit('Attest');
    await repository.run('register');
    expect(await toStaging()).toMatchObject({ outcome: 'promoted' });
  });

  it('needs the trusted root that the policy pins', async () => {
    await makeRepository('attested');
    await attest();
    await repository.write('trusted_root.json', makeSigstore().trustedRoot);
    repository.commit('Exchange the root');
    expect(await repository.failure('register')).toBe('evidence/trusted-root');
  });

  it('is signed with a PEM as well, and with nothing only where that is asked for', async () => {
    await makeRepository('attested');
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), signer.seed]);
    const pem = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
    const key = (await attest({ 'evidence-key': pem })).outputs['verifier-key'];
    expect(key).toMatch(/^pem\+[0-9a-f]{8}\+/);
    expect(parseVerifierKey(nodeSha256, key ?? '').publicKey).toEqual(new Uint8Array(signer.publicKey));
    expect(await repository.failure('attest', { sign: 'keyless' })).toBe('evidence/no-signer');
    expect(await repository.failure('attest', { sign: 'key', 'evidence-key': 'nonsense' })).toBe('host/signing-key');
    expect(await repository.failure('attest', { metrics: 'README.md' })).toBe('formats/metrics-none');
  });
});
