import type { RemoteObject } from '@weighbridge/ports';
import { type GcsBucketOptions, openGcsClient } from './gcs-client.js';
import { describeObject } from './read-objects.js';

/**
 * What Cloud Storage says of one object that somebody else keeps: its generation, which no other content of the name
 * will ever have, whether the bucket keeps old ones or not. One question for metadata, no bytes. Null when there is no
 * such object. @throws as GcsClient.askObject
 */
export async function describeGcsObject(options: GcsBucketOptions, key: string): Promise<RemoteObject | null> {
  const found = await describeObject(openGcsClient(options), key);
  return found === null ? null : { version: found.revision, sha256: null, md5: null, sizeBytes: found.sizeBytes };
}
