import { createHash } from 'node:crypto';
import {
  type AttributeSpec,
  bytesSource,
  type GraphSpec,
  type ModelSpec,
  type NodeSpec,
  type TensorSpec,
  writeOnnx,
} from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArtifactHeader } from '../header.js';
import { readOnnxHeader } from './read-onnx-header.js';

const sha256 = (input: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(input).digest());

function read(model: ModelSpec): Promise<ArtifactHeader> {
  return readOnnxHeader(bytesSource(writeOnnx(model), 'models/m.onnx'), { sha256, openBeside: async () => null });
}

const weight = (name: string, shape: readonly number[], seed = 1): TensorSpec => ({
  name,
  dtype: 'float32',
  shape,
  values: Array.from({ length: shape.reduce((product, extent) => product * extent, 1) }, (_, index) =>
    Math.fround(Math.sin(seed * (index + 1))),
  ),
});
const axes = (name: string, values: readonly number[]): TensorSpec => ({
  name,
  dtype: 'int64',
  shape: [values.length],
  values,
});

/** A branch that uses weights and a computed value of the graph around it. */
function branch(shift: string, scale: TensorSpec): GraphSpec {
  return {
    nodes: [
      { op: 'Mul', inputs: ['hidden', scale.name ?? ''], outputs: ['scaled'] },
      { op: 'Add', inputs: ['scaled', shift], outputs: ['branch_out'] },
    ],
    initializers: [scale],
    outputs: [{ name: 'branch_out' }],
  };
}

const original: ModelSpec = {
  graph: {
    nodes: [
      {
        op: 'Conv',
        inputs: ['x', 'w1', 'b1'],
        outputs: ['c1'],
        attributes: { group: { int: 1 }, pads: { ints: [1, -1] } },
      },
      { op: 'Relu', inputs: ['c1'], outputs: ['r1'] },
      { op: 'Sigmoid', inputs: ['c1'], outputs: ['s1'] },
      { op: 'Mul', inputs: ['r1', 's1'], outputs: ['hidden'] },
      { op: 'Squeeze', inputs: ['hidden', 'ax'], outputs: ['flat'] },
      { op: 'Identity', inputs: ['w2'], outputs: ['w2_alias'] },
      { op: 'MatMul', inputs: ['flat', 'w2_alias'], outputs: ['logits'] },
      {
        op: 'If',
        inputs: ['flag'],
        outputs: ['y'],
        attributes: {
          then_branch: { graph: branch('k1', weight('s_then', [3])) },
          else_branch: { graph: branch('k2', weight('s_else', [3])) },
        },
      },
    ],
    initializers: [
      weight('w1', [4, 3, 3]),
      weight('b1', [4]),
      axes('ax', [1, -1]),
      weight('w2', [20, 30]),
      weight('k1', []),
      weight('k2', []),
    ],
    inputs: [
      { name: 'x', shape: ['batch', 3, null] },
      { name: 'flag', dtype: 'bool' },
    ],
    outputs: [
      { name: 'logits', shape: ['batch', 30] },
      { name: 'y', shape: [null] },
    ],
  },
};

/** What must survive a re-save. */
function identity({ graph, tensors }: ArtifactHeader): unknown {
  return { graph, tensors: tensors.map(({ name, dtype, shape }) => [name, dtype, shape]) };
}

const keepsName = new Set(['x', 'flag', 'logits', 'y', '']);

/** Renames every value that is not part of the interface, and every node. */
function renamed(graph: GraphSpec, rename: (name: string) => string): GraphSpec {
  const value = (name: string): string => (keepsName.has(name) ? name : rename(name));
  const attribute = (spec: AttributeSpec): AttributeSpec =>
    'graph' in spec ? { graph: renamed(spec.graph, rename) } : spec;
  return {
    ...graph,
    name: rename('graph'),
    nodes: graph.nodes.map((node, index) => ({
      ...node,
      name: rename(`node${index}`),
      doc: rename('doc'),
      inputs: node.inputs.map(value),
      outputs: node.outputs.map(value),
      attributes: Object.fromEntries(
        Object.entries(node.attributes ?? {})
          .map(([name, spec]) => [name, attribute(spec)])
          .reverse(),
      ),
    })),
    initializers: (graph.initializers ?? []).map((tensor) => ({ ...tensor, name: value(tensor.name ?? '') })),
    inputs: (graph.inputs ?? []).map((input) => ({
      ...input,
      shape: (input.shape ?? []).map((extent) => (typeof extent === 'string' ? rename(extent) : extent)),
    })),
    outputs: graph.outputs.map((output) => ({ ...output, name: value(output.name) })),
  };
}

/** Makes some initializers Constant nodes and stores others as typed values. */
function restored(graph: GraphSpec, choose: (count: number) => number): GraphSpec {
  const initializers: TensorSpec[] = [];
  const constants: NodeSpec[] = [];
  for (const tensor of graph.initializers ?? []) {
    const storage = (['raw', 'typed', 'typed-unpacked'] as const)[choose(3)] ?? 'raw';
    if (choose(2) === 0) initializers.push({ ...tensor, storage });
    else
      constants.push({
        op: 'Constant',
        inputs: [],
        outputs: [tensor.name ?? ''],
        attributes: { value: { tensor: { ...tensor, name: '', storage } } },
      });
  }
  const attribute = (spec: AttributeSpec): AttributeSpec =>
    'graph' in spec ? { graph: restored(spec.graph, choose) } : spec;
  const nodes = graph.nodes.map((node) => ({
    ...node,
    attributes: Object.fromEntries(
      Object.entries(node.attributes ?? {}).map(([name, spec]) => [name, attribute(spec)]),
    ),
  }));
  return { ...graph, initializers: shuffled(initializers, choose), nodes: shuffled([...constants, ...nodes], choose) };
}

function shuffled<Item>(items: readonly Item[], choose: (count: number) => number): Item[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(choose(rest.length), 1));
}

describe('what an exporter makes up', () => {
  test('changes neither structure nor tensor names', async () => {
    const expected = identity(await read(original));
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.stringMatching(/^[a-z/:.]{1,12}$/), async (stream, prefix) => {
        const choose = (count: number): number => (stream.next().value ?? 0) % count;
        const graph = restored(
          renamed(original.graph, (name) => `${prefix}${name}`),
          choose,
        );
        expect(identity(await read({ ...original, graph, producer: prefix }))).toEqual(expected);
      }),
      { seed: 20260, numRuns: 200 },
    );
  });

  test('dead nodes, unused initializers, repeated nodes and Identity do not count', async () => {
    const { graph } = original;
    const [conv, relu, ...others] = graph.nodes as [NodeSpec, NodeSpec, ...NodeSpec[]];
    const noisy: GraphSpec = {
      ...graph,
      nodes: [
        { op: 'Identity', inputs: ['x'], outputs: ['x2'] },
        { ...conv, inputs: ['x2', 'w1', 'b1'] },
        relu,
        { ...relu, outputs: ['r2'] },
        { op: 'Tanh', inputs: ['r2'], outputs: ['dead'] },
        ...others.map((node) => (node.op === 'Mul' ? { ...node, inputs: ['r2', 's1'] } : node)),
      ],
      initializers: [...(graph.initializers ?? []), weight('unused', [7])],
      inputs: [...(graph.inputs ?? []), { name: 'w1', shape: [4, 3, 3] }],
    };
    expect(identity(await read({ ...original, graph: noisy }))).toEqual(identity(await read(original)));
  });

  test('weights may change', async () => {
    const initializers = (original.graph.initializers ?? []).map((tensor) =>
      tensor.dtype === 'float32' ? weight(tensor.name ?? '', tensor.shape, 2) : tensor,
    );
    expect(identity(await read({ ...original, graph: { ...original.graph, initializers } }))).toEqual(
      identity(await read(original)),
    );
  });
});

describe('the names of tensors', () => {
  test('are places in the graph, the exporter speaks in the label', async () => {
    const { tensors } = await read(original);
    expect(tensors.map(({ name, label }) => [name, label])).toEqual([
      ['graph/Conv_0[1]', 'w1'],
      ['graph/Conv_0[2]', 'b1'],
      ['graph/If_0.else_branch/Add_0[1]', 'k2'],
      ['graph/If_0.else_branch/Mul_0[1]', 's_else'],
      ['graph/If_0.then_branch/Add_0[1]', 'k1'],
      ['graph/If_0.then_branch/Mul_0[1]', 's_then'],
      ['graph/MatMul_0[1]', 'w2'],
    ]);
  });

  test('their locations hold their bytes, however they are stored', async () => {
    for (const storage of ['raw', 'typed'] as const) {
      const tensor = { ...weight('w', [300]), storage };
      const bytes = writeOnnx({
        graph: {
          nodes: [{ op: 'Add', inputs: ['x', 'w'], outputs: ['y'] }],
          initializers: [tensor],
          inputs: [{ name: 'x' }],
          outputs: [{ name: 'y' }],
        },
      });
      const header = await readOnnxHeader(bytesSource(bytes, 'a/b.onnx'), { sha256, openBeside: async () => null });
      const [fact] = header.tensors;
      expect(fact?.location?.file).toBe('b.onnx');
      const stored = bytes.slice(fact?.location?.startByte, fact?.location?.endByte);
      expect([...new Float32Array(stored.buffer)]).toEqual(tensor.values);
    }
  });

  test('large shared weights are listed once, small ones at each use', async () => {
    const model = (shape: readonly number[]): ModelSpec => ({
      graph: {
        nodes: [
          { op: 'Add', inputs: ['x', 'w'], outputs: ['a'] },
          { op: 'Mul', inputs: ['a', 'w'], outputs: ['y'] },
        ],
        initializers: [weight('w', shape)],
        inputs: [{ name: 'x' }],
        outputs: [{ name: 'y' }],
      },
    });
    expect((await read(model([257]))).tensors.map(({ name }) => name)).toEqual(['graph/Add_0[1]']);
    expect((await read(model([256]))).tensors.map(({ name }) => name)).toEqual(['graph/Add_0[1]', 'graph/Mul_0[1]']);
  });
});

describe('structure', () => {
  const edited = async (edit: (graph: GraphSpec) => GraphSpec): Promise<boolean> => {
    const changed = await read({ ...original, graph: edit(original.graph) });
    return changed.graph?.structure !== (await read(original)).graph?.structure;
  };
  const replaceNode =
    (index: number, edit: (node: NodeSpec) => NodeSpec) =>
    (graph: GraphSpec): GraphSpec => ({
      ...graph,
      nodes: graph.nodes.map((node, place) => (place === index ? edit(node) : node)),
    });
  const replaceTensor =
    (name: string, tensor: TensorSpec) =>
    (graph: GraphSpec): GraphSpec => ({
      ...graph,
      initializers: (graph.initializers ?? []).map((old) => (old.name === name ? tensor : old)),
    });

  test.each([
    ['an operator', replaceNode(1, (node) => ({ ...node, op: 'Tanh' }))],
    ['a domain', replaceNode(1, (node) => ({ ...node, domain: 'com.example' }))],
    [
      'an attribute',
      replaceNode(0, (node) => ({ ...node, attributes: { group: { int: 1 }, pads: { ints: [1, 1] } } })),
    ],
    ['a wire', replaceNode(3, (node) => ({ ...node, inputs: ['r1', 'r1'] }))],
    ['the order of inputs', replaceNode(3, (node) => ({ ...node, inputs: ['s1', 'r1'] }))],
    ['an axis', replaceTensor('ax', axes('ax', [1, -2]))],
    ['the shape of a weight', replaceTensor('b1', weight('b1', [1, 4]))],
    ['the dtype of a weight', replaceTensor('b1', { ...weight('b1', [4]), dtype: 'float16', values: [1, 2, 3, 4] })],
    [
      'a branch',
      replaceNode(7, (node) => ({
        ...node,
        attributes: { ...node.attributes, then_branch: { graph: branch('logits', weight('s_then', [3])) } },
      })),
    ],
    [
      'what a branch captures',
      replaceNode(7, (node) => ({
        ...node,
        attributes: {
          ...node.attributes,
          then_branch: {
            graph: {
              ...branch('k1', weight('s_then', [3])),
              nodes: branch('k1', weight('s_then', [3])).nodes.map((inner) => ({
                ...inner,
                inputs: inner.inputs.map((name) => (name === 'hidden' ? 'flat' : name)),
              })),
            },
          },
        },
      })),
    ],
    [
      'swapped branches',
      replaceNode(7, (node) => ({
        ...node,
        attributes: {
          then_branch: {
            graph: { ...branch('k1', weight('s', [3])), nodes: [], initializers: [weight('branch_out', [3])] },
          },
          else_branch: node.attributes?.['else_branch'] as AttributeSpec,
        },
      })),
    ],
  ] as const)('changes with %s', async (_, edit) => {
    expect(await edited(edit)).toBe(true);
  });

  test('changes with the name of an output', async () => {
    const renamedOutput = (graph: GraphSpec): GraphSpec => ({
      ...replaceNode(6, (node) => ({ ...node, outputs: ['scores'] }))(graph),
      outputs: [{ name: 'scores' }, { name: 'y' }],
    });
    expect(await edited(renamedOutput)).toBe(true);
  });

  test('half precision and a cast around it change the typed digest only', async () => {
    const graph: GraphSpec = {
      ...original.graph,
      nodes: [
        { op: 'Cast', inputs: ['x'], outputs: ['x16'], attributes: { to: { int: 10 } } },
        ...original.graph.nodes.map((node) => (node.op === 'Conv' ? { ...node, inputs: ['x16', 'w1', 'b1'] } : node)),
      ],
      initializers: (original.graph.initializers ?? []).map((tensor) =>
        tensor.name === 'w1' ? { ...tensor, dtype: 'float16' as const } : tensor,
      ),
    };
    const before = (await read(original)).graph;
    const after = (await read({ ...original, graph })).graph;
    expect(after?.structure).not.toBe(before?.structure);
    expect(after?.structureUntyped).toBe(before?.structureUntyped);
  });

  test('quantize-dequantize pairs change the typed digest only', async () => {
    const quantised: TensorSpec = {
      name: 'w1q',
      dtype: 'int8',
      shape: [4, 3, 3],
      values: Array.from({ length: 36 }, (_, index) => index),
    };
    const bias: TensorSpec = { name: 'b1q', dtype: 'int32', shape: [4], values: [1, 2, 3, 4] };
    const graph: GraphSpec = {
      ...original.graph,
      nodes: [
        { op: 'QuantizeLinear', inputs: ['x', 'scale', 'zero'], outputs: ['xq'] },
        { op: 'DequantizeLinear', inputs: ['xq', 'scale', 'zero'], outputs: ['xd'] },
        { op: 'DequantizeLinear', inputs: ['w1q', 'scale', 'zero'], outputs: ['w1'] },
        { op: 'DequantizeLinear', inputs: ['b1q', 'scale'], outputs: ['b1'] },
        ...original.graph.nodes.map((node) => (node.op === 'Conv' ? { ...node, inputs: ['xd', 'w1', 'b1'] } : node)),
      ],
      initializers: [
        ...(original.graph.initializers ?? []).filter(({ name }) => name !== 'w1' && name !== 'b1'),
        quantised,
        bias,
        weight('scale', []),
        { name: 'zero', dtype: 'int8', shape: [], values: [3] },
      ],
    };
    const before = (await read(original)).graph;
    const after = (await read({ ...original, graph })).graph;
    expect(after?.structure).not.toBe(before?.structure);
    expect(after?.structureUntyped).toBe(before?.structureUntyped);
    // A zero point and a bias of another calibration are weights.
    const recalibrated = {
      ...graph,
      initializers: (graph.initializers ?? []).map((tensor) =>
        tensor.dtype === 'int32' || tensor.name === 'zero'
          ? { ...tensor, values: tensor.values.map((value) => value + 1) }
          : tensor,
      ),
    };
    expect((await read({ ...original, graph: recalibrated })).graph).toEqual(after);
  });

  test('counts a function by its body and not by its name', async () => {
    const model = (name: string, op: string): ModelSpec => ({
      graph: {
        nodes: [
          { op: name, domain: 'local', inputs: ['x'], outputs: ['a'] },
          { op: name, domain: 'local', inputs: ['a'], outputs: ['y'] },
        ],
        inputs: [{ name: 'x' }],
        outputs: [{ name: 'y' }],
      },
      functions: [
        {
          domain: 'local',
          name,
          inputs: ['in'],
          outputs: ['out'],
          nodes: [
            { op: 'Constant', inputs: [], outputs: ['half'], attributes: { value_float: { float: 0.5 } } },
            { op, inputs: ['in', 'half'], outputs: ['out'] },
          ],
        },
      ],
    });
    const header = await read(model('layer_1', 'Mul'));
    expect(identity(await read(model('block_7', 'Mul')))).toEqual(identity(header));
    expect((await read(model('layer_1', 'Add'))).graph?.structure).not.toBe(header.graph?.structure);
    expect(header.graph?.operators).toEqual({ Mul: 1 });
    expect(header.tensors.map(({ name, shape }) => [name, shape])).toEqual([['functions/0/Mul_0[1]', []]]);
  });

  test('leaves out how many nodes a tree ensemble learned', async () => {
    const trees = (count: number, seed: number, labels: readonly number[]): ModelSpec => ({
      graph: {
        nodes: [
          {
            op: 'TreeEnsembleClassifier',
            domain: 'ai.onnx.ml',
            inputs: ['x'],
            outputs: ['label', 'scores'],
            attributes: {
              class_weights: { floats: Array.from({ length: count }, (_, index) => Math.sin(seed + index)) },
              classlabels_int64s: { ints: labels },
              nodes_featureids: { ints: Array.from({ length: count }, (_, index) => index % 3) },
              post_transform: { text: 'NONE' },
            },
          },
        ],
        inputs: [{ name: 'x', shape: [null, 4] }],
        outputs: [{ name: 'label', dtype: 'int64' }, { name: 'scores' }],
      },
    });
    const header = await read(trees(5, 1, [0, 1]));
    expect(identity(await read(trees(900, 2, [0, 1])))).toEqual(identity(header));
    expect(header.tensors).toMatchObject([
      { name: 'graph/ai.onnx.ml.TreeEnsembleClassifier_0.learned', dtype: 'learned', shape: [] },
    ]);
    expect((await read(trees(5, 1, [0, 2]))).graph?.structure).not.toBe(header.graph?.structure);
  });
});
