import type { JsonObject } from '@weighbridge/core';
import { makeSigstore, type TestSigning } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { openBundleVerifier } from './index.js';

const sigstore = makeSigstore();
const payload = new TextEncoder().encode('{"_type":"https://in-toto.io/Statement/v1"}');
const verifier = openBundleVerifier();
const signed = (signing: Partial<TestSigning> = {}) => sigstore.sign({ payload, ...signing });
const verify = (bundle: JsonObject, root: string | null = sigstore.trustedRoot) => verifier.verify(bundle, root);

describe('a bundle', () => {
  test('of the trusted instance tells who signed what, and when', async () => {
    expect(await verify(signed({ signedAt: new Date('2026-03-04T05:06:07Z') }))).toEqual({
      value: {
        payloadType: 'application/vnd.in-toto+json',
        payload,
        claims: {
          subject: 'https://github.com/acme/models/.github/workflows/eval.yml@refs/heads/main',
          issuer: 'https://token.actions.githubusercontent.com',
          repository: 'https://github.com/acme/models',
          ref: 'refs/heads/main',
          commit: '1'.repeat(40),
          event: 'push',
          run: 'https://github.com/acme/models/actions/runs/1/attempts/1',
        },
        time: '2026-03-04T05:06:07Z',
      },
    });
  });

  test('of another instance is refused, by the public good root too', async () => {
    const other = makeSigstore();
    expect(await verify(other.sign({ payload }))).toHaveProperty('fault');
    expect(await verify(signed(), null)).toHaveProperty('fault');
  });

  test('fits one of several roots', async () => {
    const roots = `${makeSigstore().trustedRoot}\n${sigstore.trustedRoot}\n`;
    expect(await verify(signed(), roots)).toHaveProperty('value.claims.event', 'push');
  });

  const broken: readonly (readonly [string, () => JsonObject])[] = [
    ['signed after its certificate expired', () => signed({ certifiedAt: new Date('2026-01-01T12:00:00Z') })],
    ['without a log entry', () => signed({ withoutLog: true })],
    ['without a time that somebody vouches for', () => signed({ withoutPromise: true })],
    ['without certificate transparency', () => signed({ withoutTransparency: true })],
    ['signed before the instance was trusted', () => signed({ signedAt: new Date('2025-01-01T00:00:00Z') })],
    [
      'whose certificate names two workflows',
      () => signed({ identity: { signer: 'https://github.com/x/y/z@refs/heads/main' } }),
    ],
    ['of another payload', () => change(signed(), { payload: Buffer.from('{}').toString('base64') })],
    ['of another payload type', () => change(signed(), { payloadType: 'text/plain' })],
    [
      "with another statement's log entry",
      () => ({
        ...signed(),
        verificationMaterial: signed({ payload: Buffer.from('{}') })['verificationMaterial'] ?? null,
      }),
    ],
    ['with a member that nobody knows', () => ({ ...signed(), note: 'trust me' })],
    [
      'with a key in place of a certificate',
      () => ({ ...signed(), verificationMaterial: { publicKey: { hint: 'me' } } }),
    ],
    ['with two signatures', () => twice(signed())],
    ['with a key id', () => change(signed(), { signatures: [{ sig: signatureOf(signed()), keyid: 'me' }] })],
    ['that is a list', () => [] as unknown as JsonObject],
    ['that is empty', () => ({})],
  ];
  test.each(broken)('%s is refused', async (_, make) => {
    expect(await verify(make())).toEqual({ fault: expect.any(String) });
  });

  test('is refused whatever byte of it is changed', async () => {
    const text = JSON.stringify(signed());
    let verified = 0;
    for (let at = 0; at < text.length; at += 1) {
      const bytes = Buffer.from(text);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 7));
      let parsed: JsonObject;
      try {
        parsed = JSON.parse(bytes.toString('utf8')) as JsonObject;
      } catch {
        continue;
      }
      verified++;
      const verdict = await verify(parsed);
      expect('fault' in verdict, `${at}: ${text.slice(at - 20, at)}[${text[at]}]${text.slice(at + 1, at + 20)}`).toBe(
        true,
      );
    }
    expect(verified).toBeGreaterThan(2000);
  }, 120_000);
});

test.each(['', 'no root', '{}', '{"certificateAuthorities":[]}', '[]'])('the root "%s" is an error', async (root) => {
  await expect(verify(signed(), root)).rejects.toMatchObject({ code: 'evidence/trusted-root' });
});

test('the public good root is at hand', async () => {
  const { readTrustedRoots } = await import('./trusted-roots.js');
  const [root] = readTrustedRoots(null);
  expect(root?.certificateAuthorities.length).toBeGreaterThan(0);
  expect(root?.tlogs.map(({ baseUrl }) => baseUrl)).toContain('https://rekor.sigstore.dev');
});

function envelopeOf(bundle: JsonObject): JsonObject {
  return bundle['dsseEnvelope'] as JsonObject;
}
function signatureOf(bundle: JsonObject): string {
  return (envelopeOf(bundle)['signatures'] as unknown as { sig: string }[])[0]?.sig ?? '';
}
function change(bundle: JsonObject, parts: JsonObject): JsonObject {
  return { ...bundle, dsseEnvelope: { ...envelopeOf(bundle), ...parts } };
}
function twice(bundle: JsonObject): JsonObject {
  const [sig] = [signatureOf(bundle)];
  return change(bundle, { signatures: [{ sig }, { sig }] });
}
