import type { JsonObject } from '@weighbridge/core';
import type { Read, VerifiedBundle } from '@weighbridge/evidence';

/** Verifies Sigstore bundles (github.com/sigstore/protobuf-specs, v0.1 to v0.3). Never fetches anything. */
export interface BundleVerifier {
  /**
   * Signature, certificate chain, certificate transparency, log entries and times against a trusted root: that of the
   * public good instance as the release knows it, or the text of a `trusted_root.json` (or lines of several, of which
   * one must fit). A fault says in one clause why not. @throws evidence/trusted-root when the text is none
   */
  verify(bundle: JsonObject, trustedRoot: string | null): Promise<Read<VerifiedBundle>>;
}

/** Signs without a key of one's own: by the identity that the CI vouches for. */
export interface KeylessSigner {
  /** A Sigstore bundle v0.3 around a DSSE envelope, as JSON. Network. @throws evidence/keyless */
  sign(payload: Uint8Array, payloadType: string): Promise<JsonObject>;
}
