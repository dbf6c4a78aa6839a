import type { Assessment, Change } from '@weighbridge/versioning';
import { describeMove } from './describe-value.js';
import { oneLine, shorten } from './escape-markdown.js';
import { collapseQuiet, heaviestFirst, maxListedChanges } from './render-assessment.js';
import { renderMarkdownTable } from './table.js';

/** What differs, and from what to what it went. */
const maxPath = 120;
const maxMove = 240;
/** A sentence of a change. */
const maxSentence = 600;

/** What changed of one model, heaviest first: the bump, the sentence, the rule and what was before and is now. */
export function renderChanges(assessment: Pick<Assessment, 'model' | 'current' | 'changes'>): string {
  const changes = collapseQuiet(heaviestFirst(assessment.changes));
  if (changes.length === 0)
    return assessment.current === null ? 'The first version.' : 'Nothing that moves the version changed.';
  const shown = changes.slice(0, maxListedChanges);
  const rows = shown.map((change) => [
    change.bump,
    shorten(oneLine(change.because), maxSentence),
    change.rule,
    evidenceOf(change),
  ]);
  const table = renderMarkdownTable([['bump', 'what changed', 'rule', 'evidence'], ...rows]);
  const more = changes.length - shown.length;
  return more === 0
    ? table
    : `${table}\n\n… and ${more} more; \`weighbridge version ${assessment.model} --json\` has them all.`;
}

function evidenceOf({ path, from, to }: Change): string {
  const move = from === null && to === null ? '' : `: ${shorten(describeMove(from, to), maxMove)}`;
  return `${shorten(oneLine(path), maxPath)}${move}`;
}
