import { type Bump, type Digest, releaseOf, type Version } from '@weighbridge/core';
import type { Assessment, Snapshot } from '@weighbridge/versioning';

/** A version that a model would get if what is weighed were registered now. */
export interface ProvisionalVersion {
  /** The release, also where the version is labelled as a candidate of a pull request. */
  readonly version: Version;
  readonly identity: Digest;
  readonly bump: Bump | 'initial';
  readonly snapshot: Snapshot;
}

/**
 * Versions to come of the models that were weighed so far, by name. What is built on them is weighed as registration
 * will find it, where the parts are registered first. It grows while models are weighed, parts before what uses them.
 */
export type ProvisionalVersions = Map<string, ProvisionalVersion>;

/** Notes what a model would become; nothing where it would get no version. */
export function noteProvisional(
  versions: ProvisionalVersions,
  { snapshot, assessment }: { readonly snapshot: Snapshot; readonly assessment: Assessment },
): void {
  const { next, identity, bump } = assessment;
  if (next !== null) versions.set(snapshot.model, { version: releaseOf(next), identity, bump, snapshot });
}
