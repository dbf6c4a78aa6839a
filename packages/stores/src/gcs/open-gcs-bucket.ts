import { createHash } from 'node:crypto';
import { invariant, weighbridgeError } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { isObjectKey } from '@weighbridge/storage';
import type { Answer } from '../http/ask.js';
import { crc32c } from './crc32c.js';
import { openGcsClasses } from './gcs-classes.js';
import { type GcsBucketOptions, type GcsClient, openGcsClient } from './gcs-client.js';
import { parseGeneration } from './gcs-objects.js';
import { multipartBody } from './multipart-body.js';
import { presignObject } from './presign-object.js';
import { describeObject, listObjects, maxDocumentBytes, readObject } from './read-objects.js';

/** Signatures of version 4 are good for no longer. */
const maxPresignSeconds = 7 * 24 * 60 * 60;

/**
 * Google Cloud Storage as a bucket, over its JSON API. Bodies go from the caller's memory to the socket without a copy.
 * The service knows no SHA-256: the digest is compared here before anything is sent, and the CRC-32C of the same bytes
 * is told with them, which the service compares with what arrived and keeps. Nothing is loaded or asked before the first
 * call.
 *
 * Every write has the generation that it replaces as its condition, so that it can be tried again. A 412 to a write that
 * was tried before can be the answer to our own earlier try: `create` answers `present`, `replace` looks whether the
 * document is the one it wrote. Permissions: storage.objects.get, create, delete and list, which are in
 * roles/storage.objectUser.
 * @throws store/misconfigured for an endpoint that is no address
 */
export function openGcsBucket(options: GcsBucketOptions): Bucket {
  const client = openGcsClient(options);
  const now = options.now ?? (() => new Date());
  return {
    address: client.address.shown,
    classes: openGcsClasses(client),
    describe: async (key) => describeObject(client, checkObjectKey(key)),

    async create(key, body, { sha256 }) {
      checkObjectKey(key);
      checkDigest(client, key, { body, sha256 });
      const { status } = await upload(client, key, { body, expected: null });
      return status === 412 ? 'present' : 'created';
    },

    async replace(key, body, expected) {
      const answer = await upload(client, checkObjectKey(key), { body: [body], expected });
      if (answer.status === 200) return parseGeneration(answer.bytes);
      return answer.repeated ? revisionIfOurs(client, key, body) : null;
    },

    read: async (key, range, into) => readObject(client, checkObjectKey(key), range, { into }),
    list: (prefix) => listObjects(client, prefix),

    async remove(key, { expected, isAllowed } = {}) {
      const { status } = await client.askObject(checkObjectKey(key), {
        action: 'remove',
        permission: 'storage.objects.delete',
        method: 'DELETE',
        ...(expected === undefined ? {} : { query: { ifGenerationMatch: expected.revision } }),
        ...(isAllowed === undefined ? {} : { isAllowed }),
        maxAnswerBytes: maxDocumentBytes,
        outcomes: [200, 204, 404, 412],
      });
      if (status !== 412) return 'removed';
      // What is not there has no generation to match, and may have been removed by a try whose answer was lost.
      return expected !== undefined && (await describeObject(client, key)) === null ? 'removed' : 'kept';
    },

    async presign(key, { expiresInSeconds }) {
      invariant(expiresInSeconds > 0 && expiresInSeconds <= maxPresignSeconds, 'a presigned address lasts too long');
      checkObjectKey(key);
      return presignObject(client, key, { expiresInSeconds, now: now(), generation: null });
    },
  };
}

interface Written {
  readonly body: readonly Uint8Array[];
  /** The generation that is to be replaced; null when there must be none. */
  readonly expected: string | null;
}

function upload(client: GcsClient, key: string, { body, expected }: Written): Promise<Answer> {
  const metadata = { name: client.address.prefix + key, crc32c: crc32c(body) };
  const { contentType, pieces } = multipartBody(metadata, body);
  return client.upload(key, {
    action: 'write',
    permission: 'storage.objects.create',
    method: 'POST',
    query: { uploadType: 'multipart', ifGenerationMatch: expected ?? '0', fields: 'generation' },
    headers: { 'content-type': contentType },
    body: pieces,
    maxAnswerBytes: maxDocumentBytes,
    outcomes: [200, 412],
    check: ({ status, bytes }) =>
      status === 200 && parseGeneration(bytes) === null ? 'the service named no generation' : null,
  });
}

/** @throws store/io for bytes that are not those of the digest */
function checkDigest(
  { address }: GcsClient,
  key: string,
  { body, sha256 }: { readonly body: readonly Uint8Array[]; readonly sha256: Uint8Array },
): void {
  const hash = createHash('sha256');
  for (const piece of body) hash.update(piece);
  if (Buffer.compare(hash.digest(), sha256) === 0) return;
  throw weighbridgeError('store/io', { action: 'write', path: `${address.shown}/${key}`, reason: 'wrong checksum' });
}

/** The revision of what is there if it is, byte for byte, what an earlier try of ours may have written; else null. */
async function revisionIfOurs(client: GcsClient, key: string, body: Uint8Array): Promise<string | null> {
  const current = await readObject(client, key);
  return current !== null && Buffer.compare(current.bytes, body) === 0 ? current.revision : null;
}

/** @throws core/invariant for what is no key */
function checkObjectKey(key: string): string {
  invariant(isObjectKey(key), 'an object was to have an illegal key');
  return key;
}
