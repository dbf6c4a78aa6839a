import { createHash } from 'node:crypto';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRequestSigner, type SigningKeys } from './sign-request.js';

const host = 'examplebucket.s3.amazonaws.com';
const may24 = new Date('2013-05-24T00:00:00Z');
const keys: SigningKeys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const stored = { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' };

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html has these four with their signatures.
describe('the examples of S3', () => {
  test.each([
    [
      'GET',
      '/test.txt',
      '',
      { range: 'bytes=0-9' },
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'PUT',
      '/test%24file.text',
      'Welcome to Amazon S3.',
      stored,
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    ['GET', '/?lifecycle', '', {}, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
    ['GET', '/?prefix=J&max-keys=2', '', {}, '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ])('%s %s', (method, path, body, more, signature) => {
    const headers = { host, 'x-amz-content-sha256': sha256(body), ...more };
    const signed = openRequestSigner()({ method, url: new URL(`https://${host}${path}`), headers }, keys, may24);
    const names = Object.keys({ ...headers, 'x-amz-date': '' }).sort();
    expect(signed).toEqual({
      ...headers,
      'x-amz-date': '20130524T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    });
  });
});

class Sha256 extends Hash {
  constructor(secret?: ConstructorParameters<typeof Hash>[1]) {
    super('sha256', secret);
  }
}

test('property: the same headers as by the signer of the SDK, by one signer for whoever asks, whenever', async () => {
  const sign = openRequestSigner();
  const word = fc.string({ minLength: 1, maxLength: 20 });
  const value = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
  const requests = fc.record({
    method: fc.constantFrom('GET', 'PUT', 'DELETE', 'POST'),
    path: fc.array(word, { maxLength: 3 }),
    query: fc.dictionary(
      word.filter((name) => name.toLowerCase() !== 'x-amz-signature' && name !== '__proto__'),
      fc.string({ maxLength: 10 }),
      {
        maxKeys: 4,
      },
    ),
    headers: fc.dictionary(fc.stringMatching(/^x-[a-z-]{1,10}[a-z]$/), value, { maxKeys: 4 }),
    at: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    region: fc.constantFrom('us-east-1', 'eu-central-1'),
    secret: fc.constantFrom('a secret', 'another'),
    token: fc.option(value, { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(requests, async ({ method, path, query, headers, at, region, secret, token }) => {
      const url = new URL(`https://${host}/${path.map(encodeURIComponent).join('/')}`);
      for (const [name, given] of Object.entries(query)) url.searchParams.set(name, given);
      const all = { ...headers, host, 'x-amz-content-sha256': sha256('body') };
      const credentials = {
        accessKeyId: 'AKID',
        secretAccessKey: secret,
        ...(token === undefined ? {} : { sessionToken: token }),
      };
      const signer = new SignatureV4({ service: 's3', region, credentials, sha256: Sha256, uriEscapePath: false });
      const request = { method, protocol: 'https:', hostname: host, path: url.pathname, query, headers: all };
      const theirs = await signer.sign(request, { signingDate: at });
      expect(sign({ method, url, headers: all }, { ...credentials, region }, at)).toEqual(theirs.headers);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('names that come twice are sorted by their values, and blanks of a header count once', async () => {
  const at = new Date('2026-05-24T00:00:00Z');
  const url = new URL(`https://${host}/a?tag=b&tag=a&tag=c`);
  const blanks = { 'x-amz-meta-words': '  one   two\t three ' };
  const headers = { ...blanks, host, 'x-amz-content-sha256': sha256('') };
  const signer = new SignatureV4({
    service: 's3',
    region: 'us-east-1',
    credentials: { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey },
    sha256: Sha256,
    uriEscapePath: false,
  });
  const query = { tag: ['b', 'a', 'c'] };
  const request = { method: 'GET', protocol: 'https:', hostname: host, path: url.pathname, query, headers };
  const theirs = await signer.sign(request, { signingDate: at });
  expect(openRequestSigner()({ method: 'GET', url, headers }, keys, at)).toEqual(theirs.headers);
});
