import type { Clock } from '@weighbridge/ports';
import { showControls } from '../clean-text.js';
import { barProgress } from './bar-progress.js';
import { lineProgress } from './line-progress.js';
import type { Progress, ProgressStream } from './progress.js';

/** The progress of a command line: a bar that repaints on a terminal, lines everywhere else. */
export function openProgress(
  stream: ProgressStream,
  { environment, clock }: { readonly environment: Readonly<Record<string, string | undefined>>; readonly clock: Clock },
): Progress {
  if (repaints(stream, environment)) return barProgress(stream);
  return lineProgress((line) => void stream.write(`${showControls(line)}\n`), clock);
}

/** A terminal that people look at and that can go back in its line. https://no-color.org asks for plain output. */
function repaints({ isTTY }: ProgressStream, environment: Readonly<Record<string, string | undefined>>): boolean {
  const isPlain = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  const isJob = !['', 'false', '0'].includes(environment['CI'] ?? '');
  return isTTY === true && !isPlain && !isJob;
}
