import {
  type Bump,
  compareBumps,
  compareVersions,
  incrementVersion,
  isPrerelease,
  largestBump,
  majorOf,
  parseVersion,
  releaseOf,
  type Version,
} from '@weighbridge/core';
import type { VersioningPolicy } from '@weighbridge/manifest';
import type { Change } from './change.js';

/** How a version that is no release yet is labelled: `2.0.0-pr.17.3` (pull request 17, third try), `2.0.0-rc.1`. */
export type PrereleaseLabel =
  | { readonly label: 'pr'; readonly number: number; readonly iteration: number }
  | { readonly label: 'rc' };

/** What the next version is worked out from. */
export interface NextVersionOptions {
  /** The release that the candidate is compared with; null for the first. */
  readonly current: Version | null;
  readonly changes: readonly Pick<Change, 'bump' | 'because'>[];
  /** A bump that somebody declared: it raises the computed one and never lowers it. */
  readonly declared?: Bump | null;
  readonly policy: Pick<VersioningPolicy, 'initial'>;
  readonly prerelease?: PrereleaseLabel;
  /** Every version that was ever given to this model; none is given twice. */
  readonly existing: readonly Version[];
}

/** The next version, and why. */
export interface NextVersion {
  /** Null when nothing moves the version. */
  readonly next: Version | null;
  readonly bump: Bump | 'initial';
  /** Sentences for people: what decided. */
  readonly because: readonly string[];
}

/**
 * The version that the changes ask for. Before 1.0.0 a major change moves the minor number and every other the patch
 * (semver 2.0.0, rule 4). A number that is taken is passed over.
 * @throws core/version when `policy.initial` is no version
 */
export function nextVersion(options: NextVersionOptions): NextVersion {
  const { current, changes, declared = null } = options;
  if (current === null) return label(initialVersion(options), 'initial', ['The first version.'], options);
  const computed = largestBump(changes.map(({ bump }) => bump));
  const bump = largestBump([computed, declared ?? 'none']);
  if (bump === 'none') return { next: null, bump, because: ['Nothing that moves the version changed.'] };
  const because =
    bump === computed
      ? changes.filter((change) => change.bump === bump).map((change) => change.because)
      : [`A ${bump} bump was declared; the changes ask for ${computed}.`];
  const place = placeOf(current, bump);
  if (place !== bump) because.push(`Before 1.0.0 a ${bump} change moves the ${place} number.`);
  return label(freeVersion(incrementFrom(current, place), place, options.existing), bump, because, options);
}

/** Which number moves: semver leaves everything open before 1.0.0, and npm's ranges take the minor number for the major. */
export function placeOf(current: Version, bump: Exclude<Bump, 'none'>): Exclude<Bump, 'none'> {
  if (majorOf(current) > 0) return bump;
  return compareBumps(bump, 'major') === 0 ? 'minor' : 'patch';
}

/** A labelled version precedes its release: the number after `2.0.0-rc.1` may be 2.0.0 itself. */
function incrementFrom(current: Version, place: Exclude<Bump, 'none'>): Version {
  const release = releaseOf(current);
  if (!isPrerelease(current)) return incrementVersion(release, place);
  const [, minor, patch] = release.split('.').map(Number);
  const covers = patch !== 0 ? 'patch' : minor !== 0 ? 'minor' : 'major';
  return compareBumps(place, covers) <= 0 ? release : incrementVersion(release, place);
}

function initialVersion({ policy, existing }: NextVersionOptions): Version {
  const initial = parseVersion(policy.initial);
  // Versions without a common history promise nothing to each other.
  return freeVersion(initial, 'major', existing);
}

function freeVersion(version: Version, place: Exclude<Bump, 'none'>, existing: readonly Version[]): Version {
  let free = version;
  for (let tries = 0; tries <= existing.length && isTaken(free, existing); tries++)
    free = incrementVersion(free, place);
  return free;
}

function isTaken(version: Version, existing: readonly Version[]): boolean {
  return existing.some((other) => compareVersions(other, version) === 0);
}

function label(
  release: Version,
  bump: NextVersion['bump'],
  because: readonly string[],
  { prerelease, existing }: NextVersionOptions,
): NextVersion {
  if (prerelease === undefined) return { next: release, bump, because };
  if (prerelease.label === 'pr') {
    return {
      next: parseVersion(`${releaseOf(release)}-pr.${prerelease.number}.${prerelease.iteration}`),
      bump,
      because,
    };
  }
  const numbers = existing.flatMap((version) => {
    const match = /^([^-+]+)-rc\.(\d{1,9})$/.exec(version);
    return match !== null && match[1] === releaseOf(release) ? [Number(match[2])] : [];
  });
  return { next: parseVersion(`${releaseOf(release)}-rc.${Math.max(0, ...numbers) + 1}`), bump, because };
}
