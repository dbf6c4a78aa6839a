import { WeighbridgeError } from '@weighbridge/core';
import { expect, test } from 'vitest';
import { gcsAddress } from './gcs-address.js';

const service = 'https://storage.googleapis.com';

test.each([
  [{ bucket: 'models' }, `${service}/storage/v1/b/models/o/a%2Fb`, `${service}/models/a/b`],
  [
    { bucket: 'models', prefix: '/prod/eu/' },
    `${service}/storage/v1/b/models/o/prod%2Feu%2Fa%2Fb`,
    `${service}/models/prod/eu/a/b`,
  ],
  [
    { bucket: 'acme.example', prefix: "t=a (b)'s" },
    `${service}/storage/v1/b/acme.example/o/t%3Da%20%28b%29%27s%2Fa%2Fb`,
    `${service}/acme.example/t%3Da%20%28b%29%27s/a/b`,
  ],
  [
    { bucket: 'models', endpoint: 'http://127.0.0.1:4443' },
    'http://127.0.0.1:4443/storage/v1/b/models/o/a%2Fb',
    'http://127.0.0.1:4443/models/a/b',
  ],
  [
    { bucket: 'models', endpoint: 'https://gcs.acme.example/base/' },
    'https://gcs.acme.example/base/storage/v1/b/models/o/a%2Fb',
    'https://gcs.acme.example/base/models/a/b',
  ],
  [
    { bucket: 'models', universeDomain: 's3nsapis.fr' },
    'https://storage.s3nsapis.fr/storage/v1/b/models/o/a%2Fb',
    'https://storage.s3nsapis.fr/models/a/b',
  ],
])('%j', (place, object, plain) => {
  expect(gcsAddress(place).objectUrl('a/b').href).toBe(object);
  expect(gcsAddress(place).plainUrl('a/b').href).toBe(plain);
});

test('objects are written, read and listed at addresses of the bucket', () => {
  const { uploadUrl, mediaUrl, listUrl } = gcsAddress({ bucket: 'models', prefix: 'prod' });
  expect(mediaUrl('a/b').href).toBe(`${service}/download/storage/v1/b/models/o/prod%2Fa%2Fb?alt=media`);
  expect(uploadUrl().href).toBe(`${service}/upload/storage/v1/b/models/o`);
  expect(listUrl().href).toBe(`${service}/storage/v1/b/models/o`);
});

test('what is shown has neither endpoint nor slashes at its ends', () => {
  expect(gcsAddress({ bucket: 'models', prefix: '/prod/', endpoint: 'https://gcs.acme.example' }).shown).toBe(
    'gs://models/prod',
  );
  expect(gcsAddress({ bucket: 'models' }).shown).toBe('gs://models');
});

test.each([
  [{}, true],
  [{ endpoint: 'https://storage-acme.p.googleapis.com' }, true],
  [{ endpoint: 'https://storage.europe-west3.rep.googleapis.com' }, true],
  [{ universeDomain: 's3nsapis.fr' }, true],
  [{ universeDomain: 's3nsapis.fr', endpoint: service }, false],
  [{ endpoint: 'http://storage.googleapis.com' }, false],
  [{ endpoint: 'https://googleapis.com.acme.example' }, false],
  [{ endpoint: 'https://evilgoogleapis.com' }, false],
  [{ endpoint: 'https://127.0.0.1:4443' }, false],
])('who asks is told to hosts of Google over TLS alone: %j', (place, expected) => {
  expect(gcsAddress({ bucket: 'models', ...place }).isTrusted).toBe(expected);
});

test.each(['emulator', 'ftp://emulator', 'https://key:secret@emulator', 'https://emulator/?token=secret'])(
  'refuses the endpoint %s without repeating it',
  (endpoint) => {
    const open = () => gcsAddress({ bucket: 'models', endpoint });
    expect(open).toThrow(WeighbridgeError);
    expect(open).not.toThrow(/secret/);
    expect(open).toThrow(expect.objectContaining({ code: 'store/misconfigured' }));
  },
);
