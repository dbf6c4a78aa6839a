import { canonicalJson, utf8 } from '@weighbridge/core';
import { nodeSha256, nodeVerify, testSigner } from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluation, sha } from '../test/evidence-case.js';
import { signEnvelope, verifyEnvelope } from './envelope.js';
import { formatProof, parseProof } from './proof.js';
import { attestationPaths, readAttestations } from './read-attestation.js';
import { formatEvaluation, parseEvaluation } from './statement.js';
import { runProof } from '../test/evidence-case.js';

const signer = testSigner('eval');
const other = testSigner('eval', 9);
const trusted = { keys: [signer.verifierKey], sha256: nodeSha256, verifySignature: nodeVerify };
const statement = utf8(formatEvaluation(evaluation()));
const sign = (key = signer) => signEnvelope(nodeSha256, statement, key);
const parsed = (text: string) => JSON.parse(text) as never;

describe('statements', () => {
  test('are in-toto statements with the identity first', () => {
    expect(JSON.parse(formatEvaluation(evaluation()))).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://weighbridge.dev/evaluation/v1',
      subject: [{ name: 'fraud', digest: { sha256: '1'.repeat(64) } }, { name: 'model.onnx' }],
    });
  });

  test('are read back', () => {
    const text = fc.string({ maxLength: 20 });
    const maybe = fc.option(text, { nil: null });
    fc.assert(
      fc.property(text, maybe, maybe, fc.constantFrom('attested', 'recomputed'), (model, dataset, harness, claim) => {
        const told = evaluation({ model, dataset, harness, claim, run: null, commit: null });
        expect(parseEvaluation(utf8(formatEvaluation(told)))).toEqual({ value: told });
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test('say how claimed values were measured again', () => {
    const recomputation = { tolerance: '0.5%', measured: [{ id: 'eval', digest: sha('7') }] };
    const told = evaluation({ claim: 'recomputed', recomputation });
    expect(parseEvaluation(utf8(formatEvaluation(told)))).toEqual({ value: told });
    const { predicate, ...rest } = JSON.parse(formatEvaluation(told)) as { predicate: { recomputation: object } };
    for (const wrong of [
      { ...predicate.recomputation, unless: 'tuesday' },
      { ...predicate.recomputation, tolerance: 1 },
      { ...predicate.recomputation, measured: [] },
      { ...predicate.recomputation, measured: [{ id: 'eval', digest: {} }] },
      'yes',
    ])
      expect(
        parseEvaluation(utf8(JSON.stringify({ ...rest, predicate: { ...predicate, recomputation: wrong } }))),
      ).toHaveProperty('fault');
  });

  const value = () => JSON.parse(formatEvaluation(evaluation()));
  const broken: readonly (readonly [string, unknown])[] = [
    ['an unknown member', { ...value(), more: 1 }],
    ['an unknown member of the predicate', { ...value(), predicate: { ...value().predicate, unless: 'tuesday' } }],
    ['another type', { ...value(), predicateType: 'https://in-toto.io/attestation/test-result/v0.1' }],
    ['another statement', { ...value(), _type: 'https://in-toto.io/Statement/v0.1' }],
    ['no subject', { ...value(), subject: [] }],
    ['a subject by another digest', { ...value(), subject: [{ name: 'fraud', digest: { sha512: 'ab' } }] }],
    ['an upper-case digest', { ...value(), subject: [{ name: 'f', digest: { sha256: 'A'.repeat(64) } }] }],
    ['no document', { ...value(), predicate: { ...value().predicate, documents: [] } }],
    ['a boast', { ...value(), predicate: { ...value().predicate, assuranceLevel: 'proven' } }],
    ['no time', { ...value(), predicate: { ...value().predicate, timeFinished: 'yesterday' } }],
    ['a run without its number', { ...value(), predicate: { ...value().predicate, run: { url: 'x' } } }],
    ['a list', []],
    ['null', null],
  ];
  test.each(broken)('with %s are refused', (_, wrong) => {
    expect(parseEvaluation(utf8(JSON.stringify(wrong)))).toHaveProperty('fault');
  });

  test('with a member twice are refused', () => {
    const text = formatEvaluation(evaluation()).replace('"model":"fraud"', '"model":"churn","model":"fraud"');
    expect(JSON.parse(text)).toHaveProperty('predicate.model', 'fraud');
    expect(parseEvaluation(utf8(text))).toHaveProperty('fault');
  });

  test('hostile bytes are a fault and nothing else', () => {
    const deep = `{"_type":${'['.repeat(100_000)}`;
    for (const text of ['', '{', deep, '{"__proto__":{}}', '1e999', '"\\ud800"']) {
      expect(parseEvaluation(utf8(text))).toHaveProperty('fault');
    }
    expect(parseEvaluation(Uint8Array.of(0xff, 0xfe))).toHaveProperty('fault');
  });
});

describe('envelopes', () => {
  test('of a listed key are good', () => {
    expect(verifyEnvelope(parsed(sign()), trusted)).toEqual({
      value: { payload: statement, keyId: signer.verifierKey.split('+').slice(0, 2).join('+') },
    });
  });

  test('of another key are refused, of one that lends its name too', () => {
    expect(verifyEnvelope(parsed(sign(other)), trusted)).toHaveProperty('fault');
    const [name, keyId] = signer.verifierKey.split('+');
    const lent = JSON.parse(sign(other));
    lent.signatures[0].keyid = `${name}+${keyId}`;
    expect(verifyEnvelope(lent as never, trusted)).toEqual({ fault: expect.stringContaining('bad') });
    expect(verifyEnvelope(parsed(sign()), { ...trusted, keys: [] })).toHaveProperty('fault');
  });

  const value = () => JSON.parse(sign());
  test.each<[string, () => unknown]>([
    ['two signatures', () => ({ ...value(), signatures: [value().signatures[0], value().signatures[0]] })],
    ['no signature', () => ({ ...value(), signatures: [] })],
    ['another type of payload', () => ({ ...value(), payloadType: 'text/plain' })],
    ['an unknown member', () => ({ ...value(), more: 1 })],
    ['another spelling of its base64', () => ({ ...value(), payload: `${value().payload}\n` })],
    ['a short signature', () => ({ ...value(), signatures: [{ ...value().signatures[0], sig: 'AAAA' }] })],
  ])('with %s are refused', (_, make) => {
    expect(verifyEnvelope(make() as never, trusted)).toHaveProperty('fault');
  });

  test('no byte can change', () => {
    const text = sign();
    let read = 0;
    for (let at = 0; at < text.length; at++) {
      const bytes = utf8(text);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 7));
      const found = readAttestations(bytes);
      if ('fault' in found) continue;
      read++;
      for (const { value: changed } of found.value) expect(verifyEnvelope(changed, trusted)).toHaveProperty('fault');
    }
    expect(read).toBeGreaterThan(1000);
  });
});

describe('files of attestations', () => {
  const bundle = { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json' };
  test('hold one, or one a line', () => {
    expect(readAttestations(utf8(JSON.stringify(bundle, null, 2)))).toMatchObject({ value: [{ kind: 'bundle' }] });
    expect(readAttestations(utf8(`${sign()}\n${JSON.stringify(bundle)}\n\n`))).toMatchObject({
      value: [{ kind: 'envelope' }, { kind: 'bundle' }],
    });
  });
  test.each([
    '',
    '\n',
    '{}',
    '[]',
    'null',
    `${sign()}\n{}`,
    '{"mediaType":"a","mediaType":"b"}',
    `${sign()}\n`.repeat(33),
  ])('of other content are refused', (text) => expect(readAttestations(utf8(text))).toHaveProperty('fault'));
  test('lie beside the document', () => {
    expect(attestationPaths('a/eval.json')).toEqual(['a/eval.json.sigstore.json', 'a/eval.json.intoto.jsonl']);
  });
});

test('proofs are read back as the ledger keeps them', () => {
  const found = readAttestations(utf8(sign()));
  if ('fault' in found) throw new Error(found.fault);
  for (const proof of [
    { kind: 'attestation', attestation: found.value[0] },
    { kind: 'run', run: runProof() },
  ] as never[]) {
    expect(parseProof(JSON.parse(canonicalJson(formatProof(proof))))).toEqual({ value: proof });
  }
  for (const wrong of [null, {}, 1, [], { attestation: {} }, { run: sha('1') }])
    expect(parseProof(wrong)).toHaveProperty('fault');
});
