import { peekEntry } from '../entry/entry.js';
import { type Parsed } from '../entry/statement.js';
import { parseBundle } from '../merkle/bundle.js';
import { planInclusion, readProof, verifyInclusion } from '../merkle/proof.js';
import { formatTilePath, tileIn, tilesOfRanges, tileWidth } from '../merkle/tile.js';
import { leafHash } from '../merkle/tree.js';
import type { TlogProof } from '../note/tlog-proof.js';
import type { LogSource } from './source.js';
import type { Head, LogTrust } from './tip.js';

/** An entry with the proof that the log of `head` holds it; verified, or the reason why it cannot be. */
export async function proveEntry(
  source: LogSource,
  head: Head,
  index: number,
  trust: Pick<LogTrust, 'sha256'>,
): Promise<Parsed<{ readonly bytes: Uint8Array; readonly id: string; readonly proof: TlogProof }>> {
  const { size, root } = head.checkpoint;
  const bundle = index < size ? tileIn(size, 'entries', Math.floor(index / tileWidth)) : null;
  if (bundle === null) return { fault: `entry ${index} is not in a log of ${size}` };
  const plan = planInclusion(index, size);
  const files = await source.read([formatTilePath(bundle), ...tilesOfRanges(plan, size)]);
  const bytes = parseBundle(files.get(formatTilePath(bundle)) ?? new Uint8Array(0))?.[index % tileWidth];
  const hashes = readProof(trust.sha256, files, plan, size);
  if (bytes === undefined || hashes === null) return { fault: `entry ${index} or a tile of its proof is missing` };
  const leaf = leafHash(trust.sha256, bytes);
  if (!verifyInclusion(trust.sha256, { index, size, leaf, root, proof: hashes })) {
    return { fault: `entry ${index} is not the one that the checkpoint vouches for` };
  }
  const entry = peekEntry(bytes);
  if ('fault' in entry) return { fault: `entry ${index}: ${entry.fault}` };
  const proof: TlogProof = { index, hashes, checkpoint: head.checkpointText, extra: null };
  return { value: { bytes, id: entry.value.event.id, proof } };
}
