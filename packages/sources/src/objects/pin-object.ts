import { WeighbridgeError } from '@weighbridge/core';
import { formatReference, type Reference } from '@weighbridge/manifest';
import type { DescribeObject, Pinning } from '@weighbridge/ports';

type ObjectReference = Extract<Reference, { readonly scheme: 's3' | 'gs' | 'az' }>;

const versionWords = { s3: 'versionId', gs: 'generation', az: 'versionid' } as const;

/**
 * An object by its version where the bucket keeps versions, else by a checksum over all its bytes that the service has
 * (SHA-256, or MD5). Cloud Storage gives every object a generation, which is its version here. An object that is neither versioned nor summed up that way cannot be pinned: its ETag changes with
 * the way it was uploaded, or is none of its bytes.
 */
export async function pinObject(describe: DescribeObject | undefined, reference: ObjectReference): Promise<Pinning> {
  const { scheme, bucket, key } = reference;
  const word = versionWords[scheme];
  if (describe === undefined) {
    return unpinned(`no ${scheme}:// service is asked here`, `Write the ${word} of the object into the reference.`);
  }
  if (scheme === 'az' && !/^[^@]+@[^@]+$/.test(bucket)) {
    return unpinned('it does not say in which account', 'Write az://container@account/blob.');
  }
  // In an address these climb, and another object would be looked at.
  if (key.split('/').some((part) => part === '.' || part === '..')) {
    return unpinned(`the key has a part "." or ".."`, 'Correct the key.');
  }
  try {
    const found = await describe({ bucket, key });
    if (found === null) return unpinned('there is no such object', 'Correct the bucket and the key.');
    if (found.version !== null) return { pinned: formatReference({ ...reference, version: found.version }) };
    if (found.sha256 !== null) return { pinned: `sha256:${found.sha256}` };
    if (found.md5 !== null) return { pinned: `md5:${found.md5}` };
    return unpinned(
      'its bucket keeps no versions and no checksum of the whole object',
      `Turn on versioning of the bucket and write the ${word}, or upload it with a SHA-256 checksum.`,
    );
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode === 70) throw error;
    return { pinned: null, because: error.message.replace(/\.$/, ''), remedy: error.remedy };
  }
}

function unpinned(because: string, remedy: string): Pinning {
  return { pinned: null, because, remedy };
}
