import { weighbridgeError } from '@weighbridge/core';

const timePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;

/** Milliseconds of a day. */
export const dayMs = 86_400_000;

/** Whether a text is written as year-month-day; that such a day exists is not said. */
export function isDate(text: string): boolean {
  return datePattern.test(text);
}

/** Milliseconds since 1970 of an RFC 3339 time; null for every other text, and where there is none. */
export function readTime(text: string | null): number | null {
  const timeMs = text !== null && timePattern.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(timeMs) ? null : timeMs;
}

/** The moment of an evaluation. @throws gates/time */
export function requireNow(now: string): number {
  const nowMs = readTime(now);
  if (nowMs === null) throw weighbridgeError('gates/time', { time: now.slice(0, 60) });
  return nowMs;
}

/** The first moment at which something that expires no longer holds: the end of a date (UTC), or a time itself. */
export function readExpiry(text: string): number | null {
  if (!isDate(text)) return readTime(text);
  const startMs = Date.parse(`${text}T00:00:00Z`);
  // Date.parse takes 31 February for 3 March in some engines; such a date is no date.
  if (Number.isNaN(startMs) || new Date(startMs).toISOString().slice(0, 10) !== text) return null;
  return startMs + dayMs;
}
