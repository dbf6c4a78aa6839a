import { WeighbridgeError } from '@weighbridge/core';
import { expect, test } from 'vitest';
import { s3Address } from './s3-address.js';

test.each([
  [{ bucket: 'models' }, 'https://models.s3.eu-central-1.amazonaws.com/a/b'],
  [{ bucket: 'models', prefix: '/prod/eu/' }, 'https://models.s3.eu-central-1.amazonaws.com/prod/eu/a/b'],
  [{ bucket: 'a.dotted.name' }, 'https://s3.eu-central-1.amazonaws.com/a.dotted.name/a/b'],
  [{ bucket: 'models', pathStyle: true }, 'https://s3.eu-central-1.amazonaws.com/models/a/b'],
  [{ bucket: 'models', endpoint: 'http://127.0.0.1:9000' }, 'http://127.0.0.1:9000/models/a/b'],
  [{ bucket: 'models', endpoint: 'https://s3.acme.example/base/' }, 'https://s3.acme.example/base/models/a/b'],
  [{ bucket: 'models', endpoint: 'https://s3.acme.example', pathStyle: false }, 'https://models.s3.acme.example/a/b'],
  [
    { bucket: 'models', prefix: "team=a (b)'s" },
    'https://models.s3.eu-central-1.amazonaws.com/team%3Da%20%28b%29%27s/a/b',
  ],
])('%j', (place, expected) => {
  expect(s3Address(place).objectUrl('eu-central-1', 'a/b').href).toBe(expected);
});

test('China has a domain of its own', () => {
  expect(s3Address({ bucket: 'm' }).objectUrl('cn-north-1', 'a').host).toBe('m.s3.cn-north-1.amazonaws.com.cn');
});

test('what is shown has neither endpoint nor slashes at its ends', () => {
  expect(s3Address({ bucket: 'models', prefix: '/prod/', endpoint: 'https://s3.acme.example' }).shown).toBe(
    's3://models/prod',
  );
  expect(s3Address({ bucket: 'models' }).shown).toBe('s3://models');
});

test.each(['minio', 'ftp://minio', 'https://key:secret@minio', 'https://minio/?token=secret'])(
  'refuses the endpoint %s without repeating it',
  (endpoint) => {
    const open = () => s3Address({ bucket: 'models', endpoint });
    expect(open).toThrow(WeighbridgeError);
    expect(open).not.toThrow(/secret/);
    expect(open).toThrow(expect.objectContaining({ code: 'store/misconfigured' }));
  },
);
