import {
  indexSteps,
  type LineageEdge,
  type LineageGraph,
  type LineageNode,
  otherEnd,
  type Steps,
} from '@weighbridge/lineage';
import { oneLine, shorten } from '../escape-markdown.js';
import { nodeKindWords, nodeTitle } from './node-words.js';

const maxDetail = 100;
/** Branches can meet again and again: a tree of more lines is told as JSON. */
const maxLines = 2_000;

interface Drawing {
  readonly nodes: ReadonlyMap<string, LineageNode>;
  readonly steps: Steps;
  readonly lines: string[];
  readonly shown: Set<string>;
}

/**
 * A graph as a tree for a terminal, seen from one node: first what it was made of, then what was made of it. A branch
 * that was shown before is named and not drawn again.
 */
export function renderLineageText(graph: LineageGraph, start: string): string {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const steps = indexSteps(graph);
  const root = nodes.get(start);
  if (root === undefined) return '';
  const lines = [describeNode(root)];
  for (const [direction, title] of [
    ['up', 'made from'],
    ['down', 'goes to'],
  ] as const) {
    if (steps.from(start, direction).length === 0) continue;
    lines.push('', title);
    drawBranches({ nodes, steps, lines, shown: new Set([start]) }, start, { direction, indent: '' });
  }
  return lines.length <= maxLines
    ? lines.join('\n')
    : [
        ...lines.slice(0, maxLines),
        `… ${lines.length - maxLines} more lines: --depth shows less, --format json all.`,
      ].join('\n');
}

function drawBranches(
  drawing: Drawing,
  id: string,
  { direction, indent }: { readonly direction: 'up' | 'down'; readonly indent: string },
): void {
  const { nodes, steps, lines, shown } = drawing;
  const edges = steps.from(id, direction);
  for (const [place, edge] of edges.entries()) {
    const node = nodes.get(otherEnd(edge, direction));
    if (node === undefined) continue;
    const last = place === edges.length - 1;
    const again = shown.has(node.id) && steps.from(node.id, direction).length > 0;
    lines.push(`${indent}${last ? '└─ ' : '├─ '}${describeBranch(edge, node)}${again ? ' (as above)' : ''}`);
    if (shown.has(node.id) || lines.length > maxLines * 2) continue;
    shown.add(node.id);
    drawBranches(drawing, node.id, { direction, indent: `${indent}${last ? '   ' : '│  '}` });
  }
}

function describeBranch({ relation }: LineageEdge, node: LineageNode): string {
  const plain = relation === 'output' || relation === 'code' || relation === 'environment' || relation === 'deployed';
  return plain ? describeNode(node) : `${relation}: ${describeNode(node)}`;
}

function describeNode(node: LineageNode): string {
  const kind = nodeKindWords[node.kind];
  const title = nodeTitle(node);
  const named = title.startsWith(kind) ? title : `${title} (${kind})`;
  const { run, since, by, command, files, framework } = node.detail;
  const details = [
    ...(framework === undefined ? [] : [framework]),
    ...(run === undefined ? [] : [`run ${run}`]),
    ...(command === undefined ? [] : [command]),
    ...(files === undefined ? [] : [`${files} files`]),
    ...(since === undefined ? [] : [`since ${since}${by === undefined ? '' : ` by ${by}`}`]),
  ];
  const told = details.map((detail) => shorten(oneLine(detail), maxDetail)).join(', ');
  return `${oneLine(named)}${told === '' ? '' : `  ${told}`}`;
}
