import { parseUtf8, type Sha256, type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { parseBundle } from '../merkle/bundle.js';
import { formatTilePath, rightEdge, rootFromEdge, type Tiles, tileWidth } from '../merkle/tile.js';
import { equalBytes, hashBytes, leafHash } from '../merkle/tree.js';
import { type Checkpoint, parseCheckpoint } from '../note/checkpoint.js';
import { type NoteSigner, parseVerifierKey, type VerifierKey, type VerifySignature } from '../note/key.js';
import { parseSignedNote, verifyNote } from '../note/signed-note.js';
import { checkpointPath, statePath } from './paths.js';
import type { LogSource } from './source.js';
import { type LogState, parseState } from './state.js';

/** Hash, keys and signatures, as the host gives them. */
export interface LogTrust {
  readonly sha256: Sha256;
  readonly verifySignature: VerifySignature;
  /** Verifier keys whose signatures count. Empty: those that the branch names, which shows accidents but no forger. */
  readonly verifierKeys: readonly string[];
  /** Signs what is appended; null in unsigned logs and for readers. */
  readonly signer: NoteSigner | null;
}

/** The end of a log: what an append needs to know of all that came before. */
export interface Tip {
  readonly checkpoint: Checkpoint;
  /** The file as it stands. */
  readonly checkpointText: string;
  readonly state: LogState;
  /** Current partial tiles by path. */
  readonly edge: Tiles;
  /** Entries of the partial bundle. */
  readonly pendingEntries: readonly Uint8Array[];
}

/** The head of a log: its checkpoint, verified. */
export interface Head {
  readonly checkpoint: Checkpoint;
  readonly checkpointText: string;
  readonly state: LogState;
}

/**
 * Reads checkpoint and state and verifies the signature; null when there is no log.
 * @throws ledger/damaged, ledger/untrusted
 */
export async function readHead(source: LogSource, trust: LogTrust): Promise<Head | null> {
  const files = await source.read([checkpointPath, statePath]);
  const checkpointFile = files.get(checkpointPath);
  const stateFile = files.get(statePath);
  if (checkpointFile === undefined && stateFile === undefined) return null;
  if (checkpointFile === undefined || stateFile === undefined)
    throw damaged('its checkpoint or its state.json is missing');
  const state = parseState(stateFile);
  if ('fault' in state) throw damaged(`state.json is not well-formed: ${state.fault}`);
  const checkpointText = decode(checkpointFile);
  const checkpoint = state.value.signed
    ? readSignedCheckpoint(checkpointText, state.value, trust)
    : readUnsignedCheckpoint(checkpointText, trust);
  return { checkpoint, checkpointText, state: state.value };
}

/**
 * Reads the head and the right edge, and verifies that they belong together: the root made from the partial tiles is
 * that of the checkpoint, and the entries of the partial bundle hash to the last partial tile.
 * @throws ledger/damaged, ledger/untrusted
 */
export async function readTip(source: LogSource, trust: LogTrust): Promise<Tip | null> {
  const head = await readHead(source, trust);
  if (head === null) return null;
  const { size, root } = head.checkpoint;
  const tiles = rightEdge(size);
  const bundle = tiles[0]?.level === 0 ? formatTilePath({ ...tiles[0], level: 'entries' }) : null;
  const paths = tiles.map(formatTilePath);
  const files = await source.read(bundle === null ? paths : [...paths, bundle]);
  const edge = new Map([...files].filter(([path]) => path !== bundle));
  const computed = rootFromEdge(trust.sha256, size, edge);
  if (computed === null) throw damaged('a tile of its right edge is missing or has the wrong length');
  if (!equalBytes(computed, root)) throw damaged('its tiles do not hash to the root of its checkpoint');
  const pendingEntries = bundle === null ? [] : parsePending(files.get(bundle));
  if (!hashToTile(trust.sha256, pendingEntries, edge, size))
    throw damaged('its last entries do not hash to their tile');
  return { ...head, edge, pendingEntries };
}

/** Verifier keys that count for a log: the trusted ones and the signer's own, else those that the branch names. */
export function trustedKeys(trust: LogTrust, state: LogState | null): readonly VerifierKey[] {
  const own = trust.signer === null ? [] : [trust.signer.verifierKey];
  const given = [...new Set([...trust.verifierKeys, ...own])];
  return (given.length > 0 ? given : (state?.keys ?? [])).map((key) => parseVerifierKey(trust.sha256, key));
}

function readSignedCheckpoint(text: string, state: LogState, trust: LogTrust): Checkpoint {
  const note = parseSignedNote(text);
  const checkpoint = note === null ? null : parseCheckpoint(note.text);
  if (note === null || checkpoint === null) throw damaged('its checkpoint is not a signed checkpoint');
  const signers = verifyNote(note, trustedKeys(trust, state), trust.verifySignature);
  if (signers === null) throw untrusted('a signature on it is bad');
  if (!signers.some((key) => key.name === checkpoint.origin))
    throw untrusted(`none of the trusted keys of ${checkpoint.origin} signed it`);
  return checkpoint;
}

function readUnsignedCheckpoint(text: string, trust: LogTrust): Checkpoint {
  if (trust.verifierKeys.length > 0) throw untrusted('the log is not signed at all');
  const checkpoint = parseCheckpoint(text);
  if (checkpoint === null) throw damaged('its checkpoint is not well-formed');
  return checkpoint;
}

function parsePending(bytes: Uint8Array | undefined): readonly Uint8Array[] {
  const entries = bytes === undefined ? null : parseBundle(bytes);
  if (entries === null) throw damaged('its last bundle of entries is missing or not well-formed');
  return entries;
}

function hashToTile(sha256: Sha256, entries: readonly Uint8Array[], edge: Tiles, size: number): boolean {
  const width = size % tileWidth;
  if (entries.length !== width) return false;
  if (width === 0) return true;
  const tile = edge.get(formatTilePath({ level: 0, index: Math.floor(size / tileWidth), width }));
  return entries.every((entry, place) => {
    const stored = tile?.subarray(place * hashBytes, (place + 1) * hashBytes);
    return stored !== undefined && equalBytes(leafHash(sha256, entry), stored);
  });
}

function decode(bytes: Uint8Array): string {
  try {
    return parseUtf8(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw damaged('its checkpoint is not UTF-8');
    throw error;
  }
}

function damaged(because: string): WeighbridgeError {
  return weighbridgeError('ledger/damaged', { because });
}

function untrusted(because: string): WeighbridgeError {
  return weighbridgeError('ledger/untrusted', { because });
}
