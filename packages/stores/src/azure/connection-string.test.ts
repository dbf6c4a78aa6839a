import { expect, test } from 'vitest';
import { parseConnectionString } from './connection-string.js';

const nothing = { account: null, key: null, sas: null, endpoint: null, isContradictory: false };

test.each([
  [
    'DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=a2V5PT0=;EndpointSuffix=core.windows.net',
    { account: 'acme', key: 'a2V5PT0=', endpoint: 'https://acme.blob.core.windows.net' },
  ],
  ['AccountName=acme;AccountKey=a2V5', { account: 'acme', key: 'a2V5' }],
  [
    'accountname=acme; accountkey=a2V5; BlobEndpoint=http://127.0.0.1:1/acme;',
    { account: 'acme', key: 'a2V5', endpoint: 'http://127.0.0.1:1/acme' },
  ],
  [
    'BlobEndpoint=https://acme.blob.core.windows.net/;SharedAccessSignature=sv=2021-12-02&sig=a%3D',
    { account: 'acme', sas: 'sv=2021-12-02&sig=a%3D', endpoint: 'https://acme.blob.core.windows.net/' },
  ],
  [
    'BlobEndpoint=https://acme-secondary.z22.blob.storage.azure.net/;SharedAccessSignature=sig=a',
    { account: 'acme', sas: 'sig=a', endpoint: 'https://acme-secondary.z22.blob.storage.azure.net/' },
  ],
  [
    'BlobEndpoint=http://127.0.0.1:1/acme;SharedAccessSignature=sig=a',
    { account: 'acme', sas: 'sig=a', endpoint: 'http://127.0.0.1:1/acme' },
  ],
  [
    'BlobEndpoint=https://acme.models.example/;SharedAccessSignature=sig=a',
    { sas: 'sig=a', endpoint: 'https://acme.models.example/' },
  ],
])('%s', (text, expected) => {
  expect(parseConnectionString(text)).toEqual({ ...nothing, ...expected });
});

test.each([
  ['AccountName=acme;AccountKey=a2V5;BlobEndpoint=https://other.blob.core.windows.net/', true],
  ['AccountName=acme;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:10000/other', true],
  ['AccountName=acme;SharedAccessSignature=sig=a;BlobEndpoint=https://other.z6.blob.storage.azure.net', true],
  ['AccountName=acme;AccountKey=a2V5;BlobEndpoint=https://acme-secondary.blob.core.windows.net', false],
  // A name of one's own says nothing of the account behind it.
  ['AccountName=acme;AccountKey=a2V5;BlobEndpoint=https://models.example/', false],
])('%s names two accounts: %j', (text, isContradictory) => {
  expect(parseConnectionString(text)?.isContradictory).toBe(isContradictory);
});

test('the emulator, whose key everybody knows', () => {
  expect(parseConnectionString('UseDevelopmentStorage=true')).toMatchObject({
    account: 'devstoreaccount1',
    endpoint: 'http://127.0.0.1:10000/devstoreaccount1',
  });
});

test.each(['nonsense', 'AccountName=acme', 'AccountKey=a2V5', 'UseDevelopmentStorage=false', ';;;'])(
  '%s is none',
  (text) => {
    expect(parseConnectionString(text)).toBeNull();
  },
);
