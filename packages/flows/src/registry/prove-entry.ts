import { weighbridgeError } from '@weighbridge/core';
import { formatTlogProof, planInclusion, readEvents, readProof, tilesOfRanges } from '@weighbridge/ledger';
import type { Surroundings } from '../surroundings.js';

/** An entry with the proof that it is in the ledger. */
export interface EntryProof {
  readonly index: number;
  /** The entry as it is stored. */
  readonly entry: string;
  /** C2SP tlog-proof text. */
  readonly proof: string;
}

/** The proof that an entry is in the ledger, by its index or by the id of its event. @throws flow/unknown-entry */
export async function proveEntry(surroundings: Surroundings, written: string): Promise<EntryProof> {
  const { ledger } = surroundings;
  const head = await ledger.head();
  const index = await findIndex(surroundings, written, head.size);
  const [entry] = index < head.size ? await ledger.entries(index, index + 1) : [];
  if (entry === undefined) throw weighbridgeError('flow/unknown-entry', { entry: written, size: head.size });
  const plan = planInclusion(index, head.size);
  const tiles = await ledger.files(tilesOfRanges(plan, head.size));
  const hashes = readProof(surroundings.sha256, tiles, plan, head.size);
  if (hashes === null) throw weighbridgeError('core/invariant', { reason: 'the ledger lacks a tile of its own tree' });
  const proof = formatTlogProof({ index, hashes, checkpoint: head.checkpoint, extra: null });
  return { index, entry: new TextDecoder().decode(entry), proof };
}

async function findIndex(surroundings: Surroundings, written: string, size: number): Promise<number> {
  if (!/^[0-9a-f]{64}$/.test(written)) return Number(written);
  const events = readEvents(await surroundings.ledger.entries(0, size));
  const index = events.findIndex((event) => event.id === written);
  return index === -1 ? size : index;
}
