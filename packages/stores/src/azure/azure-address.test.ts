import { expect, test } from 'vitest';
import { azureAddress, shownAddress } from './azure-address.js';

const place = { account: 'acme', container: 'models' };

test.each([
  [{}, 'https://acme.blob.core.windows.net/models/a/b'],
  [{ prefix: '/prod/eu/' }, 'https://acme.blob.core.windows.net/models/prod/eu/a/b'],
  [{ prefix: "team=a (b)'s" }, 'https://acme.blob.core.windows.net/models/team%3Da%20%28b%29%27s/a/b'],
  [{ endpoint: 'https://acme.blob.core.usgovcloudapi.net' }, 'https://acme.blob.core.usgovcloudapi.net/models/a/b'],
  [{ endpoint: 'http://127.0.0.1:10000/acme/' }, 'http://127.0.0.1:10000/acme/models/a/b'],
])('%j', (more, expected) => {
  expect(azureAddress({ ...place, ...more }).blobUrl('a/b').href).toBe(expected);
});

test('what is signed has no escapes and no endpoint', () => {
  const address = azureAddress({ ...place, prefix: 'a (b)', endpoint: 'http://127.0.0.1:10000/acme' });
  expect(address.signedName('k')).toBe('/blob/acme/models/a (b)/k');
});

test('what is shown has neither endpoint nor slashes at its ends', () => {
  expect(shownAddress({ ...place, prefix: '/prod/', endpoint: 'https://acme.example' })).toBe('az://acme/models/prod');
  expect(shownAddress(place)).toBe('az://acme/models');
});

test.each(['acme', 'ftp://acme', 'https://key:secret@acme', 'https://acme/?sig=secret'])(
  'refuses the endpoint %s without repeating it',
  (endpoint) => {
    const open = () => azureAddress({ ...place, endpoint });
    expect(open).not.toThrow(/secret/);
    expect(open).toThrow(expect.objectContaining({ code: 'store/misconfigured' }));
  },
);
