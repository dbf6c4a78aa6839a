import { checkpointPath, mapHeadPath, parseEvidenceBundlePath, parseEvidencePath, statePath } from '../log/paths.js';
import { appendLeaves } from '../merkle/append.js';
import { formatTilePath, rootFromEdge, tileWidth } from '../merkle/tile.js';
import { equalBytes, hashBytes } from '../merkle/tree.js';
import type { VerifierKey } from '../note/key.js';
import { parseSignedNote, verifyNote } from '../note/signed-note.js';
import { type DerivedFiles, deriveFiles } from './derived-files.js';
import { type Audit, filesPerRead, type VerifyLogOptions } from './audit-options.js';
import { type Finding, Findings } from './finding.js';
import { allBundles, entriesOnBranch, replayBundles } from './replay-bundles.js';
import { Replay } from './replay-entries.js';
import { type EvidenceOnBranch, verifyEvidence } from './verify-evidence.js';
import { decodeOrNull, type KeysFrom, readCheckpoint, readKeys, verifyOthers } from './verify-checkpoint.js';

/** What an audit of a log came to. */
export interface LogVerdict {
  /** Every fault that was found, in the order of the checks; empty for a good log. */
  readonly findings: readonly Finding[];
  readonly size: number;
  readonly origin: string | null;
  readonly signed: boolean;
  /** Whose keys counted: those given, or, for want of them, those that the branch names of itself. */
  readonly keysFrom: KeysFrom;
}

/**
 * Replays a whole log and compares everything on its branch with that: the checkpoint's signature, the root and each
 * tile with the hashes of the entries, each entry with its schema, signature and the rules, the catalogues, pages and
 * index with what the entries make of them, each piece of evidence with its digest, and checkpoints kept elsewhere with
 * this log's tree. A byte that differs anywhere is a finding.
 */
export async function verifyLog(options: VerifyLogOptions): Promise<LogVerdict> {
  return (await examineLog(options)).verdict;
}

/** A verdict, and what the branch should hold besides the log itself. */
export interface Examination {
  readonly verdict: LogVerdict;
  readonly derived: DerivedFiles;
  readonly replay: Replay;
  readonly evidence: EvidenceOnBranch;
  /** Whether the entries are signed. */
  readonly signed: boolean;
}

/** As verifyLog. */
export async function examineLog(options: VerifyLogOptions): Promise<Examination> {
  const findings = new Findings();
  const { trust } = options;
  const paths = new Set(options.paths);
  const head = await options.read([checkpointPath, statePath]);
  const { keys, keysFrom } = readKeys(head.get(statePath), trust);
  const checkpoint = readCheckpoint(head.get(checkpointPath), keys, { options, findings });
  const size = checkpoint?.checkpoint.size ?? entriesOnBranch(options.paths);
  const replay = new Replay({ ...trust, keys }, findings);
  await replayBundles(replay, size, { options, paths, findings });
  if (checkpoint !== null && replay.signed === true && !checkpoint.signed) {
    findings.add('checkpoint-signature', {
      path: checkpointPath,
      because: 'The checkpoint is not signed, and the entries are.',
    });
  }
  const tiles = expectedTiles(replay, trust);
  await compareFiles(tiles, 'tile', { options, paths, findings });
  const root = rootFromEdge(trust.sha256, replay.leaves.length, tiles);
  if (checkpoint !== null && (root === null || !equalBytes(root, checkpoint.checkpoint.root))) {
    findings.add('root-differs', {
      path: checkpointPath,
      because: 'The entries do not hash to the root of the checkpoint.',
    });
  }
  const origin = checkpoint?.checkpoint.origin ?? null;
  const derived = deriveFiles(replay, checkpoint?.checkpoint ?? null, keys, trust);
  await compareFiles(derived.files, 'file', { options, paths, findings });
  const signed = replay.signed === true;
  await verifyMapHead(derived.mapHead, { options, paths, findings }, { keys, origin, signed });
  const evidence = await verifyEvidence(replay, size, { options, paths, findings });
  const expected = new Set([...tiles.keys(), ...derived.files.keys(), mapHeadPath]);
  findUnexpected(expected, size, { options, paths, findings });
  verifyOthers(tiles, replay.leaves.length, origin, { options, keys, signed, findings });
  return { verdict: { findings: findings.all, size, origin, signed, keysFrom }, derived, replay, evidence, signed };
}

/** The head of the map must say what the entries make it, and carry the same signature as the checkpoint. */
async function verifyMapHead(
  expected: string | null,
  { options, findings }: Audit,
  log: { readonly keys: readonly VerifierKey[]; readonly origin: string | null; readonly signed: boolean },
): Promise<void> {
  const path = mapHeadPath;
  const bytes = (await options.read([path])).get(path);
  if (bytes === undefined) {
    findings.add('file-missing', { path, because: `${path} is missing.` });
    return;
  }
  const text = decodeOrNull(bytes) ?? '';
  const note = log.signed ? parseSignedNote(text) : null;
  if ((log.signed ? note?.text : text) !== expected) {
    findings.add('file-differs', { path, because: `${path} is not what the entries make it.` });
  }
  if (!log.signed) return;
  const signers = note === null ? null : verifyNote(note, log.keys, options.trust.verifySignature);
  if (signers === null || !signers.some(({ name }) => name === log.origin)) {
    findings.add('map-signature', { path, because: `No trusted key signed ${path}, or a signature on it is bad.` });
  }
}

/** Tiles as the entries make them; those above a missing entry differ from what is stored, which is said of them too. */
function expectedTiles(replay: Replay, trust: VerifyLogOptions['trust']): ReadonlyMap<string, Uint8Array> {
  const leaves = replay.leaves.map((leaf) => (leaf.length === 0 ? new Uint8Array(hashBytes) : leaf));
  return appendLeaves(trust.sha256, 0, new Map(), leaves).written;
}

async function compareFiles(
  expected: ReadonlyMap<string, Uint8Array>,
  kind: 'tile' | 'file',
  { options, paths, findings }: Audit,
): Promise<void> {
  const all = [...expected.keys()];
  for (let at = 0; at < all.length; at += filesPerRead) {
    const group = all.slice(at, at + filesPerRead);
    const files = await options.read(group.filter((path) => paths.has(path)));
    for (const path of group) {
      const bytes = files.get(path);
      if (bytes === undefined) findings.add(`${kind}-missing`, { path, because: `${path} is missing.` });
      else if (!equalBytes(bytes, expected.get(path) as Uint8Array)) {
        findings.add(`${kind}-differs`, { path, because: `${path} is not what the entries make it.` });
      }
    }
  }
}

function findUnexpected(expected: ReadonlySet<string>, size: number, { options, findings }: Audit): void {
  const bundles = new Set(allBundles(Math.min(size, (options.paths.length + 1) * tileWidth)).map(formatTilePath));
  for (const path of options.paths) {
    if (path === checkpointPath || expected.has(path) || bundles.has(path) || isEvidence(path)) continue;
    findings.add('file-unexpected', { path, because: `${path} is not part of a ledger.` });
  }
}

/** Whether a path is one of evidence; verifyEvidence says whether it should be there. */
function isEvidence(path: string): boolean {
  return parseEvidencePath(path) !== null || parseEvidenceBundlePath(path) !== null;
}
