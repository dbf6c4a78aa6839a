import type { CatalogueVersion, ModelCatalogue } from '../catalogue.js';
import { stagesHeldBy } from '../fold/lookup.js';

/** Rows that a page shows: it is rewritten by every entry about the model, so it must not grow without end. */
const maxVersionRows = 50;
const maxMoveRows = 50;
const maxWaiverRows = 50;
const maxCellLength = 300;

/** The page of a model on the branch, for people. */
export function renderModelPage(catalogue: ModelCatalogue): string {
  return `${[
    `# ${catalogue.model}`,
    catalogue.deprecated ? 'This model is deprecated.' : '',
    renderPointers(catalogue),
    renderVersions(catalogue),
    renderMoves(catalogue),
    renderApplied(catalogue),
    renderBypasses(catalogue),
    renderWaivers(catalogue),
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
    ...(version.holds ?? []).map(({ matter }) => `on hold (${matter})`),
    ...(version.released === undefined ? [] : [`bytes released ${version.released.time.slice(0, 10)}`]),
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
    move.approvedBy.join(', '),
    move.pull === null ? '' : `#${move.pull}`,
    move.justification ?? '',
    String(move.entry),
  ]);
  const head = ['time', 'stage', 'move', 'kind', 'by', 'approved by', 'pull request', 'why', 'entry'];
  return `## Moves\n\n${renderTable(head, rows)}`;
}

/** What stages.yaml asked for when it was applied last; stages may have moved since, by a rollback. */
function renderApplied({ applied }: ModelCatalogue): string {
  if (applied === null) return '';
  const stages = sortRows(Object.entries(applied.stages).map(([stage, version]) => [stage, version ?? 'empty']));
  const aliases = Object.entries(applied.aliases).map(([alias, version]) => [`${alias} (alias)`, version ?? 'empty']);
  const table = renderTable(['stage', 'asked for'], [...stages, ...sortRows(aliases)]);
  return `## Applied last\n\nThe stages.yaml of commit ${applied.commit.slice(0, 12)}, on ${applied.time}.\n\n${table}`;
}

function renderBypasses({ bypasses }: ModelCatalogue): string {
  if (bypasses.length === 0) return '';
  const rows = [...bypasses].reverse().map((bypass) => [
    bypass.time,
    sortRows(Object.entries(bypass.requested).map(([stage, version]) => [stage, version ?? 'empty']))
      .map((row) => row.join(' '))
      .join(', '),
    bypass.actor,
    bypass.pull === null ? '' : `#${bypass.pull}`,
    bypass.because,
    String(bypass.entry),
  ]);
  return `## Came in without a decision\n\n${renderTable(['time', 'asked for', 'by', 'pull request', 'why', 'entry'], rows)}`;
}

function renderWaivers({ waivers }: ModelCatalogue): string {
  if (waivers.length === 0) return '';
  const rows = [...waivers]
    .reverse()
    .slice(0, maxWaiverRows)
    .map((waiver) => [
      waiver.gate,
      waiver.identity.slice(0, 19),
      waiver.expires ?? 'no end',
      waiver.rule ?? '',
      waiver.reason ?? waiver.justification ?? '',
      String(waiver.entry),
    ]);
  return `## Waivers\n\n${renderTable(['gate', 'content', 'until', 'rule', 'why', 'entry'], rows)}`;
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
