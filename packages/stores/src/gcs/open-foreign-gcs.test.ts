import { expectCode, openTestService, type TestService } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForeignGcs } from './open-foreign-gcs.js';

const content = 'what the object says when it is decompressed';
const kept = 'its gzip';

let service: TestService;
beforeEach(async () => {
  service = await openTestService();
});
afterEach(() => service.close());

/** The first bytes of an object that was uploaded as gzip, as Cloud Storage answers it, or a server that knows no gzip. */
async function readStart(lengthBytes: number, { knowsGzip }: { readonly knowsGzip: boolean }) {
  const named = { 'x-goog-generation': '7' };
  service.reply(({ headers }) =>
    knowsGzip && headers['accept-encoding'] === 'gzip' && headers.range === `bytes=0-${lengthBytes - 1}`
      ? { status: 206, headers: { ...named, 'content-encoding': 'gzip' }, body: kept.slice(0, lengthBytes) }
      : { status: 200, headers: named, body: content },
  );
  const bucket = openForeignGcs({ bucket: 'models', endpoint: service.address });
  return bucket.read('vocabulary.json', '7', { offset: 0, lengthBytes });
}

test('what is kept as gzip is read as it is kept, by ranges', async () => {
  expect(await readStart(6, { knowsGzip: true })).toEqual({ bytes: Buffer.from('its gz'), revision: '7' });
});

test('a range that was taken of the whole says how long the whole was', async () => {
  const bytes = Buffer.from('what');
  expect(await readStart(4, { knowsGzip: false })).toEqual({ bytes, revision: '7', wholeBytes: content.length });
});

const denied = (reason: string) => JSON.stringify({ error: { errors: [{ reason }] } });

test.each([
  ['a bucket that is not there', 404, 'The specified bucket does not exist.', 'store/misconfigured'],
  ['nobody who asked', 401, denied('required'), 'store/denied'],
  ['somebody who may not', 403, denied('forbidden'), 'store/denied'],
] as const)('the remedy of %s is one for a reference', async (_, status, body, expected) => {
  service.reply(() => ({ status, body }));
  const credentials = { headers: async () => ({ authorization: 'Bearer planted' }), signer: async () => null };
  for (const means of [{}, { credentials }]) {
    const bucket = openForeignGcs({ bucket: 'models', endpoint: service.address, ...means });
    const range = { offset: 0, lengthBytes: 3 };
    for (const ask of [() => bucket.describe('m.bin', null), () => bucket.read('m.bin', '7', range)]) {
      const error = await expectCode(ask(), expected);
      expect(error.remedy).not.toMatch(/store\.(?:bucket|endpoint)|weighbridge\.yaml|objectUser|planted/);
    }
  }
});

test('an address of a generation has it in what is signed, in the order of names', async () => {
  const signer = { email: 'ci@acme.example', sign: async (text: string) => Buffer.from(text) };
  const credentials = { headers: async () => ({}), signer: async () => signer };
  const now = () => new Date('2026-11-23T10:00:00Z');
  const bucket = openForeignGcs({ bucket: 'models', credentials, now });
  const url = new URL((await bucket.presign('a/m.bin', '7', { expiresInSeconds: 60 })) ?? '');
  expect(url.pathname).toBe('/models/a/m.bin');
  const names = ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders'].map((name) => `X-Goog-${name}`);
  expect([...url.searchParams.keys()]).toEqual([...names, 'generation', 'X-Goog-Signature']);
  expect(url.searchParams.get('generation')).toBe('7');
  const plain = new URL((await bucket.presign('a/m.bin', null, { expiresInSeconds: 60 })) ?? '');
  expect(plain.searchParams.has('generation')).toBe(false);
});
