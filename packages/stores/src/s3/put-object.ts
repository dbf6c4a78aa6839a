import { WeighbridgeError } from '@weighbridge/core';
import { maxDocumentBytes, revisionOf } from './read-objects.js';
import type { S3Client } from './s3-client.js';
import type { S3Answer } from './s3-requests.js';
import type { SignedBody } from './s3-session.js';

/** What is written, and what must be there before. */
export interface Written {
  readonly body: readonly Uint8Array[];
  /** Of the whole body, 32 bytes. */
  readonly sha256: Uint8Array;
  /** The revision that is to be replaced; null when there must be none. */
  readonly expected: string | null;
}

/** Writes an object under its condition; the answer has the status 200, 412, or 404 where nothing is to be replaced. */
export type S3Writer = (key: string, written: Written) => Promise<S3Answer>;

/**
 * Writes to a bucket. A body goes with its SHA-256 as the checksum that S3 compares and keeps, in a header that is
 * signed. To sign the body as well says the same again, and has a server hash each byte once more: whoever has answered
 * a checksum compares it, and gets bodies without a signature of their own from then on, where nobody on the way could
 * change them. All others get signed ones: those that answer no checksum, or that refuse what is not signed, as a policy
 * of a bucket can demand. Bytes that were taken without either are written once more, signed.
 */
export function openS3Writer(client: S3Client, { conditional }: { readonly conditional: boolean }): S3Writer {
  /** Null as long as nothing is known. */
  let compares: boolean | null = client.isPrivate ? null : false;

  function put(key: string, { body, sha256, expected }: Written, signedBody: SignedBody): Promise<S3Answer> {
    const condition: Record<string, string> = expected === null ? { 'if-none-match': '*' } : { 'if-match': expected };
    return client.askObject(key, {
      action: 'write',
      permission: 's3:PutObject',
      method: 'PUT',
      headers: {
        'x-amz-sdk-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': checksumOf(sha256),
        ...(conditional ? condition : {}),
      },
      body,
      signedBody,
      maxAnswerBytes: maxDocumentBytes,
      // 404: there is nothing to match any more.
      outcomes: expected === null ? [200, 412] : [200, 404, 412],
    });
  }

  /** Null when it was refused, which can be because it is not signed. */
  async function tryUnsigned(key: string, written: Written): Promise<S3Answer | null> {
    try {
      return await put(key, written, 'unsigned');
    } catch (cause) {
      if (cause instanceof WeighbridgeError && cause.code !== 'store/unreachable') return null;
      throw cause;
    }
  }

  async function putUnsigned(key: string, written: Written): Promise<S3Answer> {
    const answer = await tryUnsigned(key, written);
    if (answer !== null && (answer.status !== 200 || isCompared(answer, written))) return answer;
    compares = false;
    const expected = answer === null ? written.expected : revisionOf(client, key, answer);
    const again = await putSigned(key, { ...written, expected });
    // What was to be new and was removed between the two is still to be written.
    const isGone = again.status === 404 && written.expected === null;
    // The first try may have been carried out.
    return { ...(isGone ? await putSigned(key, written) : again), repeated: true };
  }

  async function putSigned(key: string, written: Written): Promise<S3Answer> {
    const answer = await put(key, written, written.sha256);
    if (answer.status === 200) compares ??= isCompared(answer, written);
    return answer;
  }

  return (key, written) => (compares === true ? putUnsigned(key, written) : putSigned(key, written));
}

function isCompared({ headers }: S3Answer, { sha256 }: Written): boolean {
  return headers['x-amz-checksum-sha256'] === checksumOf(sha256);
}

function checksumOf(sha256: Uint8Array): string {
  return Buffer.from(sha256).toString('base64');
}
