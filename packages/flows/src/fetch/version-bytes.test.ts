import { parseDigest, parseModelName } from '@weighbridge/core';
import type { CatalogueVersion } from '@weighbridge/ledger';
import { openMemoryStore } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import type { Surroundings } from '../surroundings.js';
import { bytesOf } from './version-bytes.js';

const file = { path: 'm.bin', name: 'm.bin', sizeBytes: 1, digest: parseDigest(`sha256:${'a'.repeat(64)}`) };

const store = openMemoryStore();

/** The bytes of a version of one file with this address, in a store of this one. */
function bytesWith(keptIn: string | null, address: string | null) {
  const version = { version: '1.0.0', store: keptIn } as unknown as CatalogueVersion;
  const surroundings = { store } as Partial<Surroundings> as Surroundings;
  const files = [{ ...file, address }] as unknown as Parameters<typeof bytesOf>[2];
  return bytesOf(surroundings, { model: parseModelName('fraud'), version, files, isPointed: true, notices: [] }, files);
}

test('files that services keep are brought four at once: each of them has pieces in memory', async () => {
  const referenced = await bytesWith(null, 'hf://acme/bert@main/m.bin');
  expect(referenced.store).toBeNull();
  expect(referenced.filesAtOnce).toBe(4);
  expect((await bytesWith(store.address, null)).filesAtOnce).toBe(16);
});
