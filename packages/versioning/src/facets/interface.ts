import type { KnownDocument } from '../known-document.js';
import { estimatorOf } from '../artifacts/estimator.js';
import { type Comparison, documentPairs } from '../comparison.js';
import type { Snapshot } from '../snapshot.js';
import { memberOf } from '../json/key-differences.js';
import { compareInterfaceDocuments } from './interface/document.js';
import { compareFields } from './interface/fields.js';
import { compareEstimatorCalls } from './interface/estimator.js';
import type { InterfaceDifference } from './interface/kinds.js';
import { compareLabels } from './interface/labels.js';
import { compareSignatures, graphFields } from './interface/signature.js';

export type { InterfaceKind } from './interface/kinds.js';

/** What callers see: what goes in, what comes out, which labels, which tools, and what kind of thing it is. */
export function compareInterface(comparison: Comparison): InterfaceDifference[] {
  const { previous, candidate } = comparison;
  const found: InterfaceDifference[] = [];
  if (previous.kind !== candidate.kind) {
    found.push({
      kind: 'model-kind',
      path: 'kind',
      from: previous.kind,
      to: candidate.kind,
      because: `A ${previous.kind} became a ${candidate.kind}.`,
    });
  }
  found.push(...compareDeclared(comparison));
  for (const { from, to } of comparison.weights.pairs) {
    const [before, after] = [estimatorOf(from), estimatorOf(to)];
    if (before !== null && after !== null) found.push(...compareEstimatorCalls(before, after, to.path));
    if (from.graph === null || to.graph === null) continue;
    found.push(...compareFields(graphFields(from.graph.inputs), graphFields(to.graph.inputs), 'input', to.path));
    found.push(...compareFields(graphFields(from.graph.outputs), graphFields(to.graph.outputs), 'output', to.path));
  }
  for (const { from, to } of documentPairs(comparison, 'mlmodel')) {
    found.push(...compareSignatures(fact(from, 'signature'), fact(to, 'signature'), to.path));
  }
  for (const { from, to } of documentPairs(comparison, 'hf-config')) {
    found.push(...compareLabels(fact(from, 'labels'), fact(to, 'labels'), to.path));
  }
  return [...found, ...compareSignatureFiles(comparison)];
}

function compareDeclared({ previous, candidate }: Comparison): InterfaceDifference[] {
  const [from, to] = [previous.interface, candidate.interface];
  if (from === null && to === null) return [];
  if (from === null)
    return [
      {
        kind: 'described',
        path: to?.path ?? '',
        from: null,
        to: to?.digest ?? null,
        because: `The interface is described in ${to?.path}.`,
      },
    ];
  if (to === null)
    return [
      {
        kind: 'undescribed',
        path: from.path,
        from: from.digest,
        to: null,
        because: `${from.path} no longer describes the interface.`,
      },
    ];
  // An MLmodel file among the artifacts is compared as one of them, in older snapshots, too, which read it there alone.
  if (isSignatureFile(previous, from.path) && isSignatureFile(candidate, to.path)) return [];
  return compareInterfaceDocuments(from, to);
}

function isSignatureFile({ artifacts }: Snapshot, path: string): boolean {
  return artifacts.some((artifact) => artifact.path === path && artifact.document?.type === 'mlmodel');
}

function compareSignatureFiles({ documents }: Comparison): InterfaceDifference[] {
  const own = (each: KnownDocument): boolean => each.document.type === 'mlmodel';
  return [
    ...documents.removed.filter(own).map(
      (each): InterfaceDifference => ({
        kind: 'undescribed',
        path: each.path,
        from: each.sha256,
        to: null,
        because: `${each.path} was removed.`,
      }),
    ),
    ...documents.added.filter(own).map(
      (each): InterfaceDifference => ({
        kind: 'described',
        path: each.path,
        from: null,
        to: each.sha256,
        because: `${each.path} was added.`,
      }),
    ),
  ];
}

function fact(document: KnownDocument, key: string) {
  return memberOf(document.document.facts, key) ?? null;
}
