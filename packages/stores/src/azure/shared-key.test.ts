import { expect, test } from 'vitest';
import { stringToSign } from './shared-key.js';

/** The examples of https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key */
test('a request without a body', () => {
  const url = new URL('https://myaccount.blob.core.windows.net/mycontainer?restype=container&comp=metadata&timeout=20');
  const headers = { 'x-ms-version': '2015-02-21', 'x-ms-date': 'Fri, 26 Jun 2015 23:39:12 GMT' };
  expect(stringToSign({ method: 'GET', url, headers, bodyBytes: 0 }, 'myaccount')).toBe(
    `GET${'\n'.repeat(12)}x-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20`,
  );
});

test('a request with one, and with a name twice', () => {
  const url = new URL('http://127.0.0.1:1/acme/m/a%20b?include=snapshots&include=metadata');
  const headers = { 'content-type': 'text/plain; charset=UTF-8', 'if-none-match': '*', 'content-md5': 'bWQ1' };
  expect(stringToSign({ method: 'PUT', url, headers, bodyBytes: 11 }, 'acme')).toBe(
    'PUT\n\n\n11\nbWQ1\ntext/plain; charset=UTF-8\n\n\n\n*\n\n\n/acme/acme/m/a%20b\ninclude:metadata,snapshots',
  );
});
