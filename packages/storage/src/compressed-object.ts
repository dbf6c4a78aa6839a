import { type Digest, digestHex, formatDigest, hexToBytes, weighbridgeError } from '@weighbridge/core';
import { type ElementWidth, elementWidths, joinPlanes, planeLength, splitPlanes } from './byte-planes.js';
import { cutLimits } from './cut.js';

/**
 * Bounds of compressed objects. A frame is what is held besides the object while it is packed or unpacked. What does not
 * save a twentieth is not worth the time of whoever reads it back.
 */
export const compressionLimits = {
  maxBytes: cutLimits.maxSegmentBytes,
  frameBytes: 1024 * 1024,
  minSavedShare: 0.05,
} as const;

/** How bytes are deflated (RFC 1951, without a header): by Huffman codes alone, or looking for repetitions besides. */
export type Deflate = (bytes: Uint8Array, strategy: 'huffman' | 'repetitions') => Promise<Uint8Array>;

/** Inverse of Deflate; null when it is no such stream, or has more bytes than `maxBytes`, which it never makes room for. */
export type Inflate = (bytes: Uint8Array, maxBytes: number) => Promise<Uint8Array | null>;

const magic = [0x57, 0x42, 0x5a, 0x50] as const;
const version = 1;
const digestAt = 12;
const headerBytes = digestAt + 32;
const entryBytes = 4;
const deflatedBit = 0x80000000;

/** So many bytes of a plane show whether and how it can be deflated. */
const probeBytes = 32 * 1024;
/** Below this a plane is stored as it is: unpacking it costs more than it saves. */
const minPlaneSaving = 0.015;

/** Bytes at the start of a compressed object that `readCompressedHeader` needs. */
export const compressedHeaderBytes = headerBytes;

/** What the start of a compressed object says of it. */
export interface CompressedHeader {
  readonly width: ElementWidth;
  /** Of the bytes that it holds. */
  readonly sizeBytes: number;
}

/**
 * A compressed object, or null when compressing saves too little:
 *
 *     "WBZP", version (1 byte), width of elements (1 byte), 2 zero bytes, size of the bytes (4), their SHA-256 (32)
 *     for each frame of 1 MiB, for each plane: its length here (4), the highest bit set when it is deflated
 *     the planes, one behind the other
 *
 * Numbers are little-endian. Plane p of a frame has the bytes at p, p + width, p + 2 width, … of the frame.
 */
export async function compressObject(
  bytes: Uint8Array,
  { digest, width, deflate }: { readonly digest: Digest; readonly width: ElementWidth; readonly deflate: Deflate },
): Promise<Uint8Array | null> {
  if (bytes.length === 0 || bytes.length > compressionLimits.maxBytes) return null;
  const planes: { readonly body: Uint8Array; readonly isDeflated: boolean }[] = [];
  for (let start = 0; start < bytes.length; start += compressionLimits.frameBytes) {
    const frame = bytes.subarray(start, start + compressionLimits.frameBytes);
    for (const plane of splitPlanes(frame, width)) planes.push(await packPlane(plane, deflate));
  }
  const tableEnd = headerBytes + planes.length * entryBytes;
  const sizeBytes = planes.reduce((sum, { body }) => sum + body.length, tableEnd);
  if (sizeBytes > bytes.length * (1 - compressionLimits.minSavedShare)) return null;
  const whole = new Uint8Array(sizeBytes);
  const view = new DataView(whole.buffer);
  whole.set([...magic, version, width]);
  view.setUint32(8, bytes.length, true);
  whole.set(hexToBytes(digestHex(digest)), digestAt);
  let offset = tableEnd;
  for (const [index, { body, isDeflated }] of planes.entries()) {
    view.setUint32(headerBytes + index * entryBytes, body.length + (isDeflated ? deflatedBit : 0), true);
    whole.set(body, offset);
    offset += body.length;
  }
  return whole;
}

async function packPlane(plane: Uint8Array, deflate: Deflate) {
  const stored = { body: plane, isDeflated: false };
  const probe = plane.subarray(0, probeBytes);
  const [huffman, repetitions] = [await deflate(probe, 'huffman'), await deflate(probe, 'repetitions')];
  const strategy =
    repetitions.length < huffman.length * (1 - compressionLimits.minSavedShare) ? 'repetitions' : 'huffman';
  const probed = strategy === 'huffman' ? huffman : repetitions;
  if (probed.length > probe.length * (1 - minPlaneSaving)) return stored;
  const body = probe.length === plane.length ? probed : await deflate(plane, strategy);
  return body.length < plane.length ? { body, isDeflated: true } : stored;
}

/**
 * Reads the start of what anybody may have written. @param path what messages call it
 * @throws store/corrupt when it is no compressed object of `digest`, or claims more bytes than an object has
 */
export function readCompressedHeader(
  bytes: Uint8Array,
  about: { readonly digest: Digest; readonly path: string },
): CompressedHeader {
  if (bytes.length < headerBytes) throw corrupt(about, 'shorter than the header of a compressed object');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isMagic = magic.every((byte, index) => bytes[index] === byte);
  if (!isMagic || bytes[4] !== version || view.getUint16(6, true) !== 0) throw corrupt(about, 'no compressed object');
  const width = elementWidths.find((each) => each === bytes[5]);
  const sizeBytes = view.getUint32(8, true);
  if (width === undefined || sizeBytes === 0 || sizeBytes > compressionLimits.maxBytes) {
    throw corrupt(about, 'a compressed object that breaks its bounds');
  }
  const digest = formatDigest(bytes.slice(digestAt, headerBytes));
  if (digest !== about.digest) throw corrupt(about, `${digest}, compressed`);
  return { width, sizeBytes };
}

/**
 * The bytes of a compressed object. Holds them, and one frame besides, whatever the object claims. That they have the
 * digest is for the caller to see. Inverse of compressObject.
 * @throws store/corrupt when it is no compressed object of `digest`, or ends early or late
 */
export async function expandObject(
  bytes: Uint8Array,
  about: { readonly digest: Digest; readonly path: string },
  inflate: Inflate,
): Promise<Uint8Array> {
  const { width, sizeBytes } = readCompressedHeader(bytes, about);
  const frames = Math.ceil(sizeBytes / compressionLimits.frameBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = headerBytes + frames * width * entryBytes;
  if (offset > bytes.length) throw corrupt(about, 'a compressed object that ends early');
  const whole = new Uint8Array(sizeBytes);
  for (let frame = 0; frame < frames; frame++) {
    const target = whole.subarray(frame * compressionLimits.frameBytes, (frame + 1) * compressionLimits.frameBytes);
    const planes: Uint8Array[] = [];
    for (let plane = 0; plane < width; plane++) {
      const entry = view.getUint32(headerBytes + (frame * width + plane) * entryBytes, true);
      const body = bytes.subarray(offset, offset + (entry % deflatedBit));
      offset += entry % deflatedBit;
      const lengthBytes = planeLength(target.length, plane, width);
      // Nothing is never deflated, and inflaters may refuse to make nothing.
      const isDeflated = entry >= deflatedBit;
      const unpacked = isDeflated ? (lengthBytes === 0 ? null : await inflate(body, lengthBytes)) : body;
      if (offset > bytes.length || unpacked?.length !== lengthBytes) {
        throw corrupt(about, 'a compressed object with a broken frame');
      }
      planes.push(unpacked);
    }
    joinPlanes(planes, target);
  }
  if (offset !== bytes.length) throw corrupt(about, 'a compressed object with bytes behind its end');
  return whole;
}

function corrupt({ digest, path }: { readonly digest: Digest; readonly path: string }, actual: string) {
  return weighbridgeError('store/corrupt', { path, expected: digest, actual });
}
