import type { Clock } from '@weighbridge/ports';
import { disarmCommands } from '../clean-text.js';
import { openPace } from './line-progress.js';
import type { Progress } from './progress.js';

/** What a job's log has for it. */
export interface JobLog {
  line(text: string): void;
  startGroup(title: string): void;
  endGroup(): void;
}

/** In the log of a job: transfers that take long are groups with a line every few seconds, all else is a line. */
export function groupProgress(log: JobLog, clock: Clock): Progress {
  const isDue = openPace(clock);
  let open: string | null = null;
  const close = (): void => {
    if (open !== null) log.endGroup();
    open = null;
  };
  return {
    tell(sentence, transfer) {
      if (transfer === undefined) {
        close();
        log.line(disarmCommands(sentence));
        return;
      }
      if (open !== null && open !== transfer.title) close();
      if (!isDue(transfer.elapsedMs)) return;
      if (open === null) log.startGroup(disarmCommands(transfer.title));
      open = transfer.title;
      log.line(disarmCommands(sentence));
    },
    close,
  };
}
