import { createHash } from 'node:crypto';
import { utf8, WeighbridgeError } from '@weighbridge/core';
import {
  assembleSafetensors,
  bytesSource,
  expectCode,
  seededBytes,
  type WrittenTensor,
  writeSafetensors,
} from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCodePoints } from '../code-points.js';
import { digestTensors } from '../tensor-digests.js';
import { safetensorsDtypeBits } from './dtypes.js';
import { looksLikeSafetensors, maxSafetensorsHeaderBytes, readSafetensorsHeader } from './read-header.js';

const golden = `{"__metadata__":{"format":"pt"},"lora_B.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"lora_A.weight":{"dtype":"F16","shape":[1,2],"data_offsets":[8,12]}} `;

function fileOf(json: string, dataBytes = 0, headerBytes?: number): Uint8Array {
  const header = utf8(json);
  return assembleSafetensors(header, {
    headerBytes: headerBytes ?? header.length,
    buffers: [new Uint8Array(dataBytes)],
  });
}

const read = (bytes: Uint8Array, name = 'out/model.safetensors') => readSafetensorsHeader(bytesSource(bytes, name));

describe('a safetensors header', () => {
  test('of a file that the reference implementation wrote', async () => {
    const bytes = fileOf(golden, 12, 0xa8);
    expect(bytes.length).toBe(188);
    expect(await read(bytes)).toEqual({
      format: 'safetensors',
      tensors: [
        {
          name: 'lora_A.weight',
          dtype: 'F16',
          shape: [1, 2],
          location: { file: 'model.safetensors', startByte: 184, endByte: 188 },
        },
        {
          name: 'lora_B.weight',
          dtype: 'F32',
          shape: [2, 1],
          location: { file: 'model.safetensors', startByte: 176, endByte: 184 },
        },
      ],
      attributes: { format: 'pt' },
      graph: null,
      imports: [],
      bytesRead: 176,
    });
  });

  test('without tensors', async () => {
    expect((await read(fileOf('{}'))).tensors).toEqual([]);
  });

  test('is all that is read', async () => {
    const bytes = writeSafetensors({ tensors: [tensor('a', 'U8', [1000])] });
    const ranges: [number, number][] = [];
    const source = bytesSource(bytes, 'a');
    const header = await readSafetensorsHeader({
      ...source,
      read: (offset, length) => {
        ranges.push([offset, length]);
        return source.read(offset, length);
      },
    });
    expect(ranges).toEqual([
      [0, 8],
      [8, bytes.length - 1008],
    ]);
    expect(header.bytesRead).toBe(bytes.length - 1000);
  });

  test('names that are hostile to objects are names', async () => {
    const names = ['__proto__', 'constructor', 'toString', '10', '9', 'ﬀ', '😀'];
    const bytes = writeSafetensors({
      tensors: names.map((name) => tensor(name, 'F32', [1])),
      metadata: JSON.parse('{"__proto__":"x"}'),
    });
    const header = await read(bytes);
    expect(header.tensors.map(({ name }) => name)).toEqual([
      '10',
      '9',
      '__proto__',
      'constructor',
      'toString',
      'ﬀ',
      '😀',
    ]);
    expect(Object.entries(header.attributes)).toEqual([['__proto__', 'x']]);
  });

  test('has what was written, for every dtype, order and shape', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryTensors,
        fc.dictionary(fc.string(), fc.string()),
        fc.boolean(),
        async (tensors, metadata, reversed) => {
          const order = (left: string, right: string) =>
            reversed ? compareCodePoints(right, left) : compareCodePoints(left, right);
          const bytes = writeSafetensors({ tensors, metadata, headerOrder: order });
          const header = await read(bytes);
          const sorted = [...tensors].sort((left, right) => compareCodePoints(left.name, right.name));
          expect(header.tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape }))).toEqual(
            sorted.map(({ name, dtype, shape }) => ({ name, dtype, shape })),
          );
          for (const [index, { location }] of header.tensors.entries()) {
            expect(bytes.subarray(location?.startByte, location?.endByte)).toEqual(sorted[index]?.bytes);
          }
          expect(new Map(Object.entries(header.attributes))).toEqual(new Map(Object.entries(metadata)));
          const digests = await digestTensors(
            header,
            async () => bytesSource(bytes),
            () => createHash('sha256'),
            { bufferBytes: 7 },
          );
          expect([...digests]).toEqual(sorted.map(({ name, bytes: own }) => [name, sha256Text(own)]));
        },
      ),
      { numRuns: 200, seed: 20261124 },
    );
  });
});

describe('refused', () => {
  const malformed = 'formats/safetensors-malformed';
  const entry = (text: string) => `{"a":{${text}}}`;
  const sound = '"dtype":"F32","shape":[2],"data_offsets":[0,8]';
  test.each([
    ['a duplicate tensor', `{"a":{${sound}},"a":{${sound}}}`, 8],
    ['a duplicate key of a tensor', entry(`${sound},"dtype":"F32"`), 8],
    ['duplicate metadata', '{"__metadata__":{"a":"1","a":"2"}}', 0],
    ['metadata that is no text', '{"__metadata__":{"a":1}}', 0],
    ['metadata that is a list', '{"__metadata__":[]}', 0],
    ['an unknown dtype', entry('"dtype":"F31","shape":[2],"data_offsets":[0,8]'), 8],
    ['a dtype of Object.prototype', entry('"dtype":"toString","shape":[2],"data_offsets":[0,8]'), 8],
    ['a missing shape', entry('"dtype":"F32","data_offsets":[0,8]'), 8],
    ['a fraction as extent', entry('"dtype":"F32","shape":[2.0],"data_offsets":[0,8]'), 8],
    ['a negative extent', entry('"dtype":"F32","shape":[-2],"data_offsets":[0,8]'), 8],
    ['a huge extent', entry('"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,8]'), 8],
    [
      'an overflow of the shape',
      entry('"dtype":"F32","shape":[4294967296,4294967296,4294967296,4294967296],"data_offsets":[0,8]'),
      8,
    ],
    ['a length that is not shape times dtype', entry('"dtype":"F32","shape":[3],"data_offsets":[0,8]'), 8],
    ['sub-byte elements that do not fill bytes', entry('"dtype":"F4","shape":[3],"data_offsets":[0,2]'), 2],
    ['offsets in reverse', entry('"dtype":"F32","shape":[2],"data_offsets":[8,0]'), 8],
    ['three offsets', entry('"dtype":"F32","shape":[2],"data_offsets":[0,8,8]'), 8],
    ['a hole before the first tensor', entry('"dtype":"F32","shape":[2],"data_offsets":[4,12]'), 12],
    ['a hole between tensors', `{"a":{${sound}},"b":{"dtype":"U8","shape":[1],"data_offsets":[9,10]}}`, 10],
    ['an overlap', `{"a":{${sound}},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}`, 8],
    ['bytes after the last tensor', entry(sound), 9],
    ['a header that is a list', '[]', 0],
    ['a header that begins with a space', ' {}', 0],
    ['a second value', '{}{}', 0],
    ['no header', '', 0],
    ['a header that nests', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 0],
    ['NaN', '{"a":NaN}', 0],
  ])('%s', async (_, json, dataBytes) => {
    await expectCode(read(fileOf(json, dataBytes)), malformed);
  });

  test('what is not UTF-8', async () => {
    await expectCode(read(assembleSafetensors(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d))), malformed);
  });

  test.each([0, 1, 7, 8, 50, 175, 176, 187])('a file cut at byte %i', async (length) => {
    await expectCode(read(fileOf(golden, 12).subarray(0, length)), 'formats/truncated');
  });

  test('a header longer than the bound, before it is read', async () => {
    const lengths = [BigInt(maxSafetensorsHeaderBytes) + 1n, 2n ** 63n, 2n ** 64n - 1n];
    for (const length of lengths) {
      const bytes = fileOf(golden, 12);
      new DataView(bytes.buffer).setBigUint64(0, length, true);
      await expectCode(read(bytes), 'formats/header-too-large');
    }
  });
});

test('mutated files end in a header or a named error', async () => {
  const bytes = writeSafetensors({
    tensors: [tensor('a', 'F32', [2, 3]), tensor('b', 'F6_E2M3', [4]), tensor('c', 'BF16', [])],
    metadata: { format: 'pt' },
  });
  const seed = 71;
  const random = seededBytes(seed, 40_000);
  let accepted = 0;
  for (let run = 0; run < 5000; run++) {
    const mutant = bytes.slice();
    for (let flip = 0; flip <= run % 4; flip++) {
      const at = 8 * run + 2 * flip;
      mutant[((random[at] ?? 0) * 256 + (random[at + 1] ?? 0)) % mutant.length] = random[(at + 2) % random.length] ?? 0;
    }
    const code = await codeOf(read(mutant));
    expect(code ?? 'formats/', `seed ${seed}, run ${run}`).toMatch(/^formats\//);
    accepted += code === null ? 1 : 0;
  }
  expect(accepted).toBeGreaterThan(0);
});

test('is recognised by length and brace, never in text', () => {
  expect(looksLikeSafetensors(fileOf(golden, 12))).toBe(true);
  expect(looksLikeSafetensors(utf8('{"a": 1,{"b": 2}}'))).toBe(false);
  expect(looksLikeSafetensors(fileOf(golden).subarray(0, 8))).toBe(false);
});

const arbitraryTensors = fc
  .uniqueArray(
    fc.record({
      name: fc.string({ unit: 'binary', maxLength: 12 }).filter((name) => name !== '__metadata__'),
      dtype: fc.constantFrom(...safetensorsDtypeBits.keys()),
      shape: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
    }),
    { selector: ({ name }) => name, maxLength: 12 },
  )
  .map((outlines) => outlines.map(({ name, dtype, shape }) => tensor(name, dtype, [...shape, 4])));

function tensor(name: string, dtype: string, shape: readonly number[]): WrittenTensor {
  const elements = shape.reduce((product, extent) => product * extent, 1);
  const bits = elements * (safetensorsDtypeBits.get(dtype) ?? 0);
  return { name, dtype, shape, bytes: seededBytes(name.length + elements, bits / 8) };
}

function sha256Text(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

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
