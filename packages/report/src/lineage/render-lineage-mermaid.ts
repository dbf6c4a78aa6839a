import {
  indexSteps,
  type LineageEdge,
  type LineageGraph,
  type LineageNode,
  neighbourhoodOf,
  otherEnd,
  type Steps,
} from '@weighbridge/lineage';
import { oneLine, shorten } from '../escape-markdown.js';
import { nodeKindWords, nodeTitle } from './node-words.js';

/** How much a diagram may show. */
export interface DiagramBounds {
  /** Nodes, those that stand for what was left out not counted. */
  readonly nodes: number;
}

/** Fits a screen, and stays far below what GitHub's renderer takes. */
const usualBounds: DiagramBounds = { nodes: 40 };
const maxLabel = 60;

interface Diagram {
  readonly nodes: ReadonlyMap<string, LineageNode>;
  readonly steps: Steps;
  readonly taken: Set<string>;
  readonly edges: Set<LineageEdge>;
  readonly dropped: { readonly at: string; readonly direction: 'up' | 'down'; readonly ids: readonly string[] }[];
}

/**
 * A graph as a Mermaid flow chart, seen from one node, without the fence. Nearest nodes come first. Where not all that
 * hangs on a node fits, whole branches are left out and counted in a node of their own; no label is cut without a sign,
 * and no text of a record can be more than a label.
 */
export function renderLineageMermaid(graph: LineageGraph, start: string, bounds: DiagramBounds = usualBounds): string {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  if (!nodes.has(start)) return '';
  const diagram: Diagram = {
    nodes,
    steps: indexSteps(graph),
    taken: new Set([start]),
    edges: new Set(),
    dropped: [],
  };
  takeNearest(diagram, start, bounds);
  const shown = graph.nodes.filter(({ id }) => diagram.taken.has(id));
  const names = new Map(shown.map(({ id }, place) => [id, `n${place}`]));
  const lines = shown.map((node) => `  ${names.get(node.id)}${shapeOf(node)}`);
  for (const edge of graph.edges)
    if (diagram.edges.has(edge)) lines.push(`  ${names.get(edge.from)} -->|${edge.relation}| ${names.get(edge.to)}`);
  for (const [place, { at, direction, ids }] of diagram.dropped.entries()) {
    const count = countBranches(graph, diagram, { direction, ids });
    lines.push(`  x${place}["${count} more"]`);
    const node = names.get(at);
    lines.push(direction === 'up' ? `  x${place} -.-> ${node}` : `  ${node} -.-> x${place}`);
  }
  return ['flowchart LR', ...lines].join('\n');
}

/** By turns a step up and a step down, so that neither way takes all the room. */
function takeNearest(diagram: Diagram, start: string, { nodes: limit }: DiagramBounds): void {
  const edge = { up: [start], down: [start] };
  const seen = { up: new Set([start]), down: new Set([start]) };
  while (edge.up.length + edge.down.length > 0) {
    for (const direction of ['up', 'down'] as const) {
      const next: string[] = [];
      for (const id of edge[direction])
        next.push(...takeBranches(diagram, id, { direction, limit, seen: seen[direction] }));
      edge[direction] = next;
    }
  }
}

function takeBranches(
  { steps, taken, edges, dropped }: Diagram,
  id: string,
  { direction, limit, seen }: { readonly direction: 'up' | 'down'; readonly limit: number; readonly seen: Set<string> },
): readonly string[] {
  const next: string[] = [];
  const left: string[] = [];
  for (const edge of steps.from(id, direction)) {
    const end = otherEnd(edge, direction);
    if (!taken.has(end) && taken.size >= limit) {
      left.push(end);
      continue;
    }
    taken.add(end);
    edges.add(edge);
    if (!seen.has(end)) {
      seen.add(end);
      next.push(end);
    }
  }
  if (left.length > 0) dropped.push({ at: id, direction, ids: left });
  return next;
}

/** All that the branches hold and the diagram does not show. */
function countBranches(
  graph: LineageGraph,
  { taken }: Diagram,
  { direction, ids }: { readonly direction: 'up' | 'down'; readonly ids: readonly string[] },
): number {
  const lost = new Set(
    ids.flatMap((start) => neighbourhoodOf(graph, { start, direction, depth: null }).nodes.map(({ id }) => id)),
  );
  return [...lost].filter((id) => !taken.has(id)).length;
}

function shapeOf(node: LineageNode): string {
  const label = mermaidLabel(nodeTitle(node));
  const text = `${label}<br/>${nodeKindWords[node.kind]}`;
  switch (node.kind) {
    case 'raw-data':
    case 'processed-data':
    case 'features':
    case 'evaluation-data':
      return `[("${text}")]`;
    case 'model':
    case 'base':
      return `(["${text}"])`;
    case 'deployment':
      return `{{"${text}"}}`;
    case 'code':
    case 'environment':
    case 'processing':
    case 'training':
      return `["${text}"]`;
  }
}

/** Text inside the quotes of a label: what is more than a letter or plain sign is written by its number. */
export function mermaidLabel(text: string): string {
  const plain = shorten(oneLine(text), maxLabel);
  return plain.replaceAll(/[^\p{L}\p{N} _./:@=+,…-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}
