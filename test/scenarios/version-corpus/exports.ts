import { readFileSync } from 'node:fs';
import { bytesField, textField, writeGguf, writeTorch } from '@weighbridge/testkit';
import type { CorpusCase } from './corpus-case.js';

const dist = new URL('../../../node_modules/@ricky0123/vad-web/dist/', import.meta.url);
const silero = (release: string) => new Uint8Array(readFileSync(new URL(`silero_vad_${release}.onnx`, dist)));
const [legacy, v5, v6] = [silero('legacy'), silero('v5'), silero('v6')];
const model = (bytes: Uint8Array) => ({ 'w/vad.onnx': bytes });

/** A real file saved by another exporter: the last of a field that stands once counts (Protocol Buffers, encoding). */
const exportedBy = (bytes: Uint8Array, producer: string) =>
  new Uint8Array(
    Buffer.concat([
      bytes,
      textField(2, producer),
      textField(3, '2.9.0'),
      textField(6, 'saved again'),
      bytesField(14, Buffer.concat([textField(1, 'exported'), textField(2, '2026-05-01')])),
    ]),
  );

const storages = [new Uint8Array(64).fill(3), new Uint8Array(32).fill(5)];
const gguf = (alignment: number, type: number, bytes: number) =>
  writeGguf({
    alignment,
    keyValues: [
      ['general.architecture', { type: 'string', value: 'llama' }],
      ['general.alignment', { type: 'u32', value: alignment }],
    ],
    tensors: [{ name: 'blk.0.attn_q.weight', ggmlType: type, extents: [32, 2], bytes: new Uint8Array(bytes).fill(1) }],
  });

export const exportCases: readonly CorpusCase[] = [
  {
    name: 'Silero VAD saved again by another exporter',
    from: model(v5),
    to: model(exportedBy(v5, 'pytorch')),
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'Silero VAD legacy, the same',
    from: model(legacy),
    to: { 'w/silero.onnx': legacy },
    bump: 'none',
    rules: ['weights.renamed'],
  },
  {
    name: 'Silero VAD legacy to v5: another graph and other inputs',
    from: model(legacy),
    to: model(v5),
    bump: 'major',
    rules: [
      'architecture.graph',
      'interface.input-added-required',
      'interface.input-removed',
      'interface.input-removed',
      'interface.output-added',
      'interface.output-removed',
      'interface.output-removed',
    ],
  },
  {
    name: 'Silero VAD v5 to v6: trained anew',
    from: model(v5),
    to: model(v6),
    bump: 'patch',
    rules: ['weights.tensors'],
  },
  {
    name: 'a checkpoint of PyTorch with other padding',
    from: { 'w/m.pt': writeTorch(storages) },
    to: { 'w/m.pt': writeTorch(storages, { paddingBytes: 101 }) },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'a checkpoint of PyTorch, trained on',
    from: { 'w/m.pt': writeTorch(storages) },
    to: { 'w/m.pt': writeTorch([storages[0] ?? new Uint8Array(64), new Uint8Array(32).fill(9)]) },
    bump: 'patch',
    rules: ['weights.tensors'],
  },
  {
    name: 'GGUF with another alignment',
    from: { 'w/m.gguf': gguf(32, 0, 256) },
    to: { 'w/m.gguf': gguf(64, 0, 256) },
    bump: 'none',
    rules: ['weights.resaved'],
  },
  {
    name: 'GGUF in fewer bits',
    from: { 'w/m.gguf': gguf(32, 0, 256) },
    to: { 'w/m.gguf': gguf(32, 8, 68) },
    bump: 'minor',
    rules: ['architecture.quantisation'],
  },
];
