import { expectCode, makeSigstore, serveSigstore, type SigstoreServer } from '@weighbridge/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBundleVerifier, openKeylessSigner } from './index.js';

const sigstore = makeSigstore();
const identity = { subject: 'https://github.com/acme/models/.github/workflows/eval.yml@refs/heads/main' };
const payload = new TextEncoder().encode('{"a":1}');
let server: SigstoreServer;
beforeAll(async () => {
  server = await serveSigstore(sigstore, identity);
});
afterAll(() => server.close());

const sign = (parts: Partial<Parameters<typeof openKeylessSigner>[0]> = {}) =>
  openKeylessSigner({
    fulcioUrl: server.address,
    rekorUrl: server.address,
    timestampUrl: null,
    identityToken: async () => {
      const answer = await fetch(`${server.address}/token?audience=sigstore`, {
        headers: { authorization: 'Bearer a-token-for-tokens' },
      });
      return ((await answer.json()) as { value: string }).value;
    },
    timeoutMs: 5000,
    ...parts,
  }).sign(payload, 'application/vnd.in-toto+json');

test('a job signs by its identity, and others verify it', async () => {
  const bundle = await sign();
  expect(bundle['mediaType']).toBe('application/vnd.dev.sigstore.bundle.v0.3+json');
  const verified = await openBundleVerifier().verify(bundle, sigstore.trustedRoot);
  expect(verified).toMatchObject({ value: { payload, claims: { subject: identity.subject, event: 'push' } } });
});

test('what goes wrong has a name, and no answer is quoted', async () => {
  const secret = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.secret';
  const refused = await expectCode(sign({ identityToken: async () => secret }), 'evidence/keyless');
  expect(`${refused.message} ${refused.remedy}`).not.toContain('secret');
  await expectCode(sign({ rekorUrl: `${server.address}/elsewhere` }), 'evidence/keyless');
  await expectCode(sign({ identityToken: () => Promise.reject(new Error('none')) }), 'evidence/keyless');
}, 60_000);
