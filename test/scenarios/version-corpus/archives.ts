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

export const archiveCases: readonly CorpusCase[] = [
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
