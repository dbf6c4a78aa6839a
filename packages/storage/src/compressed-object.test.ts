import { createHash } from 'node:crypto';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { digestOf } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { elementWidths, guessElementWidth } from './byte-planes.js';
import {
  compressedHeaderBytes,
  compressionLimits,
  compressObject,
  type Deflate,
  expandObject,
  type Inflate,
  readCompressedHeader,
} from './compressed-object.js';

const deflate: Deflate = async (bytes, strategy) =>
  deflateRawSync(bytes, { strategy: strategy === 'huffman' ? constants.Z_HUFFMAN_ONLY : constants.Z_DEFAULT_STRATEGY });

const asked: number[] = [];
const inflate: Inflate = async (bytes, maxBytes) => {
  asked.push(maxBytes);
  try {
    return inflateRawSync(bytes, { maxOutputLength: maxBytes });
  } catch {
    // The test asks what becomes of such streams.
    return null;
  }
};

/** Elements whose last byte of `width` is nearly always the same, as exponents are. */
function weights(lengthBytes: number, width: number): Uint8Array {
  let state = 7;
  return Uint8Array.from({ length: lengthBytes }, (_, index) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return index % width === width - 1 ? 0x3c + ((state >>> 24) & 1) : state >>> 24;
  });
}

async function packed(bytes: Uint8Array, width: (typeof elementWidths)[number]) {
  const digest = digestOf(bytes);
  const whole = await compressObject(bytes, { digest, width, deflate });
  if (whole === null) throw new Error('it was to be compressible');
  return { digest, whole, about: { digest, path: 'test' } };
}

const corrupt = expect.objectContaining({ code: 'store/corrupt' });

describe('compressed objects', () => {
  test('come back byte for byte, whatever the width and the length', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...elementWidths),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.integer({ min: 300, max: 3000 }),
        fc.constantFrom(0, compressionLimits.frameBytes - 1000),
        async (width, unit, lengthBytes, more) => {
          const bytes = Uint8Array.from({ length: lengthBytes + more }, (_, index) => unit[index % unit.length] ?? 0);
          const { whole, about } = await packed(bytes, width);
          expect(readCompressedHeader(whole.subarray(0, compressedHeaderBytes), about)).toEqual({
            width,
            sizeBytes: bytes.length,
          });
          expect(Buffer.compare(await expandObject(whole, about, inflate), bytes)).toBe(0);
        },
      ),
      { seed: 5, numRuns: 40 },
    );
  });

  test('noise, what is empty and what is larger than an object are none', async () => {
    const noise = createHash('sha512').update('x').digest();
    const none = { digest: digestOf(noise), width: 4, deflate } as const;
    expect(await compressObject(noise, none)).toBeNull();
    expect(await compressObject(new Uint8Array(0), none)).toBeNull();
    expect(await compressObject(new Uint8Array(compressionLimits.maxBytes + 1), none)).toBeNull();
  });

  test('planes of noise are stored, and the others pay for them', async () => {
    const bytes = weights(200_001, 4);
    const { whole } = await packed(bytes, 4);
    expect(whole.length).toBeLessThan(bytes.length * 0.8);
    expect(whole.length).toBeGreaterThan(bytes.length * 0.75);
  });

  test.each([2, 4, 8] as const)('the width %i is found by looking', (width) => {
    expect(guessElementWidth(weights(300_000, width))).toBe(width);
    expect(guessElementWidth(weights(50_000, width))).toBe(width);
  });

  test('text and noise have no elements', () => {
    expect(
      guessElementWidth(Buffer.from(Array.from({ length: 9000 }, (_, index) => `{"id": ${index ** 2}}`).join())),
    ).toBe(1);
    expect(guessElementWidth(weights(300_000, 300_001))).toBe(1);
  });

  test('every truncation is refused, and so are bytes behind the end', async () => {
    const { whole, about } = await packed(weights(3001, 2), 2);
    for (let length = 0; length < whole.length; length += 7) {
      await expect(expandObject(whole.subarray(0, length), about, inflate)).rejects.toEqual(corrupt);
    }
    await expect(expandObject(Buffer.concat([whole, Buffer.alloc(1)]), about, inflate)).rejects.toEqual(corrupt);
  });

  test('a changed byte is refused or shows in the digest, and no more room is made than the header says', async () => {
    const { whole, about, digest } = await packed(weights(3001, 2), 2);
    asked.length = 0;
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice();
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      const found = await expandObject(changed, about, inflate).then(digestOf, (cause: unknown) => cause);
      if (typeof found === 'string') expect(found).not.toBe(digest);
      else expect(found).toEqual(corrupt);
    }
    expect(Math.max(...asked)).toBeLessThanOrEqual(compressionLimits.frameBytes);
  });

  test('hostile headers are refused before anything is unpacked', async () => {
    const { whole, about } = await packed(weights(3000, 2), 2);
    const edits: readonly ((view: DataView) => void)[] = [
      (view) => view.setUint32(8, 0xffffffff, true),
      (view) => view.setUint32(8, compressionLimits.maxBytes + 1, true),
      (view) => view.setUint32(8, 0, true),
      (view) => view.setUint8(5, 3),
      (view) => view.setUint8(4, 2),
      (view) => view.setUint16(6, 1, true),
    ];
    asked.length = 0;
    for (const edit of edits) {
      const changed = whole.slice();
      edit(new DataView(changed.buffer));
      await expect(expandObject(changed, about, inflate)).rejects.toEqual(corrupt);
    }
    const other = { digest: digestOf(new Uint8Array(1)), path: 'test' };
    await expect(expandObject(whole, other, inflate)).rejects.toEqual(corrupt);
    expect(asked).toEqual([]);
  });

  test('a plane that unpacks to more than its frame has is refused', async () => {
    const { whole, about } = await packed(new Uint8Array(1000), 1);
    const bomb = deflateRawSync(new Uint8Array(50_000));
    const table = whole.slice(0, compressedHeaderBytes + 4);
    new DataView(table.buffer).setUint32(compressedHeaderBytes, bomb.length + 0x80000000, true);
    await expect(expandObject(Buffer.concat([table, bomb]), about, inflate)).rejects.toEqual(corrupt);
  });
});
