import type { Clock } from '@weighbridge/ports';
import type { Progress } from './progress.js';

/** A transfer that is over sooner is not told, and no two lines of one are closer: a log stays readable. */
const quietMs = 5000;

/** Whether the next line of a transfer is due. */
export function openPace(clock: Clock): (elapsedMs: number) => boolean {
  let toldMs = Number.NEGATIVE_INFINITY;
  return (elapsedMs) => {
    const now = clock.now().getTime();
    if (elapsedMs < quietMs || now - toldMs < quietMs) return false;
    toldMs = now;
    return true;
  };
}

/** One line for each step, and of a transfer one every few seconds. */
export function lineProgress(write: (line: string) => void, clock: Clock): Progress {
  const isDue = openPace(clock);
  return {
    tell(sentence, transfer) {
      if (transfer === undefined || isDue(transfer.elapsedMs)) write(sentence);
    },
    close() {},
  };
}
