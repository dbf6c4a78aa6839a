import { formatBase64, parseBase64 } from '@weighbridge/core';
import { hashBytes } from '../merkle/tree.js';

const header = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^63 leaves needs no more. */
const maxProofHashes = 63;

/** A proof that an entry is in a log, to be kept beside what it speaks of (C2SP tlog-proof). */
export interface TlogProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The signed note of the checkpoint, whole. */
  readonly checkpoint: string;
  readonly extra: Uint8Array | null;
}

/** Inverse of parseTlogProof. File extension `.tlog-proof`. */
export function formatTlogProof(proof: TlogProof): string {
  const extra = proof.extra === null ? [] : [`extra ${formatBase64(proof.extra)}`];
  return `${[header, ...extra, `index ${proof.index}`, ...proof.hashes.map(formatBase64)].join('\n')}\n\n${proof.checkpoint}`;
}

/** Null for every text that is no proof. */
export function parseTlogProof(text: string): TlogProof | null {
  const split = text.indexOf('\n\n');
  if (split < 0) return null;
  const lines = text.slice(0, split).split('\n');
  if (lines.shift() !== header) return null;
  const extraText = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined;
  const extra = extraText === undefined ? null : parseBase64(extraText);
  const indexText = /^index (0|[1-9]\d{0,14})$/.exec(lines.shift() ?? '')?.[1];
  if (indexText === undefined || lines.length > maxProofHashes || (extraText !== undefined && extra === null))
    return null;
  const hashes: Uint8Array[] = [];
  for (const line of lines) {
    const hash = parseBase64(line);
    if (hash === null || hash.length !== hashBytes) return null;
    hashes.push(hash);
  }
  return { index: Number(indexText), hashes, checkpoint: text.slice(split + 2), extra };
}
