import type { InflateRaw } from '@weighbridge/evidence';
import type { VerifySignature } from '@weighbridge/ledger';
import type { BundleVerifier } from '@weighbridge/ports';

/** What it takes to look behind a metric document. Runs and attestations that a forge keeps come from the forge. */
export interface ProofSources {
  readonly verifySignature: VerifySignature;
  readonly bundles: BundleVerifier;
  readonly inflate: InflateRaw;
}
