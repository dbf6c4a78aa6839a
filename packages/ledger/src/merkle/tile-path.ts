import type { Sha256 } from '@weighbridge/core';
import {
  formatTilePath,
  hashWithinTile,
  rightEdge,
  rootFromEdge,
  type TileAt,
  tileIn,
  type Tiles,
  tileWidth,
} from './tile.js';
import { equalBytes, hashBytes } from './tree.js';

/** A tree that a checkpoint vouches for. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Tiles of level 0, those above each of them, and the right edge: all that is needed to trust the first. Each once. */
export function tilesUpward(indices: readonly number[], size: number): readonly TileAt[] {
  const tiles = new Map(rightEdge(size).map((tile) => [formatTilePath(tile), tile]));
  for (const index of indices) {
    let at = index;
    for (let level = 0; ; level++) {
      const tile = tileIn(size, level, at);
      if (tile === null) break;
      tiles.set(formatTilePath(tile), tile);
      at = Math.floor(at / tileWidth);
    }
  }
  return [...tiles.values()];
}

/** Path of the first of these tiles that does not lead to the root, or null when all do. The right edge is among them. */
export function findForeignTile(sha256: Sha256, files: Tiles, tiles: readonly TileAt[], head: TreeHead): string | null {
  const root = rootFromEdge(sha256, head.size, files);
  if (root === null || !equalBytes(root, head.root)) return formatTilePath(rightEdge(head.size)[0] ?? firstTile);
  const foreign = tiles.find((tile) => !hangsTogether(sha256, files, tile, head.size));
  return foreign === undefined ? null : formatTilePath(foreign);
}

const firstTile: TileAt = { level: 0, index: 0, width: 1 };

/** Whether a full tile is the one that the tile above names. Partial ones are the right edge, which the root is made of. */
function hangsTogether(sha256: Sha256, files: Tiles, tile: TileAt, size: number): boolean {
  if (tile.level === 'entries' || tile.width < tileWidth) return true;
  const bytes = files.get(formatTilePath(tile));
  const above = tileIn(size, tile.level + 1, Math.floor(tile.index / tileWidth));
  const named = above === null ? undefined : files.get(formatTilePath(above));
  if (bytes?.length !== tileWidth * hashBytes || named === undefined) return false;
  const place = (tile.index % tileWidth) * hashBytes;
  return equalBytes(hashWithinTile(sha256, bytes, 0, tileWidth), named.subarray(place, place + hashBytes));
}
