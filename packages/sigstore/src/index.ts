import type { BundleVerifier, KeylessSigner } from '@weighbridge/ports';
import type { SigstoreServices } from './sign-statement.js';

export type { SigstoreServices } from './sign-statement.js';

/** A verifier of Sigstore bundles. The libraries behind it are loaded with the first bundle. */
export function openBundleVerifier(): BundleVerifier {
  return {
    verify: async (bundle, trustedRoot) => {
      const { verifyBundle } = await import('./verify-bundle.js');
      return verifyBundle(bundle, trustedRoot);
    },
  };
}

/** A signer by the identity of the CI job. The libraries behind it are loaded with the first signature. */
export function openKeylessSigner(services: SigstoreServices): KeylessSigner {
  return {
    sign: async (payload, payloadType) => {
      const { signStatement } = await import('./sign-statement.js');
      return signStatement(payload, payloadType, services);
    },
  };
}
