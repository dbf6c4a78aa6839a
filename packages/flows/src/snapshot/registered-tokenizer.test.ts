import { createHash } from 'node:crypto';
import { openMemoryStore, bytesSource } from '@weighbridge/testkit';
import { expect, test } from 'vitest';
import type { Files } from '../reading/files.js';
import { type BuiltOn, readRegisteredTokenizer } from './registered-tokenizer.js';
import type { Surroundings } from '../surroundings.js';

const registered = new TextEncoder().encode('{"model": {}}');
const hex = createHash('sha256').update(registered).digest('hex');
const path = 'models/llama/tokenizer.json';

function surroundingsWith(paths: readonly string[], store: Surroundings['store']): Surroundings {
  const artifacts = paths.map((each) => ({ path: each, size: registered.length, sha256: hex }));
  const catalogue = async () => ({ versions: [{ version: '1.0.0', artifacts }] });
  return {
    ledger: { catalogue },
    store,
    sha256: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest(),
  } as unknown as Surroundings;
}

function filesWith(bytes: Uint8Array | null): Files {
  const open = async (name: string) => (bytes === null ? null : { ...bytesSource(bytes, name), close: async () => {} });
  return { open, ignored: async () => new Set() } as unknown as Files;
}

const llama: BuiltOn = {
  base: { model: 'registry:llama', revision: null, content: null, version: '1.0.0' as never },
  uses: [],
};
const part: BuiltOn = {
  base: null,
  uses: [{ model: 'llama' as never, range: '*', version: '1.0.0' as never, identity: null }],
};
const read = (surroundings: Surroundings, bytes: Uint8Array | null, builtOn = llama, most = 1000) =>
  readRegisteredTokenizer(surroundings, filesWith(bytes), builtOn, most);

test('the file that was registered is read where it lies, of a base and of a part', async () => {
  const surroundings = surroundingsWith(['models/llama/w.bin', path], null);
  expect(await read(surroundings, registered)).toEqual({ bytes: registered, path });
  expect(await read(surroundings, registered, part)).toEqual({ bytes: registered, path });
});

test('another file in its place is passed over for the one in the store', async () => {
  const store = openMemoryStore();
  await store.put(bytesSource(registered, path));
  expect(await read(surroundingsWith([path], store), new TextEncoder().encode('{}'))).toEqual({
    bytes: registered,
    path,
  });
});

test('a file that is nowhere, too large or was never registered is named', async () => {
  const nowhere = `${path} of llama@1.0.0 is neither here as it was registered nor in a store`;
  expect(await read(surroundingsWith([path], openMemoryStore()), null)).toEqual({ missing: nowhere });
  expect(await read(surroundingsWith([path], null), new TextEncoder().encode('{}'))).toEqual({ missing: nowhere });
  expect(await read(surroundingsWith([path], null), registered, llama, 3)).toEqual({
    missing: `${path} of llama@1.0.0 is larger than is read`,
  });
  expect(await read(surroundingsWith(['w.bin'], null), registered)).toEqual({
    missing: 'llama@1.0.0 has no tokenizer.json among its artifacts',
  });
});

test('a model that is built on nothing of this registry has none', async () => {
  expect(await read(surroundingsWith([path], null), registered, { base: null, uses: [] })).toBeNull();
});
