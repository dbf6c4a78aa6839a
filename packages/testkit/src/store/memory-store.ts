import { createHash } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { type Digest, formatDigest, parseDigest, weighbridgeError } from '@weighbridge/core';
import { type ByteSource, digestTensors, sourceFile } from '@weighbridge/formats';
import type { Ingested, IngestOptions, Store } from '@weighbridge/ports';
import { bytesSource } from './bytes-source.js';

export interface MemoryStore extends Store {
  /** Flips one bit of an object, as a bad disk would. */
  damage(digest: Digest): Promise<void>;
  readonly digests: () => readonly Digest[];
}

/** The store port over a map. It keeps the whole contract; only fetchTo touches the disk. */
export function openMemoryStore(name = 'test'): MemoryStore {
  const objects = new Map<Digest, Uint8Array>();
  const address = `memory:${name}`;

  function held(digest: Digest): Uint8Array {
    const bytes = objects.get(parseDigest(digest));
    if (bytes === undefined) throw weighbridgeError('store/missing', { address, digest });
    return bytes;
  }

  function verified(digest: Digest): Uint8Array {
    const bytes = held(digest);
    const actual = digestOf(bytes);
    if (actual !== digest)
      throw weighbridgeError('store/corrupt', { path: `${address}/${digest}`, expected: digest, actual });
    return bytes;
  }

  const readsVerified = (digest: Digest) => ({
    read: async (offset: number, lengthBytes: number) => verified(digest).slice(offset, offset + lengthBytes),
  });

  async function ingest(source: ByteSource, { expected, header }: IngestOptions = {}): Promise<Ingested> {
    const bytes = await readToEnd(source);
    const digest = digestOf(bytes);
    if (expected !== undefined && digest !== parseDigest(expected)) {
      throw weighbridgeError('store/digest-mismatch', { source: source.name, expected, actual: digest });
    }
    const file = sourceFile(source);
    const own = header?.tensors.filter(({ location }) => location?.file === file) ?? [];
    const tensors = header === undefined || header === null ? null : { ...header, tensors: own };
    return {
      digest,
      sizeBytes: bytes.length,
      segments: [{ digest, lengthBytes: bytes.length, packed: null }],
      storedBytes: objects.has(digest) ? 0 : bytes.length,
      tensors:
        tensors === null
          ? new Map()
          : await digestTensors(
              tensors,
              async () => bytesSource(bytes, source.name),
              () => createHash('sha256'),
            ),
      async commit() {
        const present = objects.get(digest);
        if (present !== undefined && digestOf(present) === digest) return 'present';
        objects.set(digest, bytes);
        return 'stored';
      },
    };
  }

  return {
    address,
    has: async (digest) => objects.has(parseDigest(digest)),
    async keep(digest) {
      held(digest);
    },
    collector: null,
    tiers: null,
    arranger: null,
    ingest,
    async put(source, options) {
      const ingested = await ingest(source, options);
      return { digest: ingested.digest, sizeBytes: ingested.sizeBytes, outcome: await ingested.commit() };
    },
    verify: async (digest) => ({ sizeBytes: verified(digest).length }),
    open: async (digest) => ({ ...bytesSource(held(digest), digest), ...readsVerified(digest), close: async () => {} }),
    async fetchTo(digest, path, { onBytes } = {}) {
      const bytes = verified(digest);
      await writeFile(`${path}.partial`, bytes);
      await rename(`${path}.partial`, path);
      onBytes?.(bytes.length);
    },
    async describe(digest) {
      const lengthBytes = objects.get(parseDigest(digest))?.length;
      if (lengthBytes === undefined) return null;
      return { sizeBytes: lengthBytes, segments: [{ offset: 0, lengthBytes, object: digest, objectOffset: 0 }] };
    },
    async presign(digest) {
      held(digest);
      return null;
    },
    async quarantine(digest) {
      const bytes = objects.get(parseDigest(digest));
      if (bytes === undefined || digestOf(bytes) === digest) return new Map();
      objects.delete(digest);
      return new Map([[digest, `${address}/quarantine/${digest}`]]);
    },
    async damage(digest) {
      const bytes = held(digest).slice();
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      objects.set(digest, bytes);
    },
    digests: () => [...objects.keys()].sort(),
  };
}

async function readToEnd(source: ByteSource): Promise<Uint8Array> {
  const bytes = (await source.read(0, source.sizeBytes)).slice();
  if (bytes.length === source.sizeBytes) return bytes;
  throw weighbridgeError('store/source-changed', {
    source: source.name,
    expectedBytes: source.sizeBytes,
    actualBytes: bytes.length,
  });
}

function digestOf(bytes: Uint8Array): Digest {
  return formatDigest(createHash('sha256').update(bytes).digest());
}
