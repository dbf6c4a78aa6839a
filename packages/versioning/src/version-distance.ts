import { type Bump, compareVersions, majorOf, parseVersion, releaseOf, type Version } from '@weighbridge/core';

/** How far apart two versions are: the place of the first number that differs, either way. */
export function versionDistance(from: Version, to: Version): Bump {
  if (from === to) return 'none';
  if (majorOf(from) !== majorOf(to)) return 'major';
  if (minorOf(from) !== minorOf(to)) return 'minor';
  return compareVersions(from, to) === 0 ? 'none' : 'patch';
}

export function minorOf(version: Version): number {
  return Number(releaseOf(parseVersion(version)).split('.')[1]);
}
