import type { JsonObject } from '@weighbridge/core';
import { azureAddressPattern, azureStore } from './azure-store.js';
import { type About, choice, keyPrefixWords, record, text, variants } from './fragments.js';

const maps: About = {
  title: 'store',
  description: 'Where the bytes of versions are kept. Without it, manifests must say "store: reference".',
  examples: [
    { type: 'folder', path: '/srv/models' },
    { type: 's3', bucket: 'acme-models', prefix: 'prod', region: 'eu-central-1' },
    { type: 'gcs', bucket: 'acme-models', prefix: 'prod' },
    { type: 'azure', account: 'acmemodels', container: 'models', prefix: 'prod' },
  ],
};

const type = (of: string): JsonObject =>
  choice({ title: 'type', description: 'What kind of store it is.', examples: [of] }, [of]);

const folder = record(
  { ...maps, examples: [{ type: 'folder', path: '/srv/models' }] },
  {
    type: type('folder'),
    path: text(
      {
        title: 'folder',
        description: 'Absolute, or relative to the root of the repository. In CI it must outlive the job.',
        examples: ['/srv/models', '.weighbridge/store'],
      },
      { maxLength: 1024 },
    ),
  },
  ['type', 'path'],
);

const bucketName = '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]';

const s3 = record(
  { ...maps, examples: [{ type: 's3', bucket: 'acme-models', prefix: 'prod', region: 'eu-central-1' }] },
  {
    type: type('s3'),
    bucket: text(
      {
        title: 'name of a bucket',
        description: 'The bucket, or the alias of an access point.',
        examples: ['acme-models'],
      },
      { pattern: `^${bucketName}$` },
    ),
    prefix: text(
      {
        title: 'prefix of keys',
        description: 'Stands before every key. Default: the whole bucket.',
        examples: ['prod'],
      },
      { maxLength: 256, pattern: `^${keyPrefixWords}$` },
    ),
    region: text(
      {
        title: 'region',
        description: 'Default: AWS_REGION or the profile; us-east-1 for an endpoint of your own.',
        examples: ['eu-central-1'],
      },
      { pattern: '^[a-z0-9-]{1,40}$' },
    ),
    endpoint: text(
      {
        title: 'address of a server',
        description: 'A compatible server instead of AWS, without a key or a query.',
        examples: ['https://minio.acme.example'],
      },
      { pattern: '^https?://[^\\s/?#@]+(?:/[^\\s?#@]*)?$' },
    ),
    path_style: {
      title: 'path style',
      description: 'The bucket in the path instead of in the name of the host. Default: true with an endpoint.',
      examples: [true],
      type: 'boolean',
    },
    profile: text(
      {
        title: 'profile',
        description: 'Profile of the AWS configuration, on machines that have one. Default: AWS_PROFILE.',
        examples: ['ml'],
      },
      { maxLength: 128 },
    ),
    conditional_writes: {
      title: 'conditional writes',
      description:
        'false: for servers that have none. Then two jobs that write at once can overwrite each other. Default: true.',
      examples: [false],
      default: true,
      type: 'boolean',
    },
  },
  ['type', 'bucket'],
);

const googleBucketName = '[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]';

const gcs = record(
  { ...maps, examples: [{ type: 'gcs', bucket: 'acme-models', prefix: 'prod' }] },
  {
    type: type('gcs'),
    bucket: text(
      { title: 'name of a bucket', description: 'The bucket of Google Cloud Storage.', examples: ['acme-models'] },
      { pattern: `^${googleBucketName}$` },
    ),
    prefix: text(
      {
        title: 'prefix of keys',
        description: 'Stands before every key. Default: the whole bucket.',
        examples: ['prod'],
      },
      { maxLength: 256, pattern: `^${keyPrefixWords}$` },
    ),
    endpoint: text(
      {
        title: 'address of a server',
        description:
          'An emulator, or a private endpoint of Google. Who asks is told to hosts of Google over https alone. Default: STORAGE_EMULATOR_HOST, else the service.',
        examples: ['http://127.0.0.1:4443'],
      },
      { pattern: '^https?://[^\\s/?#@]+(?:/[^\\s?#@]*)?$' },
    ),
  },
  ['type', 'bucket'],
);

const address: JsonObject = {
  title: 'address of a store',
  description: 'Short for a store of that type with nothing but a bucket, or an account and a container, and a prefix.',
  examples: [
    's3://acme-models/prod',
    'gs://acme-models/prod',
    'az://acmemodels/models/prod',
    { type: 'folder', path: '/srv/models' },
  ],
  pattern: `^(?:(?:s3://${bucketName}|gs://${googleBucketName})(?:/(?:${keyPrefixWords})?)?|${azureAddressPattern})$`,
};

/** An address such as `s3://bucket/prefix` is short for the map. A kind of store is one record, one type in policy.ts. */
export const storeSchema: JsonObject = {
  ...maps,
  examples: [...maps.examples, 's3://acme-models/prod', 'gs://acme-models/prod', 'az://acmemodels/models/prod'],
  type: ['string', 'object'],
  if: { type: 'string' },
  then: address,
  else: variants(maps, { key: 'type', of: { folder, s3, gcs, azure: azureStore } }),
};
