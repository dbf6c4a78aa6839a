const units = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 } as const;
type Unit = keyof typeof units;

const pattern = /^(\d{1,7})([wdhms])$/;

/** Longest duration that is read: a hundred years. */
const maxDurationMs = 100 * 366 * units.d;

/** `90m`, `24h`, `30d`, `2w` in milliseconds; null for other texts. */
export function parseDuration(text: string): number | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const durationMs = Number(match[1]) * units[match[2] as Unit];
  return durationMs > maxDurationMs ? null : durationMs;
}

/** Inverse of parseDuration for whole seconds, in the largest unit that needs no fraction: `86400000` is `1d`. */
export function formatDuration(durationMs: number): string {
  for (const unit of Object.keys(units) as Unit[]) {
    if (durationMs > 0 && durationMs % units[unit] === 0) return `${durationMs / units[unit]}${unit}`;
  }
  return `${Math.ceil(durationMs / units.s)}s`;
}
