import { hashBytes } from '../merkle/tree.js';
import { formatBase64, parseBase64 } from '@weighbridge/core';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from '../note/checkpoint.js';

/** No log can have this as its origin's checkpoint: the second line of a checkpoint is a number. */
const firstLine = 'weighbridge-map/v1';

/**
 * What the files that are made from a log's entries must be, at one size of it. A log-backed map: signed by whoever
 * signs the checkpoint, and good for that checkpoint only.
 */
export interface MapHead {
  /** The log that it is made from, at that size. */
  readonly checkpoint: Checkpoint;
  /** SHA-256 of state.json. */
  readonly state: Uint8Array;
  /** Root of the map of all other files. */
  readonly root: Uint8Array;
}

/** Six lines: what it is, the three of the checkpoint, and the two hashes in base64. Inverse of parseMapHead. */
export function formatMapHead(head: MapHead): string {
  return `${firstLine}\n${formatCheckpoint(head.checkpoint)}${formatBase64(head.state)}\n${formatBase64(head.root)}\n`;
}

/** Null for every text that formatMapHead does not make. */
export function parseMapHead(text: string): MapHead | null {
  const lines = text.split('\n');
  if (lines.length !== 7 || lines[0] !== firstLine || lines[6] !== '') return null;
  const checkpoint = parseCheckpoint(`${lines.slice(1, 4).join('\n')}\n`);
  const state = parseHash(lines[4]);
  const root = parseHash(lines[5]);
  return checkpoint === null || state === null || root === null ? null : { checkpoint, state, root };
}

function parseHash(text: string | undefined): Uint8Array | null {
  const bytes = parseBase64(text ?? '');
  return bytes?.length === hashBytes ? bytes : null;
}
