import { type ModelName, type Sha256, weighbridgeError } from '@weighbridge/core';
import type { ModelCatalogue } from '../catalogue.js';
import { maxBundleBytes, parseBundle } from '../merkle/bundle.js';
import { formatTilePath, type TileAt, tileIn, type Tiles, tileWidth } from '../merkle/tile.js';
import { findForeignTile, tilesUpward } from '../merkle/tile-path.js';
import { equalBytes, hashBytes, leafHash } from '../merkle/tree.js';
import { bindingPaths, type BoundFiles, readBound, readBoundHashes } from '../map/bound-files.js';
import { parseCatalogue } from './catalogue-file.js';
import { parseModelNames } from './model-names.js';
import { cataloguePath, modelNamesPath } from './paths.js';
import type { LogSource } from './source.js';
import type { Head } from './tip.js';

/** Files that readCatalogue looks at, so that they can be brought in one trip. */
export function cataloguePaths(sha256: Sha256, model: ModelName): readonly string[] {
  const path = cataloguePath(model);
  return [path, ...bindingPaths(sha256, [path])];
}

/**
 * The catalogue of one model as the log's head (null: there is no log) vouches for it, or null when the log does not
 * know it. Three files, whatever the log's size. @throws ledger/malformed, ledger/derived-differs
 */
export async function readCatalogue(
  source: Pick<LogSource, 'read'>,
  head: Pick<Head, 'map'> | null,
  model: ModelName,
  sha256: Sha256,
): Promise<ModelCatalogue | null> {
  return (await readCatalogues(source, head, [model], sha256)).get(model) ?? null;
}

/** The catalogues of several models in one trip; of those that the log does not know there is none. @throws as readCatalogue */
export async function readCatalogues(
  source: Pick<LogSource, 'read'>,
  head: Pick<Head, 'map'> | null,
  models: readonly ModelName[],
  sha256: Sha256,
): Promise<ReadonlyMap<ModelName, ModelCatalogue>> {
  const { files } = await readBound(source, head?.map ?? null, models.map(cataloguePath), sha256);
  const catalogues = new Map<ModelName, ModelCatalogue>();
  for (const model of models) {
    const bytes = files.get(cataloguePath(model));
    if (bytes === undefined) continue;
    const parsed = parseCatalogue(bytes);
    if ('fault' in parsed) throw malformed(`The catalogue of ${model}`, parsed.fault);
    if (parsed.value.model !== model)
      throw malformed(`The catalogue of ${model}`, `it is that of ${parsed.value.model}`);
    catalogues.set(model, parsed.value);
  }
  return catalogues;
}

/**
 * SHA-256 in hex of the catalogue of every model: what is equal has not changed, so that a reader who kept something
 * of it need not read it again. Costs the names and the map. @throws ledger/malformed, ledger/derived-differs
 */
export async function readCatalogueHashes(
  source: Pick<LogSource, 'read'>,
  head: Pick<Head, 'map'> | null,
  sha256: Sha256,
): Promise<ReadonlyMap<ModelName, string>> {
  const models = await readModelNames(source, head, sha256);
  const hashes = await readBoundHashes(source, head?.map ?? null, models.map(cataloguePath), sha256);
  return new Map(
    models.flatMap((model) => {
      const hash = hashes.get(cataloguePath(model));
      return hash === undefined ? [] : [[model, hash] as const];
    }),
  );
}

/** Names of all models, sorted, as the log's head vouches for them. @throws ledger/derived-differs */
export async function readModelNames(
  source: Pick<LogSource, 'read'>,
  head: Pick<Head, 'map'> | null,
  sha256: Sha256,
): Promise<readonly ModelName[]> {
  return parseBoundNames(await readBound(source, head?.map ?? null, [modelNamesPath], sha256));
}

/** The names in files that were read; none where the file is not there. @throws ledger/malformed */
export function parseBoundNames(bound: BoundFiles): readonly ModelName[] {
  const bytes = bound.files.get(modelNamesPath);
  const names = bytes === undefined ? [] : parseModelNames(bytes);
  if (names === null) throw malformed(modelNamesPath, 'it is not a list of model names');
  return names;
}

/**
 * Entries [start, end) of a log, as they are stored, each compared with the tile that leads to the checkpoint's root;
 * less where the log ends, none of no log (null). @throws ledger/malformed
 */
export async function readEntries(
  source: Pick<LogSource, 'read'>,
  head: Pick<Head, 'checkpoint'> | null,
  range: { readonly start: number; readonly end: number },
  sha256: Sha256,
): Promise<readonly Uint8Array[]> {
  const size = head?.checkpoint.size ?? 0;
  const start = Math.max(0, range.start);
  const end = Math.min(range.end, size);
  if (head === null || start >= end) return [];
  const first = Math.floor(start / tileWidth);
  const indices = Array.from({ length: Math.ceil(end / tileWidth) - first }, (_, place) => first + place);
  const tiles = tilesUpward(indices, size);
  const bundles = indices.map((index) => tileIn(size, 'entries', index) as TileAt);
  const files = await source.read([...bundles, ...tiles].map(formatTilePath));
  const foreign = findForeignTile(sha256, files, tiles, head.checkpoint);
  if (foreign !== null) throw malformed(foreign, 'it does not lead to the root of the checkpoint');
  const entries = bundles.flatMap((bundle) => readBundle(files, bundle, sha256));
  return entries.slice(start - first * tileWidth, end - first * tileWidth);
}

function readBundle(files: Tiles, bundle: TileAt, sha256: Sha256): readonly Uint8Array[] {
  const path = formatTilePath(bundle);
  const bytes = files.get(path);
  const entries = bytes === undefined || bytes.length > maxBundleBytes ? null : parseBundle(bytes);
  const hashes = files.get(formatTilePath({ ...bundle, level: 0 }));
  const sound =
    entries?.length === bundle.width &&
    entries.every((entry, place) => {
      const stored = hashes?.subarray(place * hashBytes, (place + 1) * hashBytes);
      return stored !== undefined && equalBytes(leafHash(sha256, entry), stored);
    });
  if (!sound) throw malformed(path, 'it does not hold the entries that it should');
  return entries;
}

function malformed(what: string, reason: string): Error {
  return weighbridgeError('ledger/malformed', { what, reason });
}
