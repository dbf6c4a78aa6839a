import { createHash } from 'node:crypto';
import { invariant, weighbridgeError } from '@weighbridge/core';
import type { Bucket, ObjectFacts } from '@weighbridge/ports';
import { isObjectKey } from '@weighbridge/storage';

/** A bucket whose content a test can see and spoil. */
export interface MemoryBucket extends Bucket {
  /** Flips one bit of an object, as a bad disk would. */
  damage(key: string): void;
  readonly keys: () => readonly string[];
}

interface Kept {
  readonly bytes: Uint8Array;
  readonly storedAt: string;
  readonly revision: string;
}

/** The bucket port over a map, with its whole contract. `now` gives the time of writing; the default is the clock's. */
export function openMemoryBucket(name = 'test', now: () => Date = () => new Date()): MemoryBucket {
  const objects = new Map<string, Kept>();
  const address = `memory:${name}`;
  let writes = 0;

  function write(key: string, bytes: Uint8Array): string {
    const revision = `${++writes}`;
    objects.set(key, { bytes: bytes.slice(), storedAt: now().toISOString(), revision });
    return revision;
  }

  function facts(key: string, kept: Kept): ObjectFacts {
    return { key, sizeBytes: kept.bytes.length, storedAt: kept.storedAt, revision: kept.revision };
  }

  return {
    address,
    async describe(key) {
      const kept = objects.get(checkKey(key));
      return kept === undefined ? null : facts(key, kept);
    },
    async create(key, body, { sha256 }) {
      const bytes = Buffer.concat(body);
      if (!createHash('sha256').update(bytes).digest().equals(sha256)) {
        throw weighbridgeError('store/io', { action: 'write', path: `${address}/${key}`, reason: 'wrong checksum' });
      }
      if (objects.has(checkKey(key))) return 'present';
      write(key, bytes);
      return 'created';
    },
    async replace(key, body, expected) {
      const current = objects.get(checkKey(key))?.revision ?? null;
      return expected === current ? write(key, body) : null;
    },
    async read(key, range) {
      const kept = objects.get(checkKey(key));
      if (kept === undefined) return null;
      const { offset, lengthBytes } = range ?? { offset: 0, lengthBytes: kept.bytes.length };
      invariant(offset >= 0 && offset + lengthBytes <= kept.bytes.length, 'a range lies outside its object');
      return { bytes: kept.bytes.slice(offset, offset + lengthBytes), revision: kept.revision };
    },
    async *list(prefix) {
      const found = [...objects].filter(([key]) => key.startsWith(prefix));
      for (const [key, kept] of found.sort(([left], [right]) => (left < right ? -1 : 1))) yield facts(key, kept);
    },
    async remove(key, { expected, isAllowed = () => true } = {}) {
      const kept = objects.get(checkKey(key));
      if (kept === undefined) return 'removed';
      if ((expected !== undefined && expected.revision !== kept.revision) || !isAllowed()) return 'kept';
      objects.delete(key);
      return 'removed';
    },
    classes: null,
    presign: async () => null,
    damage(key) {
      const kept = objects.get(key);
      invariant(kept !== undefined && kept.bytes.length > 0, 'only what is there can be damaged');
      kept.bytes[0] = (kept.bytes[0] ?? 0) ^ 1;
    },
    keys: () => [...objects.keys()].sort(),
  };
}

function checkKey(key: string): string {
  invariant(isObjectKey(key), 'an object was to have an illegal key');
  return key;
}
