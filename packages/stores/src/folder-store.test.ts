import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Digest, digestHex } from '@weighbridge/core';
import { bytesSource, describeStore, expectCode, seededBytes } from '@weighbridge/testkit';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFileSource } from './file-source.js';
import { openFolderStore } from './folder-store.js';
import { hashFile } from './hash-file.js';

const objectPath = (root: string, digest: Digest) =>
  join(root, 'sha256', digestHex(digest).slice(0, 2), digestHex(digest).slice(2));

async function damage(root: string, digest: Digest): Promise<void> {
  const path = objectPath(root, digest);
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0x10;
  await chmod(path, 0o644);
  await writeFile(path, bytes);
}

describeStore('folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'weighbridge folder ü-'));
  return {
    store: openFolderStore(root),
    damage: (digest) => damage(root, digest),
    dispose: () => rm(root, { recursive: true, force: true }),
  };
});

describe('folder store', () => {
  let root: string;
  beforeEach(async () => {
    root = join(await mkdtemp(join(tmpdir(), 'weighbridge-folder-')), 'deep', 'store');
  });
  afterEach(() => rm(join(root, '..', '..'), { recursive: true, force: true }));

  test('makes nothing until something is stored', async () => {
    const store = openFolderStore(root);
    expect(await store.has(`sha256:${'0'.repeat(64)}`)).toBe(false);
    await expectCode(store.verify(`sha256:${'0'.repeat(64)}`), 'store/missing');
    expect(existsSync(root)).toBe(false);
  });

  test('lays objects out by digest, read-only, with nothing else left', async () => {
    const { digest } = await openFolderStore(root).put(bytesSource(seededBytes(1, 5000)));
    expect(await readdir(root)).toEqual(['registry.json', 'sha256', 'tmp']);
    expect(await readdir(join(root, 'tmp'))).toEqual([]);
    expect((await stat(objectPath(root, digest))).mode & 0o777).toBe(0o444);
    expect((await stat(objectPath(root, digest))).nlink).toBe(1);
  });

  test('says where a damaged object lies and what to do', async () => {
    const store = openFolderStore(root);
    const { digest } = await store.put(bytesSource(seededBytes(1, 5000)));
    await damage(root, digest);
    const error = await expectCode(store.verify(digest), 'store/corrupt');
    expect(error.message).toContain(objectPath(root, digest));
    expect(error.message).toContain(digest);
    expect(error.remedy).toContain('weighbridge store push');
  });

  test('a truncated object is damaged, not short', async () => {
    const store = openFolderStore(root);
    const { digest } = await store.put(bytesSource(seededBytes(1, 5000)));
    await chmod(objectPath(root, digest), 0o644);
    await writeFile(objectPath(root, digest), '');
    await expectCode(store.verify(digest), 'store/corrupt');
  });

  test('healing keeps the damaged copy', async () => {
    const store = openFolderStore(root);
    const { digest } = await store.put(bytesSource(seededBytes(1, 5000)));
    await damage(root, digest);
    const damaged = await readFile(objectPath(root, digest));
    expect((await store.put(bytesSource(seededBytes(1, 5000)))).outcome).toBe('stored');
    const [kept = ''] = await readdir(join(root, 'quarantine'));
    expect(kept.startsWith(digestHex(digest))).toBe(true);
    expect((await readFile(join(root, 'quarantine', kept))).equals(damaged)).toBe(true);
  });

  test('quarantine takes the name away and keeps the bytes', async () => {
    const store = openFolderStore(root);
    const { digest } = await store.put(bytesSource(seededBytes(1, 5000)));
    await damage(root, digest);
    const damaged = await readFile(objectPath(root, digest));
    const aside = (await store.quarantine(digest)).get(digest);
    expect((await readFile(aside ?? '')).equals(damaged)).toBe(true);
    expect(await store.has(digest)).toBe(false);
    expect((await store.quarantine(digest)).size).toBe(0);
    expect((await store.put(bytesSource(seededBytes(1, 5000)))).outcome).toBe('stored');
  });

  test('sweeps temporary files by age, by the clock of the disk', async () => {
    const store = openFolderStore(root, { staleAfterMs: 60_000 });
    await mkdir(join(root, 'tmp'), { recursive: true });
    await writeFile(join(root, 'tmp', 'old'), 'left behind');
    await writeFile(join(root, 'tmp', 'young'), 'being written');
    const old = new Date(Date.now() - 120_000);
    await utimes(join(root, 'tmp', 'old'), old, old);
    await store.put(bytesSource(seededBytes(1, 10)));
    expect(await readdir(join(root, 'tmp'))).toEqual(['young']);
  });

  test('a refused put of a file of one piece writes nothing', async () => {
    const store = openFolderStore(root);
    const expected: Digest = `sha256:${'0'.repeat(64)}`;
    await expectCode(store.put(bytesSource(seededBytes(1, 10)), { expected }), 'store/digest-mismatch');
    expect(existsSync(root)).toBe(false);
  });

  test('a folder that cannot be is an error with a code', async () => {
    await mkdir(join(root, '..'), { recursive: true });
    await writeFile(root, 'a file where the folder should be');
    const error = await expectCode(openFolderStore(root).put(bytesSource(seededBytes(1, 10))), 'store/io');
    expect(error.fields['reason']).toMatch(/^(ENOTDIR|EEXIST)$/);
    expect(await openFolderStore(root).has(`sha256:${'0'.repeat(64)}`)).toBe(false);
  });

  test('fetching over a folder fails and leaves nothing', async () => {
    const store = openFolderStore(root);
    const { digest } = await store.put(bytesSource(seededBytes(1, 10)));
    await mkdir(join(root, '..', 'target', 'inner'), { recursive: true });
    await expectCode(store.fetchTo(digest, join(root, '..', 'target')), 'store/io');
    expect((await readdir(join(root, '..'))).sort()).toEqual(['store', 'target']);
  });

  test('property: what goes in comes out', async () => {
    const store = openFolderStore(root);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
        const { digest } = await store.put(bytesSource(bytes));
        await store.fetchTo(digest, join(root, 'back'));
        expect((await readFile(join(root, 'back'))).equals(bytes)).toBe(true);
      }),
      { seed: 20, numRuns: 30 },
    );
  });

  test('property: any flipped bit is found', async () => {
    const store = openFolderStore(root);
    const { digest } = await store.put(bytesSource(seededBytes(3, 3000)));
    const whole = await readFile(objectPath(root, digest));
    await chmod(objectPath(root, digest), 0o644);
    await fc.assert(
      fc.asyncProperty(fc.nat(2999), fc.nat(7), async (index, bit) => {
        const flipped = Buffer.from(whole);
        flipped[index] = (flipped[index] ?? 0) ^ (1 << bit);
        await writeFile(objectPath(root, digest), flipped);
        await expectCode(store.verify(digest), 'store/corrupt');
      }),
      { seed: 21, numRuns: 50 },
    );
  });
});

describe('file source', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weighbridge-source-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('reads ranges and refuses those past the end', async () => {
    await writeFile(join(folder, 'a'), seededBytes(1, 100));
    const source = await openFileSource(join(folder, 'a'));
    expect(source.sizeBytes).toBe(100);
    expect(Buffer.from(await source.read(90, 10))).toEqual(Buffer.from(seededBytes(1, 100).slice(90)));
    await expectCode(source.read(91, 10), 'store/source-changed');
    await source.close();
  });

  test('a file that grows or shrinks while it is read is refused', async () => {
    const store = openFolderStore(join(folder, 'store'));
    for (const size of [0, 99, 101, 3_000_000]) {
      await writeFile(join(folder, 'a'), seededBytes(1, 100));
      const source = await openFileSource(join(folder, 'a'));
      await writeFile(join(folder, 'a'), seededBytes(1, size));
      await expectCode(store.put(source), 'store/source-changed');
      await source.close();
    }
    expect(existsSync(join(folder, 'store'))).toBe(false);
  });

  test('folders and missing files are errors with a code', async () => {
    await expectCode(openFileSource(folder), 'store/io');
    await expectCode(openFileSource(join(folder, 'absent')), 'store/io');
    await expectCode(hashFile(join(folder, 'absent')), 'store/io');
    await symlink('loop', join(folder, 'loop'));
    await expectCode(openFileSource(join(folder, 'loop')), 'store/io');
  });
});

test('a folder that cannot be made is an error that names it, and no endless loop', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weighbridge-blocked-'));
  try {
    await writeFile(join(folder, 'file'), '');
    const store = openFolderStore(join(folder, 'file', 'below', 'it'));
    await expectCode(store.put(bytesSource(new Uint8Array([1]), 'one')), 'store/io');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
