import { storedAtOf } from '../http/stored-at.js';

/** One blob of a listing, by its whole name. */
export interface ListedBlob {
  readonly name: string;
  readonly sizeBytes: number;
  readonly storedAt: string;
  readonly revision: string;
  readonly storageClass: string;
}

/** One page of a listing. */
export interface BlobPage {
  readonly blobs: readonly ListedBlob[];
  /** What asks for the next page; null on the last. */
  readonly next: string | null;
}

/**
 * Reads the answer to List Blobs (https://learn.microsoft.com/rest/api/storageservices/list-blobs); null for what is
 * none, such as a page that broke off. The folders of an account with a hierarchical namespace are no blobs.
 */
export async function parseBlobPage(bytes: Uint8Array): Promise<BlobPage | null> {
  const { parseXML } = await import('@aws-sdk/xml-builder');
  const results = parsed(parseXML, Buffer.from(bytes).toString('utf8'));
  if (results === null) return null;
  const listed = mapOf(results['Blobs'])['Blob'] ?? [];
  const written = (Array.isArray(listed) ? listed : [listed]).map(mapOf);
  const blobs = written
    .filter((each) => textOf(mapOf(each['Properties'])['ResourceType']) !== 'directory')
    .map(readBlob);
  if (blobs.includes(null)) return null;
  return { blobs: blobs.filter((each) => each !== null), next: textOf(results['NextMarker']) || null };
}

function parsed(parseXML: (text: string) => unknown, text: string): Readonly<Record<string, unknown>> | null {
  try {
    const document = mapOf(parseXML(text.replace(/^\uFEFF/, '')));
    return 'EnumerationResults' in document ? mapOf(document['EnumerationResults']) : null;
  } catch {
    // No XML: what was sent is no listing, whatever is wrong with it.
    return null;
  }
}

function readBlob(written: Readonly<Record<string, unknown>>): ListedBlob | null {
  const properties = mapOf(written['Properties']);
  const [name, size] = [textOf(written['Name']), textOf(properties['Content-Length'])];
  const storedAt = storedAtOf(textOf(properties['Last-Modified']));
  const revision = bareTag(textOf(properties['Etag']));
  if (name === '' || revision === '' || !/^\d{1,15}$/.test(size) || storedAt === null) return null;
  return { name, sizeBytes: Number(size), storedAt, revision, storageClass: textOf(properties['AccessTier']) || 'Hot' };
}

/** An ETag as listings have it: without the quotes that headers put around it. */
export function bareTag(tag: string): string {
  return tag.replace(/^"(.*)"$/, '$1');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
}
