import { createHash } from 'node:crypto';
import { addEvidence, gateModels } from '@weighbridge/flows';
import { parseVerifierKey } from '@weighbridge/ledger';
import type { Forge, WorkflowRun } from '@weighbridge/ports';
import {
  expectCode,
  identityBearer,
  makeSigstore,
  memoryForge,
  nodeSha256,
  serveSigstore,
  testSigner,
  writeZip,
} from '@weighbridge/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  makeGovernedRepository,
  localEnvironment,
  openSurroundings,
  runIn,
  weights,
} from './governed-repository.js';

const signer = testSigner('eval');
const sigstore = makeSigstore();
const rootDigest = createHash('sha256').update(sigstore.trustedRoot).digest('hex');
const privateKey = (() => {
  const { name, keyId } = parseVerifierKey(nodeSha256, signer.verifierKey);
  const key = Buffer.concat([Buffer.from([1]), signer.seed]).toString('base64');
  return `PRIVATE+KEY+${name}+${keyId}+${key}`;
})();
const policy = (level: string) => `evidence:
  keys: ["${signer.verifierKey}"]
  signers:
    - { workflow: acme/models/.github/workflows/eval.yml, refs: [refs/heads/main] }
    - { workflow: acme/models/.github/workflows/again.yml, refs: [refs/heads/main], role: recompute }
  workflows: [{ path: .github/workflows/eval.yml, branches: [main] }]
  trusted_root: { path: trusted_root.json, digest: "sha256:${rootDigest}" }
gates:
  staging:
    evidence: { level: ${level} }
    metrics: [{ id: accuracy, metric: eval.accuracy, direction: higher, bounds: { min: 0.9 } }]
`;
const evaluation = `${folder}/eval.json`;

let repository: GovernedRepository;
afterEach(() => repository.dispose());

async function makeRepository(level: string): Promise<GovernedRepository> {
  repository = await makeGovernedRepository({ policy: policy(level) });
  await repository.write('trusted_root.json', sigstore.trustedRoot);
  repository.commit('Trust a root');
  return repository;
}

const attest = (inputs: Record<string, string> = {}) =>
  repository.run('attest', { model: 'fraud', sign: 'key', 'evidence-key': privateKey, ...inputs });
const toStaging = async () => {
  const outcome = await repository.run('promote', { model: 'fraud@1.0.0', to: 'staging', 'dry-run': 'true' });
  return { outcome: outcome.outputs['outcome'], text: outcome.text };
};

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

describe('evidence of a workflow run', () => {
  const commitOf = () => repository.built.git('rev-parse', 'HEAD').trim();

  /** A forge with one run, whose one artifact is this archive. */
  function forgeWith(archive: Uint8Array, run: Partial<WorkflowRun> = {}, digest?: string): Forge {
    const ran: WorkflowRun = {
      id: '7',
      attempt: 1,
      url: 'https://github.com/acme/models/actions/runs/7',
      workflowPath: '.github/workflows/eval.yml',
      event: 'push',
      commit: commitOf(),
      branch: 'main',
      headRepository: 'acme/models',
      status: 'completed',
      conclusion: 'success',
      actor: null,
      startedAt: '2026-03-01T09:00:00Z',
      pulls: [],
      ...run,
    };
    const kept = digest ?? `sha256:${createHash('sha256').update(archive).digest('hex')}`;
    return {
      ...memoryForge(),
      address: 'github.com/acme/models',
      run: async (id) => (id === '7' ? ran : null),
      runArtifacts: async () => [
        { id: '70', name: 'evaluation', sizeBytes: archive.length, digest: kept as never, expired: false },
      ],
      downloadArtifact: async () => archive,
    };
  }
  const archiveOf = (files: Readonly<Record<string, string>>) =>
    writeZip(
      Object.entries(files).map(([name, text]) => {
        const content = new TextEncoder().encode(text);
        return { name, content, directory: { crc32: crc32(content) } };
      }),
    );
  const add = async (forge: Forge) => {
    const surroundings = { ...(await openSurroundings(repository.root)), forge };
    const request = { model: 'fraud', version: '1.0.0', path: null, examples: [], attestation: null, run: '7' };
    return addEvidence(surroundings, { ...request, artifact: null, id: 'eval', reason: null, dryRun: false });
  };

  it('is fetched, checked and recorded, and stands when the forge has forgotten it', async () => {
    await makeRepository('workflow');
    await repository.run('register');
    const archive = archiveOf({ 'out/eval.json': '{"accuracy": 0.95}\n' });
    const otherCommit = forgeWith(archive, { commit: 'd'.repeat(40) });
    await expectCode(add(otherCommit), 'evidence/not-good');
    await expectCode(add(forgeWith(archive, { event: 'pull_request' })), 'evidence/not-good');
    await expectCode(add(forgeWith(archive, {}, `sha256:${'0'.repeat(64)}`)), 'evidence/run-unusable');
    await expectCode(add(forgeWith(archiveOf({ '../eval.json': '{}' }))), 'formats/zip-malformed');
    await expectCode(
      add(forgeWith(archiveOf({ 'a.json': '{"accuracy": 0.95}', 'b.json': '{"accuracy": 0.99}' }))),
      'evidence/run-unusable',
    );
    expect(await toStaging()).toMatchObject({ outcome: 'held-back' });
    expect(await add(forgeWith(archive))).toMatchObject({
      level: 'workflow',
      name: 'evaluation/out/eval.json of run 7',
    });
    expect(await toStaging()).toMatchObject({ outcome: 'promoted' });
  });

  it('on another commit counts by the statement in the artifact', async () => {
    await makeRepository('workflow');
    await attest({ sign: 'none', output: 'statement.json' });
    await repository.run('register');
    const statement = await repository.read('statement.json');
    const archive = archiveOf({ 'eval.json': '{"accuracy": 0.95}\n', 'statement.json': statement });
    const forge = forgeWith(archive, { commit: 'd'.repeat(40) });
    expect(await add(forge)).toMatchObject({ level: 'workflow' });
  });

  it('is looked for where the manifest of a change names it', async () => {
    await makeRepository('workflow');
    await repository.run('register');
    const text = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', text.replace('  staging:', '  development:'));
    await repository.write(`${folder}/model.safetensors`, weights(3));
    const manifest = await repository.read(`${folder}/model.yaml`);
    await repository.write(`${folder}/model.yaml`, manifest.replace('path: eval.json', 'path: eval.json, run: "7"'));
    repository.commit('Retrain');
    const judge = async (forge: Forge | null) => {
      const surroundings = { ...(await openSurroundings(repository.root)), forge };
      const { decisions } = await gateModels(surroundings, {
        models: [],
        to: null,
        version: null,
        base: null,
        assumptions: [],
      });
      return decisions[0]?.requirements.find(({ id }) => id === 'evidence')?.verdict;
    };
    const archive = archiveOf({ 'eval.json': '{"accuracy": 0.95}\n', log: 'noise' });
    expect(await judge(forgeWith(archive))).toBe('pass');
    expect(await judge(forgeWith(archiveOf({ 'eval.json': '{"accuracy": 0.99}\n' })))).toBe('fail');
    expect(await judge(forgeWith(archive, { conclusion: 'failure' }))).toBe('fail');
    expect(await judge(forgeWith(archiveOf({ '/eval.json': '{"accuracy": 0.95}\n' })))).toBe('fail');
    expect(await judge(null)).toBe('error');
  });

  it('is taken from attestations that the forge keeps', async () => {
    await makeRepository('attested');
    const text = await repository.read('weighbridge.yaml');
    await repository.write('weighbridge.yaml', text.replace('  staging:', '  development:'));
    repository.commit('Ask at once');
    await attest({ sign: 'none', output: 'statement.json' });
    const payload = new TextEncoder().encode((await repository.read('statement.json')).trimEnd());
    const bundle = sigstore.sign({ payload });
    const identity = (await attest({ 'dry-run': 'true' })).outputs['identity'];
    const asked: string[] = [];
    const forge: Forge = {
      ...memoryForge(),
      attestations: async (digest) => {
        asked.push(digest);
        return [{ nonsense: true }, bundle];
      },
    };
    const surroundings = { ...(await openSurroundings(repository.root)), forge };
    const { decisions } = await gateModels(surroundings, {
      models: [],
      to: null,
      version: null,
      base: null,
      assumptions: [],
    });
    expect(decisions[0]?.requirements.find(({ id }) => id === 'evidence')?.verdict).toBe('pass');
    expect(asked).toEqual([identity]);
  });
});

function crc32(content: Uint8Array): number {
  let crc = ~0;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
