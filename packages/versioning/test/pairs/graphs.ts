import { graph } from '../snapshot-builder.js';
import type { Pair } from './pair.js';
import { onnx, onnxOf } from './pieces.js';

export const graphsPairs: readonly Pair[] = [
  // Graphs.
  {
    name: 'ONNX exported again',
    from: onnxOf({ w: ['float32', [2], 'x'] }, graph('same')),
    to: onnxOf({ w: ['float32', [2], 'x'] }, graph('same'), 'other producer'),
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'ONNX retrained',
    from: onnxOf({ w: ['float32', [2], 'x'] }, graph('same')),
    to: onnxOf({ w: ['float32', [2], 'y'] }, graph('same')),
    bump: 'patch',
    rules: ['weights.tensors'],
  },
  {
    name: 'ONNX of another structure',
    from: onnx('a', { operators: { LSTM: 2, Conv: 4 } }),
    to: onnx('b', { operators: { LSTM: 1, Conv: 4, STFT: 1 } }),
    bump: ['major', 'minor'],
    rules: ['architecture.graph', 'weights.tensors'],
  },
  {
    name: 'ONNX in half precision',
    from: onnxOf({ w: ['float32', [2], 'x'] }, graph('f32', { untyped: 'one' })),
    to: onnxOf({ w: ['float16', [2], 'x'] }, graph('f16', { untyped: 'one' })),
    bump: 'minor',
    rules: ['architecture.dtype'],
  },
  {
    name: 'ONNX quantised',
    from: onnxOf({ w: ['float32', [2], 'x'] }, graph('f32', { untyped: 'one' })),
    to: onnxOf(
      { w: ['int8', [2], 'x'] },
      graph('q', { untyped: 'one', operators: { Gemm: 2, Relu: 1, DequantizeLinear: 2 } }),
    ),
    bump: 'minor',
    rules: ['architecture.quantisation'],
  },
  {
    name: 'ONNX of a newer operator set',
    from: onnxOf({}, graph('a')),
    to: onnxOf({}, graph('a', { opsets: { '': 18 } }), 'x'),
    bump: 'minor',
    rules: ['architecture.opset-raised', 'weights.file'],
  },
  {
    name: 'ONNX that lists a domain of which it uses nothing',
    from: onnxOf({}, graph('a')),
    to: onnxOf({}, graph('a', { opsets: { '': 17, 'com.microsoft': 1 } }), 'x'),
    bump: 'patch',
    rules: ['weights.file'],
  },
  {
    name: 'ONNX that uses a further domain of operators',
    from: onnxOf({}, graph('a', { operators: { 'com.microsoft.Gelu': 1 } })),
    to: onnxOf({}, graph('a', { operators: { 'com.microsoft.Gelu': 1 }, opsets: { '': 17, 'com.microsoft': 1 } }), 'x'),
    bump: 'minor',
    rules: ['architecture.opset-raised', 'weights.file'],
  },
  {
    name: 'ONNX input removed',
    from: onnxOf(
      {},
      graph('a', {
        inputs: [
          { name: 'x', dtype: 'float32', shape: [1] },
          { name: 'h', dtype: 'float32', shape: [2] },
        ],
      }),
    ),
    to: onnxOf({}, graph('a', { inputs: [{ name: 'x', dtype: 'float32', shape: [1] }] })),
    bump: 'major',
    rules: ['interface.input-removed', 'weights.file'],
  },
  {
    name: 'ONNX input added',
    from: onnxOf({}, graph('a')),
    to: onnxOf(
      {},
      graph('a', {
        inputs: [
          { name: 'input', dtype: 'float32', shape: [null, 16] },
          { name: 'sr', dtype: 'int64', shape: [] },
        ],
      }),
    ),
    bump: 'major',
    rules: ['interface.input-added-required', 'weights.file'],
  },
  {
    name: 'ONNX output added',
    from: onnxOf({}, graph('a')),
    to: onnxOf(
      {},
      graph('a', {
        outputs: [
          { name: 'score', dtype: 'float32', shape: [null, 2] },
          { name: 'embedding', dtype: 'float32', shape: [null, 64] },
        ],
      }),
    ),
    bump: 'minor',
    rules: ['interface.output-added', 'weights.file'],
  },
  {
    name: 'ONNX batch no longer free',
    from: onnxOf({}, graph('a')),
    to: onnxOf({}, graph('a', { inputs: [{ name: 'input', dtype: 'float32', shape: [1, 16] }] })),
    bump: 'major',
    rules: ['interface.input-narrowed', 'weights.file'],
  },
  {
    name: 'ONNX input of another type',
    from: onnxOf({}, graph('a')),
    to: onnxOf({}, graph('a', { inputs: [{ name: 'input', dtype: 'float16', shape: [null, 16] }] })),
    bump: 'major',
    rules: ['interface.input-retyped', 'weights.file'],
  },
  {
    name: 'ONNX outputs reordered',
    from: onnxOf(
      {},
      graph('a', {
        outputs: [
          { name: 'a', dtype: 'float32', shape: [1] },
          { name: 'b', dtype: 'float32', shape: [1] },
        ],
      }),
    ),
    to: onnxOf(
      {},
      graph('a', {
        outputs: [
          { name: 'b', dtype: 'float32', shape: [1] },
          { name: 'a', dtype: 'float32', shape: [1] },
        ],
      }),
    ),
    bump: 'major',
    rules: ['interface.output-reordered', 'weights.file'],
  },
];
