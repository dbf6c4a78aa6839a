import { escapeMarkdown, oneLine, shorten } from '../escape-markdown.js';
import { renderChanges } from '../render-changes.js';
import { renderFilesTable, renderGateTable, renderMetricsTable } from './record-tables.js';
import { renderVerification } from './render-card.js';
import type { VersionRecord } from './version-record.js';

const maxDescription = 1_000;

/** The text of a version's release on a forge: what changed and why it is that bump, metrics, gate, files, verification. */
export function renderReleaseNotes(record: VersionRecord): string {
  const { model, version, previous, bump, snapshot, moves } = record;
  const move = previous === null ? 'first version' : `${previous.version} → ${version}, ${bump}`;
  const { description } = snapshot.documentation;
  const gate = moves[0]?.decision ?? null;
  const sections: readonly (readonly [string, string])[] = [
    ['What changed', renderChanges({ ...record, current: previous?.version ?? null })],
    ['Metrics', renderMetricsTable(record)],
    [`Gate of ${escapeMarkdown(moves[0]?.to ?? '')}`, gate === null ? '' : renderGateTable(gate)],
    ['Files', renderFilesTable(record)],
    ['Get it and verify it', renderVerification(record)],
  ];
  const told = sections.filter(([, body]) => body !== '').map(([title, body]) => `### ${title}\n\n${body}`);
  const about = description === null ? '' : `: ${escapeMarkdown(shorten(oneLine(description), maxDescription))}`;
  return `${[`**${model} ${version}** (${move})${about}`, ...told, `Identity \`${record.digests.identity}\`.`].join('\n\n')}\n`;
}
