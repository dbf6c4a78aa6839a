import { createHash } from 'node:crypto';
import { invariant, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { isObjectKey } from '@weighbridge/storage';
import type { Answer } from '../http/ask.js';
import { type AzureBucketOptions, type AzureClient, azureClient } from './azure-client.js';
import { permissions } from './azure-permissions.js';
import { openAzureTiers } from './azure-tiers.js';
import { maxAccessMs, openPresigner } from './presign-blob.js';
import { describeBlob, digestHeader, listBlobs, maxDocumentBytes, readBlob, revisionOf } from './read-blobs.js';

/**
 * A container of Azure Blob Storage, or of Azurite, as a bucket. Each object is one block blob that one request writes,
 * with an MD5 that the service compares; the SHA-256 is compared before, kept beside the bytes, and compared again by who
 * reads them whole. Bodies go from the caller's memory to the socket without a copy. Nothing is loaded, read or asked before the first call.
 *
 * That there is a blob already can be the answer to our own earlier try: `create` answers `present`, `replace` looks
 * whether the document is the one it wrote. Rights: those of the role Storage Blob Data Contributor on the container.
 */
export function openAzureBucket(options: AzureBucketOptions): Bucket {
  const client = azureClient(options);
  const presigner = openPresigner(client);
  return {
    address: client.shown,
    classes: openAzureTiers(client),
    describe: async (key) => describeBlob(client, checkObjectKey(key)),

    async create(key, body, { sha256 }) {
      checkObjectKey(key);
      const digests = digestsOf(body);
      if (Buffer.compare(digests.sha256, sha256) !== 0) throw wrongDigest(client, key);
      const { status } = await putBlob(client, key, { body, digests, expected: null });
      return status === 201 ? 'created' : 'present';
    },

    async replace(key, body, expected) {
      checkObjectKey(key);
      const answer = await putBlob(client, key, { body: [body], digests: digestsOf([body]), expected });
      if (answer.status === 201) return revisionOf(client, key, answer);
      return answer.repeated ? revisionIfOurs(client, key, body) : null;
    },

    read: async (key, range, into) => readBlob(client, checkObjectKey(key), range, { into }),
    list: (prefix) => listBlobs(client, prefix),

    async remove(key, { expected, isAllowed } = {}) {
      const { status } = await client.askBlob(checkObjectKey(key), {
        action: 'remove',
        permission: permissions.remove,
        method: 'DELETE',
        ...(expected === undefined ? {} : { headers: { 'if-match': `"${expected.revision}"` } }),
        ...(isAllowed === undefined ? {} : { isAllowed }),
        maxAnswerBytes: maxDocumentBytes,
        outcomes: [202, 404, 412],
      });
      if (status !== 412) return 'removed';
      // What is not there has no ETag to match, and may have been removed by a try whose answer was lost.
      return expected !== undefined && (await describeBlob(client, key)) === null ? 'removed' : 'kept';
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
  readonly digests: Digests;
  /** The revision that is to be replaced; null when there must be none. */
  readonly expected: string | null;
}

/** https://learn.microsoft.com/rest/api/storageservices/put-blob */
function putBlob(client: AzureClient, key: string, { body, digests, expected }: Written): Promise<Answer> {
  const condition: Record<string, string> =
    expected === null ? { 'if-none-match': '*' } : { 'if-match': `"${expected}"` };
  return client.askBlob(key, {
    action: 'write',
    permission: permissions.write,
    method: 'PUT',
    headers: {
      'x-ms-blob-type': 'BlockBlob',
      'content-type': 'application/octet-stream',
      'content-md5': digests.md5.toString('base64'),
      [digestHeader]: digests.sha256.toString('hex'),
      ...condition,
    },
    body,
    maxAnswerBytes: maxDocumentBytes,
    // 404: there is nothing to match any more.
    outcomes: expected === null ? [201, 409, 412] : [201, 404, 412],
  });
}

/** MD5 is against damage on the way alone, since the service compares nothing better: what bytes are, their SHA-256 says. */
interface Digests {
  readonly md5: Buffer;
  readonly sha256: Buffer;
}

/** Both in one pass over the memory. */
function digestsOf(body: readonly Uint8Array[]): Digests {
  const [md5, sha256] = [createHash('md5'), createHash('sha256')];
  for (const piece of body) {
    md5.update(piece);
    sha256.update(piece);
  }
  return { md5: md5.digest(), sha256: sha256.digest() };
}

function wrongDigest({ shown }: AzureClient, key: string): Error {
  const reason = 'wrong checksum: the bytes are not those of the digest';
  return weighbridgeError('store/io', { action: 'write', path: `${shown}/${key}`, reason });
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
