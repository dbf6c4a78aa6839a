import { invariant, utf8, weighbridgeError } from '@weighbridge/core';
import type { BucketClasses, ObjectFacts } from '@weighbridge/ports';
import type { GcsClient } from './gcs-client.js';
import { parseRewrite } from './gcs-objects.js';
import { describeObject, maxDocumentBytes } from './read-objects.js';

/** A rewrite copies a gigabyte at a time or more, and objects have 16 MiB: more calls than this go round in a circle. */
const maxCalls = 1000;

/**
 * Storage classes of Cloud Storage. An object is moved by a rewrite onto itself under the condition that both sides have
 * the generation that was seen. Every class is read at once, so that nothing is ever restored; the colder ones charge for
 * it. Permissions: storage.objects.get, create and delete, as for replacing a document.
 */
export function openGcsClasses(client: GcsClient): BucketClasses {
  return {
    archives: [],
    restoreMs: () => 0,
    async look(key) {
      const facts = await describeObject(client, key);
      return facts === null
        ? null
        : { ...facts, storageClass: facts.storageClass ?? '', access: 'readable', readableUntil: null };
    },
    move: (object, storageClass) => rewrite(client, object, storageClass),
    restore: async (key) => ((await describeObject(client, key)) === null ? 'missing' : 'readable'),
  };
}

/** https://cloud.google.com/storage/docs/json_api/v1/objects/rewrite */
async function rewrite(
  client: GcsClient,
  { key, revision }: ObjectFacts,
  storageClass: string,
): Promise<'moved' | 'changed'> {
  let token: string | null = null;
  for (let call = 0; call < maxCalls; call++) {
    const { status, bytes } = await client.rewrite(key, {
      action: `move to ${storageClass}`,
      permission: 'storage.objects.create',
      method: 'POST',
      query: {
        ifGenerationMatch: revision,
        ifSourceGenerationMatch: revision,
        fields: 'done,rewriteToken,resource(storageClass)',
        ...(token === null ? {} : { rewriteToken: token }),
      },
      headers: { 'content-type': 'application/json' },
      body: [utf8(JSON.stringify({ storageClass }))],
      maxAnswerBytes: maxDocumentBytes,
      outcomes: [200, 404, 412],
      check: (answer) =>
        answer.status === 200 && parseRewrite(answer.bytes) === null ? 'the answer is not what was asked for' : null,
    });
    // After a try whose answer was lost, the generation may be another one because it was moved: the next run sees that.
    if (status !== 200) return 'changed';
    const answered = parseRewrite(bytes);
    invariant(answered !== null, 'a rewrite was taken that had not been read');
    if ('storageClass' in answered) {
      if (answered.storageClass !== storageClass) throw classNotKept(client, key, storageClass);
      return 'moved';
    }
    token = answered.token;
  }
  const path = `${client.address.shown}/${key}`;
  throw weighbridgeError('store/io', { action: `move to ${storageClass}`, path, reason: 'the rewrite does not end' });
}

function classNotKept({ address }: GcsClient, key: string, storageClass: string): Error {
  return weighbridgeError('store/misconfigured', {
    action: `move to ${storageClass}`,
    path: `${address.shown}/${key}`,
    reason: 'the server does not keep that storage class',
    remedy:
      'Remove "tiers" from weighbridge.yaml, or name classes that this bucket has. With Autoclass it has none to name.',
  });
}
