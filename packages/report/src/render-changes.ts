import type { JsonValue } from '@weighbridge/core';
import type { Assessment, Change } from '@weighbridge/versioning';
import { oneLine, shorten } from './escape-markdown.js';
import { collapseQuiet, heaviestFirst, maxListedChanges } from './render-assessment.js';
import { renderMarkdownTable } from './table.js';

/** A value of a change in a table. */
const maxValue = 60;
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
  const move = from === null && to === null ? '' : `: ${nameValue(from)} → ${nameValue(to)}`;
  return `${shorten(oneLine(path), 2 * maxValue)}${move}`;
}

function nameValue(value: JsonValue): string {
  if (value === null) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const digest = /^sha256:[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 19)}…` : text;
  return shorten(oneLine(digest), maxValue);
}
