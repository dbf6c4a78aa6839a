import { createHash } from 'node:crypto';
import type { Bucket, ObjectFacts } from '@weighbridge/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import { seededBytes } from '../store/bytes-source.js';

/** One empty bucket for one test. */
export interface BucketUnderTest {
  readonly bucket: Bucket;
  dispose(): Promise<void>;
}

const mebibyte = 1024 * 1024;

/**
 * The contract of the bucket port. Every adapter runs it, the one in memory and the ones with a server behind.
 * `digestsChecked` says who compares bytes with their digest: most services when they are written; for one that believes
 * whatever it is told, the adapter when they are read.
 */
export function describeBucket(
  name: string,
  openBucket: () => Promise<BucketUnderTest>,
  { digestsChecked = 'on-write' }: { readonly digestsChecked?: 'on-write' | 'on-read' } = {},
): void {
  describe(`bucket contract: ${name}`, () => {
    let bucket: Bucket;
    let dispose: () => Promise<void>;

    beforeEach(async () => {
      ({ bucket, dispose } = await openBucket());
    });
    afterEach(() => dispose());

    const create = (key: string, ...body: Uint8Array[]) => bucket.create(key, body, { sha256: sha256Of(body) });
    const bytesAt = async (key: string) => Buffer.from((await bucket.read(key))?.bytes ?? []);

    test.each([0, 1, 65_536, mebibyte + 1, 16 * mebibyte])('gives back %i bytes as they were', async (sizeBytes) => {
      const bytes = seededBytes(sizeBytes, sizeBytes);
      expect(await create('a/b', bytes)).toBe('created');
      expect((await bytesAt('a/b')).equals(bytes)).toBe(true);
      expect(await bucket.describe('a/b')).toMatchObject({ key: 'a/b', sizeBytes });
    });

    test('joins the pieces of a body', async () => {
      await create('joined', seededBytes(1, 10), new Uint8Array(0), seededBytes(2, mebibyte), seededBytes(3, 1));
      const whole = Buffer.concat([seededBytes(1, 10), seededBytes(2, mebibyte), seededBytes(3, 1)]);
      expect((await bytesAt('joined')).equals(whole)).toBe(true);
    });

    test('never overwrites', async () => {
      await create('once', seededBytes(1, 1000));
      const before = await bucket.describe('once');
      expect(await create('once', seededBytes(2, 999))).toBe('present');
      expect((await bytesAt('once')).equals(seededBytes(1, 1000))).toBe(true);
      expect(await bucket.describe('once')).toEqual(before);
    });

    test('many creators at once: the bytes are those of one of them', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, (_, index) => create('race', seededBytes(index, 5000))),
      );
      expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
      const winner = outcomes.indexOf('created');
      expect((await bytesAt('race')).equals(seededBytes(winner, 5000))).toBe(true);
    });

    test('refuses bytes that are not those of the digest', async () => {
      const wrong = sha256Of([seededBytes(1, 10)]);
      const creation = bucket.create('wrong', [seededBytes(2, 10)], { sha256: wrong });
      if (digestsChecked === 'on-read') {
        await creation;
        await expectCode(bucket.read('wrong'), 'store/io');
        return;
      }
      await expectCode(creation, 'store/io');
      expect(await bucket.describe('wrong')).toBeNull();
    });

    test('reads ranges', async () => {
      const bytes = seededBytes(7, 2 * mebibyte + 9);
      await create('ranged', bytes);
      for (const [offset, lengthBytes] of [
        [0, 8],
        [mebibyte - 3, 6],
        [bytes.length - 4, 4],
        [5, 0],
      ] as const) {
        const read = await bucket.read('ranged', { offset, lengthBytes });
        expect(Buffer.from(read?.bytes ?? [1])).toEqual(Buffer.from(bytes.slice(offset, offset + lengthBytes)));
      }
    });

    test('reads a range into room that is given, shared memory too, and touches nothing around it', async () => {
      const bytes = seededBytes(8, mebibyte);
      await create('placed', bytes);
      const room = new Uint8Array(new SharedArrayBuffer(1024)).fill(7);
      const read = await bucket.read('placed', { offset: 500, lengthBytes: 1000 }, room.subarray(12, 1012));
      expect(Buffer.from(read?.bytes ?? [])).toEqual(Buffer.from(bytes.slice(500, 1500)));
      expect([...room.subarray(0, 12), ...room.subarray(1012)]).toEqual(Array.from({ length: 24 }, () => 7));
    });

    test('what is not there is null', async () => {
      expect(await bucket.describe('none')).toBeNull();
      expect(await bucket.read('none')).toBeNull();
      expect(await bucket.read('none', { offset: 0, lengthBytes: 4 })).toBeNull();
      await bucket.remove('none');
    });

    test('lists by prefix, in order, what is there', async () => {
      for (const key of ['p/b', 'p/a/2', 'p/a/10', 'q/a', 'p/c']) await create(key, seededBytes(1, key.length));
      await bucket.remove('p/c');
      const listed = await listAll(bucket, 'p/');
      expect(listed.map(({ key, sizeBytes }) => [key, sizeBytes])).toEqual([
        ['p/a/10', 6],
        ['p/a/2', 5],
        ['p/b', 3],
      ]);
      expect((await listAll(bucket, 'p/a')).map(({ key }) => key)).toEqual(['p/a/10', 'p/a/2']);
      expect(await listAll(bucket, 'nothing/')).toEqual([]);
      expect(listed.find(({ key }) => key === 'p/b')).toEqual(await bucket.describe('p/b'));
    });

    test('lists more than one page', async () => {
      const keys = Array.from({ length: 1100 }, (_, index) => `many/${String(index).padStart(5, '0')}`);
      for (let at = 0; at < keys.length; at += 50) {
        await Promise.all(keys.slice(at, at + 50).map((key) => create(key, new Uint8Array([1]))));
      }
      expect((await listAll(bucket, 'many/')).map(({ key }) => key)).toEqual(keys);
    });

    test('compare and swap', async () => {
      const first = await bucket.replace('doc', seededBytes(1, 10), null);
      expect(first).not.toBeNull();
      expect(await bucket.replace('doc', seededBytes(2, 10), null)).toBeNull();
      const read = await bucket.read('doc');
      expect(read?.revision).toBe(first);
      const second = await bucket.replace('doc', seededBytes(3, 11), first);
      expect(second).not.toBeNull();
      expect(second).not.toBe(first);
      expect(await bucket.replace('doc', seededBytes(4, 12), first)).toBeNull();
      expect((await bytesAt('doc')).equals(seededBytes(3, 11))).toBe(true);
      expect(await bucket.replace('doc', seededBytes(5, 13), second)).not.toBeNull();
      expect((await bytesAt('doc')).equals(seededBytes(5, 13))).toBe(true);
    });

    test('of many that swap at once, one wins', async () => {
      const revision = await bucket.replace('doc', seededBytes(0, 10), null);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) => bucket.replace('doc', seededBytes(index + 1, 10), revision)),
      );
      const winners = answers.flatMap((answer, index) => (answer === null ? [] : [index]));
      expect(winners).toHaveLength(1);
      expect((await bytesAt('doc')).equals(seededBytes((winners[0] ?? 0) + 1, 10))).toBe(true);
    });

    test('removes', async () => {
      await create('gone', seededBytes(1, 10));
      await bucket.remove('gone');
      await bucket.remove('gone');
      expect(await bucket.describe('gone')).toBeNull();
      expect(await create('gone', seededBytes(2, 10))).toBe('created');
    });

    test('removes what is meant, and nothing that was written since', async () => {
      await create('late', seededBytes(1, 10));
      const expected = await bucket.describe('late');
      if (expected === null) throw new Error('an object was created and is not there');
      await bucket.remove('late');
      await create('late', seededBytes(2, 10));
      expect(await bucket.remove('late', { expected })).toBe('kept');
      expect((await bytesAt('late')).equals(seededBytes(2, 10))).toBe(true);
      const current = await bucket.describe('late');
      if (current === null) throw new Error('an object was created and is not there');
      expect(await bucket.remove('late', { expected: current })).toBe('removed');
      expect(await bucket.remove('late', { expected: current })).toBe('removed');
      expect(await bucket.describe('late')).toBeNull();
    });

    test('removes nothing that is not allowed any more', async () => {
      await create('late', seededBytes(1, 10));
      expect(await bucket.remove('late', { isAllowed: () => false })).toBe('kept');
      expect((await bytesAt('late')).equals(seededBytes(1, 10))).toBe(true);
      expect(await bucket.remove('late', { isAllowed: () => true })).toBe('removed');
      expect(await bucket.describe('late')).toBeNull();
    });

    test.each(['', '/a', 'a/', 'a//b', '../a', 'a/../b', './a', 'A', 'a b', 'a\\b', 'ä', 'a'.repeat(513)])(
      'refuses the key %j',
      async (key) => {
        await expectCode((async () => bucket.describe(key))(), 'core/invariant');
        await expectCode((async () => create(key, new Uint8Array(1)))(), 'core/invariant');
        await expectCode((async () => bucket.read(key))(), 'core/invariant');
        await expectCode((async () => bucket.remove(key))(), 'core/invariant');
      },
    );

    test('a presigned address needs no credentials', async () => {
      const bytes = seededBytes(1, 1000);
      await create('shared', bytes);
      const url = await bucket.presign('shared', { expiresInSeconds: 60 });
      if (url === null) return;
      const response = await fetch(url);
      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    });

    test('its address holds no credentials', () => {
      expect(bucket.address).toMatch(/^[a-z0-9]+:/);
      expect(bucket.address).not.toMatch(/[@?]|secret|key/i);
    });
  });
}

async function listAll(bucket: Bucket, prefix: string): Promise<ObjectFacts[]> {
  const listed: ObjectFacts[] = [];
  for await (const facts of bucket.list(prefix)) listed.push(facts);
  return listed;
}

function sha256Of(body: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const piece of body) hash.update(piece);
  return hash.digest();
}
