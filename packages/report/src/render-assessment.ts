import type { Assessment, Change } from '@weighbridge/versioning';
import { escapeMarkdown } from './escape-markdown.js';
import { renderMarkdownTable, renderTextTable } from './table.js';

/** Changes listed in a report; the rest are counted. `--json` has all of them. */
export const maxListedChanges = 40;

/** `fraud 1.3.2 -> 2.0.0 (major)`, `fraud 1.0.0 (first version)` or `fraud 1.3.2 (unchanged)`. */
export function headlineOf(assessment: Assessment): string {
  const { model, current, next, bump } = assessment;
  if (next === null) return `${model} ${current ?? ''} (unchanged: same content)`.replace('  ', ' ');
  if (current === null) return `${model} ${next} (first version)`;
  return `${model} ${current} -> ${next} (${bump})`;
}

/** For a terminal: the headline, then each change with its bump and reason, heaviest first. */
export function renderAssessmentText(assessment: Assessment): string {
  const lines = [headlineOf(assessment)];
  const sorted = collapseQuiet(heaviestFirst(assessment.changes));
  if (sorted.length > 0) {
    lines.push(
      renderTextTable(sorted.slice(0, maxListedChanges).map((change) => [change.bump, change.rule, change.because])),
    );
  }
  if (sorted.length > maxListedChanges)
    lines.push(`  … and ${sorted.length - maxListedChanges} more (--json has them all)`);
  return lines.join('\n');
}

/** For a job summary or a comment. */
export function renderAssessmentMarkdown(assessment: Assessment): string {
  const lines = [`### ${escapeMarkdown(headlineOf(assessment)).replace('-&gt;', '→')}`, ''];
  const sorted = collapseQuiet(heaviestFirst(assessment.changes));
  if (sorted.length === 0)
    return [
      ...lines,
      assessment.current === null ? 'The first version.' : 'Nothing that moves the version changed.',
    ].join('\n');
  const rows = sorted
    .slice(0, maxListedChanges)
    .map((change) => [change.bump, change.facet, change.because, change.rule]);
  lines.push(renderMarkdownTable([['bump', 'facet', 'what changed', 'rule'], ...rows]));
  if (sorted.length > maxListedChanges) lines.push('', `… and ${sorted.length - maxListedChanges} more.`);
  return lines.join('\n');
}

const weight: Readonly<Record<Change['bump'], number>> = { major: 0, minor: 1, patch: 2, none: 3 };

/** Changes in the order in which they matter. */
export function heaviestFirst(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((left, right) => weight[left.bump] - weight[right.bump]);
}

/** Several changes of one rule that move nothing become one line; what moves the version is never folded. */
export function collapseQuiet(changes: readonly Change[]): readonly Change[] {
  const quiet = new Map<string, number>();
  for (const change of changes) if (change.bump === 'none') quiet.set(change.rule, (quiet.get(change.rule) ?? 0) + 1);
  const seen = new Set<string>();
  return changes.flatMap((change) => {
    const count = change.bump === 'none' ? (quiet.get(change.rule) ?? 1) : 1;
    if (count <= 2) return [change];
    if (seen.has(change.rule)) return [];
    seen.add(change.rule);
    return [{ ...change, because: `${change.because.replace(/\.$/, '')} (and ${count - 1} more like it).` }];
  });
}
