import type { LineageEdge, LineageGraph } from './graph.js';

/** Which way to look: `up` to what something was made of, `down` to what was made of it. */
export const lineageDirections = ['up', 'down', 'both'] as const;
/** One of these words. */
export type LineageDirection = (typeof lineageDirections)[number];

/** What to show of a graph. */
export interface Neighbourhood {
  readonly start: string;
  readonly direction: LineageDirection;
  /** Steps from the start; null for all. */
  readonly depth: number | null;
}

/** Edges by the node they leave or reach. */
export interface Steps {
  /** Edges that end at a node, looking up; those that begin there, looking down. Sorted as in the graph. */
  from(id: string, direction: 'up' | 'down'): readonly LineageEdge[];
}

/** Looks edges up by node. */
export function indexSteps({ edges }: LineageGraph): Steps {
  const ends = { up: new Map<string, LineageEdge[]>(), down: new Map<string, LineageEdge[]>() };
  for (const edge of edges) {
    push(ends.up, edge.to, edge);
    push(ends.down, edge.from, edge);
  }
  return { from: (id, direction) => ends[direction].get(id) ?? [] };
}

/** The node at the other end of an edge. */
export function otherEnd(edge: LineageEdge, direction: 'up' | 'down'): string {
  return direction === 'up' ? edge.from : edge.to;
}

/**
 * What can be reached from a node without turning round, with the edges on the way: looking both ways, its past and its
 * future, and not what else became of its past.
 */
export function neighbourhoodOf(graph: LineageGraph, { start, direction, depth }: Neighbourhood): LineageGraph {
  const steps = indexSteps(graph);
  const nodes = new Set([start]);
  const edges = new Set<LineageEdge>();
  for (const way of direction === 'both' ? (['up', 'down'] as const) : [direction]) {
    let edge = [start];
    const seen = new Set(edge);
    for (let step = 0; edge.length > 0 && step < (depth ?? Number.POSITIVE_INFINITY); step++) {
      const next: string[] = [];
      for (const id of edge) {
        for (const found of steps.from(id, way)) {
          const end = otherEnd(found, way);
          edges.add(found);
          nodes.add(end);
          if (!seen.has(end)) {
            seen.add(end);
            next.push(end);
          }
        }
      }
      edge = next;
    }
  }
  return { nodes: graph.nodes.filter(({ id }) => nodes.has(id)), edges: graph.edges.filter((edge) => edges.has(edge)) };
}

function push(map: Map<string, LineageEdge[]>, key: string, edge: LineageEdge): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [edge]);
  else known.push(edge);
}
