import { createHash } from 'node:crypto';
import { invariant } from '@weighbridge/core';
import type { Bucket } from '@weighbridge/ports';
import { isObjectKey } from '@weighbridge/storage';
import { openS3Writer } from './put-object.js';
import { describeObject, listObjects, readObject, revisionOf } from './read-objects.js';
import { openS3Remover } from './remove-object.js';
import { openS3Client, type S3BucketOptions, type S3Client } from './s3-client.js';
import { openS3Classes } from './s3-classes.js';

/** Signature V4 allows no more. */
const maxPresignSeconds = 7 * 24 * 60 * 60;

/**
 * S3, or a compatible server, as a bucket. The SDK finds credentials; bodies go from the caller's memory to the socket
 * without a copy, with their SHA-256 as the checksum that S3 keeps or in the signature, so that the server refuses what
 * arrives otherwise. Nothing is loaded or asked before the first call.
 *
 * A 412 to a write that was tried before can be the answer to our own earlier try: `create` answers `present`,
 * `replace` looks whether the document is the one it wrote. Permissions: s3:GetObject, s3:PutObject, s3:DeleteObject on
 * the objects and s3:ListBucket on the bucket.
 * @throws store/misconfigured for an endpoint that is no address
 */
export function openS3Bucket(options: S3BucketOptions): Bucket {
  const client = openS3Client(options);
  const conditional = options.conditionalWrites ?? true;
  const remove = openS3Remover(client, { conditional });
  const put = openS3Writer(client, { conditional });
  return {
    address: client.address.shown,
    classes: openS3Classes(client, { bucket: options.bucket, now: options.now ?? (() => new Date()) }),
    describe: async (key) => describeObject(client, checkObjectKey(key)),

    async create(key, body, { sha256 }) {
      checkObjectKey(key);
      if (!conditional && (await describeObject(client, key)) !== null) return 'present';
      const { status } = await put(key, { body, sha256, expected: null });
      return status === 412 ? 'present' : 'created';
    },

    async replace(key, body, expected) {
      checkObjectKey(key);
      if (!conditional && ((await describeObject(client, key))?.revision ?? null) !== expected) return null;
      const sha256 = createHash('sha256').update(body).digest();
      const answer = await put(key, { body: [body], sha256, expected });
      if (answer.status === 200) return revisionOf(client, key, answer);
      return answer.repeated ? revisionIfOurs(client, key, body) : null;
    },

    read: async (key, range, into) => readObject(client, checkObjectKey(key), range, { into }),
    list: (prefix) => listObjects(client, prefix),

    remove: async (key, condition = {}) => remove(checkObjectKey(key), condition),

    async presign(key, { expiresInSeconds }) {
      invariant(expiresInSeconds > 0 && expiresInSeconds <= maxPresignSeconds, 'a presigned address lasts too long');
      checkObjectKey(key);
      const session = await client.session();
      return session.presign(client.address.objectUrl(session.region, key), expiresInSeconds);
    },
  };
}

/** The revision of what is there if it is, byte for byte, what an earlier try of ours may have written; else null. */
async function revisionIfOurs(client: S3Client, key: string, body: Uint8Array): Promise<string | null> {
  const current = await readObject(client, key);
  return current !== null && Buffer.compare(current.bytes, body) === 0 ? current.revision : null;
}

/** @throws core/invariant for what is no key */
function checkObjectKey(key: string): string {
  invariant(isObjectKey(key), 'an object was to have an illegal key');
  return key;
}
