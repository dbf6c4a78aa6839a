import { compareCodePoints } from '@weighbridge/formats';

/** What a node stands for. From left to right: what there was, what was done with it, what came out, where it runs. */
export const lineageNodeKinds = [
  'raw-data',
  'processed-data',
  'features',
  'evaluation-data',
  'base',
  'code',
  'environment',
  'processing',
  'training',
  'model',
  'deployment',
] as const;
/** One of these words. */
export type LineageNodeKind = (typeof lineageNodeKinds)[number];

/** How what an edge leaves goes into what it reaches. */
export const lineageRelations = [
  'input',
  'output',
  'base',
  'part',
  'code',
  'environment',
  'evaluates',
  'deployed',
] as const;
/** One of these words. */
export type LineageRelation = (typeof lineageRelations)[number];

/** One thing: data, a job, a version of a model, a stage. Texts are as recorded: whoever shows them escapes them. */
export interface LineageNode {
  /** Unique in a graph and the same in every graph that speaks of the same thing. */
  readonly id: string;
  readonly kind: LineageNodeKind;
  readonly name: string;
  /** What holds it still: a version, a revision, a hash, a commit; null when nothing does. */
  readonly version: string | null;
  /** What else is known, such as `run`, `command` or `since`. */
  readonly detail: Readonly<Record<string, string>>;
}

/** From what came first to what came of it. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
  readonly relation: LineageRelation;
}

/** Nodes sorted by id, edges by their ends. */
export interface LineageGraph {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

/** Gathers nodes and edges without doubles: the first node of an id stays, with every detail that later ones add. */
export class LineageDraft {
  readonly #nodes = new Map<string, LineageNode>();
  readonly #edges = new Map<string, LineageEdge>();

  /** Answers the id, so that an edge can be drawn to it at once. */
  node(node: LineageNode): string {
    const known = this.#nodes.get(node.id);
    this.#nodes.set(node.id, known === undefined ? node : { ...known, detail: { ...node.detail, ...known.detail } });
    return node.id;
  }

  edge(from: string, relation: LineageRelation, to: string): void {
    if (from !== to) this.#edges.set(`${from}\n${relation}\n${to}`, { from, to, relation });
  }

  /** The kinds of data follow from what stands before and after them. */
  finish(): LineageGraph {
    const edges = sorted(this.#edges);
    const made = new Set(edges.filter(({ relation }) => relation === 'output').map(({ to }) => to));
    const usesOf = new Map<string, LineageEdge[]>();
    for (const edge of edges) {
      const uses = usesOf.get(edge.from);
      if (uses === undefined) usesOf.set(edge.from, [edge]);
      else uses.push(edge);
    }
    const kindOf = (node: LineageNode): LineageNodeKind => {
      if (node.kind !== 'raw-data') return node.kind;
      const uses = usesOf.get(node.id) ?? [];
      if (uses.length > 0 && uses.every(({ relation }) => relation === 'evaluates')) return 'evaluation-data';
      if (!made.has(node.id)) return 'raw-data';
      return uses.some(({ to }) => this.#nodes.get(to)?.kind === 'training') ? 'features' : 'processed-data';
    };
    return { nodes: sorted(this.#nodes).map((node) => ({ ...node, kind: kindOf(node) })), edges };
  }
}

function sorted<Value>(values: ReadonlyMap<string, Value>): readonly Value[] {
  return [...values].sort(([left], [right]) => compareCodePoints(left, right)).map(([, value]) => value);
}
