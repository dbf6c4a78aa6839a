import type { ForeignBucket, RemoteObject } from '@weighbridge/ports';
import { type AzureBucketOptions, azureClient, type AzureClient } from './azure-client.js';
import { permissions } from './azure-permissions.js';
import { openPresigner } from './presign-blob.js';
import { listForeign, maxDocumentBytes, ofVersion, readBlob } from './read-blobs.js';

/**
 * A container of an account that whoever wrote a reference named: a shared access signature goes there only if the
 * environment says that it is of that account. @throws in every method as AzureClient.askBlob
 */
export function openForeignAzure(options: AzureBucketOptions): ForeignBucket {
  const client = azureClient({ ...options, isForeign: true });
  const presigner = openPresigner(client);
  return {
    describe: (key, version) => describeBlob(client, key, version),
    list: (prefix) => listForeign(client, prefix),
    read: (key, version, range) => readBlob(client, key, range, { version }),
    presign: (key, version, { expiresInSeconds }) => presigner.presign(key, expiresInSeconds * 1000, version),
  };
}

/**
 * What Blob Storage says of one blob that somebody else keeps: its version where the account keeps versions, and the MD5
 * that stands with it, which the service computed of what came in one piece, and which the uploader told of what came in
 * blocks (https://learn.microsoft.com/rest/api/storageservices/get-blob-properties). One HEAD. Null when there is no such
 * blob. @throws as AzureClient.askBlob
 */
async function describeBlob(client: AzureClient, key: string, version: string | null): Promise<RemoteObject | null> {
  const { status, headers } = await client.askBlob(key, {
    action: 'look at',
    permission: permissions.read,
    method: 'HEAD',
    maxAnswerBytes: maxDocumentBytes,
    outcomes: [200, 404],
    ...ofVersion(version),
  });
  if (status === 404) return null;
  const length = headers['content-length'];
  return {
    version: versionOf(headers['x-ms-version-id']),
    sha256: null,
    md5: md5Of(headers['content-md5']),
    sizeBytes: length === undefined ? null : Number(length),
  };
}

/** A time to the tenth of a microsecond. */
function versionOf(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{8,20}Z$/.test(value) ? value : null;
}

function md5Of(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' && /^[A-Za-z0-9+/]{22}==$/.test(value)
    ? Buffer.from(value, 'base64').toString('hex')
    : null;
}
