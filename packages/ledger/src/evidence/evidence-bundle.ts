import { type Digest, digestHex, parseUtf8, utf8 } from '@weighbridge/core';

/** Larger documents stay files of their own, so that who reads a small one fetches little besides. */
export const maxBundledDocumentBytes = 16 * 1024;
/** A bundle fetches and is kept whole; documents that would make a larger one stay files of their own, all of them. */
export const maxEvidenceBundleBytes = 4 * 1024 * 1024;

/**
 * The documents that entries of one full entry bundle name, sorted by digest: `<64 hex> <size>`, a line break, the bytes,
 * a line break. Inverse of parseEvidenceBundle.
 */
export function formatEvidenceBundle(documents: ReadonlyMap<Digest, Uint8Array>): Uint8Array {
  const sorted = [...documents].sort(([left], [right]) => (left < right ? -1 : 1));
  return joinBytes(sorted.flatMap(([digest, bytes]) => [headerOf(digest, bytes), bytes, lineBreak]));
}

/** Null for bytes that formatEvidenceBundle does not make, and for a bundle of nothing. Says nothing of the digests. */
export function parseEvidenceBundle(bytes: Uint8Array): ReadonlyMap<Digest, Uint8Array> | null {
  const documents = new Map<Digest, Uint8Array>();
  let last = '';
  for (let at = 0; at < bytes.length; ) {
    const header = parseHeader(bytes, at);
    if (header === null || header.digest <= last) return null;
    const end = header.start + header.sizeBytes;
    if (bytes[end] !== lineBreak[0]) return null;
    documents.set(header.digest, bytes.subarray(header.start, end));
    last = header.digest;
    at = end + 1;
  }
  return documents.size === 0 ? null : documents;
}

const lineBreak = Uint8Array.of(0x0a);
const maxHeaderBytes = 64 + 1 + 10;

function headerOf(digest: Digest, bytes: Uint8Array): Uint8Array {
  return utf8(`${digestHex(digest)} ${bytes.length}\n`);
}

function parseHeader(
  bytes: Uint8Array,
  at: number,
): { readonly digest: Digest; readonly sizeBytes: number; readonly start: number } | null {
  const end = bytes.subarray(at, at + maxHeaderBytes).indexOf(0x0a);
  const line = end === -1 ? '' : decodeAscii(bytes.subarray(at, at + end));
  const [, hex = '', size = ''] = /^([0-9a-f]{64}) (0|[1-9]\d{0,8})$/.exec(line) ?? [];
  return hex === '' ? null : { digest: `sha256:${hex}`, sizeBytes: Number(size), start: at + end + 1 };
}

/** Bytes that are no UTF-8 are no header. */
function decodeAscii(bytes: Uint8Array): string {
  return bytes.every((byte) => byte < 0x80) ? parseUtf8(bytes) : '';
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * Which of the documents that a full bundle's entries name go into its evidence bundle, by their sizes: all small ones,
 * or none where those are too much together.
 */
export function chooseBundled(
  named: ReadonlySet<Digest>,
  sizesBytes: ReadonlyMap<Digest, number>,
): ReadonlySet<Digest> {
  const chosen = new Set<Digest>();
  let totalBytes = 0;
  for (const digest of named) {
    const sizeBytes = sizesBytes.get(digest);
    if (sizeBytes === undefined || sizeBytes > maxBundledDocumentBytes) continue;
    chosen.add(digest);
    totalBytes += sizeBytes;
  }
  return totalBytes > maxEvidenceBundleBytes ? new Set() : chosen;
}
