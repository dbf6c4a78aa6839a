import { expect, it } from 'vitest';
import { parsePolicy } from './parse-policy.js';

it.each([
  ['without type', '{ bucket: models }', '2:1 missing-key'],
  ['a folder with a bucket', '{ type: folder, path: /x, bucket: m }', '2:34 unknown-key'],
  ['a bucket without name', '{ type: s3, prefix: prod }', '2:1 missing-key'],
  ['a bucket with a path', '{ type: s3, bucket: models, path: /x }', '2:36 unknown-key'],
  ['a bucket in capitals', '{ type: s3, bucket: Models }', '2:28 form'],
  ['a prefix that climbs', '{ type: s3, bucket: models, prefix: a/../b }', '2:44 form'],
  ['an endpoint with a key', '{ type: s3, bucket: models, endpoint: "https://k:s@h" }', '2:46 form'],
  ['a path style in words', '{ type: s3, bucket: models, path_style: "yes" }', '2:48 wrong-type'],
  ['a bucket of Google with a region', '{ type: gcs, bucket: models, region: eu }', '2:37 unknown-key'],
  ['a bucket of Google in capitals', '{ type: gcs, bucket: Models }', '2:29 form'],
  ['an address of a bucket of Google in capitals', 'gs://Models/prod', '2:8 form'],
  ['an address of a prefix that climbs', 'gs://models/../x', '2:8 form'],
  ['an emulator with a query', '{ type: gcs, bucket: models, endpoint: "http://h?k=s" }', '2:47 form'],
  ['a container without account', '{ type: azure, container: models }', '2:1 missing-key'],
  ['a container with a region', '{ type: azure, account: acme, container: models, region: r }', '2:57 unknown-key'],
  ['an account with a hyphen', '{ type: azure, account: ac-me, container: models }', '2:32 form'],
  ['a container with two hyphens', '{ type: azure, account: acme, container: mo--dels }', '2:49 form'],
  ['a container of two letters', '{ type: azure, account: acme, container: mo }', '2:49 form'],
  [
    'a signature in the endpoint',
    '{ type: azure, account: acme, container: models, endpoint: "https://h?sig=s" }',
    '2:67 form',
  ],
  ['an address without container', 'az://acme', '2:8 form'],
  ['an address with a climbing prefix', 'az://acme/models/../other', '2:8 form'],
  ['another kind with keys of its own', '{ type: ftp, host: h, path: /x }', '2:16 not-a-choice'],
  ['an address of nothing', 's3://', '2:8 form'],
  ['an address of another kind', 'ftp://models/prod', '2:8 form'],
  ['a list', '[s3]', '2:1 wrong-type'],
])('a store: %s', (_, store, fault) => {
  const parsed = parsePolicy({ path: 'weighbridge.yaml', text: `version: 1\nstore: ${store}\n` });
  const faults = parsed.ok ? [] : parsed.faults;
  expect(faults.map(({ line, column, code }) => `${line}:${column} ${code.replace('manifest/', '')}`)).toEqual([fault]);
});
