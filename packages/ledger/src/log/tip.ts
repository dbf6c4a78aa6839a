import { parseUtf8, type Sha256, type WeighbridgeError, weighbridgeError } from '@weighbridge/core';
import { parseBundle } from '../merkle/bundle.js';
import { formatTilePath, rightEdge, rootFromEdge, type Tiles, tileWidth } from '../merkle/tile.js';
import { equalBytes, hashBytes, leafHash } from '../merkle/tree.js';
import { type MapHead, parseMapHead } from '../map/head.js';
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from '../note/checkpoint.js';
import { type NoteSigner, parseVerifierKey, type VerifierKey, type VerifySignature } from '../note/key.js';
import { parseSignedNote, verifyNote } from '../note/signed-note.js';
import { checkpointPath, mapHeadPath, statePath } from './paths.js';
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
export interface Tip extends Head {
  /** Current partial tiles by path. */
  readonly edge: Tiles;
  /** Entries of the partial bundle. */
  readonly pendingEntries: readonly Uint8Array[];
}

/** The head of a log: its checkpoint, and the head of the map that binds what is made from it, both verified. */
export interface Head {
  readonly checkpoint: Checkpoint;
  readonly checkpointText: string;
  readonly state: LogState;
  readonly map: MapHead;
}

/** Files that readHead looks at. */
export const headPaths: readonly string[] = [checkpointPath, statePath, mapHeadPath];

/**
 * Reads checkpoint, state and head of the map, and verifies the signatures and that the three belong together; null
 * when there is no log. @throws ledger/damaged, ledger/untrusted, ledger/unbound, ledger/derived-differs
 */
export async function readHead(source: Pick<LogSource, 'read'>, trust: LogTrust): Promise<Head | null> {
  const files = await source.read(headPaths);
  const checkpointFile = files.get(checkpointPath);
  const stateFile = files.get(statePath);
  const mapFile = files.get(mapHeadPath);
  if (files.size === 0) return null;
  if (checkpointFile === undefined || stateFile === undefined)
    throw damaged('its checkpoint or its state.json is missing');
  const state = parseState(stateFile);
  if ('fault' in state) throw damaged(`state.json is not well-formed: ${state.fault}`);
  const checkpointText = decode(checkpointFile, checkpointPath);
  const checkpoint = parseCheckpoint(readNote(checkpointText, { state: state.value, trust, path: checkpointPath }));
  if (checkpoint === null) throw damaged('its checkpoint is not well-formed');
  requireOwnSignature(checkpointText, { checkpoint, state: state.value, trust, path: checkpointPath });
  if (mapFile === undefined) throw weighbridgeError('ledger/unbound', {});
  const map = readMapHead(decode(mapFile, mapHeadPath), { checkpoint, state: state.value, trust });
  if (!equalBytes(trust.sha256(stateFile), map.state)) throw differs(statePath, 'it has other bytes');
  return { checkpoint, checkpointText, state: state.value, map };
}

/** The head of the map, which must be that of this very checkpoint: an older one would vouch for older files. */
function readMapHead(
  text: string,
  about: { readonly checkpoint: Checkpoint; readonly state: LogState; readonly trust: LogTrust },
): MapHead {
  const map = parseMapHead(readNote(text, { ...about, path: mapHeadPath }));
  if (map === null) throw differs(mapHeadPath, 'it is not well-formed');
  requireOwnSignature(text, { ...about, path: mapHeadPath });
  if (formatCheckpoint(map.checkpoint) !== formatCheckpoint(about.checkpoint))
    throw differs(mapHeadPath, 'it is that of another checkpoint');
  return map;
}

/**
 * Reads the head and the right edge, and verifies that they belong together: the root made from the partial tiles is
 * that of the checkpoint, and the entries of the partial bundle hash to the last partial tile.
 * @throws ledger/damaged, ledger/untrusted
 */
export async function readTip(source: Pick<LogSource, 'read'>, trust: LogTrust): Promise<Tip | null> {
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

/** The text of a note, or of a file of an unsigned log, which is one without signatures. */
function readNote(
  text: string,
  { state, trust, path }: { readonly state: LogState; readonly trust: LogTrust; readonly path: string },
): string {
  if (!state.signed) {
    if (trust.verifierKeys.length > 0) throw untrusted(path, 'the log is not signed at all');
    return text;
  }
  const note = parseSignedNote(text);
  if (note === null) throw damaged(`its ${path} is not a signed note`);
  return note.text;
}

/** A note of a signed log must carry a good signature of a trusted key with the log's name, and no bad one. */
function requireOwnSignature(
  text: string,
  about: {
    readonly checkpoint: Checkpoint;
    readonly state: LogState;
    readonly trust: LogTrust;
    readonly path: string;
  },
): void {
  const { checkpoint, state, trust, path } = about;
  const note = state.signed ? parseSignedNote(text) : null;
  if (note === null) return;
  const signers = verifyNote(note, trustedKeys(trust, state), trust.verifySignature);
  if (signers === null) throw untrusted(path, 'a signature on it is bad');
  if (!signers.some((key) => key.name === checkpoint.origin))
    throw untrusted(path, `none of the trusted keys of ${checkpoint.origin} signed it`);
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

function decode(bytes: Uint8Array, path: string): string {
  try {
    return parseUtf8(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw damaged(`its ${path} is not UTF-8`);
    throw error;
  }
}

function damaged(because: string): WeighbridgeError {
  return weighbridgeError('ledger/damaged', { because });
}

function untrusted(path: string, because: string): WeighbridgeError {
  return weighbridgeError('ledger/untrusted', { path, because });
}

function differs(path: string, because: string): WeighbridgeError {
  return weighbridgeError('ledger/derived-differs', { path, because });
}
