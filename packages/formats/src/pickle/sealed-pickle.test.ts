import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createInflateRaw, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { utf8 } from '@weighbridge/core';
import { bytesSource, expectCode, seededBytes } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { readHeader } from '../read-header.js';
import type { InflateStream } from '../torch/entry-content.js';
import { withinBudget } from '../torch/inflation-budget.js';
import { pickleCompression } from './sealed-pickle.js';

const inflateStream: InflateStream = (compressed) => {
  const inflate = createInflateRaw();
  pipeline(Readable.from(compressed, { objectMode: false }), inflate, () => {});
  return inflate;
};
const context = {
  sha256: (input: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(input).digest()),
  openBeside: async () => null,
};
const read = (bytes: Uint8Array, inflate: InflateStream | null = inflateStream) =>
  readHeader(bytesSource(bytes, 'models/m.joblib'), { ...context, ...(inflate === null ? {} : { inflate }) });
const sealed = (compression: string) => ({
  format: 'joblib',
  tensors: [],
  attributes: { compression },
  graph: null,
  imports: [],
});

const fixtureOf = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));
const pickle = fixtureOf('logistic.joblib');
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const concat = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** A member with every field that a header of gzip may have. */
function gzipWithFields(content: Uint8Array): Uint8Array {
  const fields = latin1('\x1f\x8b\x08\x1f\0\0\0\0\0\xff\x03\0abcname\0comment\0\0\0');
  return concat(fields, new Uint8Array(deflateRawSync(content)), new Uint8Array(8));
}

describe('a pickle in a container that joblib opens', () => {
  test.each([
    ['zlib', new Uint8Array(deflateSync(pickle))],
    ['gzip', new Uint8Array(gzipSync(pickle))],
    ['gzip', gzipWithFields(pickle)],
    ['gzip', fixtureOf('compressed.joblib.gz')],
    ['bzip2', latin1('BZh31AY&SY')],
    ['xz', latin1('\xfd7zXZ\0\0\x04')],
    ['lzma', latin1(']\0\0\x40\0\xff\xff\xff\xff\xff\xff\xff\xff\0\x40\x01')],
    ['lzma', latin1(']\0\0\x10\0\x05\0\0\0\0\0\0\0\0')],
    ['lz4', latin1('\x04\x22\x4d\x18\x64\x40')],
    ['zlib (joblib before 0.10)', latin1(`ZF${'0x25'.padEnd(19)}\x78\x9c`)],
  ])('is told as one, and what compressed it: %s', async (compression, bytes) => {
    const header = await read(bytes);
    expect(header).toMatchObject(sealed(compression));
    expect(header === null ? null : pickleCompression(header)).toBe(compression);
  });

  test('is one whatever its protocol and whatever follows its first import', async () => {
    const texts = [`cos\nsystem\n(S'ls'\ntR!${'x'.repeat(600)}`, `(lp0\nI1\na${'I2\na'.repeat(50_000)}.`];
    for (const text of texts) expect(await read(new Uint8Array(deflateSync(utf8(text))))).toMatchObject(sealed('zlib'));
  });

  test('is one where it cannot be inflated, because a loader runs what came before', async () => {
    const packed = new Uint8Array(gzipSync(concat(pickle, seededBytes(1, 100_000))));
    expect(await read(packed.fill(0xff, 40))).toMatchObject(sealed('gzip'));
    expect(await read(new Uint8Array(deflateSync(pickle)), null)).toMatchObject(sealed('zlib'));
  });

  test('may stand behind another container, or behind blocks of nothing', async () => {
    const [first, second] = [gzipSync(''), gzipSync(pickle)].map((each) => new Uint8Array(each));
    expect(await read(concat(first ?? pickle, second ?? pickle))).toMatchObject(sealed('gzip'));
    const nothing = Uint8Array.from({ length: 70_000 }, (_, at) => [0, 0, 0, 0xff, 0xff][at % 5] ?? 0);
    const padded = concat(latin1('\x78\x9c'), nothing, new Uint8Array(deflateRawSync(pickle)));
    expect(await read(padded)).toMatchObject(sealed('zlib'));
  });

  test('is not read to its end', async () => {
    const long = new Uint8Array(gzipSync(concat(pickle, seededBytes(1, 200_000))));
    expect((await read(long))?.bytesRead).toBe(64 * 1024 + 512);
  });

  test('is not inflated to its end', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(30_000_000)));
    expect(await read(bomb, withinBudget(inflateStream, 256 * 1024))).toBe(null);
  });

  test('has no header where the run may inflate no more', async () => {
    await expectCode(
      read(new Uint8Array(deflateSync(pickle)), withinBudget(inflateStream, 10)),
      'formats/inflation-budget',
    );
  });
});

describe('compressed files of other programs are none', () => {
  const text = 'channels:\n- conda-forge\n'.repeat(100);
  const tar = concat(utf8('./model/weights.bin'), new Uint8Array(600), seededBytes(1, 4000));
  test.each([
    ['text', utf8(text)],
    ['lines of old names', utf8('certifi==2024.1.1\nclick\n'.repeat(60))],
    ['JSON', utf8(JSON.stringify({ merges: Array.from({ length: 500 }, (_, at) => `a b${at}`) }))],
    ['an archive', tar],
    ['weights', seededBytes(7, 5000)],
  ])('%s', async (_what, content) => {
    expect(await read(new Uint8Array(gzipSync(content)))).toBe(null);
    expect(await read(gzipWithFields(content))).toBe(null);
    expect(await read(new Uint8Array(deflateSync(content)))).toBe(null);
  });

  test('and what only begins like a container', async () => {
    for (const start of ['x\x9d', 'xyz', '\x1f\x8b\x07', 'BZ', 'BZh0', 'ZFS pools and their sizes', '\x04\x22\x4d\x19'])
      expect(await read(concat(latin1(start), seededBytes(3, 600))), start).toBe(null);
    // Of a terabyte, which liblzma refuses.
    expect(await read(latin1(']\0\0\0\0\0\0\0\0\0\x01\x01\0\0\0'))).toBe(null);
  });
});

test('nothing but such a file is sealed', async () => {
  expect(pickleCompression({ format: 'gguf', attributes: { compression: 'zlib' } })).toBe(null);
  const plain = await read(pickle);
  expect(plain?.format).toBe('joblib');
  expect(plain === null ? '' : pickleCompression(plain)).toBe(null);
});
