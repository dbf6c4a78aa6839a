import { randomUUID } from 'node:crypto';

/** A body of two parts: what is said of an object, and its bytes. */
export interface MultipartBody {
  readonly contentType: string;
  /** The bytes of the object are those of the caller, not copied. */
  readonly pieces: readonly Uint8Array[];
}

/**
 * multipart/related (RFC 2387), as uploads with `uploadType=multipart` are sent
 * (https://cloud.google.com/storage/docs/uploading-objects#rest-upload-objects). The boundary is random: no bytes that were made before hold it.
 */
export function multipartBody(metadata: Readonly<Record<string, string>>, bytes: readonly Uint8Array[]): MultipartBody {
  const boundary = randomUUID();
  const head = [
    `--${boundary}`,
    'content-type: application/json; charset=UTF-8',
    '',
    JSON.stringify(metadata),
    `--${boundary}`,
    'content-type: application/octet-stream',
    '',
    '',
  ].join('\r\n');
  return {
    contentType: `multipart/related; boundary=${boundary}`,
    pieces: [Buffer.from(head), ...bytes, Buffer.from(`\r\n--${boundary}--\r\n`)],
  };
}
