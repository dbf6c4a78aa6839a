import { type Outcome, showControls } from '@weighbridge/host';

/** What a command line prints: the result to stdout, notices to stderr. */
export function renderOutcome(
  outcome: Outcome,
  options: { readonly json: boolean },
): { readonly stdout: string; readonly stderr: string } {
  const notices = outcome.notices
    .filter((notice) => notice.level === 'warning' || notice.file === undefined)
    .map(
      (notice) =>
        `${notice.level}: ${notice.file === undefined ? '' : `${notice.file}${notice.line === undefined ? '' : `:${notice.line}`}  `}${notice.text}\n`,
    );
  const stdout = options.json
    ? `${JSON.stringify(outcome.json, null, 2)}\n`
    : outcome.verbatim === true
      ? outcome.text
      : `${showControls(outcome.text)}\n`;
  return { stdout, stderr: showControls([...new Set(notices)].join('')) };
}
