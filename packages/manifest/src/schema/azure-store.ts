import type { JsonObject } from '@weighbridge/core';
import { choice, keyPrefixWords, record, text } from './fragments.js';

const accountName = '[a-z0-9]{3,24}';
const containerName = '(?=[a-z0-9-]{3,63}(?:/|$))[a-z0-9]+(?:-[a-z0-9]+)*';

/** `az://account/container/prefix` */
export const azureAddressPattern = `az://${accountName}/${containerName}(?:/(?:${keyPrefixWords})?)?`;

/** A store in a container of Azure Blob Storage. */
export const azureStore: JsonObject = record(
  {
    title: 'store in Azure Blob Storage',
    description: 'A container of a storage account. Who asks is found in the environment.',
    examples: [{ type: 'azure', account: 'acmemodels', container: 'models', prefix: 'prod' }],
  },
  {
    type: choice({ title: 'type', description: 'What kind of store it is.', examples: ['azure'] }, ['azure']),
    account: text(
      { title: 'name of a storage account', description: 'The storage account.', examples: ['acmemodels'] },
      { pattern: `^${accountName}$` },
    ),
    container: text(
      { title: 'name of a container', description: 'The blob container.', examples: ['models'] },
      { pattern: `^${containerName}$` },
    ),
    prefix: text(
      {
        title: 'prefix of keys',
        description: 'Stands before every key. Default: the whole container.',
        examples: ['prod'],
      },
      { maxLength: 256, pattern: `^${keyPrefixWords}$` },
    ),
    endpoint: text(
      {
        title: 'blob endpoint',
        description: 'The blob endpoint of the account in another cloud or in Azurite, without a key or a query.',
        examples: ['https://acmemodels.blob.core.usgovcloudapi.net', 'http://127.0.0.1:10000/devstoreaccount1'],
      },
      { pattern: '^https?://[^\\s/?#@]+(?:/[^\\s?#@]*)?$' },
    ),
  },
  ['type', 'account', 'container'],
);
