import { createHash } from 'node:crypto';
import { WeighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { seededBytes } from '../store/bytes-source.js';
import { type Fault, type FaultProxy, openFaultProxy } from './fault-proxy.js';

/** A service with a bucket, which can be asked directly and through a proxy. */
export interface FaultyWorld {
  readonly endpoint: string;
  /**
   * The same bucket at an address. It should try a few times, wait little between, and give up what stands still for
   * half a second.
   */
  bucketAt(endpoint: string): Bucket;
  readonly maxTries: number;
  dispose(): Promise<void>;
}

/** What the service says when it cannot now, in its own words. */
export type AnswerDocuments = Readonly<
  Record<'serverError' | 'slowDown' | 'expired', { readonly status: number; readonly body: string }>
>;

const [oldBytes, newBytes] = [seededBytes(1, 300_000), seededBytes(2, 300_001)];
const clearCodes = ['store/io', 'store/denied', 'store/unreachable'];

/** One method of the port, on an object that is there as `before`. */
interface Operation {
  readonly name: string;
  readonly before: Uint8Array | null;
  /** What the object may be afterwards, besides what it was. */
  readonly after: Uint8Array | null;
  readonly run: (bucket: Bucket, key: string) => Promise<unknown>;
  /** Fails when the outcome is not the right one. */
  readonly verify: (outcome: unknown) => void;
}

const operations: readonly Operation[] = [
  {
    name: 'describe',
    before: oldBytes,
    after: oldBytes,
    run: async (bucket, key) => (await bucket.describe(key))?.sizeBytes,
    verify: (size) => expect(size).toBe(oldBytes.length),
  },
  {
    name: 'create',
    before: null,
    after: newBytes,
    // In two pieces, so that a reset can fall between them.
    run: (bucket, key) =>
      bucket.create(key, [newBytes.subarray(0, 200_000), newBytes.subarray(200_000)], { sha256: sha256Of(newBytes) }),
    verify: (outcome) => expect(['created', 'present']).toContain(outcome),
  },
  {
    name: 'first replace',
    before: null,
    after: newBytes,
    run: (bucket, key) => bucket.replace(key, newBytes, null),
    verify: (revision) => expect(revision).toEqual(expect.any(String)),
  },
  {
    name: 'read',
    before: oldBytes,
    after: oldBytes,
    run: async (bucket, key) => (await bucket.read(key))?.bytes,
    verify: (bytes) => expect(Buffer.compare(bytes as Uint8Array, oldBytes)).toBe(0),
  },
  {
    name: 'read of a range',
    before: oldBytes,
    after: oldBytes,
    run: async (bucket, key) => (await bucket.read(key, { offset: 1000, lengthBytes: 100_000 }))?.bytes,
    verify: (bytes) => expect(Buffer.compare(bytes as Uint8Array, oldBytes.subarray(1000, 101_000))).toBe(0),
  },
  {
    name: 'read of a range into room that is given',
    before: oldBytes,
    after: oldBytes,
    run: async (bucket, key) =>
      (await bucket.read(key, { offset: 1000, lengthBytes: 100_000 }, new Uint8Array(100_000)))?.bytes,
    verify: (bytes) => expect(Buffer.compare(bytes as Uint8Array, oldBytes.subarray(1000, 101_000))).toBe(0),
  },
  {
    name: 'list',
    before: oldBytes,
    after: oldBytes,
    run: async (bucket, key) => {
      const keys: string[] = [];
      for await (const object of bucket.list(key)) keys.push(`${object.key === key} ${object.sizeBytes}`);
      return keys;
    },
    verify: (keys) => expect(keys).toEqual([`true ${oldBytes.length}`]),
  },
  {
    name: 'remove',
    before: oldBytes,
    after: null,
    run: (bucket, key) => bucket.remove(key),
    verify: () => {},
  },
];

/** A replacement of what is there needs the revision that is there. */
const swap: Operation = {
  name: 'replace',
  before: oldBytes,
  after: newBytes,
  run: async (bucket, key) => bucket.replace(key, newBytes, revisions.get(key) ?? null),
  verify: (revision) => expect(revision).toEqual(expect.any(String)),
};
const revisions = new Map<string, string>();

/** Whether a bucket can know that the bytes were damaged; a range and a listing have no checksum of their own. */
const noticesDamage: Readonly<Record<'request' | 'answer', readonly string[]>> = {
  request: ['create', 'first replace', 'replace'],
  answer: ['read'],
};

/**
 * Every fault in every operation, once and for ever: the outcome is whole and right, or a clear error after a bounded
 * number of tries; the object is what it was or what it should become, never a part; and afterwards the same call
 * completes.
 */
export function describeBucketFaults(
  name: string,
  openWorld: () => Promise<FaultyWorld>,
  documents: AnswerDocuments,
): void {
  describe(`faults between client and service: ${name}`, () => {
    let world: FaultyWorld;
    let proxy: FaultProxy;
    let [direct, through]: Bucket[] = [];
    let keys = 0;
    beforeAll(async () => {
      world = await openWorld();
      proxy = await openFaultProxy(world.endpoint);
      [direct, through] = [world.bucketAt(world.endpoint), world.bucketAt(proxy.address)];
    });
    afterEach(() => proxy.clear());
    afterAll(async () => {
      await proxy.close();
      await world.dispose();
    });

    const opened = (bucket: Bucket | undefined) => bucket ?? expect.fail('no bucket was opened');

    async function prepare({ before }: Operation): Promise<string> {
      const key = `faults/${++keys}`;
      if (before === null) return key;
      const revision = await opened(direct).replace(key, before, null);
      revisions.set(key, revision ?? expect.fail('the object was there already'));
      return key;
    }

    async function bytesAt(key: string): Promise<string> {
      return digestOf((await opened(direct).read(key))?.bytes ?? null);
    }

    describe.each([...operations, swap])('$name', (operation) => {
      const applicable = faultsOf(documents).filter(
        ({ fault }) => fault.kind !== 'damage' || noticesDamage[fault.during].includes(operation.name),
      );
      test.each(applicable)('$title, once: completes', async ({ fault }) => {
        const key = await prepare(operation);
        proxy.inject(fault);
        operation.verify(await operation.run(opened(through), key));
        expect(await bytesAt(key)).toBe(digestOf(operation.after));
      });

      test.each(applicable.filter(({ fault }) => fault.kind !== 'drip'))(
        '$title, for ever: a clear error, and nothing half done',
        async ({ fault }) => {
          const key = await prepare(operation);
          proxy.inject(fault, { times: Number.POSITIVE_INFINITY });
          const cause = await operation.run(opened(through), key).then(
            () => expect.fail('the fault went unnoticed'),
            (error: unknown) => error,
          );
          expect(cause).toBeInstanceOf(WeighbridgeError);
          expect(clearCodes).toContain((cause as WeighbridgeError).code);
          expect((cause as WeighbridgeError).message).toContain(opened(through).address);
          expect(proxy.seen.length).toBeLessThanOrEqual(2 * world.maxTries);
          expect([digestOf(operation.before), digestOf(operation.after)]).toContain(await bytesAt(key));
          proxy.clear();
          if (operation.name !== 'remove') operation.verify(await againAs(operation, key));
        },
      );
    });

    /** The same call again, by another process: what an earlier try has written counts as there. */
    async function againAs(operation: Operation, key: string): Promise<unknown> {
      const isDocument = operation === swap || operation.name === 'first replace';
      if (!isDocument) return operation.run(opened(through), key);
      const current = await opened(through).describe(key);
      return opened(through).replace(key, newBytes, current?.revision ?? null);
    }
  });
}

/** Every fault there is, in the words of a service. */
export function faultsOf(documents: AnswerDocuments): readonly { readonly title: string; readonly fault: Fault }[] {
  const { serverError, slowDown, expired } = documents;
  return [
    { title: 'a server error', fault: { kind: 'answer', ...serverError } },
    { title: 'a server error after the deed', fault: { kind: 'answer', ...serverError, afterwards: true } },
    { title: 'a request to slow down', fault: { kind: 'answer', ...slowDown, headers: { 'retry-after': '0' } } },
    { title: 'expired credentials', fault: { kind: 'answer', ...expired } },
    { title: 'a page of a proxy', fault: { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' } },
    { title: 'a reset while sending', fault: { kind: 'reset', during: 'request' } },
    { title: 'a reset in the answer', fault: { kind: 'reset', during: 'answer' } },
    { title: 'an answer that ends early', fault: { kind: 'truncate' } },
    { title: 'a service that hangs', fault: { kind: 'stall', during: 'request' } },
    { title: 'an answer that hangs', fault: { kind: 'stall', during: 'answer' } },
    { title: 'a slow answer', fault: { kind: 'drip', pieces: 10, pauseMs: 5 } },
    { title: 'damage to what is sent', fault: { kind: 'damage', during: 'request' } },
    { title: 'damage to the answer', fault: { kind: 'damage', during: 'answer' } },
  ];
}

function sha256Of(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** A word for the bytes that shows well when two differ. */
function digestOf(bytes: Uint8Array | null): string {
  return bytes === null ? 'none' : `${bytes.length} bytes ${Buffer.from(sha256Of(bytes)).toString('hex', 0, 8)}`;
}
