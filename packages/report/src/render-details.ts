import type { Decision } from '@weighbridge/gates';
import { escapeMarkdown, oneLine, shorten } from './escape-markdown.js';
import { guideAddress } from './own-links.js';
import type { PullReport, ReportedEvidence, ReportNotice } from './pull-report.js';
import { renderVerdictMarkdown } from './render-checklist.js';
import { renderRemedy } from './render-remedy.js';
import { renderMarkdownTable } from './table.js';
import { markdownMark, openRequirements, strictVerdict } from './verdict-marks.js';

const maxNotices = 20;
const maxNoticeText = 600;

/** What people should know and what stops nothing. Empty text when there is none. */
export function renderNotices(notices: readonly ReportNotice[]): string {
  if (notices.length === 0) return '';
  const lines = notices.slice(0, maxNotices).map(({ level, text, file, line }) => {
    const place = file === undefined ? '' : ` (${file}${line === undefined ? '' : `:${line}`})`;
    return `- ${level === 'warning' ? '⚠️' : 'ℹ️'} ${escapeMarkdown(shorten(oneLine(`${text}${place}`), maxNoticeText))}`;
  });
  if (notices.length > maxNotices) lines.push(`- … and ${notices.length - maxNotices} more.`);
  return `**Notices**\n\n${lines.join('\n')}`;
}

/** Later gates as things stand, folded: each with what is missing and who can supply it. */
export function renderForecast(forecast: readonly Decision[]): string {
  if (forecast.length === 0) return '';
  const gates = forecast.map((decision) => {
    const open = openRequirements(decision);
    const verdict = strictVerdict(decision);
    const told = open.length === 0 ? 'nothing is missing' : `${open.length} of ${decision.requirements.length} missing`;
    const title = `${markdownMark[verdict]} **${decision.model}, ${escapeMarkdown(decision.transition.to)}**: ${told}`;
    return open.length === 0 ? title : `${title}\n\n${renderVerdictMarkdown(open)}`;
  });
  return folded('Later gates, as things stand (sets no status)', gates.join('\n\n'));
}

/** Every metric document and what stands behind it. */
export function renderEvidence(evidence: readonly ReportedEvidence[]): string {
  if (evidence.length === 0) return '';
  const rows = evidence.map(({ model, id, level, time }) => [model, id, level, time ?? 'not known']);
  return folded('Evidence and its levels', renderMarkdownTable([['model', 'document', 'level', 'made at'], ...rows]));
}

/** What each decision rests on, in full: approvals and waivers name these. */
export function renderDigests({ decisions, amendments }: Pick<PullReport, 'decisions' | 'amendments'>): string {
  if (decisions.length === 0 && amendments === null) return '';
  const rules = amendments === null ? [] : [['change of the rules', 'policy', amendments.digests.policy]];
  const rows = decisions.flatMap(({ model, transition, digests }) => {
    const name = `${model}, ${transition.to}`;
    const baselines = Object.entries(digests.baselines).map(([ref, found]) => {
      return [name, `baseline ${ref}`, found === null ? 'none' : `${found.version} ${found.identity}`];
    });
    return [
      [name, 'identity', digests.identity],
      [name, 'evidence', digests.evidence],
      [name, 'policy', digests.policy],
      ...baselines,
    ];
  });
  const table = renderMarkdownTable([['decision', 'digest of', 'value'], ...rules, ...rows]);
  return folded('Digests that this rests on', table);
}

/** How hard the set-up is to get around, and what would raise it, with the command for it. */
export function renderSetup(setup: PullReport['setup']): string {
  if (setup === null) return '';
  const level = escapeMarkdown(shorten(oneLine(setup.level), 40));
  const because = escapeMarkdown(shorten(oneLine(setup.because), maxNoticeText));
  const next = setup.remedy === null ? '' : ` <b>To raise it:</b> ${renderRemedy(setup.remedy)}`;
  const levels = `[What the levels mean](${guideAddress}/checks.md#weighbridge-doctor)`;
  return `<sub>Protection ${level}: ${because}${next} ${levels}; \`weighbridge doctor\` examines all of it.</sub>`;
}

function folded(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
