import { parseDuration } from './duration.js';
import type { Policy } from './policy.js';
import type { Place } from './source/place.js';

const dayMs = 24 * 60 * 60 * 1000;

/** Stores trust the age of what is a day old at most: twice that is the least. */
export const minUnregisteredMs = 2 * dayMs;

/** `retention:` with defaults filled in. */
export function readRetention(retention: Place): Policy['retention'] {
  return {
    unregisteredMs: parseDuration(retention.at('unregistered').text() ?? '') ?? 30 * dayMs,
    graceMs: parseDuration(retention.at('grace').text() ?? '') ?? dayMs,
  };
}
