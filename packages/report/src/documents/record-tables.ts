import type { MetricValue } from '@weighbridge/formats';
import { markImport } from '@weighbridge/formats';
import { oneLine, shorten } from '../escape-markdown.js';
import { renderMarkdownTable } from '../table.js';
import { markdownMark } from '../verdict-marks.js';
import type { RecordedMove, VersionRecord } from './version-record.js';

const maxRows = 40;
const maxCell = 300;

/** Every metric of the version, values of the whole before those of slices. Empty text when nothing was measured. */
export function renderMetricsTable({ evidence }: VersionRecord): string {
  const rows = Object.entries(evidence).flatMap(([id, { document, level }]) => {
    const ordered = [...document.values].sort((left, right) => sliceRank(left) - sliceRank(right));
    return ordered.map((value) => [
      `${id}.${value.key}`,
      nameSlice(value),
      value.value,
      value.stderr ?? '',
      value.samples === null ? '' : String(value.samples),
      level,
    ]);
  });
  return cut([['metric', 'slice', 'value', 'standard error', 'samples', 'evidence'], ...rows]);
}

function sliceRank({ slice }: MetricValue): number {
  return slice === null ? 0 : 1;
}

function nameSlice({ slice }: MetricValue): string {
  return Object.entries(slice ?? {})
    .map(([column, value]) => `${column}=${value}`)
    .join(', ');
}

/** What a gate asked and found. Empty text where it asked nothing. */
export function renderGateTable(decision: NonNullable<RecordedMove['decision']>): string {
  const rows = decision.requirements.map(({ id, verdict, because }) => [
    id,
    `${markdownMark[verdict]} ${verdict}`,
    because,
  ]);
  return cut([['requirement', 'verdict', 'why'], ...rows]);
}

/** What the version was made from: base, previous version, data, code and training. */
export function renderLineageTable(record: VersionRecord): string {
  const { snapshot, previous, commit } = record;
  const { base, training, runtime } = snapshot;
  const rows: (readonly [string, string | null | undefined, string | null | undefined])[] = [
    ['base model', base?.model, base?.version ?? base?.revision ?? base?.content],
    ['previous version', previous?.version, previous?.identity],
    ...snapshot.uses.map(({ model, range, version, identity }) => {
      return ['part', `${model} ${version ?? range}`, identity] as const;
    }),
    ...snapshot.data.map(({ name, role, ref, pinned }) => [`${role} data`, `${name}: ${ref}`, pinned] as const),
    ['code', record.tag, commit],
    ['training run', textOf(training['run']), null],
    ['trained on', textOf(training['hardware']), textOf(training['duration'])],
    [
      'framework',
      runtime.framework ?? textOf(training['framework']),
      runtime.frameworkVersion ?? textOf(training['framework_version']),
    ],
    ['environment', runtime.image ?? runtime.lock?.path, runtime.lock?.digest],
  ];
  const known = rows.filter(([, what, pinned]) => (what ?? '') !== '' || (pinned ?? '') !== '');
  return cut([['what', 'which', 'exactly'], ...known.map(([name, what, pinned]) => [name, what ?? '', pinned ?? ''])]);
}

/** Who moved the version where, and whose reviews that rests on. Empty text for one that never moved. */
export function renderMovesTable({ moves }: VersionRecord): string {
  const rows = moves.map(({ to, time, actor, approvals, pull, decision, justification }) => [
    to,
    time,
    actor,
    decision === null ? '' : `${markdownMark[decision.verdict]} ${decision.verdict}`,
    approvals.map(({ login, roster }) => `${login} (${roster})`).join(', '),
    pull === null ? '' : `pull request ${pull}`,
    justification ?? '',
  ]);
  return cut([['stage', 'when', 'by', 'gate', 'approved by', 'asked for by', 'reason'], ...rows]);
}

/** The files of the version by their digests. Empty text for one without any. */
export function renderFilesTable({ artifacts, snapshot }: VersionRecord): string {
  const formats = new Map(
    snapshot.artifacts.map(({ path, header }) => [path.replace(/^\//, ''), header?.format ?? '']),
  );
  const rows = artifacts.map(({ path, size, sha256 }) => {
    const format = [...formats].find(([own]) => path === own || path.endsWith(`/${own}`))?.[1] ?? '';
    return [path, String(size), format, sha256];
  });
  return cut([['file', 'bytes', 'format', 'SHA-256'], ...rows]);
}

/** What loading the pickles of the version imports, what can do harm first and marked. Empty text without a pickle. */
export function renderImportsTable({ snapshot }: VersionRecord): string {
  const rows = snapshot.artifacts.flatMap(({ path, header }) => {
    const imports = (header?.imports ?? []).map((name) => ({ name, effect: markImport(name) }));
    const sorted = [
      ...imports.filter(({ effect }) => effect !== null),
      ...imports.filter(({ effect }) => effect === null),
    ];
    return sorted.map(({ name, effect }) => [path, name, effect === null ? '' : `⚠️ ${effect}`]);
  });
  return cut([['file', 'imports', 'which'], ...rows]);
}

/** A table of bounded size; empty text when it has a head alone. Columns that are empty in every row are left out. */
function cut(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  if (body.length === 0) return '';
  const kept = head.map((_, column) => body.some((row) => (row[column] ?? '') !== ''));
  const shown = [head, ...body.slice(0, maxRows)].map((row) =>
    row.filter((_, column) => kept[column]).map((cell) => shorten(oneLine(cell), maxCell)),
  );
  const more = body.length - maxRows;
  return more > 0 ? `${renderMarkdownTable(shown)}\n\n… and ${more} more.` : renderMarkdownTable(shown);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
