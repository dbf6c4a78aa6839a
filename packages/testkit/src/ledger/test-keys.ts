import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Sha256 } from '@weighbridge/core';
import { formatVerifierKey, type VerifySignature } from '@weighbridge/ledger';
import type { Signer } from '@weighbridge/ports';

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

export const nodeSha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());

/** Ed25519 verification by node:crypto. */
export const nodeVerify: VerifySignature = (publicKey, message, signature) => {
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
};

/** A key pair made from a seed that anybody can guess: for tests, the same one every time. */
export function testSigner(
  name: string,
  seedByte = 7,
): Signer & { readonly seed: Uint8Array; readonly publicKey: Uint8Array } {
  const seed = new Uint8Array(32).fill(seedByte);
  const key: KeyObject = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    seed,
    publicKey,
    verifierKey: formatVerifierKey(nodeSha256, name, publicKey),
    sign: (message) => sign(null, message, key),
  };
}
