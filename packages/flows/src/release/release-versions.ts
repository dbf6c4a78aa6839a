import { WeighbridgeError } from '@weighbridge/core';
import type { Surroundings } from '../surroundings.js';
import { releaseVersion, type ReleaseVersionRequest, type VersionRelease } from './release-version.js';

/** A version whose release is wanted; null for the newest of the model. */
export type AskedRelease = Pick<ReleaseVersionRequest, 'model' | 'version'>;

/** What became of the releases of some versions. */
export interface ReleaseRun {
  readonly done: readonly VersionRelease[];
  readonly failed: readonly { readonly asked: AskedRelease; readonly error: WeighbridgeError }[];
  /** Those behind a failure that they would have had, too. */
  readonly notBegun: readonly AskedRelease[];
}

/** Failures that every other version would have, too. */
const ofAll: ReadonlySet<string> = new Set([
  'flow/no-forge',
  'forge/forbidden',
  'forge/no-token',
  'forge/rate-limited',
  'forge/repository',
  'forge/unauthorized',
  'forge/unavailable',
]);

/**
 * Releases one version after the other. What is wrong with one is no trouble of the others; what would be wrong with all
 * ends the run. Nothing that was done is undone, so that a second run comes to what is left.
 */
export async function releaseVersions(
  surroundings: Surroundings,
  asked: readonly AskedRelease[],
  options: Omit<ReleaseVersionRequest, keyof AskedRelease>,
): Promise<ReleaseRun> {
  const done: VersionRelease[] = [];
  const failed: { asked: AskedRelease; error: WeighbridgeError }[] = [];
  for (const [place, each] of asked.entries()) {
    try {
      done.push(await releaseVersion(surroundings, { ...each, ...options }));
    } catch (error) {
      if (!(error instanceof WeighbridgeError)) throw error;
      failed.push({ asked: each, error });
      if (ofAll.has(error.code)) return { done, failed, notBegun: asked.slice(place + 1) };
    }
  }
  return { done, failed, notBegun: [] };
}
