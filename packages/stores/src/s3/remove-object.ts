import type { RemovalCondition } from '@weighbridge/ports';
import { describeObject, maxDocumentBytes } from './read-objects.js';
import type { S3Client } from './s3-client.js';
import type { S3Answer } from './s3-requests.js';

/** What lies under a key, beside what is to be removed: the same, nothing, or what somebody wrote since. */
type Found = 'same' | 'gone' | 'other';

/**
 * Removes objects, under a condition where one is given. A removal that is tried again could hit what was stored in
 * between, so that each try looks once more. `If-Match` goes along where the server takes it (general purpose buckets
 * since 2025), and guards against other bytes alone: those that were stored again have the ETag that they had, and only
 * the time when they were written tells them apart.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 */
export function openS3Remover(
  client: S3Client,
  { conditional }: { readonly conditional: boolean },
): (key: string, condition: RemovalCondition) => Promise<'removed' | 'kept'> {
  let sendsMatch = conditional;

  return async (key, { expected, isAllowed }) => {
    let found = 'same' as Found;
    const stillHolds = async () => {
      if (expected !== undefined) found = await compare(client, key, expected);
      return found === 'same';
    };
    const remove = (match: string | null): Promise<S3Answer> =>
      client.askObject(key, {
        action: 'remove',
        permission: 's3:DeleteObject',
        method: 'DELETE',
        ...(match === null ? {} : { headers: { 'if-match': match } }),
        stillHolds,
        ...(isAllowed === undefined ? {} : { isAllowed }),
        maxAnswerBytes: maxDocumentBytes,
        outcomes: match === null ? [200, 204, 404, 412] : [200, 204, 404, 412, 501],
      });
    let answer = await remove(sendsMatch && expected !== undefined ? `"${bareTag(expected.revision)}"` : null);
    if (answer.status === 501) {
      sendsMatch = false;
      answer = await remove(null);
    }
    if (found === 'gone') return 'removed';
    return answer.status === 412 ? 'kept' : 'removed';
  };
}

async function compare(
  client: S3Client,
  key: string,
  expected: NonNullable<RemovalCondition['expected']>,
): Promise<Found> {
  const facts = await describeObject(client, key);
  if (facts === null) return 'gone';
  const isSame = bareTag(facts.revision) === bareTag(expected.revision) && facts.storedAt === expected.storedAt;
  return isSame ? 'same' : 'other';
}

/** Without its quotes: some servers put them into one answer and not into another. */
function bareTag(tag: string): string {
  return tag.replaceAll('"', '');
}
