import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { parseModelName, type Version, WeighbridgeError } from '@weighbridge/core';
import { defaultPolicy } from '@weighbridge/manifest';
import {
  bytesSource,
  seededBytes,
  writeGguf,
  writeOnnx,
  writeSafetensors,
  writeTorch,
  writeZip,
} from '@weighbridge/testkit';
import { assess, emptySnapshot, type Snapshot } from '@weighbridge/versioning';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { measureFile } from './artifacts/measure-file.js';
import type { Surroundings } from './surroundings.js';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const surroundings = {
  sha256,
  newHash: () => createHash('sha256'),
  inflate: (compressed: AsyncIterable<Uint8Array>) => {
    const stream = createInflateRaw();
    pipeline(Readable.from(compressed, { objectMode: false }), stream, () => {});
    return stream;
  },
} as unknown as Surroundings;

/** A file, and where in it stands what no loader makes anything of. */
interface Sample {
  readonly bytes: Uint8Array;
  readonly noise: ReadonlySet<number>;
}

const places = (start: number, length: number): number[] => Array.from({ length }, (_, index) => start + index);
const indexOf = (bytes: Uint8Array, text: string, from = 0): number =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(text, from, 'latin1');

/** Versions and times of both headers, attributes of the directory, and what pads the local header. */
function zipNoise(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const noise: number[] = [];
  for (let at = indexOf(bytes, 'PK\u0003\u0004'); at !== -1; at = indexOf(bytes, 'PK\u0003\u0004', at + 4)) {
    const [name, extra] = [view.getUint16(at + 26, true), view.getUint16(at + 28, true)];
    noise.push(...places(at + 4, 2), ...places(at + 10, 4), ...places(at + 30 + name, extra));
  }
  for (let at = indexOf(bytes, 'PK\u0001\u0002'); at !== -1; at = indexOf(bytes, 'PK\u0001\u0002', at + 4))
    noise.push(...places(at + 4, 4), ...places(at + 12, 4), ...places(at + 34, 8));
  return noise;
}

function zip(): Sample {
  const bytes = writeZip([
    { name: 'a.npy', content: seededBytes(1, 40), paddingBytes: 12 },
    { name: 'b.npy', content: seededBytes(2, 50), isZip64: true },
    { name: 'd/', content: new Uint8Array(0) },
  ]);
  return { bytes, noise: new Set(zipNoise(bytes)) };
}

function torch(): Sample {
  const bytes = writeTorch([seededBytes(1, 48), seededBytes(2, 20)], {
    more: [{ name: 'archive/extra', content: seededBytes(3, 9) }],
  });
  // The word for the release of the format.
  const version = indexOf(bytes, 'archive/version') + 'archive/version'.length;
  return { bytes, noise: new Set([...zipNoise(bytes), ...places(version, 2)]) };
}

function safetensors(): Sample {
  const tensor = (name: string, seed: number) => ({ name, dtype: 'U8', shape: [16], bytes: seededBytes(seed, 16) });
  const bytes = writeSafetensors({ tensors: [tensor('w', 1), tensor('b', 2)], metadata: { format: 'pt' } });
  const metadata = indexOf(bytes, '"__metadata__"');
  const spaces = places(8, bytes.length - 8).filter((at) => bytes[at] === 0x20);
  const end = indexOf(bytes, '}', metadata) + 1;
  return { bytes, noise: new Set([...places(metadata, end - metadata), ...spaces]) };
}

function gguf(): Sample {
  const tensor = (name: string, seed: number) => ({ name, ggmlType: 24, extents: [20], bytes: seededBytes(seed, 20) });
  const bytes = writeGguf({
    keyValues: [
      ['general.architecture', { type: 'string', value: 'llama' }],
      ['llama.block_count', { type: 'u32', value: 2 }],
      ['llama.attention.scale', { type: 'f32', value: 0.5 }],
      ['tokenizer.ggml.bos_token_id', { type: 'u32', value: 1 }],
      ['general.name', { type: 'string', value: 'tiny' }],
    ],
    tensors: [tensor('w', 1), tensor('b', 2)],
  });
  const name = indexOf(bytes, 'general.name') - 8;
  const own = 8 + 'general.name'.length + 4 + 8 + 'tiny'.length;
  const [first, second] = [seededBytes(1, 20), seededBytes(2, 20)].map((content) =>
    indexOf(bytes, Buffer.from(content).toString('latin1')),
  );
  const header = indexOf(bytes, 'w', name + own) + 1 + 8 * 3 + 9 + 4;
  const padding = places(header, bytes.length - header).filter(
    (at) => !(at >= (first ?? 0) && at < (first ?? 0) + 20) && !(at >= (second ?? 0) && at < (second ?? 0) + 20),
  );
  // Version 2 says the same as version 3.
  return { bytes, noise: new Set([4, ...places(name, own), ...padding.filter((at) => bytes[at] === 0)]) };
}

/** Of an ONNX model only what is surely seen: the numbers and the operators. */
function onnx(): Sample {
  const values = Array.from({ length: 8 }, (_, index) => index + 0.5);
  const bytes = writeOnnx({
    graph: {
      nodes: [{ op: 'Gemm', inputs: ['x', 'w'], outputs: ['y'], attributes: { alpha: { float: 0.75 } } }],
      initializers: [{ name: 'w', dtype: 'float32', shape: [2, 4], values }],
      inputs: [{ name: 'x', dtype: 'float32', shape: [1, 2] }],
      outputs: [{ name: 'y', dtype: 'float32', shape: [1, 4] }],
    },
  });
  const raw = Buffer.from(new Float32Array(values).buffer).toString('latin1');
  const alpha = Buffer.from(new Float32Array([0.75]).buffer).toString('latin1');
  const seen = new Set([
    ...places(indexOf(bytes, raw), 32),
    ...places(indexOf(bytes, 'Gemm'), 4),
    ...places(indexOf(bytes, alpha), 4),
  ]);
  return { bytes, noise: new Set(places(0, bytes.length).filter((at) => !seen.has(at))) };
}

function pickle(): Sample {
  const text = (value: string) => [0x58, value.length, 0, 0, 0, ...Buffer.from(value)];
  const bytes = [0x80, 2, 0x7d, 0x28, ...text('threshold'), 0x4b, 5, ...text('labels'), 0x5d, 0x28, ...text('no')];
  return { bytes: Uint8Array.from([...bytes, ...text('yes'), 0x65, 0x75, 0x2e]), noise: new Set() };
}

const samples = { zip, torch, safetensors, gguf, onnx, pickle };

async function snapshotOf(bytes: Uint8Array): Promise<Snapshot | string> {
  try {
    const file = { ...bytesSource(bytes, 'model.bin'), close: async () => {} };
    const files = { open: async () => ({ ...bytesSource(bytes, 'model.bin'), close: async () => {} }) };
    const measured = await measureFile(surroundings, files, file, { depth: 'bytes', staging: null });
    const { size, sha256: digest, header, tensors, document } = measured;
    const told =
      header === null
        ? null
        : {
            ...header,
            tensors: header.tensors.map((tensor) => [tensor.name, tensor.dtype, tensor.shape] as const),
          };
    return {
      ...emptySnapshot(parseModelName('model')),
      artifacts: [{ path: 'model.bin', size, sha256: digest, header: told, tensors, document }],
    };
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode === 70) throw error;
    return error.code;
  }
}

/** The bump of a change; null where the changed file is refused. */
async function bumpOf(before: Uint8Array, after: Uint8Array): Promise<string | null> {
  const [from, to] = [await snapshotOf(before), await snapshotOf(after)];
  if (typeof from === 'string') throw new Error(`the sample itself is refused: ${from}`);
  if (typeof to === 'string') return null;
  return assess({
    previous: { version: '1.0.0' as Version, snapshot: from },
    candidate: to,
    policy: defaultPolicy().versioning,
    existing: [],
    sha256,
  }).bump;
}

describe.each(Object.entries(samples))('%s', (_, make) => {
  const { bytes, noise } = make();

  test('every single byte that a loader sees is seen', { timeout: 120_000 }, async () => {
    const missed: number[] = [];
    for (let at = 0; at < bytes.length; at++) {
      if (noise.has(at)) continue;
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      if ((await bumpOf(bytes, changed)) === 'none') missed.push(at);
    }
    expect(missed).toEqual([]);
  });

  test('edits of several bytes, cuts and repetitions are no change only within noise', {
    timeout: 120_000,
  }, async () => {
    const edit = fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255) });
    const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
    const cut = fc.option(fc.record({ at: fc.nat(bytes.length - 1), length: fc.integer({ min: 1, max: 20 }) }));
    await fc.assert(
      fc.asyncProperty(edits, cut, fc.boolean(), async (changes, part, isRepeated) => {
        const changed = [...bytes];
        for (const { at, to } of changes) changed[at] = to;
        if (part !== null) {
          const { at, length } = part;
          if (isRepeated) changed.splice(at, 0, ...changed.slice(at, at + length));
          else changed.splice(at, length);
        }
        const edited = changes.filter(({ at, to }) => bytes[at] !== to).map(({ at }) => at);
        const moved = part === null ? [] : places(part.at, Math.min(part.length, bytes.length - part.at));
        if (![...edited, ...moved].some((at) => !noise.has(at))) return;
        expect(await bumpOf(bytes, Uint8Array.from(changed))).not.toBe('none');
      }),
      { seed: 20_26, numRuns: 250 },
    );
  });
});
