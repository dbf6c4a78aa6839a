import { createHash } from 'node:crypto';
import { utf8, WeighbridgeError } from '@weighbridge/core';
import {
  bytesSource,
  expectCode,
  seededBytes,
  writeGguf,
  writeSafetensors,
  writeZip,
  type ZipSpec,
} from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { magicBytes, readHeader } from './read-header.js';

const context = {
  sha256: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()),
  openBeside: async () => null,
};
const read = (bytes: Uint8Array, name: string) => readHeader(bytesSource(bytes, name), context);

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const safetensors = writeSafetensors({ tensors: [{ name: 'w', dtype: 'U8', shape: [4], bytes: seededBytes(1, 4) }] });
const gguf = writeGguf({ tensors: [{ name: 'w', ggmlType: 24, extents: [4], bytes: seededBytes(1, 4) }] });

describe('a format', () => {
  test('is recognised by content, whatever the name', async () => {
    expect((await read(safetensors, 'model.gguf'))?.format).toBe('safetensors');
    expect((await read(gguf, 'model.safetensors'))?.format).toBe('gguf');
  });

  test('of a pickle is told up to protocols that may come, and whatever stands behind', async () => {
    await expectCode(read(bytesOf('\x80\x06N.'), 'model.bin'), 'formats/pickle-malformed');
    await expectCode(read(bytesOf('cos\nsystem\n(S"id"\ntR\x80\x33.'), 'model.bin'), 'formats/pickle-malformed');
  });

  test('that is not known is null', async () => {
    const files = [
      utf8(''),
      utf8('{"a": 1}'),
      utf8('# Title'),
      new Uint8Array(600),
      seededBytes(5, 4096),
      Uint8Array.of(0x47, 0x47),
      // PROTO 51, which every loader refuses before it goes on: by chance the first bytes of plain weights.
      bytesOf('\x80\x33N.'),
      bytesOf(`\x80\x33cos\nsystem\n(S'id'\ntR.`),
      bytesOf('\x80\x09N.'),
    ];
    for (const bytes of files) expect(await read(bytes, 'model.safetensors')).toBe(null);
  });

  test('is none for text that begins like an old pickle', async () => {
    const texts = [
      'channels:\n- conda-forge\ndependencies:\n- python=3.11\n',
      'certifi==2024.1.1\nclick\n',
      'click\nnumpy\npandas\n',
      'license: mit\n',
      '(c) 2026 the authors\n',
      '(see below)\n',
      'lightgbm\n',
      ']]]\n',
    ];
    for (const text of texts) expect(await read(utf8(text), 'x'), text).toBe(null);
  });

  test('is a pickle when it begins with an import, however it ends', async () => {
    const header = await read(utf8("cos\nsystem\n(S'ls'\ntR."), 'notes.txt');
    expect(header).toMatchObject({ format: 'pickle', imports: ['os.system'] });
    await expectCode(read(utf8("cos\nsystem\n(S'ls'\ntR!"), 'notes.txt'), 'formats/pickle-malformed');
    await expectCode(read(utf8("(cos\nsystem\np0\nS'ls'\no!"), 'notes.txt'), 'formats/pickle-malformed');
  });

  test('is none for zip archives of other programs', async () => {
    expect(await read(storedZip('arr_0.npy', seededBytes(1, 20)), 'x.npz')).toBe(null);
    await expectCode(read(storedZip('archive/data.pkl', seededBytes(1, 20)), 'x.pt'), 'formats/pickle-malformed');
  });

  const content = seededBytes(1, 20);
  test.each<readonly [string, Omit<ZipSpec, 'name' | 'content'>, string]>([
    ['a backslash in a name', {}, 'logs\\'],
    ['a symbolic link', { directory: { unixMode: 0o120777 } }, ''],
    ['encryption', { flags: 1 }, ''],
  ])('is none for zip archives with %s, unless torch could load them', async (_, quirk, folder) => {
    const zip = (name: string) =>
      writeZip([
        { name: 'a', content },
        { ...quirk, name: folder + name, content },
      ]);
    expect(await read(zip('metadata.json'), 'x.zip')).toBe(null);
    await expectCode(read(zip('Data.pkl'), 'x.zip'), 'formats/zip-malformed');
    const unopened = { format: 'joblib', tensors: [], attributes: { compression: 'zip' }, imports: [] };
    expect(await read(zip('metadata.pkl'), 'x.zip')).toMatchObject(unopened);
  });

  test.each(['../a', 'logs/../../a', '/a', '\\a', 'C:a', 'logs\\..\\..\\a'])(
    'is refused for a zip archive that would write to %j',
    async (name) => {
      await expectCode(read(storedZip(name, content), 'x.zip'), 'formats/zip-malformed');
    },
  );

  test('is none for zip archives with names in an old code page', async () => {
    const zip = (...names: readonly string[]) => {
      const bytes = writeZip(names.map((name) => ({ name, content })));
      // A letter of the code page 437 that is no UTF-8.
      return bytes.map((byte) => (byte === 0x7e ? 0x81 : byte));
    };
    expect(await read(zip('gr~n.txt', 'b'), 'x.zip')).toBe(null);
    await expectCode(read(zip('gr~n/data.pkl', 'b'), 'x.zip'), 'formats/zip-malformed');
    await expectCode(read(zip('gr~n.txt', 'b').subarray(0, -9), 'x.zip'), 'formats/zip-malformed');
  });

  test('is none for a saved model of TensorFlow', async () => {
    expect(await read(Uint8Array.of(0x08, 0x01, 0x12, 0xff, 0xff, 0x03, 0x0a, 0x00), 'saved_model.pb')).toBe(null);
  });

  test('that is broken is an error', async () => {
    await expectCode(read(safetensors.slice(0, -1), 'a'), 'formats/truncated');
    await expectCode(read(gguf.slice(0, 20), 'a'), 'formats/truncated');
  });

  test('counts what was read to recognise it', async () => {
    const header = await read(safetensors, 'a');
    expect(header?.bytesRead).toBe(Math.min(magicBytes, safetensors.length) + safetensors.length - 4);
  });
});

test('files of any bytes are null, a header or a named error', async () => {
  for (let seed = 1; seed <= 2000; seed++) {
    const bytes = seededBytes(seed, seed % 700);
    const start =
      [safetensors, gguf, utf8('PK\u0003\u0004'), Uint8Array.of(0x80, 4), Uint8Array.of(8, 8)][seed % 5] ?? gguf;
    bytes.set(start.subarray(0, Math.min(seed % 40, bytes.length, start.length)));
    expect((await codeOf(read(bytes, 'x'))) ?? 'formats/', `seed ${seed}`).toMatch(/^formats\//);
  }
});

/** The code that reading ends in; null when it does not fail. Any other error fails the test. */
async function codeOf(reading: Promise<unknown>): Promise<string | null> {
  try {
    await reading;
    return null;
  } catch (cause) {
    if (cause instanceof WeighbridgeError) return cause.code;
    throw cause;
  }
}

/** A zip archive of one uncompressed file; nothing here checks its CRC. */
function storedZip(name: string, content: Uint8Array): Uint8Array {
  const local = Buffer.alloc(30 + name.length);
  local.write('PK\u0003\u0004');
  local.writeUInt32LE(content.length, 18);
  local.writeUInt32LE(content.length, 22);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const central = Buffer.alloc(46 + name.length);
  central.write('PK\u0001\u0002');
  central.writeUInt32LE(content.length, 20);
  central.writeUInt32LE(content.length, 24);
  central.writeUInt16LE(name.length, 28);
  central.write(name, 46);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length + content.length, 16);
  return new Uint8Array(Buffer.concat([local, content, central, end]));
}
