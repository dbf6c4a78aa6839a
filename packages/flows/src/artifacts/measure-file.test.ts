import { createHash } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createInflateRaw, deflateRawSync, deflateSync } from 'node:zlib';
import { utf8 } from '@weighbridge/core';
import { restOfArchive, withinBudget } from '@weighbridge/formats';
import {
  bytesSource,
  openMemoryStore,
  seededBytes,
  writeSafetensors,
  writeTorch,
  writeZip,
  type ZipSpec,
} from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import type { OpenFile } from '../reading/files.js';
import { measureFile, measureStored } from './measure-file.js';
import { openStaging } from './staging.js';
import type { Surroundings } from '../surroundings.js';

const weights = writeSafetensors({
  tensors: [
    { name: 'b', dtype: 'U8', shape: [300_000], bytes: seededBytes(1, 300_000) },
    { name: 'a', dtype: 'U8', shape: [10], bytes: seededBytes(2, 10) },
  ],
});

function testSurroundings(): { surroundings: Surroundings; told: string[] } {
  const told: string[] = [];
  let seconds = 0;
  const surroundings = {
    sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest(),
    newHash: () => createHash('sha256'),
    clock: { now: () => new Date(1000 * (seconds += 3)) },
    progress: (sentence: string) => told.push(sentence),
  } as unknown as Surroundings;
  return { surroundings, told };
}

function countedFile(bytes: Uint8Array): { file: OpenFile; read: () => number } {
  const source = bytesSource(bytes, 'out/model.safetensors');
  let total = 0;
  return {
    file: {
      ...source,
      async read(offset, lengthBytes) {
        total += lengthBytes;
        return source.read(offset, lengthBytes);
      },
      close: async () => {},
    },
    read: () => total,
  };
}

const files = {
  async open(): Promise<OpenFile> {
    throw new Error('the file is open already');
  },
};

test('staging tells the same as reading, and both read the bytes once', async () => {
  const { surroundings } = testSurroundings();
  const store = openMemoryStore();
  const plain = countedFile(weights);
  const staged = countedFile(weights);
  const expected = await measureFile(surroundings, files, plain.file, { depth: 'bytes', staging: null });
  const staging = openStaging(surroundings, store);
  const measured = await measureFile(surroundings, files, staged.file, { depth: 'bytes', staging });
  expect(measured).toEqual(expected);
  expect(Object.keys(measured.tensors)).toEqual(['a', 'b']);
  const { bytesRead = 0 } = measured.header ?? {};
  expect(bytesRead).toBeGreaterThan(0);
  expect(staged.read()).toBe(weights.length + bytesRead);
  expect(plain.read()).toBe(weights.length + bytesRead);
});

test('what a store has is measured by reading it once', async () => {
  const { surroundings } = testSurroundings();
  const store = openMemoryStore();
  const { digest } = await store.put(bytesSource(weights, 'out/model.safetensors'));
  let read = 0;
  const counting = {
    ...store,
    async open(asked: typeof digest) {
      const source = await store.open(asked);
      const counted = async (offset: number, lengthBytes: number) => {
        read += lengthBytes;
        return source.read(offset, lengthBytes);
      };
      return { ...source, read: counted };
    },
  };
  const file = { path: 'out/model.safetensors', sha256: digest };
  const measured = await measureStored(surroundings, counting, { file, beside: [] });
  expect(measured.sha256).toBe(digest);
  expect(Object.keys(measured.tensors)).toEqual(['a', 'b']);
  expect(read).toBe(weights.length + (measured.header?.bytesRead ?? 0));
});

test('what was staged is a file when it is committed, and nothing else is', async () => {
  const { surroundings } = testSurroundings();
  const store = openMemoryStore();
  const staging = openStaging(surroundings, store);
  const { sha256 } = await measureFile(surroundings, files, countedFile(weights).file, { depth: 'bytes', staging });
  const other = openStaging(surroundings, store);
  expect(await store.has(sha256 ?? `sha256:${'0'.repeat(64)}`)).toBe(false);
  expect(await other.commit(sha256 ?? `sha256:${'0'.repeat(64)}`)).toBeNull();
  expect(await staging.like([]).commit(sha256 ?? `sha256:${'0'.repeat(64)}`)).toBe('stored');
  expect(store.digests()).toEqual([sha256]);
});

describe('archives', () => {
  const npz = (seed: number) =>
    writeZip([
      {
        name: 'w.npy',
        content: new Uint8Array(deflateRawSync(seededBytes(seed, 100_000))),
        method: 8,
        directory: { sizeBytes: 100_000 },
      },
    ]);
  const measure = (surroundings: Surroundings, bytes: Uint8Array) =>
    measureFile(surroundings, files, countedFile(bytes).file, { depth: 'bytes', staging: null });

  test('of one run share what may be inflated, and the one that it does not suffice for is a file', async () => {
    const surroundings = { ...testSurroundings().surroundings, inflate: withinBudget(inflateStream, 150_000) };
    const first = await measure(surroundings, npz(1));
    expect(Object.keys(first.tensors)).toEqual([restOfArchive, 'w.npy']);
    expect(first.unopened).toBeUndefined();
    const second = await measure(surroundings, npz(2));
    expect(second.tensors).toEqual({});
    expect(second.unopened?.code).toBe('formats/inflation-budget');
    expect(second.sha256).toBe(`sha256:${createHash('sha256').update(npz(2)).digest('hex')}`);
    const third = await measure({ ...surroundings, inflate: withinBudget(inflateStream, 150_000) }, npz(2));
    expect(Object.keys(third.tensors)).toEqual([restOfArchive, 'w.npy']);
  });

  test('of PyTorch with a compressed header that the run has no budget for are told as not looked into', async () => {
    const pack = (entry: ZipSpec): ZipSpec => ({
      ...entry,
      content: new Uint8Array(deflateRawSync(entry.content)),
      method: 8,
      directory: { sizeBytes: entry.content.length },
    });
    const archive = writeTorch([seededBytes(1, 48)], { pack });
    const spent = { ...testSurroundings().surroundings, inflate: withinBudget(inflateStream, 10) };
    for (const depth of ['bytes', 'headers'] as const) {
      const measured = await measureFile(spent, files, countedFile(archive).file, { depth, staging: null });
      expect(measured).toMatchObject({ size: archive.length, header: null, tensors: {} });
      expect(measured.unread?.code).toBe('formats/inflation-budget');
      expect(measured.unopened?.code).toBe('formats/inflation-budget');
      expect(measured.unreadFormat).toBe('pytorch-zip');
      expect(measured.sha256 === null).toBe(depth === 'headers');
    }
    const compressed = await measure(spent, new Uint8Array(deflateSync(seededBytes(1, 5000))));
    expect(compressed).toMatchObject({ header: null, unreadFormat: 'joblib' });
    const open = { ...testSurroundings().surroundings, inflate: inflateStream };
    const measured = await measure(open, archive);
    expect(measured.header?.format).toBe('pytorch-zip');
    expect(measured.unread).toBeUndefined();
  });

  test('of PyTorch tell what they hold beside their tensors', async () => {
    const surroundings = { ...testSurroundings().surroundings, inflate: inflateStream };
    const restOf = async (...more: readonly ZipSpec[]) =>
      (await measure(surroundings, writeTorch([seededBytes(1, 48)], { more }))).tensors[restOfArchive];
    const plain = await restOf();
    expect(plain).toMatch(/^sha256:/);
    expect(await restOf({ name: 'archive/.data/serialization_id', content: seededBytes(4, 40) })).toBe(plain);
    expect(await restOf({ name: 'archive/extra', content: seededBytes(4, 40) })).not.toBe(plain);
    // A storage that no tensor names is read by whoever loads the storage.
    expect(await restOf({ name: 'archive/data/7', content: seededBytes(4, 40) })).not.toBe(
      await restOf({ name: 'archive/data/7', content: seededBytes(5, 40) }),
    );
    const versioned = async (content: string, ...more: readonly ZipSpec[]) => {
      const pack = (entry: ZipSpec) =>
        entry.name === 'archive/version' ? { ...entry, content: utf8(content) } : entry;
      return (await measure(surroundings, writeTorch([seededBytes(1, 48)], { more, pack }))).tensors[restOfArchive];
    };
    expect(await versioned('4\n')).toBe(plain);
    // By the version of a script torch chooses what its operators do.
    const script = { name: 'archive/constants.pkl', content: Uint8Array.of(0x80, 2, 0x29, 0x2e) };
    expect(await versioned('4\n', script)).not.toBe(await versioned('3\n', script));
    expect(await restOf({ name: 'archive/big', content: seededBytes(4, 9), gap: seededBytes(1, 3) })).toBeUndefined();
  });
});

function inflateStream(compressed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const stream = createInflateRaw();
  pipeline(Readable.from(compressed, { objectMode: false }), stream, () => {});
  return stream;
}
