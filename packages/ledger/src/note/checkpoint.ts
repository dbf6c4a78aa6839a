import { parseBase64, formatBase64 } from '@weighbridge/core';
import { isKeyName } from './key.js';
import { hashBytes, maxTreeSize } from '../merkle/tree.js';

/** The head of a log (C2SP tlog-checkpoint, without extension lines: times belong in entries). */
export interface Checkpoint {
  /** The log's identity, without spaces and `+`; the name of its key, too. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** Three lines: origin, size, base64 of the root hash. Inverse of parseCheckpoint. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${formatBase64(checkpoint.root)}\n`;
}

/** Null for every text that formatCheckpoint does not make. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const lines = text.split('\n');
  const [origin = '', size = '', rootText = ''] = lines;
  if (lines.length !== 4 || lines[3] !== '' || !isKeyName(origin) || !/^(?:0|[1-9]\d{0,12})$/.test(size)) return null;
  const root = parseBase64(rootText);
  if (root === null || root.length !== hashBytes || Number(size) > maxTreeSize) return null;
  return { origin, size: Number(size), root };
}
