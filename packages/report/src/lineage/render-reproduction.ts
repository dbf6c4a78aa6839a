import { formatCommand, type Reproduction } from '@weighbridge/lineage';
import { oneLine } from '../escape-markdown.js';
import { renderTextTable } from '../table.js';

/** One part of a record that was looked for here. */
export interface ReachedPart {
  readonly what: string;
  /** `unknown`: it cannot be asked from here. */
  readonly state: 'here' | 'gone' | 'unknown';
  readonly because: string;
}

/** How a version is made again, for a terminal: steps with their commands, figures to compare, and what is missing. */
export function renderReproductionText(plan: Reproduction, reached: readonly ReachedPart[] | null): string {
  const lines = [`${plan.model} ${plan.version} is made again like this:`];
  for (const [place, { title, commands }] of plan.steps.entries()) {
    lines.push('', `${place + 1}. ${oneLine(title)}`);
    for (const command of commands) lines.push(`   $ ${formatCommand(command)}`);
  }
  if (plan.metrics.length > 0) {
    const rows = plan.metrics.map(({ document, metric, value, path }) => [`${document}.${metric}`, value, path]);
    lines.push('', 'Measured then:', renderTextTable([['metric', 'value', 'document'], ...rows]));
  }
  if (plan.missing.length > 0) {
    lines.push('', 'Missing, with what would supply it the next time:');
    for (const { what, remedy } of plan.missing) lines.push(`- ${oneLine(what)}: ${oneLine(remedy)}`);
  }
  if (reached !== null) {
    const rows = reached.map(({ what, state, because }) => [state, what, because]);
    lines.push('', 'Looked for here:', renderTextTable([['state', 'part', 'because'], ...rows]));
  }
  return lines.join('\n');
}
