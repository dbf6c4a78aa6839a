import type { JsonObject, VerdictNode } from '@weighbridge/core';
import { holmAdjusted } from '../statistics/holm.js';

/** A comparison under uncertainty, as it stands in the facts of its node. */
interface UncertainFacts extends JsonObject {
  readonly confidence: string;
  readonly p_value: string;
}

/**
 * Holm's correction over all comparisons under uncertainty: one that fails on its own and no longer does so among all of
 * them becomes inconclusive. Passes need no correction, because every one of them must hold for the gate to pass.
 */
export function correctFailures(lists: readonly (readonly VerdictNode[])[]): readonly (readonly VerdictNode[])[] {
  const compared = lists.flat().flatMap((node) => {
    const facts = uncertainFacts(node);
    return facts === null ? [] : [{ node, facts }];
  });
  const adjusted = holmAdjusted(compared.map(({ facts }) => Number(facts.p_value)));
  const corrected = new Map(
    compared.map(({ node, facts }, at) => {
      return [node, correct(node, facts, { adjusted: adjusted[at] ?? 1, comparisons: compared.length })];
    }),
  );
  return lists.map((nodes) => nodes.map((node) => corrected.get(node) ?? node));
}

function correct(
  node: VerdictNode,
  facts: UncertainFacts,
  { adjusted, comparisons }: { readonly adjusted: number; readonly comparisons: number },
): VerdictNode {
  const told = { ...node, facts: { ...facts, comparisons, p_holm: sixDigits(adjusted) } };
  const alpha = (1 - Number(facts.confidence)) / 2;
  if (node.verdict !== 'fail' || comparisons < 2 || adjusted <= alpha) return told;
  const because = `${node.because} Among ${comparisons} comparisons (Holm) that does not decide: p ${sixDigits(adjusted)}, and at most ${sixDigits(alpha)} would.`;
  return { ...told, verdict: 'inconclusive', because };
}

function sixDigits(value: number): string {
  return Number(value.toPrecision(6)).toString();
}

/** The facts of a metric's node are an object; those of a comparison with an interval have a p-value. */
function uncertainFacts(node: VerdictNode): UncertainFacts | null {
  const facts = node.facts as Partial<UncertainFacts> | undefined;
  return facts?.p_value === undefined ? null : (facts as UncertainFacts);
}
