import { type Digest, digestBytes, type ModelName, type Sha256, weighbridgeError } from '@weighbridge/core';
import type { ModelCatalogue } from '../catalogue.js';
import { maxBundleBytes, parseBundle } from '../merkle/bundle.js';
import { formatTilePath, tileIn, tileWidth } from '../merkle/tile.js';
import { parseCatalogue } from './catalogue-file.js';
import { cataloguePath, evidencePath } from './paths.js';
import type { LogSource } from './source.js';

/** The catalogue of one model, or null when the log does not know it. One file. @throws ledger/malformed */
export async function readCatalogue(source: Pick<LogSource, 'read'>, model: ModelName): Promise<ModelCatalogue | null> {
  const path = cataloguePath(model);
  const bytes = (await source.read([path])).get(path);
  if (bytes === undefined) return null;
  const parsed = parseCatalogue(bytes);
  if ('fault' in parsed) throw malformed(`The catalogue of ${model}`, parsed.fault);
  if (parsed.value.model !== model) throw malformed(`The catalogue of ${model}`, `it is that of ${parsed.value.model}`);
  return parsed.value;
}

/** Evidence by its digest, or null when it is not there. @throws ledger/malformed when its bytes are others. */
export async function readEvidence(
  source: Pick<LogSource, 'read'>,
  digest: Digest,
  sha256: Sha256,
): Promise<Uint8Array | null> {
  const path = evidencePath(digest);
  const bytes = (await source.read([path])).get(path);
  if (bytes === undefined) return null;
  if (digestBytes(sha256, bytes) !== digest) throw malformed(path, 'its bytes do not hash to its name');
  return bytes;
}

/** Entries [start, end) of a log of `size`, as they are stored; less where the log ends. @throws ledger/malformed */
export async function readEntries(
  source: Pick<LogSource, 'read'>,
  size: number,
  range: { readonly start: number; readonly end: number },
): Promise<readonly Uint8Array[]> {
  const start = Math.max(0, range.start);
  const end = Math.min(range.end, size);
  const bundles = [];
  for (let index = Math.floor(start / tileWidth); index * tileWidth < end; index++) {
    const bundle = tileIn(size, 'entries', index);
    if (bundle !== null) bundles.push(bundle);
  }
  const files = await source.read(bundles.map(formatTilePath));
  const first = (bundles[0]?.index ?? 0) * tileWidth;
  const entries: Uint8Array[] = [];
  for (const bundle of bundles) {
    const path = formatTilePath(bundle);
    const bytes = files.get(path);
    const parsed = bytes === undefined || bytes.length > maxBundleBytes ? null : parseBundle(bytes);
    if (parsed === null || parsed.length !== bundle.width)
      throw malformed(path, 'it does not hold the entries that it should');
    entries.push(...parsed);
  }
  return entries.slice(start - first, Math.max(start, end) - first);
}

function malformed(what: string, reason: string): Error {
  return weighbridgeError('ledger/malformed', { what, reason });
}
