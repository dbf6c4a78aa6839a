import { createHash } from 'node:crypto';
import type { Bucket, BucketClasses, ObjectFacts } from '@weighbridge/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import { seededBytes } from '../store/bytes-source.js';
import type { BucketUnderTest } from './describe-bucket.js';

/** The classes that a bucket is asked for; `archive` is one that is not read at once, null where there is none. */
export interface ClassesUnderTest {
  readonly usual: string;
  readonly other: string;
  readonly archive: string | null;
  /** One that no service has. */
  readonly unknown?: string;
  /** Whether what is restored is another class from then on, instead of a copy for some days. */
  readonly restoresForGood?: boolean;
  /** Whether the server compares the revision that a move expects; emulators may not. */
  readonly comparesRevisions?: boolean;
  /** Ends all restores that were asked for; without it the server does so at once. */
  readonly finishRestores?: (bucket: Bucket) => Promise<void>;
}

const sizeBytes = 200_000;
const days = 3;

/** The contract of the storage classes of a bucket. */
export function describeBucketClasses(
  name: string,
  openBucket: () => Promise<BucketUnderTest>,
  { usual, other, archive, unknown, ...server }: ClassesUnderTest,
): void {
  describe(`bucket classes contract: ${name}`, () => {
    let bucket: Bucket;
    let classes: BucketClasses;
    let dispose: () => Promise<void>;
    beforeEach(async () => {
      ({ bucket, dispose } = await openBucket());
      classes = bucket.classes ?? expect.fail('the bucket has no classes');
      const body = seededBytes(1, sizeBytes);
      await bucket.create('a/b', [body], { sha256: createHash('sha256').update(body).digest() });
    });
    afterEach(() => dispose());

    const facts = async (): Promise<ObjectFacts> => (await bucket.describe('a/b')) ?? expect.fail('it is gone');
    const expectBytes = async () =>
      expect(Buffer.from((await bucket.read('a/b'))?.bytes ?? []).equals(seededBytes(1, sizeBytes))).toBe(true);

    test('what is new is in the usual class and readable', async () => {
      const found = await classes.look('a/b');
      expect(found).toMatchObject({
        key: 'a/b',
        sizeBytes,
        storageClass: usual,
        access: 'readable',
        readableUntil: null,
      });
      expect(await facts()).toMatchObject({ storageClass: usual });
      expect(await classes.look('none')).toBeNull();
      expect(classes.restoreMs(usual, 'standard')).toBe(0);
    });

    test('moves there and back, and the bytes stay what they are', async () => {
      expect(await classes.move(await facts(), other)).toBe('moved');
      expect(await classes.look('a/b')).toMatchObject({ storageClass: other, access: 'readable', sizeBytes });
      await expectBytes();
      const listed: ObjectFacts[] = [];
      for await (const each of bucket.list('a/')) listed.push(each);
      expect(listed).toEqual([await facts()]);
      expect(listed).toMatchObject([{ storageClass: other }]);
      expect(await classes.move(await facts(), usual)).toBe('moved');
      expect(await facts()).toMatchObject({ storageClass: usual });
      await expectBytes();
    });

    test('what changed or went away is left alone', async () => {
      const before = await facts();
      await bucket.remove('a/b');
      expect(await classes.move(before, other)).toBe('changed');
      expect(await bucket.describe('a/b')).toBeNull();
      if (server.comparesRevisions === false) return;
      await bucket.replace('a/b', seededBytes(2, sizeBytes), null);
      expect(await classes.move(before, other)).toBe('changed');
      expect(await facts()).toMatchObject({ storageClass: usual });
    });

    test('of many who move at once, none spoils anything', async () => {
      const before = await facts();
      const outcomes = await Promise.all(Array.from({ length: 6 }, () => classes.move(before, other)));
      expect(outcomes).toContain('moved');
      expect(await facts()).toMatchObject({ storageClass: other, sizeBytes });
      await expectBytes();
    });

    test('a restore of what can be read is none', async () => {
      expect(await classes.restore('a/b', { days, speed: 'standard' })).toBe('readable');
      expect(await classes.restore('none', { days, speed: 'standard' })).toBe('missing');
    });

    test('a class that is none is refused', async () => {
      if (unknown === undefined) return;
      await expectCode(classes.move(await facts(), unknown), 'store/misconfigured');
      expect(await facts()).toMatchObject({ storageClass: usual });
    });

    if (archive === null) return;

    test('what is archived is described and removed, and read after a restore alone', async () => {
      expect(await classes.move(await facts(), archive)).toBe('moved');
      expect(await classes.look('a/b')).toMatchObject({ storageClass: archive, access: 'archived' });
      await expectCode(bucket.read('a/b'), 'store/archived');
      await expectCode(bucket.read('a/b', { offset: 0, lengthBytes: 4 }), 'store/archived');
      expect(await classes.move(await facts(), usual)).toBe('archived');
      expect(classes.restoreMs(archive, 'standard')).toBeGreaterThan(0);
      const body = seededBytes(1, sizeBytes);
      const again = bucket.create('a/b', [body], { sha256: createHash('sha256').update(body).digest() });
      expect(await again).toBe('present');

      expect(await classes.restore('a/b', { days, speed: 'cheap' })).toBe('restoring');
      await server.finishRestores?.(bucket);
      const found = await classes.look('a/b');
      expect(found).toMatchObject({ access: 'readable', storageClass: server.restoresForGood ? usual : archive });
      expect(found?.readableUntil === null).toBe(server.restoresForGood === true);
      expect(await classes.restore('a/b', { days: 1, speed: 'cheap' })).toBe('readable');
      await expectBytes();
      expect(await classes.move(await facts(), usual)).toBe('moved');
      expect(await classes.look('a/b')).toMatchObject({ storageClass: usual, access: 'readable', readableUntil: null });
      await expectBytes();
      await classes.move(await facts(), archive);
      await bucket.remove('a/b');
      expect(await bucket.describe('a/b')).toBeNull();
    });
  });
}
