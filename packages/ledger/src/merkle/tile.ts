import { invariant, type Sha256 } from '@weighbridge/core';
import {
  hashBytes,
  type LeafRange,
  completeSubtrees,
  joinSubtrees,
  maxTreeSize,
  type NodeAt,
  nodeHash,
} from './tree.js';

/** Hashes in a full tile, and entries in a full bundle (C2SP tlog-tiles). */
export const tileWidth = 256;
const tileHeight = 8;

/** Tile `index` of tile level `level`, holding its first `width` hashes; level `entries` names an entry bundle. */
export interface TileAt {
  readonly level: number | 'entries';
  readonly index: number;
  /** 1 to 256. */
  readonly width: number;
}

/** `tile/<L>/<N>[.p/<W>]` of C2SP tlog-tiles; inverse of parseTilePath. */
export function formatTilePath(tile: TileAt): string {
  const groups: string[] = [];
  let rest = tile.index;
  do {
    groups.unshift(String(rest % 1000).padStart(3, '0'));
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  const number = groups.map((group, place) => (place < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${tile.level}/${number}${tile.width === tileWidth ? '' : `.p/${tile.width}`}`;
}

const tilePattern = /^tile\/(entries|\d|[1-5]\d|6[0-3])\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** Null for every path that formatTilePath does not make. */
export function parseTilePath(path: string): TileAt | null {
  const match = tilePattern.exec(path);
  if (match === null) return null;
  const [, level = '', number = '', partial] = match;
  const width = partial === undefined ? tileWidth : Number(partial);
  const tile: TileAt = {
    level: level === 'entries' ? 'entries' : Number(level),
    index: Number(number.replaceAll(/[x/]/g, '')),
    width,
  };
  return width <= tileWidth && formatTilePath(tile) === path ? tile : null;
}

/** How many hashes tile level `level` holds in a tree of `size` leaves. */
export function levelCount(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** Tile `index` of a level as it stands in a tree of `size` leaves; null when it does not exist yet. */
export function tileIn(size: number, level: number | 'entries', index: number): TileAt | null {
  const count = levelCount(size, level === 'entries' ? 0 : level) - index * tileWidth;
  return count <= 0 ? null : { level, index, width: Math.min(tileWidth, count) };
}

/** The current partial tiles of a tree, from the leaves up; levels whose last tile is full are absent. */
export function rightEdge(size: number): readonly TileAt[] {
  const tiles: TileAt[] = [];
  for (let level = 0; levelCount(size, level) > 0; level++) {
    const width = levelCount(size, level) % tileWidth;
    if (width > 0) tiles.push({ level, index: Math.floor(levelCount(size, level) / tileWidth), width });
  }
  return tiles;
}

/** Every tile that a tree of `size` leaves consists of: full ones and the current partial ones, bundles included. */
export function allTiles(size: number): readonly TileAt[] {
  const tiles: TileAt[] = [];
  for (let level = 0; levelCount(size, level) > 0; level++) {
    for (let index = 0; index * tileWidth < levelCount(size, level); index++) {
      const tile = tileIn(size, level, index);
      if (tile !== null) tiles.push(tile);
    }
  }
  return [...tiles, ...tiles.filter((tile) => tile.level === 0).map((tile): TileAt => ({ ...tile, level: 'entries' }))];
}

/** The tile that a node's hash is made from, and where in it: the narrowest one, `count` hashes from `offset`. */
export function tileOfNode(
  node: NodeAt,
  size: number,
): { readonly tile: TileAt; readonly offset: number; readonly count: number } {
  const level = Math.floor(node.level / tileHeight);
  const count = 2 ** (node.level % tileHeight);
  const first = node.index * count;
  const tile = tileIn(size, level, Math.floor(first / tileWidth));
  invariant(tile !== null && size <= maxTreeSize, 'a node outside of the tree was asked for');
  return { tile, offset: first % tileWidth, count };
}

/** Tiles by path, as they were read. */
export type Tiles = ReadonlyMap<string, Uint8Array>;

/** Paths of the tiles that the hashes of these ranges are made from, each once. */
export function tilesOfRanges(ranges: readonly LeafRange[], size: number): readonly string[] {
  const nodes = ranges.flatMap((range) => completeSubtrees(range));
  return [...new Set(nodes.map((node) => formatTilePath(tileOfNode(node, size).tile)))];
}

/** Hash of a range. Null when a tile is absent or too short, which is the log's fault and not ours. */
export function hashOfRange(sha256: Sha256, tiles: Tiles, range: LeafRange, size: number): Uint8Array | null {
  const hashes: Uint8Array[] = [];
  for (const node of completeSubtrees(range)) {
    const { tile, offset, count } = tileOfNode(node, size);
    const bytes = tiles.get(formatTilePath(tile));
    if (bytes === undefined || bytes.length !== tile.width * hashBytes) return null;
    hashes.push(hashWithinTile(sha256, bytes, offset, count));
  }
  return joinSubtrees(sha256, hashes);
}

/** Root of the complete subtree over `count` (a power of two) hashes of a tile. */
export function hashWithinTile(sha256: Sha256, tile: Uint8Array, offset: number, count: number): Uint8Array {
  if (count === 1) return tile.slice(offset * hashBytes, (offset + 1) * hashBytes);
  const half = count / 2;
  return nodeHash(
    sha256,
    hashWithinTile(sha256, tile, offset, half),
    hashWithinTile(sha256, tile, offset + half, half),
  );
}

/** Root of a tree from its current partial tiles alone; null when one of them is absent or has the wrong length. */
export function rootFromEdge(sha256: Sha256, size: number, tiles: Tiles): Uint8Array | null {
  return hashOfRange(sha256, tiles, { start: 0, end: size }, size);
}

/** Paths that rootFromEdge reads. */
export function edgePaths(size: number): readonly string[] {
  return tilesOfRanges([{ start: 0, end: size }], size);
}
