import type { Diagnosis, Finding, FindingLevel } from '@weighbridge/flows';
import { escapeMarkdown, oneLine, renderRemedy } from '@weighbridge/report';

/** What has to be done first, first. */
const order: readonly FindingLevel[] = ['fail', 'warn', 'unknown', 'ok'];
const textMark: Readonly<Record<FindingLevel, string>> = { fail: '✗', warn: '!', unknown: '?', ok: '✓' };
const markdownMark: Readonly<Record<FindingLevel, string>> = { fail: '❌', warn: '⚠️', unknown: '❔', ok: '✅' };

function sorted({ findings }: Diagnosis): readonly Finding[] {
  return order.flatMap((level) => findings.filter((each) => each.level === level));
}

function headlineOf({ repository, protection }: Diagnosis): string {
  return `${repository ?? 'This repository'}: protection ${protection.level}`;
}

/** `2 to mend, 3 to consider, 1 not seen, 12 as they should be` */
function countOf({ findings }: Diagnosis): string {
  const words = { fail: 'to mend', warn: 'to consider', unknown: 'not seen', ok: 'as they should be' } as const;
  const counted = order.map((level) => ({ level, count: findings.filter((each) => each.level === level).length }));
  return counted.flatMap(({ level, count }) => (count === 0 ? [] : [`${count} ${words[level]}`])).join(', ');
}

/** For a terminal: the level, then each point with what mends it beneath, the worst first. */
export function renderDiagnosisText(diagnosis: Diagnosis): string {
  const { because: why, remedy: raise } = diagnosis.protection;
  const lines = [headlineOf(diagnosis), `  ${oneLine(why)}`];
  if (raise !== null) lines.push(`    -> ${oneLine(raise)}`);
  lines.push('');
  for (const { id, level, because, remedy } of sorted(diagnosis)) {
    lines.push(`${textMark[level]} ${id}: ${oneLine(because)}`);
    if (remedy !== null) lines.push(`    -> ${oneLine(remedy)}`);
  }
  if (diagnosis.unseen.length > 0)
    lines.push('', 'Not seen:', ...diagnosis.unseen.map((what) => `  - ${oneLine(what)}`));
  return [...lines, '', `${countOf(diagnosis)}.`].join('\n');
}

/** The same for a job summary; a command that is to be pasted stands as code. */
export function renderDiagnosisMarkdown(diagnosis: Diagnosis): string {
  const { because: why, remedy: raise } = diagnosis.protection;
  const lines = [
    `### ${escapeMarkdown(headlineOf(diagnosis))}`,
    '',
    `Level: ${escapeMarkdown(why)}`,
    ...(raise === null ? [] : ['', `**To raise it:** ${renderRemedy(raise)}`]),
    '',
  ];
  for (const { id, level, because, remedy } of sorted(diagnosis)) {
    lines.push(`- ${markdownMark[level]} **${id}**: ${escapeMarkdown(because)}`);
    if (remedy !== null) lines.push(`  - **Next:** ${renderRemedy(remedy)}`);
  }
  if (diagnosis.unseen.length > 0)
    lines.push('', '**Not seen**', '', ...diagnosis.unseen.map((what) => `- • ${escapeMarkdown(what)}`));
  return [...lines, '', `_${countOf(diagnosis)}._`].join('\n');
}
