import type { JsonObject, VerdictNode } from '@weighbridge/core';
import { displayDecimal, parseExactDecimal } from '@weighbridge/formats';
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
  const compared = lists.flat().filter((node) => uncertainFacts(node) !== null);
  const adjusted = holmAdjusted(compared.map((node) => Number(uncertainFacts(node)?.p_value)));
  const byNode = new Map(compared.map((node, at) => [node, adjusted[at] ?? 1]));
  return lists.map((nodes) => nodes.map((node) => correct(node, byNode.get(node), compared.length)));
}

function correct(node: VerdictNode, adjusted: number | undefined, comparisons: number): VerdictNode {
  const facts = uncertainFacts(node);
  if (facts === null || adjusted === undefined) return node;
  const shown = Number(adjusted.toPrecision(6)).toString();
  const told = { ...node, facts: { ...facts, comparisons, p_holm: shown } };
  const alpha = (1 - Number(facts.confidence)) / 2;
  if (node.verdict !== 'fail' || comparisons < 2 || adjusted <= alpha) return told;
  const because = `${node.because} Among ${comparisons} comparisons (Holm) that does not decide: p ${shown}, and at most ${displayAlpha(alpha)} would.`;
  return { ...told, verdict: 'inconclusive', because };
}

function displayAlpha(alpha: number): string {
  const text = alpha.toPrecision(6);
  const exact = parseExactDecimal(text);
  return exact === null ? text : displayDecimal(exact);
}

function uncertainFacts(node: VerdictNode): UncertainFacts | null {
  const { facts } = node;
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return null;
  return 'p_value' in facts && 'confidence' in facts ? (facts as UncertainFacts) : null;
}
