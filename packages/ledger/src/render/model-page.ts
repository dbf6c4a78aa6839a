import type { CatalogueVersion, ModelCatalogue } from '../catalogue.js';
import { stagesHeldBy } from '../fold/lookup.js';

/** Rows that a page shows: it is rewritten by every entry about the model, so it must not grow without end. */
const maxVersionRows = 50;
const maxMoveRows = 50;
const maxCellLength = 300;

/** The page of a model on the branch, for people. */
export function renderModelPage(catalogue: ModelCatalogue): string {
  return `${[
    `# ${catalogue.model}`,
    catalogue.deprecated ? 'This model is deprecated.' : '',
    renderPointers(catalogue),
    renderVersions(catalogue),
    renderMoves(catalogue),
    'Written by Weighbridge from the entries of this log; the whole catalogue is in `catalogue.json`.',
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

function renderPointers(catalogue: ModelCatalogue): string {
  const stages = Object.entries(catalogue.stages).map(([stage, version]) => [stage, version ?? 'empty']);
  const aliases = Object.entries(catalogue.aliases).map(([alias, version]) => [`${alias} (alias)`, version]);
  const rows = [...sortRows(stages), ...sortRows(aliases)];
  return rows.length === 0 ? 'No stage holds a version.' : renderTable(['stage', 'version'], rows);
}

/** The order of members is not part of a catalogue's meaning, so it must not show. */
function sortRows(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...rows].sort(([left = ''], [right = '']) => (left < right ? -1 : 1));
}

function renderVersions(catalogue: ModelCatalogue): string {
  if (catalogue.versions.length === 0) return '';
  const newest = [...catalogue.versions].reverse().slice(0, maxVersionRows);
  const rows = newest.map((version) => [
    version.version,
    version.bump,
    version.registeredAt,
    (version.commit ?? 'none').slice(0, 12),
    describeStanding(catalogue, version),
  ]);
  const left = catalogue.versions.length - newest.length;
  const more = left > 0 ? `\n\n${left} older versions are in \`catalogue.json\`.` : '';
  return `## Versions\n\n${renderTable(['version', 'bump', 'registered', 'commit', 'standing'], rows)}${more}`;
}

function describeStanding(catalogue: ModelCatalogue, version: CatalogueVersion): string {
  const frozen = catalogue.frozen.some((freeze) => freeze.identity === version.identity);
  const words = [
    ...stagesHeldBy(catalogue, version.version),
    ...(version.archived ? ['archived'] : []),
    ...(version.deprecated ? ['deprecated'] : []),
    ...(frozen ? ['frozen'] : []),
  ];
  return words.join(', ');
}

function renderMoves(catalogue: ModelCatalogue): string {
  if (catalogue.history.length === 0) return '';
  const newest = [...catalogue.history].reverse().slice(0, maxMoveRows);
  const rows = newest.map((move) => [
    move.time,
    move.stage,
    `${move.previous ?? 'empty'} → ${move.version ?? 'empty'}`,
    move.kind,
    move.actor,
    move.justification ?? '',
    String(move.entry),
  ]);
  return `## Moves\n\n${renderTable(['time', 'stage', 'move', 'kind', 'by', 'why', 'entry'], rows)}`;
}

function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(escapeCell))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Text that people wrote stays text: no markup, no mention, no new cell. */
function escapeCell(text: string): string {
  return Array.from(text)
    .slice(0, maxCellLength)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>|~]/g, '\\$&')
    .replaceAll('@', '@\u200b');
}
