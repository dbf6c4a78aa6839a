import { parseUtf8 } from '@weighbridge/core';
import { checkpointPath } from '../log/paths.js';
import { parseState } from '../log/state.js';
import { hashOfRange } from '../merkle/tile.js';
import { equalBytes } from '../merkle/tree.js';
import { type Checkpoint, parseCheckpoint } from '../note/checkpoint.js';
import { parseVerifierKey, type VerifierKey } from '../note/key.js';
import { parseSignedNote, verifyNote } from '../note/signed-note.js';
import type { Audit, VerifyLogOptions } from './audit-options.js';
import type { Findings } from './finding.js';

/** Whose keys counted in an audit. */
export type KeysFrom = 'given' | 'branch' | 'none';

/** The keys that count: those given, else those that the branch names of itself. */
export function readKeys(
  stateFile: Uint8Array | undefined,
  trust: VerifyLogOptions['trust'],
): { readonly keys: readonly VerifierKey[]; readonly keysFrom: KeysFrom } {
  if (trust.verifierKeys.length > 0) {
    return { keys: trust.verifierKeys.map((key) => parseVerifierKey(trust.sha256, key)), keysFrom: 'given' };
  }
  const state = stateFile === undefined ? null : parseState(stateFile);
  const named = state === null || 'fault' in state ? [] : state.value.keys;
  const keys = named.flatMap((key) => parseKeyOrNone(trust, key));
  return { keys, keysFrom: keys.length > 0 ? 'branch' : 'none' };
}

/** A key of the branch that is no key trusts nobody; the comparison with the replay names the file. */
function parseKeyOrNone(trust: VerifyLogOptions['trust'], text: string): readonly VerifierKey[] {
  try {
    return [parseVerifierKey(trust.sha256, text)];
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ledger/malformed-key') return [];
    throw error;
  }
}

/** A checkpoint that could be read, whatever its signature. */
export interface ReadCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly signed: boolean;
}

/** Reads the checkpoint of the branch; what is wrong with it is a finding. */
export function readCheckpoint(
  bytes: Uint8Array | undefined,
  keys: readonly VerifierKey[],
  { options, findings }: Pick<Audit, 'options' | 'findings'>,
): ReadCheckpoint | null {
  if (bytes === undefined) {
    findings.add('checkpoint-missing', { path: checkpointPath, because: 'There is no checkpoint.' });
    return null;
  }
  const text = decodeOrNull(bytes);
  const note = text === null ? null : parseSignedNote(text);
  const checkpoint = note === null ? parseCheckpoint(text ?? '') : parseCheckpoint(note.text);
  if (checkpoint === null) {
    findings.add('checkpoint-malformed', { path: checkpointPath, because: 'The checkpoint is not well-formed.' });
    return null;
  }
  const because = note === null ? null : signatureFault(note, checkpoint, keys, options);
  if (because !== null) findings.add('checkpoint-signature', { path: checkpointPath, because });
  if (note === null && options.trust.verifierKeys.length > 0) {
    findings.add('checkpoint-signature', { path: checkpointPath, because: 'The checkpoint is not signed.' });
  }
  return { checkpoint, signed: note !== null };
}

function signatureFault(
  note: NonNullable<ReturnType<typeof parseSignedNote>>,
  checkpoint: Checkpoint,
  keys: readonly VerifierKey[],
  options: VerifyLogOptions,
): string | null {
  const signers = verifyNote(note, keys, options.trust.verifySignature);
  if (signers === null) return 'A signature of the checkpoint is bad.';
  // Lines of unknown keys may be those of witnesses; what they say is not vouched for and must not be ours to keep.
  return signers.some((key) => key.name === checkpoint.origin) ? null : 'No trusted key signed the checkpoint.';
}

/** Compares checkpoints that were kept elsewhere with the tree of this log. */
export function verifyOthers(
  tiles: ReadonlyMap<string, Uint8Array>,
  size: number,
  origin: string | null,
  about: {
    readonly options: VerifyLogOptions;
    readonly keys: readonly VerifierKey[];
    readonly signed: boolean;
    readonly findings: Findings;
  },
): void {
  for (const { from, text } of about.options.otherCheckpoints ?? []) {
    const because = otherFault(tiles, size, { text, origin, ...about });
    if (because !== null)
      about.findings.add('checkpoint-inconsistent', { because: `The checkpoint from ${from} ${because}.` });
  }
}

function otherFault(
  tiles: ReadonlyMap<string, Uint8Array>,
  size: number,
  other: {
    readonly text: string;
    readonly origin: string | null;
    readonly options: VerifyLogOptions;
    readonly keys: readonly VerifierKey[];
    readonly signed: boolean;
  },
): string | null {
  const note = parseSignedNote(other.text);
  const checkpoint = parseCheckpoint(note?.text ?? other.text);
  if (checkpoint === null) return 'is not well-formed';
  if (checkpoint.origin !== other.origin) return `is of another log, ${checkpoint.origin}`;
  if (other.signed && note === null) return 'is not signed';
  if (note !== null && signatureFault(note, checkpoint, other.keys, other.options) !== null)
    return 'is not signed by a trusted key';
  if (checkpoint.size > size) return `is of ${checkpoint.size} entries, and this log has ${size}: it was cut`;
  const root = hashOfRange(other.options.trust.sha256, tiles, { start: 0, end: checkpoint.size }, size);
  return root !== null && equalBytes(root, checkpoint.root) ? null : 'has another history: the log was rewritten';
}

/** UTF-8 as text, or null. */
export function decodeOrNull(bytes: Uint8Array): string | null {
  try {
    return parseUtf8(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
