import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Digest, formatDigest } from '@weighbridge/core';
import { digestTensors, readHeader } from '@weighbridge/formats';
import type { Store } from '@weighbridge/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import { writeSafetensors } from '../safetensors-writer.js';
import { bytesSource, seededBytes } from './bytes-source.js';

/** One store for one test, and how to spoil it from behind its back. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Changes at least one byte of an object, keeping its size. */
  damage(digest: Digest): Promise<void>;
  /** Sets a damaged file aside, for stores whose `put` does not look at what is there. */
  quarantine?(digest: Digest): Promise<unknown>;
  dispose(): Promise<void>;
}

const mebibyte = 1024 * 1024;

/** Sizes around every boundary of a store that reads in chunks of a mebibyte. */
const awkwardSizes = [0, 1, 63, 64, mebibyte - 1, mebibyte, mebibyte + 1, 2 * mebibyte, 3 * mebibyte + 5];

const abcDigest: Digest = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

/** The contract of the store port. Every adapter runs it, the one in memory and the ones with a server behind. */
export function describeStore(name: string, openStore: () => Promise<StoreUnderTest>): void {
  describe(`store contract: ${name}`, () => {
    let subject: StoreUnderTest;
    let folder: string;
    const put = (bytes: Uint8Array, expected?: Digest) =>
      subject.store.put(bytesSource(bytes, 'model.bin'), expected === undefined ? {} : { expected });

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'weighbridge-store-'));
      subject = await openStore();
    });
    afterEach(async () => {
      await subject.dispose();
      await rm(folder, { recursive: true, force: true });
    });

    test('names bytes by their SHA-256', async () => {
      expect(await put(new TextEncoder().encode('abc'))).toEqual({
        digest: abcDigest,
        sizeBytes: 3,
        outcome: 'stored',
      });
      expect(await subject.store.has(abcDigest)).toBe(true);
      expect(subject.store.address).toMatch(/^[a-z0-9]+:/);
    });

    test.each(awkwardSizes)('gives back %i bytes as they were', async (sizeBytes) => {
      const bytes = seededBytes(sizeBytes, sizeBytes);
      const { digest } = await put(bytes);
      expect(digest).toBe(digestOf(bytes));
      await subject.store.fetchTo(digest, join(folder, 'back'));
      expect((await readFile(join(folder, 'back'))).equals(bytes)).toBe(true);
      expect(await subject.store.verify(digest)).toEqual({ sizeBytes });
      expect(await readdir(folder)).toEqual(['back']);
    });

    test('reads ranges', async () => {
      const bytes = seededBytes(7, 2 * mebibyte + 9);
      const { digest } = await put(bytes);
      const source = await subject.store.open(digest);
      expect(source.sizeBytes).toBe(bytes.length);
      for (const [offset, length] of [
        [0, 8],
        [mebibyte - 3, 6],
        [bytes.length - 4, 4],
        [5, 0],
      ] as const) {
        expect(Buffer.from(await source.read(offset, length))).toEqual(
          Buffer.from(bytes.slice(offset, offset + length)),
        );
      }
      await source.close();
    });

    test('storing again changes nothing', async () => {
      const bytes = seededBytes(1, 1000);
      expect((await put(bytes)).outcome).toBe('stored');
      expect((await put(bytes)).outcome).toBe('present');
      expect((await put(bytes, digestOf(bytes))).outcome).toBe('present');
    });

    test('accepts the bytes that were expected and no others', async () => {
      const bytes = seededBytes(2, 1000);
      const other = digestOf(seededBytes(3, 1000));
      const error = await expectCode(put(bytes, other), 'store/digest-mismatch');
      expect(error.fields).toEqual({ source: 'model.bin', expected: other, actual: digestOf(bytes) });
      expect(await subject.store.has(other)).toBe(false);
      expect(await subject.store.has(digestOf(bytes))).toBe(false);
      expect((await put(bytes, digestOf(bytes))).outcome).toBe('stored');
      await expectCode(put(seededBytes(4, 1000), digestOf(bytes)), 'store/digest-mismatch');
      expect(await subject.store.verify(digestOf(bytes))).toEqual({ sizeBytes: 1000 });
    });

    test('says that an object is missing', async () => {
      const digest = digestOf(seededBytes(5, 10));
      expect(await subject.store.has(digest)).toBe(false);
      await expectCode(subject.store.verify(digest), 'store/missing');
      await expectCode(subject.store.open(digest), 'store/missing');
      await expectCode(subject.store.fetchTo(digest, join(folder, 'back')), 'store/missing');
      expect(await readdir(folder)).toEqual([]);
    });

    test('never hands out damaged bytes', async () => {
      const { digest } = await put(seededBytes(6, 100_000));
      await subject.damage(digest);
      await writeFile(join(folder, 'back'), 'what was there before');
      for (const attempt of [subject.store.verify(digest), subject.store.fetchTo(digest, join(folder, 'back'))]) {
        const error = await expectCode(attempt, 'store/corrupt');
        expect(error.fields['expected']).toBe(digest);
        expect(error.fields['actual']).not.toBe(digest);
      }
      expect(await readdir(folder)).toEqual(['back']);
      expect(await readFile(join(folder, 'back'), 'utf8')).toBe('what was there before');
    });

    test('reads no damaged bytes from an open file', async () => {
      const { digest } = await put(seededBytes(6, 5000));
      await subject.damage(digest);
      const source = await subject.store.open(digest);
      await expectCode(source.read(0, 10), 'store/corrupt');
      await source.close();
    });

    test('tells what it read, and makes the file visible on commit', async () => {
      const bytes = twoTensors();
      const source = bytesSource(bytes, 'models/a.safetensors');
      const header = await readHeader(source, { sha256, openBeside: async () => null });
      const ingested = await subject.store.ingest(source, { header, expected: digestOf(bytes) });
      expect(ingested).toMatchObject({ digest: digestOf(bytes), sizeBytes: bytes.length });
      expect(ingested.storedBytes).toBe(bytes.length);
      expect(ingested.segments.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0)).toBe(bytes.length);
      const told =
        header === null
          ? null
          : await digestTensors(
              header,
              async () => source,
              () => createHash('sha256'),
            );
      expect(ingested.tensors).toEqual(told);
      expect([...ingested.tensors.keys()]).toEqual(['a', 'b', 'none']);
      expect(await subject.store.has(digestOf(bytes))).toBe(false);
      expect(await ingested.commit()).toBe('stored');
      expect(await ingested.commit()).toBe('present');
      expect(await subject.store.verify(digestOf(bytes))).toEqual({ sizeBytes: bytes.length });
      const again = await subject.store.ingest(source);
      expect([again.tensors.size, await again.commit()]).toEqual([0, 'present']);
    });

    test('describes a file by stretches that cover it, without reading it', async () => {
      const bytes = seededBytes(70, 300_000);
      const { digest } = await put(bytes);
      const layout = await subject.store.describe(digest);
      expect(layout?.sizeBytes).toBe(bytes.length);
      let position = 0;
      for (const { offset, lengthBytes } of layout?.segments ?? []) {
        expect(offset).toBe(position);
        position += lengthBytes;
      }
      expect(position).toBe(bytes.length);
      expect(await subject.store.describe(abcDigest)).toBeNull();
    });

    test('presigns all of a file, or nothing', async () => {
      const bytes = seededBytes(71, 300_000);
      const { digest } = await put(bytes);
      const parts = await subject.store.presign(digest, { expiresInSeconds: 60 });
      const answered: Uint8Array[] = [];
      for (const { url, offset, lengthBytes } of parts ?? []) {
        const response = await fetch(url, { headers: { Range: `bytes=${offset}-${offset + lengthBytes - 1}` } });
        answered.push(new Uint8Array(await response.arrayBuffer()));
      }
      if (parts !== null) expect(digestOf(Buffer.concat(answered))).toBe(digest);
      await expectCode(subject.store.presign(abcDigest, { expiresInSeconds: 60 }), 'store/missing');
    });

    test('tells how far a copy came', async () => {
      const bytes = seededBytes(72, 300_000);
      const { digest } = await put(bytes);
      let told = 0;
      await subject.store.fetchTo(digest, join(folder, 'told.bin'), { onBytes: (count) => (told += count) });
      expect(told).toBe(bytes.length);
    });

    test('what is set aside counts as missing', async () => {
      const { digest } = await put(seededBytes(73, 1000));
      expect([...(await subject.store.quarantine(digest))]).toEqual([]);
      await subject.damage(digest);
      const placed = await subject.store.quarantine(digest);
      expect([...placed.keys()]).toEqual([digest]);
      expect(placed.get(digest)).toContain('quarantine/');
      expect(await subject.store.has(digest)).toBe(false);
      expect([...(await subject.store.quarantine(digest))]).toEqual([]);
    });

    test('storing the right bytes heals a damaged object', async () => {
      for (const expected of [undefined, digestOf(seededBytes(8, 4000))]) {
        await put(seededBytes(8, 4000));
        await subject.damage(digestOf(seededBytes(8, 4000)));
        await subject.quarantine?.(digestOf(seededBytes(8, 4000)));
        const { digest, outcome } = await put(seededBytes(8, 4000), expected);
        expect(outcome).toBe('stored');
        expect(await subject.store.verify(digest)).toEqual({ sizeBytes: 4000 });
      }
    });

    test('a source that ends early leaves nothing behind', async () => {
      const bytes = seededBytes(9, 2 * mebibyte);
      await expectCode(subject.store.put(bytesSource(bytes, 'model.bin', bytes.length + 1)), 'store/source-changed');
      expect(await subject.store.has(digestOf(bytes))).toBe(false);
    });

    test('a source that fails leaves nothing behind', async () => {
      const failing = { ...bytesSource(seededBytes(9, 10)), read: () => Promise.reject(new Error('the wire broke')) };
      await expect(subject.store.put(failing)).rejects.toThrow('the wire broke');
    });

    test('many writers of the same bytes at once', async () => {
      const bytes = seededBytes(10, 100_000);
      const receipts = await Promise.all(Array.from({ length: 20 }, () => put(bytes)));
      expect(new Set(receipts.map(({ digest }) => digest))).toEqual(new Set([digestOf(bytes)]));
      expect(receipts.map(({ outcome }) => outcome)).toContain('stored');
      expect(await subject.store.verify(digestOf(bytes))).toEqual({ sizeBytes: bytes.length });
    });

    test.each(['sha256:../../etc/passwd', 'sha256:', 'md5:00', `sha256:${'A'.repeat(64)}`])(
      'refuses %s as a digest',
      async (text) => {
        const digest = text as Digest;
        await expectCode((async () => subject.store.has(digest))(), 'core/digest');
        await expectCode((async () => subject.store.verify(digest))(), 'core/digest');
        await expectCode((async () => subject.store.fetchTo(digest, join(folder, 'back')))(), 'core/digest');
        await expectCode(put(new Uint8Array(3), digest), 'core/digest');
      },
    );
  });
}

function digestOf(bytes: Uint8Array): Digest {
  return formatDigest(createHash('sha256').update(bytes).digest());
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** A file of several pieces: a large tensor, a small one, and one without bytes. */
function twoTensors(): Uint8Array {
  const tensor = (name: string, sizeBytes: number) => ({
    name,
    dtype: 'U8',
    shape: [sizeBytes],
    bytes: seededBytes(sizeBytes, sizeBytes),
  });
  return writeSafetensors({ tensors: [tensor('a', 1_500_000), tensor('b', 5000), tensor('none', 0)] });
}
