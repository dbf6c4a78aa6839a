import { describeAmounts, type Transfer } from '@weighbridge/flows';
import { showControls } from '../clean-text.js';
import type { Progress, ProgressStream } from './progress.js';

/** What is over sooner does not flicker. */
const quietMs = 300;
const barColumns = 20;
const leastBarColumns = 5;
const leastTitleColumns = 12;
const usualColumns = 80;

/** To the start of the line, and nothing behind it: ECMA-48 EL. */
const clearLine = '\r\u001b[K';

/** A bar that repaints in one line, as wide as the terminal is at that moment; sentences stay above it. */
export function barProgress(stream: ProgressStream): Progress {
  let isPainted = false;
  const clear = (): void => {
    if (isPainted) stream.write(clearLine);
    isPainted = false;
  };
  return {
    tell(sentence, transfer) {
      if (transfer === undefined) {
        clear();
        stream.write(`${showControls(sentence)}\n`);
      } else if (transfer.elapsedMs >= quietMs) {
        // The last column stays free: some terminals go to the next line when it is written.
        stream.write(`${clearLine}${renderBar(transfer, (stream.columns || usualColumns) - 1)}`);
        isPainted = true;
      }
    },
    close: clear,
  };
}

/** Title, bar, share and numbers within so many columns: the bar shrinks first, then numbers go, then the title is cut. */
export function renderBar(transfer: Transfer, columns: number): string {
  const share = transfer.sizeBytes === 0 ? 1 : Math.min(1, transfer.bytes / transfer.sizeBytes);
  const percent = `${String(Math.floor(100 * share)).padStart(3)} %`;
  const title = Array.from(showControls(transfer.title));
  const amounts = [...describeAmounts(transfer)];
  const rest = (): string => [percent, ...amounts].join('  ');
  while (amounts.length > 0 && leastTitleColumns + 1 + rest().length > columns) amounts.pop();
  const room = columns - rest().length - 1;
  const barRoom = Math.min(barColumns, room - title.length - 3);
  if (barRoom >= leastBarColumns) return `${title.join('')} ${barOf(share, barRoom)} ${rest()}`;
  return Array.from(`${shortTitle(title, room)} ${rest()}`)
    .slice(0, columns)
    .join('');
}

function barOf(share: number, columns: number): string {
  const filled = Math.floor(share * columns);
  return `[${'#'.repeat(filled)}${'-'.repeat(columns - filled)}]`;
}

/** The end of a path tells more than its beginning. */
function shortTitle(title: readonly string[], columns: number): string {
  if (title.length <= columns) return title.join('');
  return `…${title.slice(title.length - Math.max(0, columns - 1)).join('')}`;
}
