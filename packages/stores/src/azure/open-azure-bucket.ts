import { createHash } from 'node:crypto';
import { invariant } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { isObjectKey } from '@weighbridge/storage';
import type { Answer } from '../http/ask.js';
import { type AzureBucketOptions, type AzureClient, azureClient } from './azure-client.js';
import { permissions } from './azure-permissions.js';
import { maxAccessMs, openPresigner } from './presign-blob.js';
import { describeBlob, digestHeader, listBlobs, maxDocumentBytes, readBlob, revisionOf } from './read-blobs.js';

/**
 * A container of Azure Blob Storage, or of Azurite, as a bucket. Each object is one block blob that one request writes,
 * with an MD5 that the service compares, and the SHA-256 kept beside it and compared by who reads it whole. Bodies go
 * from the caller's memory to the socket without a copy. Nothing is loaded, read or asked before the first call.
 *
 * That there is a blob already can be the answer to our own earlier try: `create` answers `present`, `replace` looks
 * whether the document is the one it wrote. Rights: those of the role Storage Blob Data Contributor on the container.
 */
export function openAzureBucket(options: AzureBucketOptions): Bucket {
  const client = azureClient(options);
  const presigner = openPresigner(client);
  return {
    address: client.shown,
    describe: async (key) => describeBlob(client, checkObjectKey(key)),

    async create(key, body, { sha256 }) {
      checkObjectKey(key);
      const { status } = await putBlob(client, key, { body, sha256, expected: null });
      return status === 201 ? 'created' : 'present';
    },

    async replace(key, body, expected) {
      checkObjectKey(key);
      const sha256 = createHash('sha256').update(body).digest();
      const answer = await putBlob(client, key, { body: [body], sha256, expected });
      if (answer.status === 201) return revisionOf(client, key, answer);
      return answer.repeated ? revisionIfOurs(client, key, body) : null;
    },

    read: async (key, range) => readBlob(client, checkObjectKey(key), range),
    list: (prefix) => listBlobs(client, prefix),

    async remove(key) {
      await client.askBlob(checkObjectKey(key), {
        action: 'remove',
        permission: permissions.remove,
        method: 'DELETE',
        maxAnswerBytes: maxDocumentBytes,
        outcomes: [202, 404],
      });
    },

    async presign(key, { expiresInSeconds }) {
      const lastsMs = expiresInSeconds * 1000;
      invariant(lastsMs > 0 && lastsMs <= maxAccessMs, 'a presigned address lasts too long');
      return presigner.presign(checkObjectKey(key), lastsMs);
    },
  };
}

interface Written {
  readonly body: readonly Uint8Array[];
  readonly sha256: Uint8Array;
  /** The revision that is to be replaced; null when there must be none. */
  readonly expected: string | null;
}

/** https://learn.microsoft.com/rest/api/storageservices/put-blob */
function putBlob(client: AzureClient, key: string, { body, sha256, expected }: Written): Promise<Answer> {
  const condition: Record<string, string> =
    expected === null ? { 'if-none-match': '*' } : { 'if-match': `"${expected}"` };
  return client.askBlob(key, {
    action: 'write',
    permission: permissions.write,
    method: 'PUT',
    headers: {
      'x-ms-blob-type': 'BlockBlob',
      'content-type': 'application/octet-stream',
      'content-md5': md5Of(body),
      [digestHeader]: Buffer.from(sha256).toString('hex'),
      ...condition,
    },
    body,
    maxAnswerBytes: maxDocumentBytes,
    // 404: there is nothing to match any more.
    outcomes: expected === null ? [201, 409, 412] : [201, 404, 412],
  });
}

/** As base64. Against damage on the way alone: what bytes are is said by their SHA-256. */
function md5Of(body: readonly Uint8Array[]): string {
  const hash = createHash('md5');
  for (const piece of body) hash.update(piece);
  return hash.digest('base64');
}

/** The revision of what is there if it is, byte for byte, what an earlier try of ours may have written; else null. */
async function revisionIfOurs(client: AzureClient, key: string, body: Uint8Array): Promise<string | null> {
  const current = await readBlob(client, key);
  return current !== null && Buffer.compare(current.bytes, body) === 0 ? current.revision : null;
}

/** @throws core/invariant for what is no key */
function checkObjectKey(key: string): string {
  invariant(isObjectKey(key), 'an object was to have an illegal key');
  return key;
}
