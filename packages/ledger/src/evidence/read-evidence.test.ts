import { type Digest, digestBytes, utf8 } from '@weighbridge/core';
import { nodeSha256 } from '@weighbridge/testkit';
import { expect, it } from 'vitest';
import { evidencePath } from '../log/paths.js';
import type { LogSource } from '../log/source.js';
import { visitEvidence } from './read-evidence.js';

const mib = 1024 * 1024;

it('however much is asked for, what one trip brought is let go before the next', async () => {
  const files = new Map<string, Uint8Array>();
  const asked = Array.from({ length: 9 }, (_, place) => {
    const bytes = new Uint8Array(7 * mib).fill(place);
    const digest = digestBytes(nodeSha256, bytes);
    files.set(evidencePath(digest), bytes);
    return { digest, entry: place };
  });
  // What was read and not handed over yet.
  let held = 0;
  let most = 0;
  const source: LogSource = {
    has: async (paths) => new Set(paths.filter((path) => files.has(path))),
    measure: async (paths) => new Map(paths.map((path) => [path, files.get(path)?.length ?? 0])),
    read: async (paths) => {
      const read = new Map(paths.flatMap((path) => (files.has(path) ? [[path, files.get(path) as Uint8Array]] : [])));
      for (const bytes of read.values()) held += bytes.length;
      most = Math.max(most, held);
      return read;
    },
  };
  const taken: Digest[] = [];
  const take = (digest: Digest, bytes: Uint8Array) => {
    held -= bytes.length;
    taken.push(digest);
  };
  await visitEvidence(source, asked, { size: asked.length, sha256: nodeSha256, take });
  expect(taken.toSorted()).toEqual(asked.map(({ digest }) => digest).toSorted());
  expect(held).toBe(0);
  expect(most).toBe(28 * mib);
});

it('a document that is not there is left out', async () => {
  const none: LogSource = {
    has: async () => new Set(),
    measure: async () => new Map(),
    read: async () => new Map(),
  };
  const digest = digestBytes(nodeSha256, utf8('never'));
  const asked = [0, null].map((entry) => ({ digest, entry }));
  const take = () => expect.fail('nothing is there');
  await visitEvidence(none, asked, { size: 300, sha256: nodeSha256, take });
});
