import type { VerdictNode } from '@weighbridge/core';
import { type Judged, judgedOf } from './judged.js';
import { escapeMarkdown, oneLine, shorten } from './escape-markdown.js';
import type { PullReport } from './pull-report.js';
import { renderStatus, type RenderedStatus } from './render-status.js';
import { openRequirements } from './verdict-marks.js';

/** The part that always stays: the verdict, what it is about, waivers that carry it, the run, the judged commit. */
export function renderHead(report: PullReport): string {
  const judged = judgedOf(report);
  const status = renderStatus(report);
  const lines = [
    `## ${verdictLine(judged, report, status)}`,
    '',
    `${escapeMarkdown(status.description)}${linkTo(report.url)}`,
  ];
  const waived = waiverLine(judged);
  if (waived !== null) lines.push('', waived);
  lines.push('', judgedLine(report));
  return lines.join('\n');
}

/** `❌ fraud 2.0.0 may not enter development`. */
function verdictLine(
  judged: readonly Judged[],
  { governed, impact }: Pick<PullReport, 'governed' | 'impact'>,
  { state }: RenderedStatus,
): string {
  if (!governed) return 'ℹ️ Preview: this repository is not governed yet, and nothing blocks';
  const [only] = judged;
  if (only === undefined && impact && impact.rows.length > 0) return '✅ No model is changed; others depend on what is';
  if (only === undefined) return '✅ No governed model is touched';
  if (state === 'success' && judged.some((each) => each.mode === 'warn' && openRequirements(each).length > 0))
    return '⚠️ Nothing blocks, because the mode of the policy is warn';
  const [mark, move, rules, several] = verdictWords[state];
  if (judged.length > 1) return `${mark} ${nameSubjects(judged)}: ${several}`;
  if (only.subject === 'rules') return `${mark} ${rules}`;
  const title = escapeMarkdown(shorten(oneLine(only.title), 80));
  if (only.move === null) return `${mark} ${title} could not be read`;
  const stage = escapeMarkdown(shorten(oneLine(only.move.to), 60));
  return `${mark} ${title} ${move.replace('STAGE', () => stage)}`;
}

/** The mark, the words for one move, for a change of the rules alone, and for several verdicts. */
const verdictWords = {
  success: ['✅', 'may enter STAGE', 'The rules may change', 'all may go ahead'],
  pending: ['⏳', 'waits before STAGE', 'The change of the rules waits for people', 'waiting for people or time'],
  failure: ['❌', 'may not enter STAGE', 'The rules may not change like this', 'not all may go ahead'],
  error: [
    '⛔',
    'could not be judged for STAGE',
    'The change of the rules could not be judged',
    'not all could be judged',
  ],
} as const satisfies Readonly<Record<RenderedStatus['state'], readonly [string, string, string, string]>>;

/** `fraud 2.0.0 and a change of the rules`, `2 moves and files that cannot be read`. */
function nameSubjects(judged: readonly Judged[]): string {
  const moves = judged.filter(({ subject }) => subject === 'move');
  const subjects = new Set(judged.map(({ subject }) => subject));
  const named = [
    ...(moves.length > 1 ? [`${moves.length} moves`] : moves.map(({ title }) => escapeMarkdown(shorten(title, 80)))),
    ...(subjects.has('rules') ? ['a change of the rules'] : []),
    ...(subjects.has('files') ? ['files that cannot be read'] : []),
  ];
  const last = named.pop() ?? '';
  const told = named.length === 0 ? last : `${named.join(', ')} and ${last}`;
  // The name of a model keeps its case.
  return moves.length === 0 ? `${told.slice(0, 1).toUpperCase()}${told.slice(1)}` : told;
}

/** Only a plain address of the web becomes a link; the forge gives it, never a user. */
function linkTo(url: string | null): string {
  return url !== null && /^https?:\/\/[\w.:/?#=&%~+-]{1,500}$/.test(url) ? ` · [the run](${url})` : '';
}

const namedWaivers = 5;

function waiverLine(judged: readonly Judged[]): string | null {
  const waived = judged.flatMap(({ name, requirements }) =>
    requirements
      .filter((node: VerdictNode) => node.verdict === 'waived')
      .map(({ id }) => `${name}: ${shorten(oneLine(id), 80)}`),
  );
  if (waived.length === 0) return null;
  const more = waived.length > namedWaivers ? ` and ${waived.length - namedWaivers} more` : '';
  return `🟡 **Waived:** ${escapeMarkdown(waived.slice(0, namedWaivers).join(', '))}${more}.`;
}

function judgedLine({ commit, time, governed }: PullReport): string {
  const policy = governed ? 'by the policy of the base branch' : 'by the policy that this change proposes';
  return `<sub>Judged commit ${escapeMarkdown(shorten(oneLine(commit), 64))} at ${escapeMarkdown(shorten(oneLine(time), 40))}, ${policy}. If the head is another commit by now, this is out of date.</sub>`;
}
