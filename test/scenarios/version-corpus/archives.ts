import { deflateRawSync } from 'node:zlib';
import { writeTorch, writeZip, type ZipSpec } from '@weighbridge/testkit';
import type { CorpusCase } from './corpus-case.js';

/** An entry as `zipfile.ZIP_DEFLATED` and `np.savez_compressed` write it. */
const deflated =
  (level: number) =>
  ({ name, content }: ZipSpec): ZipSpec => ({
    name,
    content: new Uint8Array(deflateRawSync(content, { level })),
    method: 8,
    directory: { sizeBytes: content.length },
  });

const bytes = (length: number, seed: number) => Uint8Array.from({ length }, (_, index) => (index * seed) % 251);
const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

const storages = [bytes(4096, 3), bytes(512, 5)];
const trained = [bytes(4096, 7), bytes(512, 5)];

const arrays: readonly ZipSpec[] = [
  { name: 'coefficients.npy', content: bytes(4096, 11) },
  { name: 'intercept.npy', content: bytes(136, 13) },
];
/** A model of Keras 3 (keras/src/saving/saving_lib.py). */
const keras = (weights: number): readonly ZipSpec[] => [
  { name: 'metadata.json', content: text({ keras_version: '3.4.1' }) },
  { name: 'config.json', content: text({ class_name: 'Sequential', config: { name: 'sequential' } }) },
  { name: 'model.weights.h5', content: bytes(8192, weights) },
];

/** A zip as `cat` or a writer of self-extracting archives would leave it: bytes that no entry owns. */
const prefixed = (entries: readonly ZipSpec[], prefix: number) => writeZip(entries, { prefix: bytes(64, prefix) });

/** `pickle.dumps({'threshold': …, 'w': numpy.arange(4, dtype='u1')}, protocol=2)`, shortened: a value beside an array. */
function pickled(threshold: number): Uint8Array {
  const text = (value: string) => [0x58, value.length, 0, 0, 0, ...new TextEncoder().encode(value)];
  const ascii = (value: string) => [...new TextEncoder().encode(value)];
  const empty = [0x85, 0x43, 1, 0x62, 0x87, 0x52];
  const dtype = [...ascii('cnumpy\ndtype\n'), ...text('u1'), 0x89, 0x88, 0x87, 0x52];
  const state = [0x28, 0x4b, 3, ...text('|'), 0x4e, 0x4e, 0x4e, 0x4a, 255, 255, 255, 255, 0x4a, 255, 255, 255, 255];
  const [shape, built] = [
    [0x28, 0x4b, 1, 0x4b, 4, 0x85],
    [0x4b, 0, 0x74, 0x62],
  ];
  const elements = [0x89, 0x43, 4, 0, 1, 2, 3, 0x74, 0x62];
  const array = [
    ...ascii('cnumpy.core.multiarray\n_reconstruct\n'),
    ...ascii('cnumpy\nndarray\n'),
    0x4b,
    0,
    ...empty,
    ...shape,
    ...dtype,
    ...state,
    ...built,
    ...elements,
  ];
  return Uint8Array.from([
    0x80,
    3,
    0x7d,
    0x28,
    ...text('threshold'),
    0x4b,
    threshold,
    ...text('w'),
    ...array,
    0x75,
    0x2e,
  ]);
}

/** A TorchScript archive with one source. */
const script = (source: string): Uint8Array =>
  writeTorch(storages, {
    more: [
      { name: 'archive/constants.pkl', content: Uint8Array.of(0x80, 2, 0x29, 0x2e) },
      { name: 'archive/code/__torch__.py', content: new TextEncoder().encode(source) },
    ],
  });

export const archiveCases: readonly CorpusCase[] = [
  {
    name: 'a checkpoint of PyTorch under another folder, by another release',
    from: { 'w/m.pt': writeTorch(storages) },
    to: {
      'w/m.pt': writeTorch(storages, {
        pack: (entry) => ({ ...entry, name: entry.name.replace('archive/', 'm/') }),
        more: [
          { name: 'archive/byteorder', content: new TextEncoder().encode('little') },
          { name: 'archive/.data/serialization_id', content: bytes(40, 3) },
        ],
      }),
    },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'a checkpoint of PyTorch with a further file, such as one of torch.jit.save',
    from: { 'w/m.pt': writeTorch(storages) },
    to: { 'w/m.pt': writeTorch(storages, { more: [{ name: 'archive/extra/labels', content: bytes(9, 3) }] }) },
    bump: 'patch',
    rules: ['weights.file'],
  },
  {
    name: 'TorchScript with other code, the same length',
    from: { 'w/m.pt': script('return x + 1') },
    to: { 'w/m.pt': script('return x - 1') },
    bump: 'patch',
    rules: ['weights.file'],
  },
  {
    name: 'a pickle whose arrays stayed and whose threshold moved',
    from: { 'w/m.pkl': pickled(5) },
    to: { 'w/m.pkl': pickled(7) },
    bump: 'patch',
    rules: ['weights.file'],
  },
  {
    name: 'arrays of NumPy behind bytes that no entry owns',
    from: { 'w/linear.npz': writeZip(arrays) },
    to: { 'w/linear.npz': prefixed(arrays, 3) },
    bump: 'patch',
    rules: ['weights.file'],
  },
  {
    name: 'arrays of NumPy with a name twice',
    from: { 'w/linear.npz': writeZip([...arrays, ...arrays.slice(0, 1)]) },
    to: { 'w/linear.npz': writeZip([...arrays, { name: 'coefficients.npy', content: bytes(4096, 17) }]) },
    bump: 'patch',
    rules: ['weights.file'],
  },
  {
    name: 'arrays of NumPy, one called otherwise by its own header',
    from: { 'w/linear.npz': writeZip(arrays) },
    to: { 'w/linear.npz': writeZip(arrays.map((entry) => ({ ...entry, local: { name: `x${entry.name.slice(1)}` } }))) },
    bump: 'patch',
    rules: ['weights.file'],
  },
  {
    name: 'a checkpoint of PyTorch whose archive was compressed',
    from: { 'w/m.pt': writeTorch(storages) },
    to: { 'w/m.pt': writeTorch(storages, { pack: deflated(9) }) },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'a checkpoint of PyTorch, compressed harder',
    from: { 'w/m.pth': writeTorch(storages, { pack: deflated(1) }) },
    to: { 'w/m.pth': writeTorch(storages, { pack: deflated(9) }) },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'a compressed checkpoint of PyTorch, trained on',
    from: { 'w/m.pt': writeTorch(storages, { pack: deflated(6) }) },
    to: { 'w/m.pt': writeTorch(trained, { pack: deflated(6) }) },
    bump: 'patch',
    rules: ['weights.tensors'],
  },
  {
    name: 'arrays of NumPy, compressed',
    from: { 'w/linear.npz': writeZip(arrays) },
    to: { 'w/linear.npz': writeZip(arrays.map(deflated(6))) },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'arrays of NumPy in another order under another name',
    from: { 'w/linear.npz': writeZip(arrays.map(deflated(6))) },
    to: { 'w/scorer.npz': writeZip([...arrays].reverse()) },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'arrays of NumPy, one fitted anew',
    from: { 'w/linear.npz': writeZip(arrays) },
    to: { 'w/linear.npz': writeZip([{ name: 'coefficients.npy', content: bytes(4096, 17) }, ...arrays.slice(1)]) },
    bump: 'patch',
    rules: ['weights.file'],
  },
  {
    name: 'a model of Keras, compressed',
    from: { 'w/model.keras': writeZip(keras(19)) },
    to: { 'w/model.keras': writeZip(keras(19).map(deflated(9))) },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'a model of Keras, compressed and trained on',
    from: { 'w/model.keras': writeZip(keras(19)) },
    to: { 'w/model.keras': writeZip(keras(23).map(deflated(9))) },
    bump: 'patch',
    rules: ['weights.file'],
  },
];
