import type { ForeignBucket } from '@weighbridge/ports';
import { type GcsBucketOptions, openGcsClient } from './gcs-client.js';
import { presignObject } from './presign-object.js';
import { describeObject, listForeign, readObject } from './read-objects.js';

/**
 * A bucket of Cloud Storage that somebody else keeps. The version of an object is its generation, which no other content
 * of the name will ever have, whether the bucket keeps old ones or not.
 * @throws store/misconfigured for an endpoint that is no address
 */
export function openForeignGcs(options: GcsBucketOptions): ForeignBucket {
  const client = openGcsClient({ ...options, isForeign: true });
  const now = options.now ?? (() => new Date());
  return {
    describe: async (key, version) => {
      const found = await describeObject(client, key, version);
      return found === null ? null : { version: found.revision, sha256: null, md5: null, sizeBytes: found.sizeBytes };
    },
    list: (prefix) => listForeign(client, prefix),
    read: (key, version, range) => readObject(client, key, range, { generation: version }),
    presign: (key, version, { expiresInSeconds }) =>
      presignObject(client, key, { expiresInSeconds, now: now(), generation: version }),
  };
}
