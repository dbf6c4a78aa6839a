import type { GraphFacts } from '@weighbridge/formats';
import type { Difference } from '../difference.js';
import { unionOf } from '../order.js';
import type { ArchitectureKind } from './architecture-kind.js';

type Found = Difference<ArchitectureKind>;

/** How many operators a sentence names. */
const operatorsNamed = 5;

/**
 * Graphs by structure. Where only the number formats differ, it is a dtype or a quantisation. A raised operator set is
 * told apart, since an older runtime may refuse it; a lowered one runs wherever the old one ran.
 */
export function compareGraphs(graphs: GraphPair): Found[] {
  return [...compareStructure(graphs), ...compareOpsets(graphs.from, graphs.to, graphs.path)];
}

export interface GraphPair {
  readonly from: GraphFacts;
  readonly to: GraphFacts;
  readonly path: string;
  /** How their tensors differ in shape, as a clause; empty where they do not. */
  readonly tensors: string;
}

function compareStructure({ from, to, path, tensors }: GraphPair): Found[] {
  if (from.structure === to.structure) return [];
  const sides = { path, from: from.structure, to: to.structure };
  if (from.structureUntyped !== undefined && from.structureUntyped === to.structureUntyped) {
    return quantisers(from) === quantisers(to)
      ? [{ kind: 'dtype', ...sides, because: `${path} is the same graph in other number formats.` }]
      : [{ kind: 'quantisation', ...sides, because: `${path} is the same graph with other quantisation.` }];
  }
  return [
    {
      kind: 'graph',
      ...sides,
      because: `The graph of ${path} has another structure: ${operatorEvidence(from, to)}${tensors === '' ? '' : `; ${tensors}`}.`,
    },
  ];
}

/** `Conv 12 -> 13, LSTM 1 -> 0`; nodes may be wired otherwise without any of them coming or going. */
function operatorEvidence(from: GraphFacts, to: GraphFacts): string {
  const steps = unionOf(Object.keys(from.operators), Object.keys(to.operators))
    .map((name) => [name, countAt(from.operators, name) ?? 0, countAt(to.operators, name) ?? 0] as const)
    .filter(([, before, after]) => before !== after)
    .sort((left, right) => Math.abs(right[2] - right[1]) - Math.abs(left[2] - left[1]));
  if (steps.length === 0) return 'as many nodes of each operator, with other wiring, attributes or shapes';
  const named = steps.slice(0, operatorsNamed).map(([name, before, after]) => `${name} ${before} -> ${after}`);
  const more = steps.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more operators` : '');
}

function countAt(counts: Readonly<Record<string, number>>, name: string): number | null {
  return Object.hasOwn(counts, name) ? (counts[name] ?? null) : null;
}

function quantisers(graph: GraphFacts): number {
  let count = 0;
  for (const [name, nodes] of Object.entries(graph.operators))
    if (/[Qq]uantize|Integer|QLinear|NBits|^QGemm|\.Q[A-Z]/.test(name)) count += nodes;
  return count;
}

/** Exporters list domains that no node of the graph is of; runtimes ask for nothing there. */
function usesDomain({ operators }: GraphFacts, domain: string): boolean {
  return domain === '' || Object.keys(operators).some((name) => name.startsWith(`${domain}.`));
}

function compareOpsets(from: GraphFacts, to: GraphFacts, path: string): Found[] {
  const found: Found[] = [];
  for (const domain of unionOf(Object.keys(from.opsets), Object.keys(to.opsets))) {
    const [before, after] = [countAt(from.opsets, domain), countAt(to.opsets, domain)];
    if (before === after || !(usesDomain(from, domain) || usesDomain(to, domain))) continue;
    const kind = after !== null && (before === null || after > before) ? 'opset-raised' : 'opset-lowered';
    const name = domain === '' ? 'ai.onnx' : domain;
    found.push({
      kind,
      path: `${path}#opset.${name}`,
      from: before,
      to: after,
      because: `${path} asks for operator set ${name} ${after ?? 'no longer'}${before === null ? '' : `, before ${before}`}.`,
    });
  }
  return found;
}
