import type { Sha256 } from '@weighbridge/core';
import { planConsistency, readProof, verifyConsistency } from '../merkle/proof.js';
import { tilesOfRanges } from '../merkle/tile.js';
import { type Checkpoint, parseCheckpoint } from '../note/checkpoint.js';
import { parseSignedNote } from '../note/signed-note.js';
import type { LogSource } from './source.js';
import type { Head } from './tip.js';

/** The checkpoint in a file of one, signed or not; says nothing of signatures. */
export function peekCheckpoint(text: string): Checkpoint | null {
  return parseCheckpoint(parseSignedNote(text)?.text ?? text);
}

/**
 * Why a log (null: there is none) does not go on from a checkpoint that was seen of it, or null when it does. Costs a
 * consistency proof from the log's tiles.
 */
export async function findBreak(
  source: Pick<LogSource, 'read'>,
  head: Pick<Head, 'checkpoint'> | null,
  seen: Checkpoint,
  sha256: Sha256,
): Promise<string | null> {
  if (head === null) return `there is none, and it had ${seen.size} entries`;
  const { origin, size, root } = head.checkpoint;
  if (origin !== seen.origin) return `it is the log ${origin}, and it was ${seen.origin}`;
  if (size < seen.size) return `it has ${size} entries, and it had ${seen.size}`;
  const plan = planConsistency(seen.size, size);
  const tiles = await source.read(tilesOfRanges(plan, size));
  const proof = readProof(sha256, tiles, plan, size);
  if (proof === null) return 'its tiles are missing or have the wrong length';
  const claim = { oldSize: seen.size, oldRoot: seen.root, newSize: size, newRoot: root, proof };
  return verifyConsistency(sha256, claim) ? null : `its first ${seen.size} entries are others than they were`;
}
