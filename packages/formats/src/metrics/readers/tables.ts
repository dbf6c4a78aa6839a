import type { JsonObject } from '@weighbridge/core';
import { weighbridgeError } from '@weighbridge/core';
import { type MetricDraft, sampleCount } from '../metric-draft.js';
import { metricLimits } from '../metric-node.js';
import { limitError } from '../scan-json.js';

const nameColumns = new Set(['name', 'metric', 'key']);
const stderrColumns = new Set(['stderr', 'std_err', 'se']);
const countColumns = new Set(['n', 'samples', 'n_samples', 'support']);
const maxColumns = 50;

/** Whether the first line is the head of a metric table: a column `name` (or `metric`, `key`) and a column `value`. */
export function isMetricTable(text: string): boolean {
  const head = (text.slice(0, 4_000).split(/\r?\n/, 1)[0] ?? '')
    .split(',')
    .map((cell) => cell.trim().toLowerCase().replaceAll('"', ''));
  return head.includes('value') && head.some((cell) => nameColumns.has(cell));
}

/**
 * CSV (RFC 4180) `name,value[,stderr,n,slice…]`: one metric a line. Columns that are not known are slice columns; an
 * empty cell there means that the line does not speak of that column.
 * @throws formats/metrics-syntax for a line with another number of cells, formats/metrics-limit
 */
export function readMetricTable(text: string, draft: MetricDraft): JsonObject {
  const [head = [], ...rows] = readCells(draft.name, text);
  const names = head.map((cell) => cell.trim());
  const place = (known: ReadonlySet<string>) => names.findIndex((name) => known.has(name.toLowerCase()));
  const [name, value, stderr, count] = [nameColumns, new Set(['value']), stderrColumns, countColumns].map(place);
  const known = new Set([name, value, stderr, count]);
  rows.forEach((cells, index) => {
    if (cells.length === 1 && cells[0]?.trim() === '') return;
    if (cells.length !== names.length) {
      const reason = `a line has ${cells.length} cells and the head has ${names.length}`;
      throw weighbridgeError('formats/metrics-syntax', { name: draft.name, line: index + 2, column: 1, reason });
    }
    const cell = (column: number | undefined) =>
      column === undefined || column < 0 ? '' : (cells[column] ?? '').trim();
    const slice = names.flatMap((column, at) =>
      known.has(at) || cell(at) === '' ? [] : [[column, cell(at)] as const],
    );
    draft.add({
      key: cell(name),
      value: cell(value),
      stderr: cell(stderr) === '' ? null : cell(stderr),
      samples: sampleCount(cell(count)),
      slice: slice.length === 0 ? null : Object.fromEntries(slice),
    });
  });
  return {};
}

function readCells(name: string, text: string): string[][] {
  const rows: string[][] = [[]];
  let position = 0;
  for (;;) {
    const row = rows.at(-1) ?? [];
    if (row.length >= maxColumns) throw limitError(name, 'columns', maxColumns);
    if (rows.length > metricLimits.values + 1) throw limitError(name, 'lines', metricLimits.values);
    const cell = readCell(name, text, position, rows.length);
    row.push(cell.text);
    position = cell.end;
    if (text[position] === ',') position += 1;
    else if (position >= text.length) return rows;
    else {
      position += text.startsWith('\r\n', position) ? 2 : 1;
      if (position >= text.length) return rows;
      rows.push([]);
    }
  }
}

const bareCell = /[^,\r\n]*/y;

function readCell(
  name: string,
  text: string,
  start: number,
  line: number,
): { readonly text: string; readonly end: number } {
  if (text[start] !== '"') {
    bareCell.lastIndex = start;
    const bare = bareCell.exec(text)?.[0] ?? '';
    return { text: bare, end: start + bare.length };
  }
  let end = start + 1;
  while (end < text.length && (text[end] !== '"' || text[end + 1] === '"')) end += text[end] === '"' ? 2 : 1;
  const next = text[end + 1];
  if (end >= text.length || (next !== undefined && next !== ',' && next !== '\n' && next !== '\r')) {
    const reason = 'a quoted cell is not closed, or something follows its closing quote';
    throw weighbridgeError('formats/metrics-syntax', { name, line, column: 1, reason });
  }
  return { text: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 };
}

const historyLine = /^(\d{9,16}) (\S{1,100})(?: (-?\d{1,15})(?: \S{1,500} (\S{1,200}))?)?$/;

/** Whether a text is the history of one metric in an MLflow file store: `timestamp value[ step[ data set, digest]]`. */
export function isMetricHistory(text: string): boolean {
  return historyLine.test(text.slice(0, 300).split(/\r?\n/, 1)[0] ?? '');
}

/**
 * `mlruns/…/metrics/<name>` of an MLflow file store: the value of the highest step, of equal steps the latest, the last
 * line of it winning. The key is the path below `metrics`. Context: dataset = digest of the data set of that line.
 * @throws formats/metrics-syntax
 */
export function readMetricHistory(text: string, draft: MetricDraft, path: string): JsonObject {
  let best: HistoryPoint = { step: Number.NEGATIVE_INFINITY, timeMs: 0, value: 'N/A', dataset: null };
  text.split(/\r?\n/).forEach((line, index) => {
    if (line === '') return;
    const point = parseHistoryLine(line);
    if (point === null) {
      const reason = 'a line is not "timestamp value step"';
      throw weighbridgeError('formats/metrics-syntax', { name: draft.name, line: index + 1, column: 1, reason });
    }
    if (point.step > best.step || (point.step === best.step && point.timeMs >= best.timeMs)) best = point;
  });
  draft.add({ key: historyKey(path), value: best.value });
  return best.dataset === null ? {} : { dataset: best.dataset };
}

interface HistoryPoint {
  readonly step: number;
  readonly timeMs: number;
  readonly value: string;
  readonly dataset: string | null;
}

function parseHistoryLine(line: string): HistoryPoint | null {
  const [, time, value, step, dataset] = historyLine.exec(line) ?? [];
  if (value === undefined) return null;
  return { step: Number(step ?? 0), timeMs: Number(time), value, dataset: dataset ?? null };
}

/** Names of metrics may hold slashes, which are folders there. */
function historyKey(path: string): string {
  const below = /(?:^|\/)metrics\/(.+)$/.exec(path)?.[1];
  return below ?? path.slice(path.lastIndexOf('/') + 1);
}
