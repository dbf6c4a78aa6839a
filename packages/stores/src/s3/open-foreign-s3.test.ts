import { expectCode, openTestService, type TestService } from '@weighbridge/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openForeignS3 } from './open-foreign-s3.js';

let service: TestService;
beforeEach(async () => {
  service = await openTestService();
});
afterEach(() => service.close());

const credentials = async () => ({ accessKeyId: 'AKID', secretAccessKey: 'planted' });
const open = () => openForeignS3({ bucket: 'weights', endpoint: service.address, region: 'us-east-1', credentials });
/** The region that a request was signed for. */
const regionOf = (authorization = '') => /Credential=AKID\/\d+\/([a-z0-9-]+)\/s3\//.exec(authorization)?.[1];
const regions = () => service.seen.map(({ headers }) => regionOf(headers.authorization));
const range = { offset: 0, lengthBytes: 3 };

/** Keeps its one object in eu-central-1, and says so to whoever asks elsewhere: in a header or in the document. */
function keepElsewhere(status: 301 | 400): void {
  service.reply(({ headers }) => {
    if (regionOf(headers.authorization) === 'eu-central-1') {
      return { status: 206, headers: { etag: '"e"', 'content-range': 'bytes 0-2/3' }, body: 'abc' };
    }
    return status === 301
      ? { status, headers: { 'x-amz-bucket-region': 'eu-central-1' }, body: '<Error><Code>PermanentRedirect</Code>' }
      : { status, body: '<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-central-1</Region></Error>' };
  });
}

test.each([301, 400] as const)('a bucket in another region is asked there from then on (%i)', async (status) => {
  keepElsewhere(status);
  const bucket = open();
  expect((await bucket.describe('m.bin', null))?.sizeBytes).toBe(3);
  expect(new Set(regions())).toEqual(new Set(['us-east-1', 'eu-central-1']));
  const before = service.seen.length;
  expect(Buffer.from((await bucket.read('m.bin', null, range))?.bytes ?? []).toString()).toBe('abc');
  expect(regions().slice(before)).toEqual(['eu-central-1']);
});

test('reads at once find the region out each for itself', async () => {
  keepElsewhere(301);
  const bucket = open();
  const read = await Promise.all([1, 2, 3].map(() => bucket.read('m.bin', null, range)));
  expect(read.map((each) => each?.bytes.length)).toEqual([3, 3, 3]);
});

test('a service that sends from region to region is followed once, and nobody is sent to the settings of the store', async () => {
  service.reply((_seen, number) => ({
    status: 301,
    headers: { 'x-amz-bucket-region': number % 2 === 1 ? 'eu-central-1' : 'us-east-1' },
  }));
  const error = await expectCode(open().read('m.bin', null, range), 'store/misconfigured');
  expect(service.seen).toHaveLength(2);
  expect(error.remedy).toContain('AWS_REGION');
});

test.each([
  ['NoSuchBucket', 404, 'store/misconfigured'],
  ['PermanentRedirect', 301, 'store/misconfigured'],
  ['InvalidAccessKeyId', 403, 'store/denied'],
  ['ExpiredToken', 400, 'store/denied'],
  ['InvalidObjectState', 403, 'source/archived'],
] as const)('the remedy of %s is one for a reference', async (code, status, expected) => {
  service.reply(() => ({ status, body: `<Error><Code>${code}</Code></Error>` }));
  const error = await expectCode(open().read('m.bin', null, range), expected);
  expect(error.remedy).not.toMatch(/store\.|weighbridge\.yaml|weighbridge store/);
});

test('who has no credentials is sent to no setting of the store', async () => {
  const none = async () => Promise.reject(new Error('planted'));
  const bucket = openForeignS3({ bucket: 'weights', endpoint: service.address, credentials: none });
  expect((await expectCode(bucket.read('m.bin', null, range), 'store/denied')).remedy).not.toContain(
    'weighbridge.yaml',
  );
});
