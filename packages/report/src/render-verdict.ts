import { permits, type Verdict, type VerdictNode } from '@weighbridge/core';
import { escapeMarkdown } from './table.js';

const textMark: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  waived: '~',
  warn: '!',
  inconclusive: '?',
  pending: '…',
  fail: '✗',
  error: '✗',
};

const markdownMark: Readonly<Record<Verdict, string>> = {
  pass: '✅',
  waived: '🟡',
  warn: '⚠️',
  inconclusive: '❔',
  pending: '⏳',
  fail: '❌',
  error: '⛔',
};

/** Requirements for a terminal, one a line, what mends it beneath. */
export function renderVerdictText(requirements: readonly VerdictNode[], indent = 0): string {
  return requirements.map((node) => renderTextNode(node, indent)).join('\n');
}

/** The same as a nested Markdown list. */
export function renderVerdictMarkdown(requirements: readonly VerdictNode[]): string {
  return requirements.map((node) => renderMarkdownNode(node, 0)).join('\n');
}

function renderTextNode(node: VerdictNode, indent: number): string {
  const pad = '  '.repeat(indent);
  const lines = [`${pad}${textMark[node.verdict]} ${node.id}: ${node.because}`];
  if (node.remedy !== undefined && node.verdict !== 'pass') lines.push(`${pad}    -> ${node.remedy}`);
  for (const child of node.children ?? []) lines.push(renderTextNode(child, indent + 1));
  return lines.join('\n');
}

function renderMarkdownNode(node: VerdictNode, indent: number): string {
  const pad = '  '.repeat(indent);
  const lines = [
    `${pad}- ${markdownMark[node.verdict]} **${escapeMarkdown(node.id)}**: ${escapeMarkdown(node.because)}`,
  ];
  if (node.remedy !== undefined && node.verdict !== 'pass')
    lines.push(`${pad}  - what helps: ${escapeMarkdown(node.remedy)}`);
  for (const child of node.children ?? []) lines.push(renderMarkdownNode(child, indent + 1));
  return lines.join('\n');
}

/** The first requirement that keeps a decision from passing, and how many more there are. */
export function whyNot(requirements: readonly VerdictNode[]): { readonly because: string; readonly remedy: string } {
  const blocking = requirements.flatMap(blockingLeaves);
  const first = blocking[0];
  const more = blocking.length > 1 ? ` (and ${blocking.length - 1} more)` : '';
  return {
    because: `${first?.because ?? 'nothing blocks it'}${more}`,
    remedy: first?.remedy ?? 'Run "weighbridge gate" for the whole verdict.',
  };
}

/** The innermost reasons. What lets through, such as a waived gate, is none, whatever its parts came to. */
function blockingLeaves(node: VerdictNode): readonly VerdictNode[] {
  if (permits(node.verdict)) return [];
  const inner = (node.children ?? []).flatMap(blockingLeaves);
  return inner.length === 0 ? [node] : inner;
}
