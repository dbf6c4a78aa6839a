import { maxBundleBytes, parseBundle } from '../merkle/bundle.js';
import { formatTilePath, parseTilePath, type TileAt, tileWidth } from '../merkle/tile.js';
import { type Audit, filesPerRead } from './audit-options.js';
import type { Findings } from './finding.js';
import type { Replay } from './replay-entries.js';

/** How many entries the bundles of a branch without a readable checkpoint seem to hold. */
export function entriesOnBranch(paths: readonly string[]): number {
  const tiles = paths.map(parseTilePath).filter((tile): tile is TileAt => tile?.level === 'entries');
  return tiles.reduce((size, tile) => Math.max(size, tile.index * tileWidth + tile.width), 0);
}

/** Replays the entries of a log of `size`, bundle by bundle. */
export async function replayBundles(replay: Replay, size: number, { options, paths, findings }: Audit): Promise<void> {
  // A checkpoint that claims more than the branch can hold must not make us walk that far.
  const within = Math.min(size, (options.paths.length + 1) * tileWidth);
  const bundles = allBundles(within);
  for (let at = 0; at < bundles.length; at += filesPerRead) {
    const group = bundles.slice(at, at + filesPerRead);
    const files = await options.read(group.map(formatTilePath).filter((path) => paths.has(path)));
    for (const bundle of group) replayBundle(replay, bundle, { bytes: files.get(formatTilePath(bundle)), findings });
  }
}

/** Every entry bundle of a log. */
export function allBundles(size: number): readonly TileAt[] {
  const bundles: TileAt[] = [];
  for (let index = 0; index * tileWidth < size; index++) {
    bundles.push({ level: 'entries', index, width: Math.min(tileWidth, size - index * tileWidth) });
  }
  return bundles;
}

function replayBundle(
  replay: Replay,
  bundle: TileAt,
  { bytes, findings }: { readonly bytes: Uint8Array | undefined; readonly findings: Findings },
): void {
  const path = formatTilePath(bundle);
  if (bytes === undefined) findings.add('bundle-missing', { path, because: `The entries in ${path} are missing.` });
  const entries = bytes === undefined || bytes.length > maxBundleBytes ? null : parseBundle(bytes);
  if (bytes !== undefined && entries?.length !== bundle.width) {
    const because =
      entries === null
        ? `${path} is not well-formed.`
        : `${path} holds ${entries?.length} entries and not ${bundle.width}.`;
    findings.add('bundle-malformed', { path, because });
  }
  for (let place = 0; place < bundle.width; place++) {
    const entry = entries?.[place];
    if (entry === undefined) replay.skip();
    else replay.add(entry);
  }
}
