// needs: model-signing
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityBearer, makeSigstore, serveSigstore, type SigstoreServer } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  folder,
  type GovernedRepository,
  localEnvironment,
  makeGovernedRepository,
  runIn,
  weights,
} from '../scenarios/governed-repository.js';
import { askPeerMeanwhile } from './ask-python.js';

const sigstore = makeSigstore();
const rootDigest = createHash('sha256').update(sigstore.trustedRoot).digest('hex');
const workflow = 'acme/models/.github/workflows/release.yml';
const identity = `https://github.com/${workflow}@refs/heads/main`;
const issuer = 'https://token.actions.githubusercontent.com';

let repository: GovernedRepository;
let server: SigstoreServer;
let scratch: string;
const at = (name: string) => join(scratch, name);
const ask = (...asked: readonly Record<string, string>[]) =>
  askPeerMeanwhile(
    'model-signing',
    'model_signing_peer.py',
    asked.map((each) => ({ folder: at('pulled'), signature: at('model.sig'), trust: at('trust.json'), ...each })),
  );

/** What the Python client wants to know of an instance: whom it trusts, and where it signs. */
function trustConfig(trustedRoot: string, address: string): string {
  const services = (path: string) => [
    { url: `${address}${path}`, majorApiVersion: 1, operator: 'test', validFor: { start: '2026-01-01T00:00:00Z' } },
  ];
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.clienttrustconfig.v0.1+json',
    trustedRoot: JSON.parse(trustedRoot) as unknown,
    signingConfig: {
      mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
      caUrls: services(''),
      oidcUrls: services(''),
      rekorTlogUrls: services(''),
      rekorTlogConfig: { selector: 'ANY' },
      tsaConfig: { selector: 'ANY' },
    },
  });
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'weighbridge-keyless-'));
  server = await serveSigstore(sigstore, { subject: identity });
  repository = await makeGovernedRepository({
    policy: `evidence: { trusted_root: { path: trusted_root.json, digest: "sha256:${rootDigest}" } }
signing:
  when: later
  signers: [{ workflow: ${workflow}, refs: [refs/heads/main] }]
gates: { staging: { signature: required } }
`,
  });
  await repository.write('trusted_root.json', sigstore.trustedRoot);
  const manifest = await repository.read(`${folder}/model.yaml`);
  await repository.write(`${folder}/model.yaml`, manifest.replace('[model.safetensors]', '[out/]'));
  await repository.write(`${folder}/out/model.safetensors`, weights(3));
  await repository.write(`${folder}/out/labels.txt`, 'cat\n');
  repository.commit('A model of several files');
  await repository.run('register');
  await cp(join(repository.root, folder, 'out'), at('pulled'), { recursive: true });
  await writeFile(at('trust.json'), trustConfig(sigstore.trustedRoot, server.address));
}, 120_000);
afterAll(async () => {
  await server.close();
  await repository.dispose();
  await rm(scratch, { recursive: true, force: true });
});

describe('the reference implementation of OpenSSF Model Signing, without keys', () => {
  test('verifies what the identity of a job signs here, and refuses what is not so', async () => {
    const environment = {
      ...localEnvironment(),
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.address}/token?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: identityBearer,
    };
    const services = { 'fulcio-url': server.address, 'rekor-url': server.address };
    await runIn(repository.root, 'sign', { model: 'fraud@1.0.0', output: at('model.sig'), ...services }, environment);
    await cp(at('pulled'), at('changed'), { recursive: true });
    await writeFile(join(at('changed'), 'labels.txt'), 'dog\n');
    await writeFile(at('other.json'), trustConfig(makeSigstore().trustedRoot, server.address));
    const verifying = { do: 'verify', identity, issuer };
    expect(
      await ask(
        verifying,
        { ...verifying, folder: at('changed') },
        { ...verifying, identity: `${identity}-of-others` },
        { ...verifying, issuer: 'https://accounts.example.com' },
        { ...verifying, trust: at('other.json') },
      ),
    ).toEqual([
      'good',
      expect.stringContaining('Hash mismatch'),
      expect.stringContaining('SANs do not match'),
      expect.stringContaining('OIDCIssuer'),
      expect.stringMatching(/^CertValidationError: .* signature does not match/),
    ]);
  });

  test('signs with a token what we verify, and what another workflow signs is refused', async () => {
    expect(await ask({ do: 'sign', token: server.token, signature: at('their.sig') })).toEqual(['signed']);
    await repository.write('their.sig', await readFile(at('their.sig'), 'utf8'));
    const signed = await repository.run('sign', { model: 'fraud@1.0.0', bundle: 'their.sig' });
    expect(signed.outputs['signer']).toBe(`https://github.com/${workflow}`);
    const verified = await repository.run('verify', { model: 'fraud@1.0.0', folder: at('pulled') });
    expect(verified).toMatchObject({ exitCode: 0, outputs: { signer: `https://github.com/${workflow}` } });
    const others = await serveSigstore(sigstore, {
      subject: 'https://github.com/acme/models/.github/workflows/other.yml@refs/heads/main',
    });
    try {
      await writeFile(at('others.json'), trustConfig(sigstore.trustedRoot, others.address));
      await ask({ do: 'sign', token: others.token, signature: at('others.sig'), trust: at('others.json') });
    } finally {
      await others.close();
    }
    await repository.write('others.sig', await readFile(at('others.sig'), 'utf8'));
    expect(await repository.failure('sign', { model: 'fraud@1.0.0', bundle: 'others.sig' })).toBe('signing/not-good');
  });
});
