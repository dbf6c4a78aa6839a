import { canonicalJson } from '@weighbridge/core';
import { type HistoryRow, historyRows, readEvents } from './history.js';

const columns = [
  'index',
  'time',
  'type',
  'model',
  'version',
  'what',
  'actor',
  'justification',
  'commit',
  'run',
  'id',
] as const satisfies readonly (keyof HistoryRow)[];

/** One line of JSON an entry: its index and its event, whole. @throws ledger/malformed */
export function exportJsonLines(entries: readonly Uint8Array[], start = 0): string {
  return readEvents(entries, start)
    .map((event, place) => `${canonicalJson({ index: start + place, ...event })}\n`)
    .join('');
}

/** RFC 4180 with a header line. Texts that a spreadsheet would run as a formula get an apostrophe. @throws ledger/malformed */
export function exportCsv(entries: readonly Uint8Array[], start = 0): string {
  const rows = historyRows(entries, start).map((row) => columns.map((column) => formatCell(row[column])).join(','));
  return [columns.join(','), ...rows].map((line) => `${line}\r\n`).join('');
}

function formatCell(value: string | number | null): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
