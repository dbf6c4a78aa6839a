import { permits, type VerdictNode } from '@weighbridge/core';
import { escapeMarkdown, oneLine, shorten } from './escape-markdown.js';
import { markdownMark, textMark } from './verdict-marks.js';

/** One sentence of a report; `--json` has it whole. */
const maxSentence = 1_200;
/** Parts of one requirement that are listed, such as slices. */
const maxParts = 20;

/** A line of a checklist: the requirement, what mends it, and its parts where several are open. */
export interface ChecklistLine {
  readonly node: VerdictNode;
  readonly because: string;
  /** Null on what is met. */
  readonly remedy: string | null;
  readonly parts: readonly ChecklistLine[];
  /** Parts that are not listed. */
  readonly hidden: number;
}

/**
 * A requirement as a line. Where several parts block it says how many are met, and each part says why; else its own
 * sentence has it all, as that of a waived one has the waiver, and that of a change of the rules what changes. Every
 * fault of files is listed. What is open without a remedy of its own is mended by that of the requirement that it is
 * part of.
 */
export function checklistLine(node: VerdictNode, inherited: string | null = null): ChecklistLine {
  const remedy = node.verdict === 'pass' ? null : (node.remedy ?? inherited);
  const children = node.children ?? [];
  const open = children.filter((child) => child.verdict !== 'pass');
  const because = shorten(oneLine(node.because), maxSentence);
  if (!isTakenApart(node, open.length)) return { node, because, remedy, parts: [], hidden: 0 };
  const parts = open.slice(0, maxParts).map((child) => checklistLine(child, remedy));
  const counted = `${children.length - open.length} of ${children.length} parts are met.`;
  const told = node.kind === 'files' ? because : counted;
  return { node, because: told, remedy, parts, hidden: open.length - parts.length };
}

function isTakenApart({ kind, verdict }: VerdictNode, open: number): boolean {
  if (permits(verdict) || kind === 'amendment') return false;
  return open > (kind === 'files' ? 0 : 1);
}

/** Whether what mends a part is said by what mends the whole, beneath it. */
function isSaid(remedy: string, above: string | null): boolean {
  return above?.includes(remedy.replace(/\.$/, '')) ?? false;
}

/** Requirements as a nested Markdown list, what mends each beneath it. */
export function renderVerdictMarkdown(requirements: readonly VerdictNode[]): string {
  return requirements.map((node) => markdownLines(checklistLine(node), 0)).join('\n');
}

function markdownLines(line: ChecklistLine, indent: number, above: string | null = null): string {
  const pad = '  '.repeat(indent);
  const { node } = line;
  const lines = [
    `${pad}- ${markdownMark[node.verdict]} **${escapeMarkdown(node.id)}**: ${escapeMarkdown(line.because)}`,
  ];
  for (const part of line.parts) lines.push(markdownLines(part, indent + 1, line.remedy));
  if (line.hidden > 0) lines.push(`${pad}  - … and ${line.hidden} more parts.`);
  if (line.remedy !== null && !isSaid(line.remedy, above))
    lines.push(`${pad}  - **Next:** ${escapeMarkdown(shorten(oneLine(line.remedy), maxSentence))}`);
  return lines.join('\n');
}

/** The same for a terminal. */
export function renderVerdictText(requirements: readonly VerdictNode[], indent = 0): string {
  return requirements.map((node) => textLines(checklistLine(node), indent)).join('\n');
}

function textLines(line: ChecklistLine, indent: number, above: string | null = null): string {
  const pad = '  '.repeat(indent);
  const lines = [`${pad}${textMark[line.node.verdict]} ${oneLine(line.node.id)}: ${line.because}`];
  for (const part of line.parts) lines.push(textLines(part, indent + 1, line.remedy));
  if (line.hidden > 0) lines.push(`${pad}  … and ${line.hidden} more parts`);
  if (line.remedy !== null && !isSaid(line.remedy, above))
    lines.push(`${pad}    -> ${shorten(oneLine(line.remedy), maxSentence)}`);
  return lines.join('\n');
}
