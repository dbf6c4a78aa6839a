import { storedAtOf } from '../http/stored-at.js';

/** One object of a listing, as the service names it. */
export interface ListedObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly storedAt: string;
  readonly revision: string;
  readonly storageClass: string;
}

/** One page of a listing. */
export interface ListingPage {
  readonly objects: readonly ListedObject[];
  /** What asks for the next page; null on the last. */
  readonly next: string | null;
}

/**
 * Reads the answer to ListObjectsV2 with encoding-type=url
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html); null for what is none, such as a page that
 * broke off.
 */
export async function parseListing(bytes: Uint8Array): Promise<ListingPage | null> {
  const { parseXML } = await import('@aws-sdk/xml-builder');
  const result = parsed(parseXML, Buffer.from(bytes).toString('utf8'));
  if (result === null) return null;
  const truncated = textOf(result['IsTruncated']) === 'true';
  const next = textOf(result['NextContinuationToken']);
  const contents = result['Contents'];
  const written = contents === undefined ? [] : Array.isArray(contents) ? contents : [contents];
  const objects = written.map((each: unknown) => readObject(isMap(each) ? each : {}));
  if (objects.includes(null) || (truncated && next === '')) return null;
  return { objects: objects.filter((each) => each !== null), next: truncated ? next : null };
}

function parsed(parseXML: (text: string) => unknown, text: string): Record<string, unknown> | null {
  try {
    const document = parseXML(text);
    const result = isMap(document) ? document['ListBucketResult'] : undefined;
    return isMap(result) ? result : null;
  } catch {
    // No XML: what was sent is no listing, whatever is wrong with it.
    return null;
  }
}

function readObject(written: Record<string, unknown>): ListedObject | null {
  const [key, size] = [textOf(written['Key']), textOf(written['Size'])];
  const storedAt = storedAtOf(textOf(written['LastModified']));
  if (key === '' || !/^\d{1,15}$/.test(size) || storedAt === null) return null;
  const storageClass = textOf(written['StorageClass']) || 'STANDARD';
  return { key: decodeKey(key), sizeBytes: Number(size), storedAt, revision: textOf(written['ETag']), storageClass };
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    // A server that ignores the encoding: then a percent sign is one.
    return key;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
