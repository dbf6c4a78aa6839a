import type { MetricValue } from '@weighbridge/formats';
import type { VersionRecord } from './documents/index.js';
import { renderTextTable } from './table.js';

/** Rows of one table; the JSON has all of them. */
const maxRows = 40;

/** Where a version stands, which the record does not say. */
export interface VersionPlace {
  /** Stages and aliases that point to it, and other words of its state, such as `archived`. */
  readonly places: readonly string[];
  /** Whether nothing of the model was registered before. */
  readonly isFirst: boolean;
}

/** One version for a terminal: where it stands, what it is made of, what was measured, and who moved it. */
export function renderVersionText(record: VersionRecord, { places, isFirst }: VersionPlace): string {
  const { model, version, previous, bump } = record;
  const came = previous === null ? (isFirst ? 'the first version' : bump) : `${bump}, after ${previous.version}`;
  const where = places.length === 0 ? '' : `   ${places.join(', ')}`;
  const tables: readonly (readonly [string, readonly (readonly string[])[]])[] = [
    ['files', record.artifacts.map(({ path, size, sha256 }) => [path, `${size} bytes`, sha256])],
    ['metrics', metricRows(record)],
    ['moves', record.moves.map(({ to, time, actor, justification }) => [to, time, actor, justification ?? ''])],
  ];
  return [
    `${model} ${version} (${came})${where}`,
    renderTextTable(factRows(record)),
    ...tables.filter(([, rows]) => rows.length > 0).map(([title, rows]) => `${title}:\n${renderRows(rows)}`),
  ].join('\n');
}

function factRows(record: VersionRecord): readonly (readonly string[])[] {
  const { tag, commit, registeredAt, digests, store, snapshot } = record;
  const { description } = snapshot.documentation;
  return [
    ...(description === null ? [] : [['description', description]]),
    ['kind', snapshot.kind],
    ['tag', tag],
    ['commit', commit ?? ''],
    ['registered', registeredAt],
    ['identity', digests.identity],
    ...(record.artifacts.length === 0 ? [] : [['store', store ?? 'none: its bytes were not copied']]),
  ];
}

function metricRows({ evidence }: VersionRecord): readonly (readonly string[])[] {
  return Object.entries(evidence).flatMap(([id, { document, level }]) =>
    [...document.values]
      .sort((left, right) => Number(left.slice !== null) - Number(right.slice !== null))
      .map((value) => [`${id}.${value.key}`, value.value, nameSlice(value), level]),
  );
}

function nameSlice({ slice }: MetricValue): string {
  return Object.entries(slice ?? {})
    .map(([column, value]) => `${column}=${value}`)
    .join(', ');
}

function renderRows(rows: readonly (readonly string[])[]): string {
  const more = rows.length - maxRows;
  const shown = renderTextTable(rows.slice(0, maxRows));
  return more > 0 ? `${shown}\n  … and ${more} more (--json has them all)` : shown;
}
