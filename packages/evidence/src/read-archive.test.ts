import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { expectCode, writeZip, type ZipSpec } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { archiveLimits, readArchive } from './read-archive.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const inflate = (packed: Uint8Array, max: number) => inflateRawSync(packed, { maxOutputLength: max + 1 });
const crc32 = (content: Uint8Array): number => {
  let crc = ~0;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
};
const stored = (name: string, text: string): ZipSpec => {
  return { name, content: bytes(text), directory: { crc32: crc32(bytes(text)) } };
};
const deflated = (name: string, text: string): ZipSpec => ({
  name,
  content: deflateRawSync(bytes(text)),
  method: 8,
  directory: { sizeBytes: bytes(text).length, crc32: crc32(bytes(text)) },
});
const read = (entries: readonly ZipSpec[]) => readArchive({ name: 'results', bytes: writeZip(entries) }, inflate);
const changed = (spec: ZipSpec, directory: ZipSpec['directory']): ZipSpec => {
  return { ...spec, directory: { ...spec.directory, ...directory } };
};

describe('an archive of a run', () => {
  test('gives its files, stored and deflated, and passes over folders', async () => {
    const files = await read([
      { name: 'out/', content: new Uint8Array(0), directory: { unixMode: 0o040755 } },
      changed(stored('out/eval.json', '{"a":1}'), { unixMode: 0o100644 }),
      deflated('long.txt', 'x'.repeat(10_000)),
    ]);
    expect([...files].map(([name, content]) => [name, content.length])).toEqual([
      ['out/eval.json', 7],
      ['long.txt', 10_000],
    ]);
  });

  const hostile: readonly (readonly [string, readonly ZipSpec[]])[] = [
    ['a name that leaves the folder', [stored('../eval.json', '{}')]],
    ['such a name in the middle', [stored('a/../../eval.json', '{}')]],
    ['an absolute name', [stored('/etc/passwd', '{}')]],
    ['a name of Windows', [stored('C:\\eval.json', '{}')]],
    ['a name twice', [stored('eval.json', '{}'), stored('eval.json', '{"a":1}')]],
    ['a name in two cases', [stored('eval.json', '{}'), stored('Eval.json', '{"a":1}')]],
    ['a symbolic link', [changed(stored('eval.json', '/etc/passwd'), { unixMode: 0o120777 })]],
    ['a device', [changed(stored('eval.json', ''), { unixMode: 0o020666 })]],
    ['a folder that is a link', [changed(stored('out/', ''), { unixMode: 0o120777 })]],
    ['a wrong checksum', [changed(stored('eval.json', '{}'), { crc32: 1 })]],
    ['more bytes than it says', [changed(deflated('eval.json', 'x'.repeat(9000)), { sizeBytes: 10 })]],
    ['fewer bytes than it says', [changed(deflated('eval.json', 'x'.repeat(10)), { sizeBytes: 9000 })]],
    ['bytes that are no deflate', [{ ...deflated('eval.json', 'x'), content: bytes('\u0007not deflate') }]],
    ['another compression', [{ ...stored('eval.json', '{}'), method: 12 }]],
    ['encryption', [{ ...stored('eval.json', '{}'), flags: 1 }]],
    ['bytes that two entries share', [stored('a', 'x'), changed(stored('b', 'x'), { headerOffset: 0 })]],
  ];
  test.each(hostile)('with %s is refused whole', async (_, entries) => {
    await expectCode(read([stored('good.json', '{}'), ...entries]), 'formats/zip-malformed');
  });

  test('that says it unpacks to more than is read is refused before anything is unpacked', async () => {
    let unpacked = 0;
    const counting = (packed: Uint8Array, max: number) => (unpacked++, inflate(packed, max));
    const huge = changed(deflated('eval.json', 'x'), { sizeBytes: archiveLimits.fileBytes + 1 });
    const many = Array.from({ length: 5 }, (_, at) =>
      changed(deflated(`${at}`, 'x'), { sizeBytes: archiveLimits.fileBytes }),
    );
    for (const entries of [[huge], many]) {
      const archive = { name: 'results', bytes: writeZip(entries) };
      await expectCode(readArchive(archive, counting), 'formats/document-too-large');
    }
    expect(unpacked).toBe(0);
  });

  test('of too many entries or bytes is refused', async () => {
    const entries = Array.from({ length: archiveLimits.entries + 1 }, (_, at) => stored(`${at}`, ''));
    await expectCode(read(entries), 'formats/too-complex');
    const large = { name: 'results', bytes: new Uint8Array(archiveLimits.archiveBytes + 1) };
    await expectCode(readArchive(large, inflate), 'formats/document-too-large');
  });

  test('that is none is refused', async () => {
    for (const content of ['', 'PK', 'no archive at all']) {
      const archive = { name: 'results', bytes: bytes(content) };
      await expectCode(readArchive(archive, inflate), 'formats/zip-malformed');
    }
  });
});
