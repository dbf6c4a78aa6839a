import { parseDuration } from './duration.js';
import type { Policy, VersionRetention } from './policy.js';
import type { Place } from './source/place.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Stores trust the age of what is a day old at most: twice that is the least. */
export const minUnregisteredMs = 2 * dayMs;

const defaultKeepVersions = 3;

/** `retention:` with defaults filled in. */
export function readRetention(retention: Place): Policy['retention'] {
  const versions = readVersions(retention);
  const holdRelease = retention.at('hold_release');
  return {
    unregisteredMs: parseDuration(retention.at('unregistered').text() ?? '') ?? 30 * dayMs,
    graceMs: parseDuration(retention.at('grace').text() ?? '') ?? dayMs,
    ...(versions === null ? {} : { versions }),
    ...(holdRelease.written ? { holdRelease: holdRelease.texts().map((name) => name.replace(/^@/, '')) } : {}),
  };
}

/** Null where no line gives up anything: what is not written is kept for ever. */
function readVersions(retention: Place): VersionRetention | null {
  const [archived, unpromoted] = [retention.at('archived'), retention.at('unpromoted')];
  if (!archived.written && !unpromoted.written) return null;
  const durations = archived
    .members()
    .map(([stage, place]) => [stage, parseDuration(place.text() ?? '') ?? 0] as const);
  return {
    keepVersions: retention.at('keep_versions').integer() ?? defaultKeepVersions,
    archivedMs: Object.fromEntries(durations),
    unpromotedMs: parseDuration(unpromoted.text() ?? ''),
  };
}
