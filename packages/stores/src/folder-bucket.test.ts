import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeBucket } from '@weighbridge/testkit';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFolderBucket } from './folder-bucket.js';

describeBucket('folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'weighbridge-bucket-'));
  return { bucket: openFolderBucket(root), dispose: () => rm(root, { recursive: true, force: true }) };
});

describe('folder bucket', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'weighbridge-bucket-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  test('a lock whose holder was killed is taken over', async () => {
    const bucket = openFolderBucket(root);
    const revision = await bucket.replace('doc', new Uint8Array([1]), null);
    const lock = join(root, 'tmp', `lock-${createHash('sha256').update('doc').digest('hex')}`);
    await writeFile(lock, '');
    const old = new Date(Date.now() - 60_000);
    await utimes(lock, old, old);
    expect(await bucket.replace('doc', new Uint8Array([2]), revision)).not.toBeNull();
    expect((await bucket.read('doc'))?.bytes).toEqual(new Uint8Array([2]));
    expect(await readdir(join(root, 'tmp'))).toEqual([]);
  });

  test('a young lock is waited for', async () => {
    const bucket = openFolderBucket(root);
    const revision = await bucket.replace('doc', new Uint8Array([1]), null);
    const lock = join(root, 'tmp', `lock-${createHash('sha256').update('doc').digest('hex')}`);
    await writeFile(lock, '');
    let isFree = false;
    const swap = bucket.replace('doc', new Uint8Array([2]), revision).then((answer) => ({ answer, isFree }));
    await new Promise((done) => setTimeout(done, 100));
    isFree = true;
    await rm(lock);
    expect(await swap).toEqual({ answer: expect.any(String), isFree: true });
  });

  test('files of others and temporary files are no objects', async () => {
    const bucket = openFolderBucket(root);
    await bucket.replace('a-b', new Uint8Array([1]), null);
    await bucket.replace('a/b', new Uint8Array([1]), null);
    await writeFile(join(root, 'READ ME'), 'by people');
    await writeFile(join(root, 'tmp', 'x'), 'being written');
    const keys: string[] = [];
    for await (const { key } of bucket.list('')) keys.push(key);
    expect(keys).toEqual(['a-b', 'a/b']);
    expect(await bucket.describe('a')).toBeNull();
    expect(await bucket.read('a')).toBeNull();
    await bucket.remove('a');
    expect((await stat(join(root, 'a', 'b'))).mode & 0o777).toBe(0o444);
  });
});
