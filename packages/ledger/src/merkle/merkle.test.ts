import { createHash } from 'node:crypto';
import { type Sha256, utf8 } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendLeaves } from './append.js';
import { formatBundle, maxEntryBytes, parseBundle } from './bundle.js';
import { planConsistency, planInclusion, readProof, verifyConsistency, verifyInclusion } from './proof.js';
import {
  allTiles,
  edgePaths,
  formatTilePath,
  hashOfRange,
  parseTilePath,
  rightEdge,
  rootFromEdge,
  tilesOfRanges,
} from './tile.js';
import { completeSubtrees, emptyRoot, equalBytes, joinSubtrees, leafHash, nodeHash, splitPoint } from './tree.js';

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const hex = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString('hex');
const maxSize = 600;
const leaves = Array.from({ length: maxSize }, (_, index) => leafHash(sha256, utf8(`entry ${index}`)));

/** What must be there. */
function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a value of the test is missing');
  return value;
}

/** RFC 6962 section 2.1, word for word and slow. */
function definedRoot(range: readonly Uint8Array[]): Uint8Array {
  if (range.length === 0) return emptyRoot(sha256);
  if (range.length === 1) return present(range[0]);
  const split = splitPoint(range.length);
  return nodeHash(sha256, definedRoot(range.slice(0, split)), definedRoot(range.slice(split)));
}

const roots = Array.from({ length: maxSize + 1 }, (_, size) => definedRoot(leaves.slice(0, size)));
const rootOf = (size: number): Uint8Array => present(roots[size]);
const leafOf = (index: number): Uint8Array => present(leaves[index]);

/** All tiles of a log that was filled in one go. */
const tilesOf = (size: number) => appendLeaves(sha256, 0, new Map(), leaves.slice(0, size)).written;

describe('hashes of RFC 6962', () => {
  test('the published roots of the first eight sizes', () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
    const known = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ];
    const hashes = inputs.map((input) => leafHash(sha256, Buffer.from(input, 'hex')));
    for (const [index, root] of known.entries()) expect(hex(definedRoot(hashes.slice(0, index + 1)))).toBe(root);
    expect(hex(emptyRoot(sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('complete subtrees cover every range that a cut makes', () => {
    for (let size = 1; size <= 130; size++) {
      const nodes = completeSubtrees({ start: 0, end: size });
      const hashes = nodes.map(({ level, index }) =>
        definedRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
      );
      expect(hex(joinSubtrees(sha256, hashes))).toBe(hex(rootOf(size)));
    }
  });
});

describe('tiles', () => {
  test('paths are read back for every tile below 300 and for large ones', () => {
    for (let index = 0; index < 300; index++) {
      for (const level of [0, 1, 63, 'entries'] as const) {
        for (const width of [1, 255, 256]) {
          const tile = { level, index: index * 7919, width };
          expect(parseTilePath(formatTilePath(tile))).toEqual(tile);
        }
      }
    }
    expect(formatTilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(formatTilePath({ level: 'entries', index: 0, width: 5 })).toBe('tile/entries/000.p/5');
  });

  test.each([
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/05',
    'tile/0/x000/001',
    'tile/64/000',
    'tile/0/1',
    'tile/00/000',
    'tile/0/000/',
    'tile/0/001/002',
  ])('%s is no tile', (path) => expect(parseTilePath(path)).toBeNull());

  test('appending one by one gives the root of the definition at every size, from the right edge alone', () => {
    let edge = new Map<string, Uint8Array>();
    const stored = new Map<string, Uint8Array>();
    for (let size = 0; size < maxSize; size++) {
      const step = appendLeaves(sha256, size, edge, [leafOf(size)]);
      for (const path of step.removed) stored.delete(path);
      for (const [path, bytes] of step.written) stored.set(path, bytes);
      expect(step.written.size).toBeLessThanOrEqual(3);
      edge = new Map(
        rightEdge(step.size).map((tile) => [formatTilePath(tile), stored.get(formatTilePath(tile)) as Uint8Array]),
      );
      const needed = new Map(edgePaths(step.size).map((path) => [path, edge.get(path) as Uint8Array]));
      expect(hex(rootFromEdge(sha256, step.size, needed))).toBe(hex(rootOf(step.size)));
      const expected = allTiles(step.size)
        .filter(({ level }) => level !== 'entries')
        .map(formatTilePath);
      expect([...stored.keys()].sort()).toEqual(expected.sort());
    }
  });

  test('appending in any portions gives the same tiles', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 6 }), (portions) => {
        const stored = new Map<string, Uint8Array>();
        let size = 0;
        for (const portion of portions) {
          const added = leaves.slice(size, Math.min(maxSize, size + portion));
          const step = appendLeaves(sha256, size, stored, added);
          for (const path of step.removed) stored.delete(path);
          for (const [path, bytes] of step.written) stored.set(path, bytes);
          size = step.size;
        }
        const whole = tilesOf(size);
        expect([...stored.keys()].sort()).toEqual([...whole.keys()].sort());
        for (const [path, bytes] of whole) expect(hex(stored.get(path) ?? null)).toBe(hex(bytes));
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  test('a missing or shortened tile has no hash', () => {
    const tiles = new Map(tilesOf(300));
    tiles.set('tile/0/001.p/44', new Uint8Array(43 * 32));
    expect(rootFromEdge(sha256, 300, tiles)).toBeNull();
    tiles.delete('tile/0/001.p/44');
    expect(rootFromEdge(sha256, 300, tiles)).toBeNull();
  });
});

describe('proofs', () => {
  const inclusion = (index: number, size: number, tiles = tilesOf(size)) =>
    readProof(sha256, tiles, planInclusion(index, size), size);
  const consistency = (oldSize: number, newSize: number, tiles = tilesOf(newSize)) =>
    readProof(sha256, tiles, planConsistency(oldSize, newSize), newSize);

  test('every leaf of every size below 100 is proven, and only at its place', () => {
    for (let size = 1; size < 100; size++) {
      const tiles = tilesOf(size);
      for (let index = 0; index < size; index++) {
        const proof = inclusion(index, size, tiles);
        const claim = { index, size, leaf: leafOf(index), root: rootOf(size), proof: proof ?? [] };
        expect(proof).not.toBeNull();
        expect(verifyInclusion(sha256, claim)).toBe(true);
        expect(verifyInclusion(sha256, { ...claim, leaf: leafOf(index + 1) })).toBe(false);
        expect(verifyInclusion(sha256, { ...claim, root: rootOf(size + 1) })).toBe(false);
        expect(verifyInclusion(sha256, { ...claim, proof: [...claim.proof, leafOf(0)] })).toBe(false);
        if (claim.proof.length > 0)
          expect(verifyInclusion(sha256, { ...claim, proof: claim.proof.slice(1) })).toBe(false);
      }
    }
  });

  test('every two sizes below 100 are proven to be consistent, and only with their roots', () => {
    for (let newSize = 0; newSize < 100; newSize++) {
      const tiles = tilesOf(newSize);
      for (let oldSize = 0; oldSize <= newSize; oldSize++) {
        const proof = consistency(oldSize, newSize, tiles) ?? [];
        const claim = { oldSize, newSize, oldRoot: rootOf(oldSize), newRoot: rootOf(newSize), proof };
        expect(verifyConsistency(sha256, claim)).toBe(true);
        expect(verifyConsistency(sha256, { ...claim, oldRoot: rootOf(oldSize + 1) })).toBe(false);
        expect(verifyConsistency(sha256, { ...claim, proof: [...proof, leafOf(0)] })).toBe(false);
        if (oldSize > 0) expect(verifyConsistency(sha256, { ...claim, newRoot: rootOf(newSize + 1) })).toBe(false);
      }
    }
  });

  test('so are large trees, from the few tiles that are asked for', () => {
    const size = fc.integer({ min: 1, max: maxSize - 1 });
    fc.assert(
      fc.property(size, size, (one, other) => {
        const [small, large] = one < other ? [one, other] : [other, one];
        const all = tilesOf(large);
        const only = (plan: ReturnType<typeof planInclusion>) =>
          new Map(tilesOfRanges(plan, large).map((path) => [path, all.get(path) as Uint8Array]));
        const index = small - 1;
        const proof = inclusion(index, large, only(planInclusion(index, large))) ?? [];
        expect(verifyInclusion(sha256, { index, size: large, leaf: leafOf(index), root: rootOf(large), proof })).toBe(
          true,
        );
        const path = consistency(small, large, only(planConsistency(small, large))) ?? [];
        const claim = { oldSize: small, newSize: large, oldRoot: rootOf(small), newRoot: rootOf(large), proof: path };
        expect(verifyConsistency(sha256, claim)).toBe(true);
        expect(hex(hashOfRange(sha256, all, { start: 0, end: small }, large))).toBe(hex(rootOf(small)));
      }),
      { seed: 5, numRuns: 150 },
    );
  });

  test('hostile numbers are refused', () => {
    const claim = { index: 0, size: 1, leaf: leafOf(0), root: rootOf(1), proof: [] };
    for (const index of [-1, 1, Number.NaN, 0.5]) expect(verifyInclusion(sha256, { ...claim, index })).toBe(false);
    const sizes = { oldRoot: rootOf(1), newRoot: rootOf(1), proof: [] };
    for (const oldSize of [-1, 2, Number.NaN])
      expect(verifyConsistency(sha256, { ...sizes, oldSize, newSize: 1 })).toBe(false);
  });
});

describe('bundles', () => {
  test('entries are read back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 256 }), (entries) => {
        expect(parseBundle(formatBundle(entries))?.map(hex)).toEqual(entries.map(hex));
      }),
      { seed: 3, numRuns: 100 },
    );
    const longest = new Uint8Array(maxEntryBytes).fill(1);
    expect(parseBundle(formatBundle([longest]))?.[0]?.length).toBe(maxEntryBytes);
  });

  test('a bundle that ends in the middle of an entry, or holds too many, is none', () => {
    const bytes = formatBundle([utf8('one'), utf8('two')]);
    for (let end = 1; end < bytes.length; end++) if (end !== 5) expect(parseBundle(bytes.slice(0, end))).toBeNull();
    expect(parseBundle(new Uint8Array(2 * 257))).toBeNull();
    expect(equalBytes(new Uint8Array(1), new Uint8Array(2))).toBe(false);
  });
});
