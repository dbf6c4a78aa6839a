import type { RemoteObject } from '@weighbridge/ports';
import { azureClient, type AzureBucketOptions } from './azure-client.js';
import { permissions } from './azure-permissions.js';
import { maxDocumentBytes } from './read-blobs.js';

/**
 * What Blob Storage says of one blob that somebody else keeps: its version where the account keeps versions, and the MD5
 * that stands with it, which the service computed of what came in one piece, and which the uploader told of what came in
 * blocks (https://learn.microsoft.com/rest/api/storageservices/get-blob-properties). One HEAD. Null when there is no such
 * blob. @throws as AzureClient.askBlob
 */
export async function describeAzureObject(options: AzureBucketOptions, key: string): Promise<RemoteObject | null> {
  const { status, headers } = await azureClient(options).askBlob(key, {
    action: 'look at',
    permission: permissions.read,
    method: 'HEAD',
    maxAnswerBytes: maxDocumentBytes,
    outcomes: [200, 404],
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
