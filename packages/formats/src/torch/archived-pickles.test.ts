import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createInflateRaw, deflateRawSync } from 'node:zlib';
import { utf8 } from '@weighbridge/core';
import { bytesSource, expectCode, seededBytes, writeZip } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { readHeader } from '../read-header.js';
import type { InflateStream } from './entry-content.js';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const inflateStream: InflateStream = (compressed) => {
  const inflate = createInflateRaw();
  pipeline(Readable.from(compressed, { objectMode: false }), inflate, () => {});
  return inflate;
};
const context = { sha256, inflate: inflateStream, openBeside: async () => null };
const read = (bytes: Uint8Array, name = 'x') => readHeader(bytesSource(bytes, name), context);

const pickle = utf8("cos\nsystem\n(S'id'\ntR.");
const numbers = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", new Uint8Array(8));
const objects = npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", pickle);

/** A file as numpy.save writes it (NumPy Enhancement Proposal 1). */
function npy(text: string, content: Uint8Array, version = 1): Uint8Array {
  const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0);
  const length = version === 1 ? [text.length, 0] : [text.length, 0, 0, 0];
  return Uint8Array.of(...magic, ...length, ...utf8(text), ...content);
}

function archive(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return writeZip(Object.entries(entries).map(([name, content]) => ({ name, content })));
}

function deflated(name: string, content: Uint8Array): Uint8Array {
  const packed = new Uint8Array(deflateRawSync(content));
  return writeZip([{ name, method: 8, content: packed, directory: { sizeBytes: content.length } }]);
}

describe('an array of numpy', () => {
  test.each([1, 2, 3])('of objects is a pickle, in version %d of its header', async (version) => {
    const bytes = npy("{'descr': [('a', '<f4'), ('b', '|O')], 'shape': (1,), }", pickle, version);
    expect(await read(bytes)).toMatchObject({ format: 'pickle', tensors: [], imports: ['os.system'] });
  });

  test('of numbers or texts is none', async () => {
    expect(await read(numbers)).toBe(null);
    expect(await read(npy("{'descr': '<U7', 'fortran_order': False, 'shape': (1,), }", seededBytes(1, 28)))).toBe(null);
    expect(await read(numbers.slice(0, 11))).toBe(null);
  });
});

describe('an archive that torch does not load', () => {
  test('is a pickle where an array in it has objects', async () => {
    const header = await read(archive({ 'a.npy': numbers, 'b.npy': objects }), 'x.npz');
    const attributes = { archive: 'zip', pickles: 1, entries: ['b.npy'] };
    expect(header).toMatchObject({ format: 'pickle', tensors: [], imports: ['os.system'], attributes });
    expect(await read(archive({ 'a.npy': numbers }), 'x.npz')).toBe(null);
  });

  test('is one where a model lies in it, deflated too', async () => {
    expect(await read(deflated('model/model.pkl', pickle))).toMatchObject({ imports: ['os.system'] });
    expect(await read(deflated('b.npy', objects))).toMatchObject({ imports: ['os.system'] });
    expect(await read(archive({ 'model.pt': archive({ 'm/data.pkl': pickle }) }))).toMatchObject({ format: 'pickle' });
  });

  test('is none by what is not called like a pickle', async () => {
    expect(await read(archive({ 'notes.txt': pickle, 'a.pkl': utf8('no pickle') }))).toBe(null);
  });

  test('is not opened a second time: it could hold itself', async () => {
    const inner = archive({ 'model.pkl': pickle });
    expect(await read(archive({ 'model.pt': inner }))).toBe(null);
  });

  test('counts as one that may import anything where a pickle in it is compressed', async () => {
    const sealed = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, ...seededBytes(1, 600));
    const header = await read(archive({ 'a.pkl': pickle, 'b.joblib': sealed }));
    expect(header).toMatchObject({ format: 'joblib', attributes: { compression: 'xz' }, imports: ['os.system'] });
  });

  test('with a broken pickle is an error that names the entry', async () => {
    const error = await expectCode(
      read(archive({ 'a.pkl': Uint8Array.of(0x80, 4, 0x4e) }), 'x.zip'),
      'formats/truncated',
    );
    expect(String(error)).toContain('x.zip/a.pkl');
  });
});
