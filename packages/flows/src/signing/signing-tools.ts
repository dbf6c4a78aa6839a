import type { VerifyEcdsa } from '@weighbridge/evidence';
import type { BundleVerifier, KeylessSigner } from '@weighbridge/ports';

/** Signs statements about versions, by a key or by the identity of the job, and answers a Sigstore bundle. */
export type VersionSigner = Pick<KeylessSigner, 'sign'>;

/** What it takes to sign and verify versions. */
export interface SigningTools {
  readonly verifyEcdsa: VerifyEcdsa;
  readonly bundles: BundleVerifier;
  /** Null where there is neither a key nor an identity, or nothing is to be signed. */
  readonly signer: VersionSigner | null;
}
