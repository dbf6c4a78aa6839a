import { briefOf } from './brief.js';
import type { Judged } from './judged.js';
import { renderMarkdownTable } from './table.js';
import { markdownMark, openRequirements, strictVerdict } from './verdict-marks.js';

/** One row a decision: the move, its verdict and the first thing that is missing. */
export function renderModelTable(judged: readonly Judged[]): string {
  const rows = judged.map((decision) => {
    const { name, move } = decision;
    const verdict = strictVerdict(decision);
    const first = openRequirements(decision)[0];
    return [
      name,
      move === null ? '' : `${move.from ?? 'none'} → ${move.to}`,
      `${markdownMark[verdict]} ${verdict}`,
      first === undefined ? 'nothing' : briefOf(first),
    ];
  });
  return renderMarkdownTable([['what', 'move', 'verdict', 'missing'], ...rows]);
}
