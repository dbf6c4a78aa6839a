import { weighbridgeError } from '@weighbridge/core';
import { expect, it } from 'vitest';
import { readWithin } from './read-within.js';

/** Files of so many bytes, and how often somebody asked for some. */
function filesOf(sizes: Readonly<Record<string, number>>) {
  let trips = 0;
  const one = (path: string, maxBytes: number) => {
    const sizeBytes = sizes[path];
    if (sizeBytes === undefined) return null;
    if (sizeBytes > maxBytes) throw weighbridgeError('git/file-too-large', { path, sizeBytes, maxBytes });
    return new Uint8Array(sizeBytes);
  };
  return {
    trips: () => trips,
    read: async (path: string, maxBytes: number) => {
      trips++;
      return one(path, maxBytes);
    },
    readAll: async (paths: readonly string[], maxBytes: number) => {
      trips++;
      return new Map(
        paths.flatMap((path) => {
          const bytes = one(path, maxBytes);
          return bytes === null ? [] : [[path, bytes] as const];
        }),
      );
    },
  };
}

async function told(sizes: Readonly<Record<string, number>>, paths: readonly string[], maxSumBytes: number) {
  const found: Record<string, number | string> = {};
  for await (const { path, read } of readWithin(filesOf(sizes), paths, { maxBytes: 10, maxSumBytes }))
    found[path] = read === 'beyond' ? read : read instanceof Uint8Array ? read.length : read.code;
  return found;
}

it('reads what is there, and tells what is too large', async () => {
  expect(await told({ a: 3, b: 11, c: 10 }, ['a', 'b', 'none', 'c'], 50)).toEqual({
    a: 3,
    b: 'git/file-too-large',
    c: 10,
  });
});

it('reads no more than the sum, and nothing after what it has no room for', async () => {
  expect(await told({ a: 8, b: 2, c: 9, d: 1 }, ['a', 'b', 'c', 'd'], 18)).toEqual({
    a: 8,
    b: 2,
    c: 'beyond',
    d: 'beyond',
  });
});

it('counts over all trips', async () => {
  const paths = Array.from({ length: 1000 }, (_, place) => `${place}`);
  const found = await told(Object.fromEntries(paths.map((path) => [path, 1])), paths, 750);
  expect(Object.values(found).filter((read) => read === 1)).toHaveLength(750);
  expect(found['750']).toBe('beyond');
});

it('takes few trips for many small files', async () => {
  const paths = Array.from({ length: 1000 }, (_, place) => `${place}`);
  const files = filesOf(Object.fromEntries(paths.map((path) => [path, 1])));
  for await (const { read } of readWithin(files, paths, { maxBytes: 10, maxSumBytes: 5000 }))
    expect(read).toHaveLength(1);
  expect(files.trips()).toBe(10);
});
