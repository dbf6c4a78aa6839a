import type { JsonValue } from '@weighbridge/core';
import { escapeMarkdown, oneLine, shorten } from '../escape-markdown.js';
import { renderChanges } from '../render-changes.js';
import { renderMarkdownTable } from '../table.js';
import { completeFrontMatter, type Disagreement, parseCard } from './front-matter.js';
import {
  renderFilesTable,
  renderGateTable,
  renderImportsTable,
  renderLineageTable,
  renderMetricsTable,
  renderMovesTable,
} from './record-tables.js';
import type { VersionRecord } from './version-record.js';

const begin = '<!-- weighbridge: record of the version, made from the ledger -->';
const end = '<!-- weighbridge: end of the record -->';
const maxSentence = 1_000;

/** A model card, and where the team's own words contradict the record. */
export interface RenderedCard {
  readonly markdown: string;
  readonly disagreements: readonly Disagreement[];
}

/**
 * A model card in the form of the Hugging Face Hub: front matter for programs, the team's prose as it is, then the record
 * of the version. A card that was made here before and kept as the README gets its record replaced, not repeated.
 * @param readme the card or README that the team keeps with the model; null for none
 * @throws formats/yaml-malformed, formats/document-too-large when its front matter cannot be read
 */
export function renderCard(record: VersionRecord, readme: string | null): RenderedCard {
  const own = readme === null ? null : parseCard(readme);
  const { yaml, disagreements } = completeFrontMatter(own, record);
  const { before, after } = proseOf(own?.body ?? '');
  const prose = before.trim() === '' && after.trim() === '' ? renderTitle(record) : before.trim();
  const parts = [prose, `${begin}\n\n${renderRecord(record, disagreements)}\n\n${end}`, after.trim()];
  const body = parts.filter((part) => part !== '').join('\n\n');
  const head = yaml === '' ? '' : `---\n${yaml}\n---\n\n`;
  return { markdown: `${head}${body}\n`, disagreements };
}

/** The prose of a card without the record that was made here. */
export function proseOf(body: string): { readonly before: string; readonly after: string } {
  const start = body.indexOf(begin);
  const stop = body.indexOf(end, start);
  if (start === -1 || stop === -1) return { before: body, after: '' };
  return { before: body.slice(0, start), after: body.slice(stop + end.length) };
}

function renderTitle({ model, snapshot }: VersionRecord): string {
  const { description } = snapshot.documentation;
  const title = `# ${model}`;
  return description === null
    ? title
    : `${title}\n\n**${model}**: ${escapeMarkdown(shorten(oneLine(description), maxSentence))}`;
}

function renderRecord(record: VersionRecord, disagreements: readonly Disagreement[]): string {
  const gates = record.moves.flatMap(({ to, decision }) => {
    const table = decision === null ? '' : renderGateTable(decision);
    return table === '' ? [] : [`**Gate of ${escapeMarkdown(to)}**\n\n${table}`];
  });
  const measured = renderMetricsTable(record);
  const sections: readonly (readonly [string, string])[] = [
    ['Where this card and the record differ', renderDisagreements(disagreements)],
    [nameChanges(record), renderChanges({ ...record, current: record.previous?.version ?? null })],
    ['Metrics', [measured, ...gates].filter((part) => part !== '').join('\n\n')],
    ['Lineage', renderLineageTable(record)],
    ['Stages and approvals', renderMovesTable(record)],
    ['Files', renderFilesTable(record)],
    ['What loading it imports', renderImportsTable(record)],
    ['Get it and verify it', renderVerification(record)],
  ];
  const told = sections.filter(([, body]) => body !== '').map(([title, body]) => `### ${title}\n\n${body}`);
  return [`## Version ${record.version}`, renderSummary(record), ...told].join('\n\n');
}

function nameChanges({ previous }: VersionRecord): string {
  return previous === null ? 'What changed' : `What changed since ${previous.version}`;
}

function renderSummary(record: VersionRecord): string {
  const { digests } = record;
  return renderMarkdownTable([
    ['model', 'version', 'bump', 'registered', 'kind'],
    [record.model, record.version, record.bump, record.registeredAt, record.snapshot.kind],
  ]).concat(`\n\nIdentity \`${digests.identity}\`, evidence \`${digests.evidence}\`, record \`${digests.record}\`.`);
}

function renderDisagreements(disagreements: readonly Disagreement[]): string {
  if (disagreements.length === 0) return '';
  const rows = disagreements.map(({ key, card, record }) => [key, show(card), show(record)]);
  return renderMarkdownTable([['what', 'the card says', 'the record says'], ...rows]);
}

function show(value: JsonValue): string {
  if (value === null) return 'nothing';
  return shorten(oneLine(typeof value === 'string' ? value : JSON.stringify(value)), maxSentence);
}

/** Commands made of names that their grammars keep harmless. */
export function renderVerification({ model, version, tag }: VersionRecord): string {
  const commands = [
    `git fetch origin tag ${tag} && git checkout ${tag}   # what it was made from`,
    `weighbridge show ${model}                             # where it is now`,
    'weighbridge audit verify                              # that nobody rewrote the record',
    `weighbridge card ${model}@${version} --recorded        # this card as it was recorded`,
    `weighbridge bom ${model}@${version} --recorded         # its bill of materials`,
  ].map((line) => line.replace(/ +# /, '   # '));
  return `The ledger of the repository holds this record; the digests above are those of the bytes.\n\n\`\`\`sh\n${commands.join('\n')}\n\`\`\``;
}
