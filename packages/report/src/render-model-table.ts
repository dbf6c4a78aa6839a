import type { Decision } from '@weighbridge/gates';
import { briefOf } from './brief.js';
import { renderMarkdownTable } from './table.js';
import { markdownMark, openRequirements, strictVerdict } from './verdict-marks.js';

/** One row a decision: the move, its verdict and the first thing that is missing. */
export function renderModelTable(decisions: readonly Decision[]): string {
  const rows = decisions.map((decision) => {
    const { model, version, transition } = decision;
    const verdict = strictVerdict(decision);
    const first = openRequirements(decision)[0];
    return [
      version === null ? model : `${model} ${version}`,
      `${transition.from ?? 'none'} → ${transition.to}`,
      `${markdownMark[verdict]} ${verdict}`,
      first === undefined ? 'nothing' : briefOf(first),
    ];
  });
  return renderMarkdownTable([['model', 'move', 'verdict', 'missing'], ...rows]);
}
