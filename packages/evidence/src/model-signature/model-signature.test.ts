import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { JsonObject } from '@weighbridge/core';
import { preAuthenticationEncoding } from '@weighbridge/ledger';
import type { SigningPolicy } from '@weighbridge/manifest';
import { nodeSha256 } from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeKeyBundle, judgeSigstoreBundle } from './judge-model-signature.js';
import { formatKeyBundle, methodOf, parseKeyBundle } from './key-bundle.js';
import { formatModelStatement, parseModelStatement, rootDigest } from './model-statement.js';
import { curves, fingerprintOf, formatEcdsaKey, parseEcdsaKey, type VerifyEcdsa } from './public-key.js';
import { compareResources, modelFolder, refuseName, type Resource, resourcesOf } from './resources.js';

/** Bundles that the specification publishes; see `source` in the file. */
const vectors = JSON.parse(readFileSync(new URL('../../test/oms-vectors.json', import.meta.url), 'utf8')) as {
  readonly publicKey: string;
} & Record<'key' | 'certificate' | 'sigstore', JsonObject>;

const verifyEcdsa: VerifyEcdsa = ({ curve, spki }, message, signature) => {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  return verify(curves[curve].hash, message, { key, dsaEncoding: 'der' }, signature);
};
const signingOf = (keys: Record<string, string>): SigningPolicy => ({
  keys,
  signers: [],
  when: 'register',
  trustedRoot: null,
});
const payloadOf = (bundle: JsonObject) =>
  new Uint8Array(Buffer.from((bundle['dsseEnvelope'] as { payload: string }).payload, 'base64'));
const digest = (letter: string): Resource['digest'] => `sha256:${letter.repeat(64)}`;

function makeKey(namedCurve: string): { readonly pem: string; readonly privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  return { pem: publicKey.export({ format: 'pem', type: 'spki' }).toString(), privateKey };
}
const key = makeKey('P-256');
const other = makeKey('P-256');
const resources: readonly Resource[] = [
  { name: 'a.bin', digest: digest('a') },
  { name: 'sub/b.bin', digest: digest('b') },
];

interface Making {
  readonly text?: string;
  readonly by?: ReturnType<typeof makeKey>;
  /** The key that the bundle names, where it is another. */
  readonly named?: string;
  readonly hash?: string;
}

function makeBundle({ text, by = key, named = by.pem, hash = 'sha256' }: Making = {}): JsonObject {
  const payload = new TextEncoder().encode(text ?? formatModelStatement(nodeSha256, 'fraud', resources));
  const parsed = parseEcdsaKey(named);
  if (parsed === null) throw new Error('no key');
  const signature = sign(hash, preAuthenticationEncoding(payload), { key: by.privateKey, dsaEncoding: 'der' });
  return formatKeyBundle({ payload, fingerprint: fingerprintOf(nodeSha256, parsed), signature });
}

function judge(bundle: JsonObject, found = resources, keys: Record<string, string> = { release: key.pem }) {
  const judged = judgeKeyBundle(bundle, {
    signing: signingOf(keys),
    resources: found,
    sha256: nodeSha256,
    verifyEcdsa,
  });
  return 'fault' in judged ? judged.fault : judged.value.signer.name;
}

/** A statement as a test may change it. */
interface Draft {
  _type: string;
  predicateType: string;
  readonly subject: { name: string; digest: { sha256: string } }[];
  readonly predicate: {
    resources: { name: string; algorithm: string }[];
    readonly serialization: Record<string, unknown>;
    note?: number;
  };
}

/** A statement with one part of it changed, signed by the allowed key. */
function altered(change: (statement: Draft) => void): JsonObject {
  const statement = JSON.parse(formatModelStatement(nodeSha256, 'fraud', resources)) as Draft;
  change(statement);
  return makeBundle({ text: JSON.stringify(statement) });
}

describe('vectors of the specification', () => {
  test.each(['key', 'certificate', 'sigstore'] as const)('%s: the root digest is that of its resources', (name) => {
    const statement = parseModelStatement(payloadOf(vectors[name]), nodeSha256);
    expect(statement).toHaveProperty('value');
    expect(methodOf(vectors[name])).toBe(name);
  });

  test('the published root digest of two files is computed', () => {
    const two: readonly Resource[] = [
      { name: 'signme-1', digest: 'sha256:bc9a717db6064a32cbe9eae6fc40651dd6d36ef1757183f590eff2b1765d7ebc' },
      { name: 'signme-2', digest: 'sha256:32dcb1f8e1ae52d5963e56a6ba06ab58b424c15ed2a6b70d2feca1d089370028' },
    ];
    const root = 'sha256:92745110b1ab4368471cbe31664e10174e954b113a3df333db860317b2c6dec4';
    expect(rootDigest(nodeSha256, two)).toBe(root);
    expect(judge(vectors.key, two, { published: vectors.publicKey })).toBe('published');
    expect(judge(vectors.key, two.slice(0, 1), { published: vectors.publicKey })).toContain(
      'signme-2 is signed and is not there',
    );
    expect(judge(vectors.key, two)).toContain('signing.keys does not list');
  });

  test('the fingerprint of a key is the one that bundles name', () => {
    const published = parseEcdsaKey(vectors.publicKey);
    expect(published?.curve).toBe('P-384');
    const hint = 'e8450dec4eb99dae995da9af1bc2cc9f76ed669ee2e744f57abba763df3e3f8e';
    expect(published === null ? null : fingerprintOf(nodeSha256, published)).toBe(hint);
    expect(published === null ? null : formatEcdsaKey(published)).toBe(vectors.publicKey);
  });
});

describe('a signature by a key', () => {
  test.each([
    ['P-256', 'sha256'],
    ['P-384', 'sha384'],
    ['P-521', 'sha512'],
  ])('on %s is made and verified with %s', (curve, hash) => {
    const one = makeKey(curve);
    expect(judge(makeBundle({ by: one, hash }), resources, { one: one.pem })).toBe('one');
    const weaker = hash === 'sha256' ? 'sha512' : 'sha256';
    expect(judge(makeBundle({ by: one, hash: weaker }), resources, { one: one.pem })).toContain('is bad');
  });

  test('by another key is refused, whichever key it names', () => {
    expect(judge(makeBundle({ by: other }))).toContain('signing.keys does not list');
    expect(judge(makeBundle({ by: other, named: key.pem }))).toBe('its signature by the key release is bad');
    expect(judge(makeBundle({ by: other }), resources, { release: key.pem, second: other.pem })).toBe('second');
  });

  test('without a hint, as old bundles have it, is tried with every key of the policy and no other', () => {
    const old = (bundle: JsonObject) => ({
      ...bundle,
      verificationMaterial: { publicKey: { rawBytes: Buffer.from(other.pem).toString('base64'), keyDetails: 'X' } },
    });
    expect(judge(old(makeBundle()), resources, { second: other.pem, release: key.pem })).toBe('release');
    expect(judge(old(makeBundle({ by: other })))).toContain('is bad');
  });

  test('over other files is refused, and each is named', () => {
    expect(judge(makeBundle(), [...resources, { name: 'c.bin', digest: digest('c') }])).toContain(
      'c.bin is not signed',
    );
    expect(judge(makeBundle(), resources.slice(0, 1))).toContain('sub/b.bin is signed and is not there');
    const changed = [{ name: 'a.bin', digest: digest('c') }, ...resources.slice(1)];
    expect(judge(makeBundle(), changed)).toContain('a.bin has other bytes than were signed');
    // The root digest covers no names: they are compared one by one.
    const renamed = [{ name: 'x.bin', digest: digest('a') }, ...resources.slice(1)];
    expect(judge(makeBundle(), renamed)).toContain('a.bin is signed and is not there, x.bin is not signed');
  });

  const hostile: readonly (readonly [string, JsonObject, string])[] = [
    ['another payload type', envelope({ payloadType: 'text/plain' }), 'it signs text/plain and no statement'],
    ['a changed payload', envelope({ payload: Buffer.from('{}').toString('base64') }), 'is bad'],
    ['two signatures', envelope({ signatures: [{ sig: 'AA==' }, { sig: 'AA==' }] }), 'one signature'],
    ['a key id of its own', envelope({ signatures: [{ sig: 'AA==', keyid: 'me' }] }), 'names a key of its own'],
    ['an empty signature', envelope({ signatures: [{ sig: '' }] }), 'is bad'],
    ['a signature that is not base64', envelope({ signatures: [{ sig: '*' }] }), 'not base64'],
    ['an unknown member', { ...makeBundle(), note: 'trust me' }, 'unknown members'],
    ['another media type', { ...makeBundle(), mediaType: 'application/json' }, 'a version that is not known'],
    ['log entries', material({ publicKey: { hint: 'x' }, tlogEntries: [{}] }), 'log entries'],
    ['no key', material({ publicKey: {} }), 'names no key'],
    ['another statement type', altered((it) => (it._type = 'x')), 'no in-toto statement'],
    ['another predicate type', altered((it) => (it.predicateType = 'x')), 'another type'],
    [
      'a wrong subject',
      altered((it) => it.subject.splice(0, 1, { name: 'fraud', digest: { sha256: '0'.repeat(64) } })),
      'its subject is another model',
    ],
    ['two subjects', altered((it) => it.subject.push(...it.subject)), 'one subject'],
    ['no resource', altered((it) => (it.predicate.resources = [])), 'signs no file'],
    ['a missing resource', altered((it) => it.predicate.resources.pop()), 'its subject is another model'],
    ['a resource twice', altered((it) => it.predicate.resources.push(...it.predicate.resources)), 'a.bin twice'],
    ['a path that leaves', altered((it) => replaceFirst(it, { name: '../a.bin' })), 'leaves the folder'],
    ['an absolute path', altered((it) => replaceFirst(it, { name: '/a.bin' })), 'no relative path'],
    ['a path in a longer form', altered((it) => replaceFirst(it, { name: './a.bin' })), 'shortest form'],
    ['another hash', altered((it) => replaceFirst(it, { algorithm: 'blake3' })), 'something else than SHA-256'],
    ['another hash for all', altered((it) => (it.predicate.serialization['hash_type'] = 'blake3')), 'other digests'],
    ['parts of files', altered((it) => (it.predicate.serialization['method'] = 'shards')), 'shards'],
    ['an unknown predicate member', altered((it) => (it.predicate.note = 1)), 'unknown member note'],
    ['an unknown serialization', altered((it) => (it.predicate.serialization['note'] = 1)), 'unknown members'],
    ['no JSON', makeBundle({ text: '{"a":1,"a":2}' }), 'not strict JSON'],
  ];
  test.each(hostile)('with %s is refused', (_, bundle, because) => {
    expect(judge(bundle)).toContain(because);
  });

  test('is never good whatever byte of it is changed', () => {
    const text = JSON.stringify(makeBundle());
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 0, max: 6 }), (at, bit) => {
        const bytes = Buffer.from(text);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        let parsed: unknown;
        try {
          parsed = JSON.parse(bytes.toString('utf8'));
        } catch {
          return;
        }
        expect(judge(parsed as JsonObject)).not.toBe('release');
      }),
      { numRuns: 2000, seed: 7 },
    );
  });
});

test('what Sigstore vouches for still has to be the statement, of these files, by an allowed workflow', () => {
  const workflow = 'https://github.com/acme/models/.github/workflows/release.yml';
  const repository = 'https://github.com/acme/models';
  const issuer = 'https://token.actions.githubusercontent.com';
  const refs = ['refs/tags/*'];
  const signing: SigningPolicy = {
    ...signingOf({}),
    signers: [{ workflow, refs, issuer, repository, events: null, role: 'attest' }],
  };
  const claims = {
    subject: `${workflow}@refs/tags/v1`,
    issuer,
    repository,
    ref: 'refs/tags/v1',
    commit: null,
    event: 'push',
    run: null,
  };
  const payload = new TextEncoder().encode(formatModelStatement(nodeSha256, 'fraud', resources));
  const bundle = { payloadType: 'application/vnd.in-toto+json', payload, claims, time: '2026-03-04T05:06:07Z' };
  const told = (parts: object, found = resources) => {
    const judged = judgeSigstoreBundle({ ...bundle, ...parts }, { signing, resources: found, sha256: nodeSha256 });
    return 'fault' in judged ? judged.fault : judged.value.signer.name;
  };
  expect(told({})).toBe(workflow);
  expect(told({ payloadType: 'text/plain' })).toContain('no statement');
  expect(told({ claims: { ...claims, ref: 'refs/pull/1/merge' } })).toContain('it ran on');
  expect(
    told({ claims: { ...claims, subject: 'https://github.com/x/y/.github/workflows/z.yml@refs/tags/v1' } }),
  ).toContain('none of signing.signers');
  expect(told({}, resources.slice(1))).toContain('other files');
});

describe('keys of other kinds', () => {
  test.each(['ed25519', 'rsa', 'secp256k1'])('%s is none', (kind) => {
    const { publicKey } =
      kind === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : kind === 'ed25519'
          ? generateKeyPairSync('ed25519')
          : generateKeyPairSync('ec', { namedCurve: kind });
    const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
    expect(parseEcdsaKey(pem)).toBeNull();
    expect(judge(makeBundle(), resources, { odd: pem })).toContain('signing.keys does not list');
  });
  test('texts that are no key are none', () => {
    for (const text of ['', 'x', key.pem.replace('MFkw', 'MFkx'), key.pem.slice(0, -40)])
      expect(parseEcdsaKey(text)).toBeNull();
  });
});

describe('resources', () => {
  const artifact = (path: string) => ({ path, sha256: 'a'.repeat(64) });
  test('are named from the innermost folder of all artifacts, in the order of code points', () => {
    const names = (...paths: string[]) => resourcesOf(paths.map(artifact), 'fraud').map(({ name }) => name);
    expect(names('models/fraud/model.onnx')).toEqual(['model.onnx']);
    expect(names('m/out/b/x', 'm/out/b.x', 'm/out/a')).toEqual(['a', 'b.x', 'b/x']);
    expect(names('a/x', 'b/x')).toEqual(['a/x', 'b/x']);
    expect(names('m/ab', 'm/a')).toEqual(['a', 'ab']);
    expect(names('m/\u{10000}', 'm/\uffff')).toEqual(['\uffff', '\u{10000}']);
    expect(modelFolder(['mo/a', 'model/b'])).toBe('');
  });
  test('that nothing can cover are an error', () => {
    for (const paths of [[], ['m/.gitattributes', 'm/a'], ['.git/x', 'a']]) {
      expect(() => resourcesOf(paths.map(artifact), 'fraud')).toThrow(
        expect.objectContaining({ code: 'signing/not-signable' }) as Error,
      );
    }
    expect(resourcesOf([artifact('m/a/.gitignore'), artifact('m/b')], 'fraud')).toHaveLength(2);
  });
  test('statements are read as they were written', () => {
    const name = fc
      .stringMatching(/^[a-z\u00e9\u{10000}]{1,4}(?:\/[a-z.]{1,3}[a-z]){0,2}$/u)
      .filter((text) => refuseName(text) === null);
    const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
    const some = fc.uniqueArray(fc.tuple(name, hex), { minLength: 1, maxLength: 8, selector: ([text]) => text });
    fc.assert(
      fc.property(some, (pairs) => {
        const listed = pairs.map(([text, hash]): Resource => ({ name: text, digest: `sha256:${hash}` }));
        const text = formatModelStatement(nodeSha256, 'fraud', listed);
        const read = parseModelStatement(new TextEncoder().encode(text), nodeSha256);
        expect('value' in read && read.value.resources).toEqual(listed);
        expect('value' in read && compareResources(read.value.resources, [...listed].reverse())).toEqual([]);
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});

test('a bundle is read as it was written', () => {
  const payload = new Uint8Array([1, 2]);
  const signature = new Uint8Array([3]);
  expect(parseKeyBundle(formatKeyBundle({ payload, fingerprint: 'ab', signature }))).toEqual({
    value: { payload, fingerprint: 'ab', signature },
  });
});

function replaceFirst({ predicate }: Draft, parts: Partial<Draft['predicate']['resources'][number]>): void {
  const [first = { name: '', algorithm: '' }, ...others] = predicate.resources;
  predicate.resources = [{ ...first, ...parts }, ...others];
}
function envelope(parts: JsonObject): JsonObject {
  const bundle = makeBundle();
  return { ...bundle, dsseEnvelope: { ...(bundle['dsseEnvelope'] as JsonObject), ...parts } };
}
function material(parts: JsonObject): JsonObject {
  return { ...makeBundle(), verificationMaterial: parts };
}
