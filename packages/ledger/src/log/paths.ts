import { type Digest, digestHex, isModelName, type ModelName } from '@weighbridge/core';
import { formatTilePath, parseTilePath, tileWidth } from '../merkle/tile.js';

/** The signed head of the log. */
export const checkpointPath = 'checkpoint';
/** What is said of the log as a whole: its policy, its stages, its keys. */
export const statePath = 'state.json';
export const readmePath = 'README.md';
/** Names of all models; no model can have this name. */
export const modelNamesPath = 'models/names.txt';
/** Signed head of the map that binds the files made from entries. */
export const mapHeadPath = 'map/head';
/** Hashes of the 256 buckets of the map, 32 bytes each. */
export const mapTopPath = 'map/top';

export function cataloguePath(model: ModelName): string {
  return `models/${model}/catalogue.json`;
}

/** The page of a model for people. */
export function modelPagePath(model: ModelName): string {
  return `models/${model}/README.md`;
}

/** A document that is a file of its own. */
export function evidencePath(digest: Digest): string {
  // One flat folder would be written anew, and fetched anew, with every append.
  const hex = digestHex(digest);
  return `evidence/sha256/${hex.slice(0, 2)}/${hex}.json`;
}

/** The digest that an evidence path names, or null. Inverse of evidencePath. */
export function parseEvidencePath(path: string): Digest | null {
  const [, folder = '', hex = ''] = /^evidence\/sha256\/([0-9a-f]{2})\/([0-9a-f]{64})\.json$/.exec(path) ?? [];
  return hex === '' || !hex.startsWith(folder) ? null : `sha256:${hex}`;
}

const bundleFolder = 'evidence/bundle/';
const entriesFolder = 'tile/entries/';

/** The evidence of a full entry bundle: its number is written as that of the bundle, `evidence/bundle/x001/234`. */
export function evidenceBundlePath(index: number): string {
  const path = formatTilePath({ level: 'entries', index, width: tileWidth });
  return `${bundleFolder}${path.slice(entriesFolder.length)}`;
}

/** The number in the path of an evidence bundle, or null. Inverse of evidenceBundlePath. */
export function parseEvidenceBundlePath(path: string): number | null {
  if (!path.startsWith(bundleFolder)) return null;
  const tile = parseTilePath(`${entriesFolder}${path.slice(bundleFolder.length)}`);
  return tile?.width === tileWidth ? tile.index : null;
}

/** The model of a path below `models/`, or null. */
export function parseModelPath(path: string): ModelName | null {
  const name = /^models\/([^/]+)\//.exec(path)?.[1] ?? '';
  return isModelName(name) ? name : null;
}
