import { utf8, type WeighbridgeError } from '@weighbridge/core';
import { nodeSha256, nodeVerify, testSigner } from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyRoot } from '../merkle/tree.js';
import { formatBase64, parseBase64 } from '@weighbridge/core';
import { formatCheckpoint, parseCheckpoint } from './checkpoint.js';
import { formatPrivateKeyNote, formatVerifierKey, isKeyName, parsePrivateKeyNote, parseVerifierKey } from './key.js';
import { formatSignedNote, parseSignedNote, signNote, verifyNote } from './signed-note.js';
import { formatTlogProof, parseTlogProof } from './tlog-proof.js';

const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'nothing';
  } catch (error) {
    return (error as WeighbridgeError).code;
  }
};

// Published example of golang.org/x/mod/sumdb/note.
const verifierKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const privateKey = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const example =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n" +
  '\n' +
  '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

describe('base64', () => {
  test('agrees with the platform, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(formatBase64(bytes)).toBe(text);
        expect(Buffer.from(parseBase64(text) ?? [])).toEqual(Buffer.from(bytes));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test.each(['A', 'AA', 'AAA', 'AB==', 'AAB=', '====', 'A===', 'AA=A', 'AAA*', ' AAA', 'AA-_'])(
    '%s is not canonical',
    (text) => {
      expect(parseBase64(text)).toBeNull();
    },
  );
});

describe('keys', () => {
  test('the published keys are read and written', () => {
    const key = parseVerifierKey(nodeSha256, verifierKey);
    expect(key).toMatchObject({ name: 'PeterNeumann', keyId: 'c74f20a3' });
    expect(formatVerifierKey(nodeSha256, key.name, key.publicKey)).toBe(verifierKey);
    const secret = parsePrivateKeyNote(`${privateKey}\n`);
    expect(secret).toMatchObject({ name: 'PeterNeumann', keyId: 'c74f20a3' });
    expect(formatPrivateKeyNote(nodeSha256, { ...secret, publicKey: key.publicKey })).toBe(privateKey);
  });

  test('keys of any bytes and name are read back', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter(isKeyName);
    fc.assert(
      fc.property(bytes, name, (key, keyName) => {
        const text = formatVerifierKey(nodeSha256, keyName, key);
        expect(Buffer.from(parseVerifierKey(nodeSha256, text).publicKey)).toEqual(Buffer.from(key));
        const secret = parsePrivateKeyNote(
          formatPrivateKeyNote(nodeSha256, { name: keyName, seed: key, publicKey: key }),
        );
        expect(secret.name).toBe(keyName);
        expect(Buffer.from(secret.seed)).toEqual(Buffer.from(key));
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test.each([
    '',
    'name',
    'a b+c74f20a3+ARpc',
    'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    'PeterNeumann+c74f20a3+AhpczQ==',
    `${verifierKey}A`,
  ])('the verifier key "%s" is refused', (text) =>
    expect(codeOf(() => parseVerifierKey(nodeSha256, text))).toBe('ledger/malformed-key'),
  );

  test('the text of a private key is in no error', () => {
    for (const text of [
      `${privateKey}x`,
      privateKey.replace('PRIVATE', 'PUBLIC'),
      privateKey.replace('c74f20a3', 'nothex'),
    ]) {
      let message = '';
      try {
        parsePrivateKeyNote(text);
      } catch (error) {
        message = `${(error as WeighbridgeError).message} ${JSON.stringify((error as WeighbridgeError).fields)}`;
      }
      expect(message).toContain('not well-formed');
      expect(message).not.toContain('AYEKFALVFGyN');
    }
  });
});

describe('signed notes', () => {
  const keys = [parseVerifierKey(nodeSha256, verifierKey)];

  test('the published note is read, verified and written again', () => {
    const note = parseSignedNote(example);
    expect(note).not.toBeNull();
    if (note === null) return;
    expect(verifyNote(note, keys, nodeVerify)?.map(({ name }) => name)).toEqual(['PeterNeumann']);
    expect(formatSignedNote(note)).toBe(example);
  });

  test('no byte of text or signature can change', () => {
    const signer = testSigner('ledger.test/note');
    const source = formatSignedNote(signNote(nodeSha256, 'a text\nof two lines\n', signer));
    const trusted = [parseVerifierKey(nodeSha256, signer.verifierKey)];
    for (let at = 0; at < source.length; at++) {
      const changed = `${source.slice(0, at)}${source.charAt(at) === 'x' ? 'y' : 'x'}${source.slice(at + 1)}`;
      const note = parseSignedNote(changed);
      expect((note === null ? [] : (verifyNote(note, trusted, nodeVerify) ?? [])).length).toBe(0);
    }
  });

  test('lines of unknown keys are passed over, a bad line of a known key spoils the note', () => {
    const note = parseSignedNote(example);
    const other = testSigner('witness.test');
    if (note === null) throw new Error('the example is a note');
    const both = { ...note, signatures: [...signNote(nodeSha256, note.text, other).signatures, ...note.signatures] };
    expect(verifyNote(both, keys, nodeVerify)).toHaveLength(1);
    const forged = { ...note, text: `${note.text}more\n` };
    expect(verifyNote(forged, keys, nodeVerify)).toBeNull();
    expect(verifyNote(forged, [], nodeVerify)).toEqual([]);
  });

  test.each([
    '',
    'text\n',
    'text\n\n',
    'text\n\nno dash\n',
    `text\r\n\n\u2014 a AAAAAAAA\n`,
    'text\n\n\u2014 a AAAAAAAA',
    'text\n\n\u2014 a b AAAAAAAA\n',
  ])('source %# is no note', (source) => expect(parseSignedNote(source)).toBeNull());
});

describe('checkpoints and proofs', () => {
  test('checkpoints of every size below 300 are read back', () => {
    for (let size = 0; size < 300; size++) {
      const checkpoint = { origin: 'forge.test/acme/models', size, root: nodeSha256(utf8(String(size))) };
      expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual(checkpoint);
    }
  });

  test.each([
    ['a space in the origin', 'a b\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['a leading zero', 'a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['a short hash', 'a\n1\nAAAA\n'],
    ['an extension line', 'a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n'],
    ['no line break', 'a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
    ['a size beyond every tree', 'a\n9999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
  ])('%s is no checkpoint', (_, text) => expect(parseCheckpoint(text)).toBeNull());

  test('proofs are read back, with and without extra bytes', () => {
    const checkpoint = formatSignedNote(
      signNote(nodeSha256, formatCheckpoint({ origin: 'a', size: 0, root: emptyRoot(nodeSha256) }), testSigner('a')),
    );
    for (let count = 0; count < 60; count++) {
      const hashes = Array.from({ length: count }, (_, index) => nodeSha256(utf8(String(index))));
      const proof = { index: count * 1000, hashes, checkpoint, extra: count % 2 === 0 ? null : utf8('extra') };
      expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof);
    }
    expect(parseTlogProof(`c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n${checkpoint}`)).toBeNull();
    expect(parseTlogProof(`c2sp.org/tlog-proof@v2\nindex 1\n\n${checkpoint}`)).toBeNull();
    expect(parseTlogProof('c2sp.org/tlog-proof@v1\nindex 1\n')).toBeNull();
  });
});
