import { createHash } from 'node:crypto';
import { bytesSource, expectCode, seededBytes } from '@weighbridge/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from './byte-source.js';
import type { ArtifactHeader, TensorFact } from './header.js';
import { digestTensors } from './tensor-digests.js';

const newHash = () => createHash('sha256');
const bytes = seededBytes(9, 4096);

function headerOf(tensors: readonly Pick<TensorFact, 'name' | 'location'>[]): ArtifactHeader {
  const facts = tensors.map((tensor) => ({ ...tensor, dtype: 'U8', shape: [] }));
  return { format: 'safetensors', tensors: facts, attributes: {}, graph: null, imports: [], bytesRead: 0 };
}

const at = (startByte: number, endByte: number, file = 'f') => ({ file, startByte, endByte });
const digest = (part: Uint8Array) => `sha256:${createHash('sha256').update(part).digest('hex')}`;

/** A source that notes what is read of it and whether it was closed. */
function watched(
  content: Uint8Array,
): ByteSource & { close(): Promise<void>; reads: [number, number][]; closed: number } {
  const source = {
    ...bytesSource(content, 'f'),
    reads: [] as [number, number][],
    closed: 0,
    read: async (offset: number, length: number) => {
      source.reads.push([offset, length]);
      return content.slice(offset, offset + length);
    },
    close: async () => {
      source.closed += 1;
    },
  };
  return source;
}

describe('digests of tensors', () => {
  test('are those of their bytes, whatever the buffer and however tensors lie', async () => {
    const range = fc
      .tuple(fc.nat(4096), fc.nat(4096))
      .map(([left, right]) => at(Math.min(left, right), Math.max(left, right)));
    await fc.assert(
      fc.asyncProperty(
        fc.array(range, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5000 }),
        async (locations, bufferBytes) => {
          const tensors = locations.map((location, index) => ({
            name: `t${String(index).padStart(2, '0')}`,
            location,
          }));
          const source = watched(bytes);
          const digests = await digestTensors(headerOf(tensors), async () => source, newHash, { bufferBytes });
          expect([...digests]).toEqual(
            tensors.map(({ name, location }) => [name, digest(bytes.subarray(location.startByte, location.endByte))]),
          );
          let position = 0;
          for (const [offset, length] of source.reads) {
            expect(offset).toBeGreaterThanOrEqual(position);
            expect(length).toBeLessThanOrEqual(bufferBytes);
            position = offset + length;
          }
        },
      ),
      { numRuns: 300, seed: 10 },
    );
  });

  test('of small neighbours take one read, and wide gaps are not read', async () => {
    const source = watched(bytes);
    const tensors = [at(3000, 3010), at(0, 10), at(10, 20), at(25, 30)].map((location, index) => ({
      name: `${index}`,
      location,
    }));
    await digestTensors(headerOf(tensors), async () => source, newHash, { bufferBytes: 1000 });
    expect(source.reads).toEqual([
      [0, 30],
      [3000, 10],
    ]);
    expect(source.closed).toBe(1);
  });

  test('leave out what cannot be addressed and are sorted by name', async () => {
    const tensors = [
      { name: 'z', location: at(0, 1, 'b') },
      { name: 'none', location: null },
      { name: 'a', location: at(1, 2, 'a') },
      { name: 'tied', location: at(0, 1, 'b') },
    ];
    const digests = await digestTensors(headerOf(tensors), async (file) => bytesSource(bytes, file), newHash);
    expect([...digests.keys()]).toEqual(['a', 'tied', 'z']);
    expect(digests.get('tied')).toBe(digests.get('z'));
  });

  test('need the file, and all of it', async () => {
    const header = headerOf([{ name: 'a', location: at(4000, 5000) }]);
    await expectCode(
      digestTensors(header, async () => null, newHash),
      'formats/tensor-bytes-missing',
    );
    const source = watched(bytes);
    await expectCode(
      digestTensors(header, async () => source, newHash),
      'formats/truncated',
    );
    expect(source.closed).toBe(1);
  });

  test('refuse tensors that overlap beyond reason', async () => {
    const tensors = Array.from({ length: 100 }, (_, index) => ({ name: `${index}`, location: at(index, 4096) }));
    await expectCode(
      digestTensors(headerOf(tensors), async () => bytesSource(bytes), newHash),
      'formats/too-complex',
    );
  });
});
