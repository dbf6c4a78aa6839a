import type { HoldingVersion, ImpactRow } from '@weighbridge/lineage';
import { escapeMarkdown } from '../escape-markdown.js';
import { renderMarkdownTable, renderTextTable } from '../table.js';

/** What a change reaches, told to people. */
export interface ImpactReport {
  /** What was asked about, as people write it. */
  readonly subjects: readonly string[];
  readonly rows: readonly ImpactRow[];
}

const maxMarkdownRows = 30;
const maxVersions = 3;
const head = ['model', 'where', 'version', 'would get', 'because'] as const;

/** The rows as a table for a terminal, each with why. */
export function renderImpactText({ subjects, rows }: ImpactReport): string {
  const title = `${subjects.join(', ')}: ${countOf(rows)}`;
  if (rows.length === 0) return title;
  return `${title}\n\n${renderTextTable([[...head], ...rows.map(cellsOf)])}`;
}

/** The same as Markdown, at most 30 rows; the nearest stay, and the rest is counted. Empty text when there are none. */
export function renderImpactMarkdown({ subjects, rows }: ImpactReport): string {
  if (rows.length === 0) return '';
  const table = renderMarkdownTable([[...head], ...rows.slice(0, maxMarkdownRows).map(cellsOf)]);
  const more = rows.length - maxMarkdownRows;
  const rest = more > 0 ? `\n\n… and ${more} more; "weighbridge impact" lists all.` : '';
  const named = subjects.slice(0, 5).map((subject) => `**${escapeMarkdown(subject)}**`);
  const others = subjects.length > named.length ? ` and ${subjects.length - named.length} more` : '';
  return `**What this reaches** (${named.join(', ')}${others}): ${countOf(rows)}\n\n${table}${rest}`;
}

function countOf(rows: readonly ImpactRow[]): string {
  if (rows.length === 0) return 'nothing depends on it.';
  return rows.length === 1 ? '1 model depends on it.' : `${rows.length} models depend on it.`;
}

function cellsOf(row: ImpactRow): string[] {
  const away = row.depth > 1 ? ` (${row.depth} steps away)` : '';
  return [row.model, placesText(row.versions), versionsText(row), bumpText(row), `${row.because}${away}`];
}

function placesText(versions: readonly HoldingVersion[]): string {
  const places = versions.flatMap(({ places: held }) => held);
  return places.length === 0 ? '-' : [...new Set(places)].join(', ');
}

function versionsText({ versions, current }: ImpactRow): string {
  if (versions.length === 0) return current ?? 'not registered';
  const placed = versions.filter(({ places }) => places.length > 0);
  const named = (placed.length > 0 ? placed : versions).slice(0, maxVersions).map(({ version }) => version);
  const more = versions.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

function bumpText({ bump, next, held }: ImpactRow): string {
  if (held) return 'stays';
  if (bump === 'none') return 'nothing';
  return next === null ? bump : `${next} (${bump})`;
}
