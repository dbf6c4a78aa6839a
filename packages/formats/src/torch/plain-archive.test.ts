import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { WeighbridgeError } from '@weighbridge/core';
import { bytesSource, seededBytes, writeZip, type ZipSpec } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { readHeader } from '../read-header.js';
import { type ArchiveReading, digestMembers } from './archive-digests.js';
import { readPlainArchive } from './plain-archive.js';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const reading: ArchiveReading = {
  inflate: () => {
    throw new Error('nothing here is compressed');
  },
  newHash: () => createHash('sha256'),
  sha256,
};
const told = (bytes: Uint8Array) => digestMembers(bytesSource(bytes, 'w.npz'), reading);

const first: ZipSpec = { name: 'a.npy', content: seededBytes(1, 40) };
const second: ZipSpec = { name: 'b.npy', content: seededBytes(2, 50) };
const plain = writeZip([first, second]);
const extra = (id: number, length: number) =>
  Uint8Array.from([id & 0xff, id >> 8, length, 0, ...new Uint8Array(length).fill(7)]);
/** The checksum and sizes that some writers put behind a content. */
const descriptor = (size: number, crc32 = 0) => new Uint8Array(Uint32Array.of(0x08074b50, crc32, size, size).buffer);

describe('an archive is looked into', () => {
  test.each<readonly [string, Uint8Array]>([
    ['in another order', writeZip([second, first])],
    ['with padding and times', writeZip([{ ...first, paddingBytes: 40, extra: extra(0x5455, 5) }, second])],
    ['in zip64', writeZip([{ ...first, isZip64: true }, second], { isZip64: true })],
    ['with sizes behind the content', writeZip([{ ...first, flags: 8, gap: descriptor(40) }, second])],
  ])('%s it tells the same', async (_, bytes) => {
    expect(await told(bytes)).toEqual(await told(plain));
  });

  test('when PyTorch wrote it', async () => {
    const checkpoint = readFileSync(new URL('../../fixtures/checkpoint.pt', import.meta.url));
    expect(await readPlainArchive(bytesSource(new Uint8Array(checkpoint)))).not.toBeNull();
  });

  test('and other checksums make it another one', async () => {
    expect(await told(writeZip([{ ...first, directory: { crc32: 1 } }, second]))).not.toEqual(await told(plain));
  });

  test('and further folders make it another one', async () => {
    expect(await told(writeZip([first, second, { name: 'd/', content: new Uint8Array(0) }]))).not.toEqual(
      await told(plain),
    );
  });
});

describe('an archive is compared as a file', () => {
  test.each<readonly [string, Uint8Array]>([
    ['with bytes before its first entry', writeZip([first, second], { prefix: seededBytes(3, 9) })],
    ['with bytes between entries', writeZip([{ ...first, gap: seededBytes(3, 9) }, second])],
    ['with bytes before its directory', writeZip([first, { ...second, gap: seededBytes(3, 9) }])],
    ['with bytes before its end', writeZip([first, second], { beforeEnd: seededBytes(3, 9) })],
    ['with a comment', writeZip([first, second], { comment: 'v2' })],
    ['with a comment of an entry', writeZip([{ ...first, comment: 'v2' }, second])],
    ['with two entries of one name', writeZip([first, { ...second, name: 'a.npy' }])],
    ['with names that differ in case', writeZip([first, { ...second, name: 'A.npy' }])],
    ['with an entry that calls itself otherwise', writeZip([{ ...first, local: { name: 'z.npy' } }, second])],
    ['with another size before the content', writeZip([{ ...first, local: { sizeBytes: 4 } }, second])],
    ['with another checksum before the content', writeZip([{ ...first, local: { crc32: 4 } }, second])],
    ['with another checksum behind the content', writeZip([{ ...first, flags: 8, gap: descriptor(40, 4) }, second])],
    ['with a second name in an extra field', writeZip([{ ...first, extra: extra(0x7075, 9) }, second])],
    ['with a broken extra field', writeZip([{ ...first, extra: Uint8Array.of(1, 2, 3) }, second])],
    ['with a name in no code page', writeZip([{ ...first, name: 'ä.npy' }, second])],
    ['with flags that few know', writeZip([{ ...first, flags: 0x2000 }, second])],
    ['with a zip64 locator that nothing asks for', hiddenLocator()],
    ['that is cut off', plain.subarray(0, plain.length - 3)],
  ])('%s', async (_, bytes) => {
    expect(await told(bytes)).toBeNull();
    expect(await told(plain)).not.toBeNull();
  });

  test('and is no error where a name comes twice, as programs write that append', async () => {
    const bytes = writeZip([first, { ...second, name: 'a.npy' }]);
    expect(await readHeader(bytesSource(bytes, 'w.npz'), { sha256, openBeside: async () => null })).toBeNull();
  });
});

test('mutants of archives are told, compared as files or refused by name, and equal only where they are', async () => {
  const sample = writeZip([first, { ...second, isZip64: true, flags: 8, gap: descriptor(50) }], { isZip64: true });
  const expected = JSON.stringify([...((await told(sample)) ?? [])]);
  let looked = 0;
  for (let seed = 1; seed <= 3000; seed++) {
    const [at = 0, value = 0, length = 0, other = 0] = new Uint16Array(seededBytes(seed, 8).buffer);
    const mutant = [...sample];
    if (seed % 3 === 0) mutant.splice(at % sample.length, length % 9);
    else if (seed % 3 === 1) mutant.splice(at % sample.length, 0, ...sample.slice(other % sample.length).slice(0, 40));
    else for (const place of [at, other]) mutant[place % sample.length] = value % 256;
    try {
      const found = await told(Uint8Array.from(mutant));
      if (found === null) continue;
      looked += 1;
      const isEqual = JSON.stringify([...found]) === expected;
      const contents = [first, second].every(({ content }) => Buffer.from(mutant).includes(Buffer.from(content)));
      expect(isEqual && !contents, `seed ${seed}`).toBe(false);
    } catch (error) {
      if (!(error instanceof WeighbridgeError)) throw error;
      expect(error.code, `seed ${seed}`).toMatch(/^formats\//);
    }
  }
  expect(looked).toBeGreaterThan(20);
});

test('a directory of many entries is judged with two reads an entry', async () => {
  const entries = Array.from({ length: 20_000 }, (_, index) => ({ name: `${index}`, content: new Uint8Array(1) }));
  let reads = 0;
  const source = bytesSource(writeZip(entries), 'w.npz');
  const counted = {
    ...source,
    read: async (offset: number, lengthBytes: number) => {
      reads += 1;
      return source.read(offset, lengthBytes);
    },
  };
  expect(await readPlainArchive(counted)).not.toBeNull();
  expect(reads).toBeLessThan(2.1 * 20_000);
});

/** The last bytes of the directory are a locator to Python, which would follow it, and padding to others. */
function hiddenLocator(): Uint8Array {
  const locator = Uint8Array.from([0x50, 0x4b, 6, 7, ...new Uint8Array(16)]);
  return writeZip([first, { ...second, extra: Uint8Array.from([0x46, 0x42, locator.length, 0, ...locator]) }]);
}
