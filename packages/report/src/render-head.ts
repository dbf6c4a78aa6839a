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
    `## ${verdictLine(judged, report.governed, status)}`,
    '',
    `${escapeMarkdown(status.description)}${linkTo(report.url)}`,
  ];
  const waived = waiverLine(judged);
  if (waived !== null) lines.push('', waived);
  lines.push('', judgedLine(report));
  return lines.join('\n');
}

/** `❌ fraud 2.0.0 may not enter development`. */
function verdictLine(judged: readonly Judged[], governed: boolean, { state }: RenderedStatus): string {
  if (!governed) return 'ℹ️ Preview: this repository is not governed yet, and nothing blocks';
  const [only] = judged;
  if (only === undefined) return '✅ No governed model is touched';
  if (state === 'success' && judged.some((each) => each.mode === 'warn' && openRequirements(each).length > 0))
    return '⚠️ Nothing blocks, because the mode of the policy is warn';
  const [mark, one, many] = verdictWords[state];
  if (judged.length > 1) return `${mark} ${judged.length} verdicts: ${many}`;
  const move = only.move;
  if (move === null) return `${mark} ${capital(only.name)}: ${many}`;
  return `${mark} ${only.name} ${one.replace('STAGE', () => escapeMarkdown(shorten(oneLine(move.to), 60)))}`;
}

/** The mark, the words for one move and those for several. */
const verdictWords = {
  success: ['✅', 'may enter STAGE', 'all may go ahead'],
  pending: ['⏳', 'waits before STAGE', 'waiting for people or time'],
  failure: ['❌', 'may not enter STAGE', 'not all may go ahead'],
  error: ['⛔', 'could not be judged for STAGE', 'not all could be judged'],
} as const satisfies Readonly<Record<RenderedStatus['state'], readonly [string, string, string]>>;

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
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
