/**
 * Milliseconds since some moment, never fewer than before. The greater of two clocks: one may stand still while a machine
 * sleeps (CLOCK_MONOTONIC on Linux, which `performance.now` reads), the other may be set back.
 */
export function openElapsedClock(
  { monotonicMs, wallMs }: { readonly monotonicMs: () => number; readonly wallMs: () => number } = {
    monotonicMs: () => performance.now(),
    wallMs: Date.now,
  },
): () => number {
  const [firstMonotonic, firstWall] = [monotonicMs(), wallMs()];
  let latest = 0;
  return () => (latest = Math.max(latest, monotonicMs() - firstMonotonic, wallMs() - firstWall));
}
