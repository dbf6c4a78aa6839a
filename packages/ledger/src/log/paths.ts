import { type Digest, digestHex, isModelName, type ModelName } from '@weighbridge/core';

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

/** The model of a path below `models/`, or null. */
export function parseModelPath(path: string): ModelName | null {
  const name = /^models\/([^/]+)\//.exec(path)?.[1] ?? '';
  return isModelName(name) ? name : null;
}
