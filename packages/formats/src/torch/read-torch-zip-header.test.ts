import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ErrorCode } from '@weighbridge/core';
import { bytesSource, expectCode, writeZip, type ZipSpec } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import type { ArtifactHeader } from '../header.js';
import { readTorchZipHeader } from './read-torch-zip-header.js';
import { locateEntry, looksLikeZip, readZipDirectory } from './zip-directory.js';

const context = {
  sha256: (input: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(input).digest()),
  openBeside: async () => null,
};
const checkpoint = new Uint8Array(readFileSync(new URL('../../fixtures/checkpoint.pt', import.meta.url)));
const read = (bytes: Uint8Array): Promise<ArtifactHeader> =>
  readTorchZipHeader(bytesSource(bytes, 'models/m.pt'), context);

/** The entries of the fixture, to be written again with quirks. */
async function entries(): Promise<ZipSpec[]> {
  const source = bytesSource(checkpoint);
  const { entries: found } = await readZipDirectory(source);
  const specs: ZipSpec[] = [];
  for (const entry of found.values()) {
    const { startByte, endByte } = await locateEntry(source, entry);
    specs.push({ name: entry.name, content: checkpoint.slice(startByte, endByte) });
  }
  return specs;
}

const without = ({ format, attributes, imports, tensors }: ArtifactHeader) => ({
  format,
  attributes,
  imports,
  tensors: tensors.map(({ name, dtype, shape }) => [name, dtype, shape]),
});

describe('a checkpoint', () => {
  test('tells its tensors with their bytes', async () => {
    const header = await read(checkpoint);
    expect(looksLikeZip(checkpoint)).toBe(true);
    expect(header.format).toBe('pytorch-zip');
    expect(header.attributes).toEqual({ torch: 'checkpoint', byteorder: 'little', version: '3' });
    const floats = (name: string) => {
      const location = header.tensors.find((tensor) => tensor.name === name)?.location;
      expect(location?.file).toBe('m.pt');
      return [...new Float32Array(checkpoint.slice(location?.startByte, location?.endByte).buffer)];
    };
    expect(without(header).tensors).toEqual([
      ['state_dict.fc.bias', 'float32', [4]],
      ['state_dict.fc.transposed', 'float32', [4, 2]],
      ['state_dict.fc.weight', 'float32', [2, 4]],
      ['state_dict.steps', 'int64', []],
    ]);
    expect(floats('state_dict.fc.weight')).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(floats('state_dict.fc.transposed')).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(floats('state_dict.fc.bias')).toEqual([8, 9, 10, 11]);
    expect(header.imports).toContain('torch._utils._rebuild_tensor_v2');
  });

  test('is the same under another folder, with padding, in zip64, with a comment', async () => {
    const expected = without(await read(checkpoint));
    const specs = await entries();
    const renamed = specs.map((spec) => ({
      ...spec,
      name: spec.name.replace('checkpoint/', 'archive/'),
      paddingBytes: 37,
    }));
    expect(without(await read(writeZip(renamed, { comment: 'PK\x05\x06 is not the end' })))).toEqual(expected);
    expect(
      without(
        await read(
          writeZip(
            specs.map((spec) => ({ ...spec, isZip64: true })),
            { isZip64: true },
          ),
        ),
      ),
    ).toEqual(expected);
  });

  test('is recognised as TorchScript by constants.pkl, whose code is told by its digest', async () => {
    const empty = Uint8Array.of(0x80, 2, 0x29, 0x2e);
    const script = async (name: string, size: number, byte = 0) => {
      const extra = [
        { name: 'checkpoint/constants.pkl', content: empty },
        // The checksum that the archive states is the same whatever the content is.
        { name: `checkpoint/code/${name}`, content: new Uint8Array(size).fill(byte) },
      ];
      return (await read(writeZip([...(await entries()), ...extra]))).attributes;
    };
    expect(await script('__torch__.py', 5)).toMatchObject({
      torch: 'script',
      code: expect.stringMatching(/^sha256:/) as string,
    });
    expect((await script('__torch__.py', 5))['code']).not.toBe((await script('__torch__.py', 6))['code']);
    expect((await script('__torch__.py', 5, 1))['code']).not.toBe((await script('__torch__.py', 5, 2))['code']);
    expect((await script('a.debug_pkl', 5))['code']).toBe((await script('a.debug_pkl', 6))['code']);
  });
});

describe('an archive that is not sound', () => {
  const edit = (name: string, change: Partial<ZipSpec>) => async (): Promise<Uint8Array> =>
    writeZip((await entries()).map((spec) => (spec.name === `checkpoint/${name}` ? { ...spec, ...change } : spec)));

  const cases: readonly (readonly [string, () => Promise<Uint8Array>, ErrorCode])[] = [
    ['cut off', async () => checkpoint.subarray(0, checkpoint.length - 5), 'formats/zip-malformed'],
    ['a path that leaves the folder', edit('version', { name: 'checkpoint/../version' }), 'formats/zip-malformed'],
    ['an absolute path', edit('version', { name: '/version' }), 'formats/zip-malformed'],
    ['two entries of one name', edit('version', { name: 'checkpoint/byteorder' }), 'formats/zip-malformed'],
    ['an encrypted entry', edit('version', { flags: 1 }), 'formats/zip-malformed'],
    ['a symbolic link', edit('data/0', { directory: { unixMode: 0o120777 } }), 'formats/zip-malformed'],
    ['a device', edit('version', { directory: { unixMode: 0o020666 } }), 'formats/zip-malformed'],
    ['overlapping entries', edit('version', { directory: { headerOffset: 0 } }), 'formats/zip-malformed'],
    [
      'an entry larger than the archive',
      edit('data/1', { directory: { storedBytes: 1e6, sizeBytes: 1e6 } }),
      'formats/zip-malformed',
    ],
    ['a stored entry that would grow', edit('data/0', { directory: { sizeBytes: 1e9 } }), 'formats/zip-malformed'],
    ['a compressed pickle', edit('data.pkl', { method: 8 }), 'formats/torch-compressed'],
    ['a compressed storage', edit('data/0', { method: 8 }), 'formats/torch-compressed'],
    ['no pickle', edit('data.pkl', { name: 'checkpoint/other.pkl' }), 'formats/torch-malformed'],
    ['two pickles', edit('version', { name: 'other/data.pkl' }), 'formats/torch-malformed'],
    ['a missing storage', edit('data/0', { name: 'checkpoint/data/9' }), 'formats/torch-malformed'],
    ['a storage that is too small', edit('data/0', { content: new Uint8Array(47) }), 'formats/torch-malformed'],
    ['a pickle that ends early', edit('data.pkl', { content: Uint8Array.of(0x80, 2, 0x7d) }), 'formats/truncated'],
    ['no entries at all', async () => writeZip([]), 'formats/torch-malformed'],
    ['nothing', async () => new Uint8Array(0), 'formats/zip-malformed'],
  ];
  test.each(cases)('is refused: %s', async (_, bytes, code) => {
    await expectCode(read(await bytes()), code);
  });
});
