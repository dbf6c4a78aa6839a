import { compareVersions, isPrerelease, type Version, weighbridgeError } from '@weighbridge/core';

/** A registered version, as far as the choice of the previous one needs it. */
export interface PreviousCandidate {
  readonly version: Version;
  readonly deprecated: boolean;
  /** Whether the version's commit is an ancestor of the candidate's; `unknown` in a clone that is too shallow. */
  readonly isAncestor: boolean | 'unknown';
}

/**
 * The version that a candidate is compared with: the highest final one that is not deprecated and precedes the
 * candidate's commit. Null for the first. A higher one whose place in history is unknown is never passed over in silence.
 * @throws versioning/ancestry-unknown
 */
export function choosePrevious<Known extends PreviousCandidate>(versions: readonly Known[]): Known | null {
  const eligible = versions
    .filter(({ version, deprecated, isAncestor }) => isAncestor !== false && !deprecated && !isPrerelease(version))
    .sort((left, right) => compareVersions(right.version, left.version) || (left.version < right.version ? 1 : -1));
  const [highest] = eligible;
  if (highest === undefined) return null;
  if (highest.isAncestor === 'unknown')
    throw weighbridgeError('versioning/ancestry-unknown', { version: highest.version });
  return highest;
}
