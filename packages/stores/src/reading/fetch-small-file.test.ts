import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectCode, openMemoryBucket, seededBytes } from '@weighbridge/testkit';
import { createHash } from 'node:crypto';
import { objectKey } from '@weighbridge/storage';
import { formatDigest } from '@weighbridge/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTransferMeans } from '../transfer/means.js';
import { fetchSmallFile } from './fetch-small-file.js';
import { fileOfObject } from './stored-file.js';

const sizeBytes = 100_000;
const bytes = seededBytes(1, sizeBytes);
const sha256 = createHash('sha256').update(bytes).digest();
const digest = formatDigest(sha256);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-small-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function fetching({ held = bytes, size = sizeBytes, inside = '' } = {}): Promise<boolean> {
  const bucket = openMemoryBucket();
  await bucket.create(objectKey(digest), [held], { sha256: createHash('sha256').update(held).digest() });
  const place = { target: join(folder, inside, 'file'), partial: join(folder, inside, 'partial'), mode: 0o640 };
  return fetchSmallFile(fileOfObject(digest, size), place, { bucket, means: openTransferMeans({}) });
}

test('has its bytes, its name and its mode, and nothing is left beside it', async () => {
  expect(await fetching()).toBe(true);
  expect(Buffer.compare(await readFile(join(folder, 'file')), bytes)).toBe(0);
  expect((await stat(join(folder, 'file'))).mode & 0o777).toBe(0o640);
  expect(await readdir(folder)).toEqual(['file']);
});

test('folders on the way are made', async () => {
  expect(await fetching({ inside: 'a/b' })).toBe(true);
  expect(await readdir(join(folder, 'a', 'b'))).toEqual(['file']);
});

test('what an earlier attempt left is none of it', async () => {
  await writeFile(join(folder, 'partial'), seededBytes(2, sizeBytes + 5));
  expect(await fetching()).toBe(true);
  expect(Buffer.compare(await readFile(join(folder, 'file')), bytes)).toBe(0);
});

test('other bytes are not written, and the file that was there stays', async () => {
  await writeFile(join(folder, 'file'), 'before');
  expect(await fetching({ held: seededBytes(3, sizeBytes) })).toBe(false);
  expect(await readdir(folder)).toEqual(['file']);
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('before');
});

test('a larger file is left to whoever streams it', async () => {
  const large = 1024 * 1024 + 1;
  expect(await fetching({ size: large, held: seededBytes(1, large) })).toBe(false);
});

test('an object that is not there is told', async () => {
  const place = { target: join(folder, 'file'), partial: join(folder, 'partial'), mode: 0o640 };
  const empty = { bucket: openMemoryBucket(), means: openTransferMeans({}) };
  await expectCode(fetchSmallFile(fileOfObject(digest, sizeBytes), place, empty), 'store/missing');
  expect(await readdir(folder)).toEqual([]);
});

test('where the name cannot be had nothing is left', async () => {
  await mkdir(join(folder, 'file'));
  await expect(fetching()).rejects.toMatchObject({ code: 'EISDIR' });
  expect(await readdir(folder)).toEqual(['file']);
});
