import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { weighbridgeError } from '@weighbridge/core';
import {
  curves,
  type EcdsaKey,
  fingerprintOf,
  formatKeyBundle,
  parseEcdsaKey,
  type VerifyEcdsa,
} from '@weighbridge/evidence';
import type { VersionSigner } from '@weighbridge/flows';
import { preAuthenticationEncoding } from '@weighbridge/ledger';
import { sha256 } from './sha256.js';

/** ECDSA by node:crypto, the hash that of the key's curve; false for keys and signatures that are none. */
export const verifyEcdsa: VerifyEcdsa = ({ curve, spki }, message, signature) => {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return verify(curves[curve].hash, message, { key, dsaEncoding: 'der' }, signature);
  } catch {
    // A point that is not on the curve: no signature by it can be good.
    return false;
  }
};

/** A signer of versions with the key of a PEM. @throws signing/key */
export function openKeySigner(pem: string): VersionSigner {
  const { key, publicKey } = readPrivateKey(pem);
  const fingerprint = fingerprintOf(sha256, publicKey);
  const { hash } = curves[publicKey.curve];
  return {
    sign: async (payload) => {
      const signature = sign(hash, preAuthenticationEncoding(payload), { key, dsaEncoding: 'der' });
      return formatKeyBundle({ payload, fingerprint, signature });
    },
  };
}

function readPrivateKey(pem: string): { readonly key: KeyObject; readonly publicKey: EcdsaKey } {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    // The cause is left out: a parser's message may quote the key.
    throw weighbridgeError('signing/key', { reason: 'it is no PEM of a private key, or it has a passphrase' });
  }
  const publicKey = parseEcdsaKey(createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString());
  if (publicKey !== null) return { key, publicKey };
  throw weighbridgeError('signing/key', {
    reason: `it is a key of another kind (${key.asymmetricKeyType ?? 'unknown'})`,
  });
}
