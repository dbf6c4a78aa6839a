import { createHash } from 'node:crypto';
import { WeighbridgeError } from '@weighbridge/core';
import {
  bytesField,
  bytesSource,
  expectCode,
  type GraphSpec,
  type ModelSpec,
  textField,
  varintField,
  writeOnnx,
} from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../byte-source.js';
import type { HeaderContext } from '../header.js';
import { looksLikeOnnx } from './looks-like-onnx.js';
import { readOnnxHeader } from './read-onnx-header.js';

const sha256 = (input: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(input).digest());
const alone: HeaderContext = { sha256, openBeside: async () => null };

const read = (model: ModelSpec, context = alone) => readOnnxHeader(bytesSource(writeOnnx(model), 'm.onnx'), context);

const stored = (file: string, offset: number, length: number, dtype: 'float32' | 'int64' = 'float32'): ModelSpec => ({
  graph: {
    nodes: [{ op: 'Add', inputs: ['x', 'w'], outputs: ['y'] }],
    initializers: [{ name: 'w', dtype, shape: [4], values: [], storage: { file, offset, length } }],
    inputs: [{ name: 'x' }],
    outputs: [{ name: 'y' }],
  },
});

describe('external data', () => {
  const beside = (bytes: Uint8Array): HeaderContext => ({
    sha256,
    openBeside: async (path) => bytesSource(bytes, path),
  });

  test('is located in its own file', async () => {
    const { tensors } = await read(stored('./weights/a.bin', 64, 16), beside(new Uint8Array(80)));
    expect(tensors[0]?.location).toEqual({ file: 'weights/a.bin', startByte: 64, endByte: 80 });
  });

  test('of a shape or an axis is read, so that it is structure wherever it is kept', async () => {
    const bytes = new Uint8Array(40);
    bytes[8] = 7;
    const first = await read(stored('a.bin', 0, 32, 'int64'), beside(bytes));
    const second = await read(stored('a.bin', 8, 32, 'int64'), beside(bytes));
    expect(first.tensors).toEqual([]);
    expect(first.graph?.structure).not.toBe(second.graph?.structure);
    await expectCode(read(stored('a.bin', 0, 32, 'int64')), 'formats/onnx-external-missing');
  });

  test.each([
    '../a.bin',
    'a/../../b',
    '/etc/passwd',
    'C:\\a',
    'a\\b',
    '',
    'a//b',
    'file:///a',
    'a\0b',
    '.',
    './',
    'a/.',
  ])('is refused at %j', async (file) => {
    await expectCode(read(stored(file, 0, 16), beside(new Uint8Array(99))), 'formats/onnx-external-path');
  });

  test('must have the size of its shape and lie within its file', async () => {
    await expectCode(read(stored('a.bin', 0, 12), beside(new Uint8Array(99))), 'formats/onnx-malformed');
    await expectCode(read(stored('a.bin', 90, 16), beside(new Uint8Array(99))), 'formats/truncated');
    await expectCode(read(stored('a.bin', 2 ** 60, 16), beside(new Uint8Array(99))), 'formats/onnx-malformed');
  });
});

describe('unsound models', () => {
  const graph = (fields: Partial<GraphSpec>): ModelSpec => ({
    graph: { nodes: [], inputs: [{ name: 'x' }], outputs: [{ name: 'y' }], ...fields },
  });
  const node = (op: string, inputs: readonly string[], outputs: readonly string[]) => ({ op, inputs, outputs });

  test.each([
    [
      'a circle',
      graph({ nodes: [node('Add', ['x', 'b'], ['a']), node('Relu', ['a'], ['b']), node('Relu', ['b'], ['y'])] }),
    ],
    [
      'a circle of Identity',
      graph({
        nodes: [node('Identity', ['b'], ['a']), node('Identity', ['a'], ['b']), node('Add', ['a', 'x'], ['y'])],
      }),
    ],
    ['a name that nothing produces', graph({ nodes: [node('Relu', ['nowhere'], ['y'])] })],
    ['a name produced twice', graph({ nodes: [node('Relu', ['x'], ['y']), node('Tanh', ['x'], ['y'])] })],
    [
      'raw data of another size',
      graph({
        nodes: [node('Add', ['x', 'w'], ['y'])],
        initializers: [{ name: 'w', dtype: 'float32', shape: [3], values: [1] }],
      }),
    ],
    [
      'too many elements',
      graph({
        nodes: [node('Add', ['x', 'w'], ['y'])],
        initializers: [{ name: 'w', dtype: 'float32', shape: [2 ** 40, 2 ** 40], values: [] }],
      }),
    ],
    [
      'a function that calls itself',
      {
        ...graph({ nodes: [{ ...node('F', ['x'], ['y']), domain: 'd' }] }),
        functions: [
          {
            domain: 'd',
            name: 'F',
            inputs: ['a'],
            outputs: ['b'],
            nodes: [{ ...node('F', ['a'], ['b']), domain: 'd' }],
          },
        ],
      },
    ],
  ] as const)('%s is an error', async (_, model) => {
    await expectCode(read(model), 'formats/onnx-malformed');
  });

  test('no graph, two graphs, groups and endless numbers are errors', async () => {
    const graphBytes = bytesField(7, textField(2, 'g'));
    for (const parts of [
      [varintField(1, 8)],
      [graphBytes, graphBytes],
      [Uint8Array.of(0x0b)],
      [new Uint8Array(30).fill(0xff)],
      [Uint8Array.of(0)],
    ]) {
      const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
      await expectCode(readOnnxHeader(bytesSource(bytes), alone), 'formats/onnx-malformed');
    }
  });

  test('subgraphs below subgraphs end at a bound', async () => {
    let inner: GraphSpec = { nodes: [node('Relu', ['x'], ['y'])], outputs: [{ name: 'y' }] };
    for (let depth = 0; depth < 70; depth++) {
      inner = {
        nodes: [{ ...node('If', ['x'], [`y${depth}`]), attributes: { then_branch: { graph: inner } } }],
        inputs: [],
        outputs: [{ name: `y${depth}` }],
      };
    }
    await expectCode(read({ graph: { ...inner, inputs: [{ name: 'x' }] } }), 'formats/too-complex');
  });

  test('deep and wide graphs take linear work', async () => {
    const deep = Array.from({ length: 30_000 }, (_, index) =>
      node('Add', [`v${index}`, `v${index}`], [`v${index + 1}`]),
    );
    const header = await read({ graph: { nodes: deep, inputs: [{ name: 'v0' }], outputs: [{ name: 'v30000' }] } });
    expect(header.graph?.operators).toEqual({ Add: 30_000 });
    const aliases = Array.from({ length: 30_000 }, (_, index) => node('Identity', [`v${index}`], [`v${index + 1}`]));
    const readers = Array.from({ length: 30_000 }, (_, index) =>
      node('Sum', [`v${30_000 - (index % 3)}`, `s${index}`], [`s${index + 1}`]),
    );
    const sums = await read({
      graph: {
        nodes: [...aliases, ...readers],
        inputs: [{ name: 'v0' }, { name: 's0' }],
        outputs: [{ name: 's30000' }],
      },
    });
    expect(sums.graph?.operators).toEqual({ Sum: 30_000 });
  });

  test('keys that JavaScript knows are only keys', async () => {
    const metadata = Object.fromEntries([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    const header = await read({
      ...graph({ nodes: [node('__proto__', ['x'], ['toString']), node('Relu', ['toString'], ['y'])] }),
      metadata,
      opsets: Object.fromEntries([['__proto__', 3]]),
    });
    expect(Object.entries(header.graph?.operators ?? {})).toEqual([
      ['Relu', 1],
      ['__proto__', 1],
    ]);
    expect(Object.entries(header.attributes['metadata'] ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });
});

const sample: ModelSpec = {
  graph: {
    nodes: [
      {
        op: 'Conv',
        inputs: ['x', 'w'],
        outputs: ['c'],
        attributes: { pads: { ints: [1, 1] }, mode: { text: 'SAME' }, alpha: { float: 0.5 } },
      },
      {
        op: 'If',
        inputs: ['flag'],
        outputs: ['i'],
        attributes: {
          then_branch: { graph: { nodes: [{ op: 'Relu', inputs: ['c'], outputs: ['r'] }], outputs: [{ name: 'r' }] } },
        },
      },
      { op: 'f', domain: 'd', inputs: ['i'], outputs: ['y'] },
    ],
    initializers: [{ name: 'w', dtype: 'float32', shape: [2, 3], values: [1, 2, 3, 4, 5, 6] }],
    inputs: [
      { name: 'x', shape: ['n', 3] },
      { name: 'flag', dtype: 'bool' },
    ],
    outputs: [{ name: 'y', shape: [null] }],
  },
  metadata: { author: 'us' },
  functions: [
    {
      domain: 'd',
      name: 'f',
      inputs: ['a'],
      outputs: ['b'],
      nodes: [{ op: 'Identity', inputs: ['a'], outputs: ['b'] }],
    },
  ],
};

/** Counts what is read, so that a mutant cannot make the reader read without end. */
function counted(bytes: Uint8Array): ByteSource & { readonly readBytes: () => number } {
  let total = 0;
  const source = bytesSource(bytes, 'm.onnx');
  const read = async (offset: number, lengthBytes: number): Promise<Uint8Array> => {
    expect(offset + lengthBytes).toBeLessThanOrEqual(bytes.length);
    total += lengthBytes;
    return source.read(offset, lengthBytes);
  };
  return { ...source, read, readBytes: () => total };
}

/** `header`, the code of a named error, or what else went wrong. */
async function outcomeOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'header',
    (cause: unknown) => (cause instanceof WeighbridgeError ? cause.code : String(cause)),
  );
}

test('6000 mutants of a model end in a header or in a named error', async () => {
  const sound = writeOnnx(sample);
  let state = 20261;
  const next = (bound: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  const outcomes = { headers: 0, errors: 0 };
  for (let round = 0; round < 6000; round++) {
    let bytes = sound.slice();
    for (let edits = 1 + next(4); edits > 0; edits--) {
      const at = next(bytes.length);
      const kind = next(4);
      if (kind === 0) bytes[at] = next(256);
      else if (kind === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << next(8));
      else if (kind === 2) bytes = bytes.slice(0, at + 1);
      else
        bytes = Uint8Array.from([
          ...bytes.subarray(0, at),
          ...bytes.subarray(next(bytes.length), next(bytes.length)),
          ...bytes.subarray(at),
        ]);
    }
    const source = counted(bytes);
    const outcome = await outcomeOf(readOnnxHeader(source, alone));
    expect(outcome, `round ${round}`).toMatch(/^(?:header|formats\/.*)$/);
    outcomes[outcome === 'header' ? 'headers' : 'errors'] += 1;
    expect(source.readBytes()).toBeLessThanOrEqual(20 * bytes.length);
    looksLikeOnnx(bytes.subarray(0, 16));
  }
  expect(outcomes.headers).toBeGreaterThan(500);
  expect(outcomes.errors).toBeGreaterThan(500);
});

test('other files do not look like ONNX', () => {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const others = [
    text('{"a": 1}'),
    text('\n\x08abc'),
    Uint8Array.of(0x80, 4, 0x95),
    Uint8Array.of(0x50, 0x4b, 3, 4),
    new Uint8Array(16),
    Uint8Array.of(8),
    Uint8Array.of(8, 1, 0xff, 0xff),
  ];
  for (const bytes of others) expect(looksLikeOnnx(bytes)).toBe(false);
  expect(looksLikeOnnx(writeOnnx(sample).subarray(0, 16))).toBe(true);
});
