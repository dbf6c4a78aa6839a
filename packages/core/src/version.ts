import semver from 'semver';
import { weighbridgeError } from './errors/error.js';

/** A semantic version 2.0.0 without a leading v, such as `1.4.0` or `2.0.0-rc.1`. */
export type Version = string & { readonly brand: 'Version' };

/** Three numbers that are exact as such: most versions, and told without being parsed, as a ledger names many. */
const plainRelease = /^(?:0|[1-9]\d{0,14})\.(?:0|[1-9]\d{0,14})\.(?:0|[1-9]\d{0,14})$/;

/** Whether a text is a semantic version in its canonical spelling, at most 256 characters. */
export function isVersion(text: string): text is Version {
  if (plainRelease.test(text)) return true;
  return text.length <= 256 && semver.valid(text) !== null && text === canonicalVersion(text);
}

/** @throws core/version */
export function parseVersion(text: string): Version {
  if (!isVersion(text)) throw weighbridgeError('core/version', { version: text.slice(0, 100) });
  return text;
}

/** Semver precedence: negative, zero or positive. Build metadata does not count (semver 2.0.0, rule 10). */
export function compareVersions(left: Version, right: Version): number {
  return semver.compare(left, right);
}

/** Whether a version has a prerelease label, such as `-rc.1`. */
export function isPrerelease(version: Version): boolean {
  return !plainRelease.test(version) && semver.prerelease(version) !== null;
}

/** Whether a version lies in a range of the npm grammar, such as `^1.2` or `>=1 <3`. */
export function satisfiesRange(version: Version, range: string): boolean {
  return semver.satisfies(version, range);
}

/** Ranges as nearly everybody writes them, told without being parsed, as a repository names many. */
const plainRange = /^[\^~]?(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){0,2}$/;

/** Whether a text is a range of the npm grammar. */
export function isVersionRange(range: string): boolean {
  return plainRange.test(range) || semver.validRange(range) !== null;
}

/** major.minor.patch of a version, without labels. */
export function releaseOf(version: Version): Version {
  const parsed = semver.parse(version);
  if (parsed === null) throw weighbridgeError('core/version', { version });
  return `${parsed.major}.${parsed.minor}.${parsed.patch}` as Version;
}

/** The first number of a version. */
export function majorOf(version: Version): number {
  return semver.major(version);
}

/** The release after `version` in one place; labels of `version` are dropped. */
export function incrementVersion(version: Version, place: 'major' | 'minor' | 'patch'): Version {
  const next = semver.inc(releaseOf(version), place);
  if (next === null) throw weighbridgeError('core/version', { version });
  return next as Version;
}

function canonicalVersion(text: string): string | null {
  const parsed = semver.parse(text);
  if (parsed === null) return null;
  return parsed.build.length > 0 ? `${parsed.version}+${parsed.build.join('.')}` : parsed.version;
}
