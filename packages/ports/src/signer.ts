/** An Ed25519 key (RFC 8032) that signs ledger entries and checkpoints. The private half never leaves the adapter. */
export interface Signer {
  /** C2SP signed-note verifier key: `name+hex keyid+base64(01 || public key)`. */
  readonly verifierKey: string;
  /** 64-byte signature over the message. */
  sign(message: Uint8Array): Uint8Array;
}

/** Ed25519 verification: raw 32-byte public key, 64-byte signature. */
export type VerifySignature = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;
