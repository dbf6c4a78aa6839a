import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { weighbridgeError } from '@weighbridge/core';
import { formatPrivateKeyNote, formatVerifierKey, parsePrivateKeyNote } from '@weighbridge/ledger';
import type { Signer, VerifySignature } from '@weighbridge/ports';
import { sha256 } from './sha256.js';

const keyFileName = 'signing.key';
/** DER before the 32 raw bytes of an Ed25519 key (RFC 8410): PKCS #8 private, SubjectPublicKeyInfo. */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Ed25519 (RFC 8032) by node:crypto; false for keys and signatures of the wrong length. */
export const verifyEd25519: VerifySignature = (publicKey, message, signature) => {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  return verify(null, message, publicKeyOf(publicKey), signature);
};

/** Keys by their hexadecimal digits: a log has few, and reading one takes as long as verifying a signature by it. */
const known = new Map<string, KeyObject>();
const maxKnown = 64;

function publicKeyOf(raw: Uint8Array): KeyObject {
  const hex = Buffer.from(raw).toString('hex');
  const before = known.get(hex);
  if (before !== undefined) return before;
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
  if (known.size >= maxKnown) known.clear();
  known.set(hex, key);
  return key;
}

/** The signer of a key's text, or of the key that `init` left in the clone; null when there is neither. @throws host/signing-key */
export async function readSigningKey(from: {
  readonly text: string | null;
  readonly privateFolder: string | null;
  /** What a key that carries no name is called: the name of the ledger that it is to sign. */
  readonly name?: string | undefined;
}): Promise<Signer | null> {
  if (from.text !== null && from.text.trim() !== '') return signerOf(from.text.trim(), from.name);
  if (from.privateFolder === null) return null;
  try {
    return signerOf((await readFile(join(from.privateFolder, keyFileName), 'utf8')).trim(), from.name);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw cause;
  }
}

/** Makes a key and keeps it, readable by its owner only. Finds the one that is there. */
export async function makeSigningKey(
  privateFolder: string,
  name: string,
): Promise<{ readonly signer: Signer; readonly path: string; readonly made: boolean }> {
  const path = join(privateFolder, keyFileName);
  const existing = await readSigningKey({ text: null, privateFolder });
  if (existing !== null) return { signer: existing, path, made: false };
  const { privateKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(privatePrefix.length);
  const text = formatPrivateKeyNote(sha256, { name, seed, publicKey: publicOf(privateKey) });
  await mkdir(privateFolder, { recursive: true });
  await writeFile(path, `${text}\n`, { mode: 0o600, flag: 'wx' });
  return { signer: signerOf(text), path, made: true };
}

function signerOf(text: string, pemName = pemKeyName): Signer {
  try {
    const { name, key } = text.startsWith('-----BEGIN ') ? readPem(text, pemName) : readNote(text);
    const verifierKey = formatVerifierKey(sha256, name, publicOf(key));
    return { verifierKey, sign: (message) => sign(null, message, key) };
  } catch {
    // The cause is left out: a parser's message may quote the key.
    throw weighbridgeError('host/signing-key', {
      reason: 'it is neither a signed-note key nor a PEM of Ed25519',
      place: `.git/weighbridge/${keyFileName}`,
    });
  }
}

/** Keys of other programs have no name; where no ledger gives one, what is signed with one names its key id. */
const pemKeyName = 'pem';

function readPem(text: string, name: string): { readonly name: string; readonly key: KeyObject } {
  const key = createPrivateKey(text);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('it is no Ed25519 key');
  return { name, key };
}

function readNote(text: string): { readonly name: string; readonly key: KeyObject } {
  const { name, seed } = parsePrivateKeyNote(text);
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });
  return { name, key };
}

function publicOf(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length);
}
