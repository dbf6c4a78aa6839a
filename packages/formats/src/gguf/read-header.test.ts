import { createHash } from 'node:crypto';
import { bytesToHex, WeighbridgeError } from '@weighbridge/core';
import { bytesSource, expectCode, type GgufTensor, type GgufValue, seededBytes, writeGguf } from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../byte-source.js';
import { compareCodePoints } from '../code-points.js';
import { digestTensors } from '../tensor-digests.js';
import { ggmlTypes } from './ggml-types.js';
import { ggufWindowBytes, maxGgufHeaderBytes } from './header-window.js';
import { ggufTypesKey, looksLikeGguf, readGgufHeader } from './read-header.js';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const read = (bytes: Uint8Array, announced = bytes.length) =>
  readGgufHeader(bytesSource(bytes, 'm/model.gguf', announced), { sha256 });

const text = (value: string): GgufValue => ({ type: 'string', value });
const u32 = (value: number): GgufValue => ({ type: 'u32', value });
const texts = (values: readonly string[]): GgufValue => ({ type: 'array', of: 'string', values: values.map(text) });

function tensor(name: string, ggmlType: number, extents: readonly number[]): GgufTensor {
  const type = ggmlTypes.get(ggmlType);
  const elements = extents.reduce((product, extent) => product * extent, 1);
  const sizeBytes = type === undefined ? 0 : (elements / type.blockElements) * type.blockBytes;
  return { name, ggmlType, extents, bytes: seededBytes(elements + ggmlType, sizeBytes) };
}

describe('a GGUF header', () => {
  const small = writeGguf({
    keyValues: [
      ['general.architecture', text('llama')],
      ['general.alignment', u32(32)],
      ['llama.block_count', u32(2)],
      ['general.name', text('tiny')],
    ],
    tensors: [tensor('blk.0.attn_q.weight', 12, [256, 3])],
  });

  test('of a file with known first bytes', async () => {
    expect(bytesToHex(small.subarray(0, 24))).toBe('474755460300000001000000000000000400000000000000');
    const header = await read(small);
    const start = small.length - 448;
    expect(header).toEqual({
      format: 'gguf',
      tensors: [
        {
          name: 'blk.0.attn_q.weight',
          dtype: 'Q4_K',
          shape: [3, 256],
          location: { file: 'model.gguf', startByte: start, endByte: start + 432 },
        },
      ],
      attributes: {
        'general.alignment': 32,
        'general.architecture': 'llama',
        'general.name': 'tiny',
        'llama.block_count': 2,
      },
      graph: null,
      imports: [],
      bytesRead: small.length,
    });
  });

  test('says the same of versions 2 and 3', async () => {
    const writing = { keyValues: [['a', u32(1)] as const], tensors: [tensor('t', 0, [2])] };
    expect(await read(writeGguf({ ...writing, version: 2 }))).toEqual(
      await read(writeGguf({ ...writing, version: 3 })),
    );
  });

  test('of every value type', async () => {
    const scalars: [string, GgufValue][] = [
      ['a', { type: 'u8', value: 255 }],
      ['b', { type: 'i8', value: -128 }],
      ['c', { type: 'u16', value: 65535 }],
      ['d', { type: 'i16', value: -32768 }],
      ['e', { type: 'u32', value: 4294967295 }],
      ['f', { type: 'i32', value: -2147483648 }],
      ['g', { type: 'f32', value: 0.5 }],
      ['h', { type: 'bool', value: true }],
      ['i', { type: 'string', value: 'ö' }],
      ['j', { type: 'u64', value: 2n ** 64n - 1n }],
      ['k', { type: 'i64', value: -(2n ** 63n) }],
      ['l', { type: 'f64', value: 1e300 }],
      ['m', { type: 'f32', value: Number.NaN }],
      ['n', { type: 'f64', value: -Infinity }],
      ['o', { type: 'u64', value: 7 }],
      ['p', { type: 'array', of: 'array', values: [{ type: 'array', of: 'u8', values: [{ type: 'u8', value: 9 }] }] }],
      ['q', { type: 'array', of: 'f32', values: [] }],
      ['__proto__', { type: 'bool', value: false }],
    ];
    const { attributes } = await read(writeGguf({ keyValues: scalars }));
    expect(Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, value]))).toEqual(
      Object.fromEntries([
        ['__proto__', false],
        ['a', 255],
        ['b', -128],
        ['c', 65535],
        ['d', -32768],
        ['e', 4294967295],
        ['f', -2147483648],
        ['g', 0.5],
        ['h', true],
        ['i', 'ö'],
        ['j', '18446744073709551615'],
        ['k', '-9223372036854775808'],
        ['l', 1e300],
        ['m', 'NaN'],
        ['n', '-Infinity'],
        ['o', 7],
        ['p', [[9]]],
        ['q', []],
        [
          ggufTypesKey,
          {
            a: 'u8',
            b: 'i8',
            c: 'u16',
            d: 'i16',
            f: 'i32',
            j: 'u64',
            k: 'i64',
            l: 'f64',
            m: 'f32',
            n: 'f64',
            o: 'u64',
            p: 'array of array',
            q: 'array of f32',
          },
        ],
      ]),
    );
  });

  test('of long arrays and texts as count and digest', async () => {
    const tokens = Array.from({ length: 65 }, (_, index) => `t${index}`);
    const encoded = tokens.map((token) => {
      const bytes = Buffer.alloc(8 + token.length, token.padStart(8 + token.length, '\0'));
      bytes.writeBigUInt64LE(BigInt(token.length));
      return bytes;
    });
    const { attributes } = await read(
      writeGguf({
        keyValues: [
          ['tokens', texts(tokens)],
          ['short', texts(['a', 'b'])],
          ['template', text('x'.repeat(20_000))],
        ],
      }),
    );
    expect(attributes).toEqual({
      short: ['a', 'b'],
      template: { type: 'string', bytes: 20_000, digest: digest(Buffer.from('x'.repeat(20_000))) },
      tokens: { type: 'string', count: 65, digest: digest(Buffer.concat(encoded)) },
    });
  });

  test('of text that is not UTF-8 as its digest', async () => {
    const bytes = Uint8Array.of(0xff, 0xfe);
    const { attributes } = await read(writeGguf({ keyValues: [['a', { type: 'string', value: bytes }]] }));
    expect(attributes).toEqual({ a: { type: 'string', bytes: 2, digest: digest(bytes) } });
  });

  test('has what was written, for every ggml type', async () => {
    const outline = fc.record({
      name: fc.string({ unit: 'binary', maxLength: 10 }),
      type: fc.constantFrom(...ggmlTypes.keys()),
      blocks: fc.nat(3),
      outer: fc.array(fc.nat(3), { maxLength: 3 }),
    });
    const outlines = fc.uniqueArray(outline, { selector: ({ name }) => name, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(outlines, fc.constantFrom(8, 32, 64), fc.boolean(), async (parts, alignment, padsEnd) => {
        const tensors = parts.map(({ name, type, blocks, outer }) =>
          tensor(name, type, [blocks * (ggmlTypes.get(type)?.blockElements ?? 1), ...outer]),
        );
        const bytes = writeGguf({ keyValues: [['general.alignment', u32(alignment)]], tensors, alignment, padsEnd });
        const header = await read(bytes);
        const sorted = [...tensors].sort((left, right) => compareCodePoints(left.name, right.name));
        expect(header.tensors.map(({ name, dtype, shape }) => [name, dtype, shape])).toEqual(
          sorted.map(({ name, ggmlType, extents }) => [name, ggmlTypes.get(ggmlType)?.name, [...extents].reverse()]),
        );
        const digests = await digestTensors(
          header,
          async () => bytesSource(bytes),
          () => createHash('sha256'),
        );
        expect([...digests]).toEqual(sorted.map(({ name, bytes: own }) => [name, digest(own)]));
      }),
      { numRuns: 150, seed: 20261124 },
    );
  });
});

describe('of a large file', () => {
  const tokens = Array.from({ length: 150_000 }, (_, index) => `t${index}`);
  const bytes = writeGguf({
    keyValues: [
      ['tokenizer.ggml.tokens', texts(tokens)],
      ['z', u32(1)],
    ],
    tensors: [tensor('weights', 0, [512, 1024])],
  });

  test('the header is read once, forwards, in few reads, and of the tensors one window at most', async () => {
    const reads: [number, number][] = [];
    const source = bytesSource(bytes, 'large.gguf');
    const watched: ByteSource = {
      ...source,
      read: (offset, length) => {
        reads.push([offset, length]);
        return source.read(offset, length);
      },
    };
    const header = await readGgufHeader(watched, { sha256 });
    let position = 0;
    for (const [offset, length] of reads) {
      expect(offset).toBe(position);
      position += length;
    }
    const dataStart = header.tensors[0]?.location?.startByte ?? 0;
    expect(header.bytesRead).toBe(position);
    expect(dataStart).toBeGreaterThan(20 * ggufWindowBytes);
    expect(position).toBeLessThanOrEqual(dataStart + ggufWindowBytes);
    expect(reads.length).toBeLessThanOrEqual(9);
  });
});

describe('refused', () => {
  const preamble = (version: number, tensors: bigint, keys: bigint) => {
    const bytes = Buffer.alloc(24, 'GGUF');
    bytes.writeUInt32LE(version, 4);
    bytes.writeBigUInt64LE(tensors, 8);
    bytes.writeBigUInt64LE(keys, 16);
    return new Uint8Array(bytes);
  };

  test('versions and byte orders that are not known, by name', async () => {
    expect((await expectCode(read(preamble(1, 0n, 0n)), 'formats/gguf-unsupported')).message).toContain('version 1');
    expect((await expectCode(read(preamble(4, 0n, 0n)), 'formats/gguf-unsupported')).message).toContain('version 4');
    expect((await expectCode(read(preamble(3 * 2 ** 24, 0n, 0n)), 'formats/gguf-unsupported')).message).toContain(
      'big-endian',
    );
  });

  test('types that ggml removed or never had', async () => {
    const removed = await expectCode(read(writeGguf({ tensors: [tensor('t', 31, [32])] })), 'formats/gguf-unsupported');
    expect(removed.message).toContain('Q4_0_4_4');
    await expectCode(read(writeGguf({ tensors: [tensor('t', 4096, [32])] })), 'formats/gguf-unsupported');
  });

  test('counts beyond reason, before anything is built of them', async () => {
    await expectCode(read(preamble(3, 2n ** 64n - 1n, 0n)), 'formats/gguf-malformed');
    await expectCode(read(preamble(3, 10_000_000n, 0n)), 'formats/too-complex');
    await expectCode(read(preamble(3, 0n, 10_000_000n)), 'formats/too-complex');
    await expectCode(read(preamble(3, 1_000_000n, 0n)), 'formats/truncated');
  });

  test.each([
    ['a key twice', { keyValues: [['a', u32(1)] as const, ['a', u32(2)] as const] }],
    ['a tensor twice', { tensors: [tensor('a', 0, [8]), tensor('a', 0, [8])] }],
    ['five dimensions', { tensors: [tensor('a', 0, [1, 1, 1, 1, 1])] }],
    ['a row that is no multiple of the block', { tensors: [{ ...tensor('a', 12, [256]), extents: [255] }] }],
    ['more elements than addressable', { tensors: [{ ...tensor('a', 0, [8]), extents: [2 ** 40, 2 ** 40] }] }],
    ['an alignment that is no power of two', { keyValues: [['general.alignment', u32(48)] as const] }],
    [
      'an alignment of another type',
      { keyValues: [['general.alignment', { type: 'u64', value: 32 } as const] as const] },
    ],
    [
      'a hole between tensors',
      { tensors: [{ ...tensor('a', 0, [8]), bytes: new Uint8Array(64) }, tensor('b', 0, [8])] },
    ],
    [
      'an overlap of tensors',
      { tensors: [{ ...tensor('a', 0, [64]), bytes: new Uint8Array(32) }, tensor('b', 0, [64])] },
    ],
    [
      'a boolean of 2',
      { keyValues: [['a', { type: 'array', of: 'bool', values: [{ type: 'u8', value: 2 }] }] as const] },
    ],
    ['a name beyond the bound', { tensors: [tensor('n'.repeat(1025), 0, [1])] }],
  ])('%s', async (_, writing) => {
    await expectCode(read(writeGguf(writing)), 'formats/gguf-malformed');
  });

  test('arrays that nest without end', async () => {
    const nested = Buffer.concat([preamble(3, 0n, 1n), ...deepArray(10_000)]);
    await expectCode(read(new Uint8Array(nested)), 'formats/gguf-malformed');
  });

  test('a file cut at any byte', async () => {
    const bytes = writeGguf({ keyValues: [['a', texts(['x', 'y'])]], tensors: [tensor('t', 2, [32])], padsEnd: false });
    for (let length = 0; length < bytes.length; length++) {
      await expectCode(read(bytes.slice(0, length)), 'formats/truncated');
    }
    await read(bytes);
  });

  test('a header beyond the bound, without reading it', async () => {
    const announced = Buffer.concat([
      preamble(3, 0n, 1n),
      Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 97, 8, 0, 0, 0]),
      Buffer.alloc(8),
    ]);
    announced.writeBigUInt64LE(BigInt(maxGgufHeaderBytes), announced.length - 8);
    let bytesRead = 0;
    const source: ByteSource = {
      name: 'huge.gguf',
      sizeBytes: 2 ** 50,
      read: async (offset, length) => {
        bytesRead += length;
        const window = new Uint8Array(length);
        window.set(announced.subarray(offset, offset + length));
        return window;
      },
    };
    await expectCode(readGgufHeader(source, { sha256 }), 'formats/header-too-large');
    expect(bytesRead).toBeLessThan(2 * ggufWindowBytes);
  });
});

test('mutated files end in a header or a named error', async () => {
  const bytes = writeGguf({
    keyValues: [
      ['general.architecture', text('llama')],
      ['tokens', texts(Array.from({ length: 70 }, (_, index) => `${index}`))],
      [
        'nested',
        { type: 'array', of: 'array', values: [{ type: 'array', of: 'i16', values: [{ type: 'i16', value: 1 }] }] },
      ],
    ],
    tensors: [tensor('a', 2, [64, 2]), tensor('b', 0, [4]), tensor('c', 39, [32])],
  });
  const seed = 72;
  const random = seededBytes(seed, 60_000);
  let accepted = 0;
  for (let run = 0; run < 6000; run++) {
    const mutant = bytes.slice();
    for (let flip = 0; flip <= run % 3; flip++) {
      const at = 8 * run + 2 * flip;
      mutant[((random[at] ?? 0) * 256 + (random[at + 1] ?? 0)) % mutant.length] = random[(at + 2) % random.length] ?? 0;
    }
    const code = await codeOf(read(mutant));
    expect(code ?? 'formats/', `seed ${seed}, run ${run}`).toMatch(/^formats\//);
    accepted += code === null ? 1 : 0;
  }
  expect(accepted).toBeGreaterThan(0);
});

test('a walk that runs out of bytes again and again stays linear', async () => {
  // Many empty strings and then many that each outgrow a window: walked anew each time, this would take minutes.
  const values = [
    ...Array.from({ length: 300_000 }, () => ''),
    ...Array.from({ length: 100 }, () => 'x'.repeat(ggufWindowBytes)),
  ];
  const bytes = writeGguf({ keyValues: [['a', texts(values)]] });
  let views = 0;
  const header = await readGgufHeader(
    { ...bytesSource(bytes), read: async (offset, length) => ((views += 1), bytes.slice(offset, offset + length)) },
    { sha256 },
  );
  expect(header.attributes['a']).toMatchObject({ count: values.length });
  expect(views).toBeLessThan(110);
});

test('is recognised by its first four bytes', () => {
  expect(looksLikeGguf(writeGguf({}))).toBe(true);
  expect(looksLikeGguf(Uint8Array.of(0x47, 0x47, 0x55))).toBe(false);
});

function deepArray(depth: number): Buffer[] {
  const key = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 97, 9, 0, 0, 0]);
  const level = Buffer.from([9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  return [key, ...Array.from({ length: depth }, () => level)];
}

function digest(bytes: Uint8Array): string {
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
