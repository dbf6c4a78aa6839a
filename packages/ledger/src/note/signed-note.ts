import { hexToBytes, type Sha256, utf8 } from '@weighbridge/core';
import { formatBase64, parseBase64 } from '@weighbridge/core';
import {
  isKeyName,
  join,
  type NoteSigner,
  parseVerifierKey,
  sameKeyId,
  type VerifierKey,
  type VerifySignature,
} from './key.js';

const maxNoteLength = 1_000_000;
const maxSignatures = 100;
const signatureBytes = 64;

export interface NoteSignature {
  readonly name: string;
  /** Four bytes. */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

/** A C2SP signed note: text that ends in a line break, and signature lines. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Inverse of parseSignedNote. */
export function formatSignedNote(note: SignedNote): string {
  const lines = note.signatures.map(
    ({ name, keyId, signature }) => `\u2014 ${name} ${formatBase64(join(keyId, signature))}\n`,
  );
  return `${note.text}\n${lines.join('')}`;
}

/** Null for what is no signed note: no blank line before the signatures, none of those, control characters. */
export function parseSignedNote(source: string): SignedNote | null {
  if (source.length > maxNoteLength || hasControlCharacter(source)) return null;
  const split = source.lastIndexOf('\n\n');
  if (split < 0 || !source.endsWith('\n')) return null;
  const lines = source.slice(split + 2, -1).split('\n');
  if (lines.length > maxSignatures) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (signature === null) return null;
    signatures.push(signature);
  }
  return { text: source.slice(0, split + 1), signatures };
}

function parseSignatureLine(line: string): NoteSignature | null {
  const match = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line);
  const name = match?.[1] ?? '';
  const bytes = parseBase64(match?.[2] ?? '');
  if (bytes === null || bytes.length < 5 || !isKeyName(name)) return null;
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/** C2SP signed-note allows no ASCII control character but the line break. */
function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if ((unit < 0x20 && unit !== 0x0a) || unit === 0x7f) return true;
  }
  return false;
}

/** Signs a text that ends in a line break. */
export function signNote(sha256: Sha256, text: string, signer: NoteSigner): SignedNote {
  const { name, keyId } = parseVerifierKey(sha256, signer.verifierKey);
  return { text, signatures: [{ name, keyId: hexToBytes(keyId), signature: signer.sign(utf8(text)) }] };
}

/**
 * The keys whose signatures are on a note and are good. Lines of unknown keys are passed over; a line of a known key
 * whose signature is bad makes the whole note bad (null), as C2SP signed-note demands.
 */
export function verifyNote(
  note: SignedNote,
  keys: readonly VerifierKey[],
  verifySignature: VerifySignature,
): readonly VerifierKey[] | null {
  const good: VerifierKey[] = [];
  const message = utf8(note.text);
  for (const { name, keyId, signature } of note.signatures) {
    const key = keys.find((known) => known.name === name && sameKeyId(known.keyId, keyId));
    if (key === undefined) continue;
    if (signature.length !== signatureBytes || !verifySignature(key.publicKey, message, signature)) return null;
    if (!good.includes(key)) good.push(key);
  }
  return good;
}
