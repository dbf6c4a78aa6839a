import { type Digest, digestBytes, utf8 } from '@weighbridge/core';
import { nodeSha256 } from '@weighbridge/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chooseBundled,
  formatEvidenceBundle,
  maxBundledDocumentBytes,
  maxEvidenceBundleBytes,
  parseEvidenceBundle,
} from './evidence-bundle.js';

const documentsOf = (all: readonly Uint8Array[]) =>
  new Map<Digest, Uint8Array>(all.map((bytes) => [digestBytes(nodeSha256, bytes), bytes]));
const digestOf = (number: number): Digest => `sha256:${number.toString(16).padStart(64, '0')}`;

test('what is formatted is parsed, whatever the order and the bytes', () => {
  const some = fc.array(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string().map(utf8)), { minLength: 1 });
  fc.assert(
    fc.property(some, (all) => {
      const documents = documentsOf(all);
      const bytes = formatEvidenceBundle(documents);
      expect(parseEvidenceBundle(bytes)).toEqual(documents);
      expect(formatEvidenceBundle(new Map([...documents].reverse()))).toEqual(bytes);
    }),
    { seed: 4, numRuns: 100 },
  );
});

test('a bundle can be read by people', () => {
  const text = new TextDecoder().decode(formatEvidenceBundle(documentsOf([utf8('{"a":1}')])));
  expect(text).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862 7\n{"a":1}\n');
});

const zero = '0'.repeat(64);
const one = `${'0'.repeat(63)}1`;
test.each([
  ['nothing', ''],
  ['a document that is cut', `${zero} 5\nabc\n`],
  ['no line break at the end', `${zero} 3\nabc`],
  ['a size with a leading zero', `${zero} 03\nabc\n`],
  ['a size that no memory has', `${zero} 99999999999\nabc\n`],
  ['a digest in capitals', `${'A'.repeat(64)} 3\nabc\n`],
  ['a document twice', `${zero} 1\na\n${zero} 1\na\n`],
  ['documents out of order', `${one} 1\na\n${zero} 1\na\n`],
  ['words after the last document', `${zero} 1\na\nmore`],
  ['a header without an end', `${zero} ${'1'.repeat(80)}\n`],
])('%s is no bundle', (_, text) => {
  expect(parseEvidenceBundle(utf8(text))).toBeNull();
});

test('small documents go into a bundle, and all of them or none', () => {
  const named = new Set(Array.from({ length: 300 }, (_, number) => digestOf(number)));
  const sizes = new Map([
    [digestOf(0), 1],
    [digestOf(1), maxBundledDocumentBytes],
    [digestOf(2), maxBundledDocumentBytes + 1],
    [digestOf(999), 1],
  ]);
  expect([...chooseBundled(named, sizes)]).toEqual([digestOf(0), digestOf(1)]);
  const full = maxEvidenceBundleBytes / maxBundledDocumentBytes;
  const many = new Map([...named].map((digest) => [digest, maxBundledDocumentBytes]));
  expect(chooseBundled(new Set([...named].slice(0, full)), many).size).toBe(full);
  expect(chooseBundled(new Set([...named].slice(0, full + 1)), many).size).toBe(0);
});
