import type { JsonObject, VerdictNode } from '@weighbridge/core';
import type { GateFacts } from './facts.js';
import type { GateRequest } from './request.js';
import { nameOwners } from './wording.js';
import { readExpiry, requireNow } from './time.js';

/** A waiver of the policy or of the ledger, as one shape. */
interface Waiver {
  readonly gate: string;
  readonly digest: string;
  readonly reason: string;
  readonly expires: string | null;
  readonly source: string;
}

/** Facts that waiving needs. */
export type WaiverFacts = Pick<GateFacts, 'now' | 'candidate' | 'waivers'>;

/**
 * Applies waivers to a requirement that failed or was inconclusive: one that names its id and the candidate's identity
 * and has not expired makes it `waived`. One that expired, or that names other content, is told and changes nothing.
 * What could not be judged (`error`), what waits for somebody (`pending`) and what a reviewer objects to cannot be
 * waived.
 */
export function applyWaivers(node: VerdictNode, request: GateRequest, facts: WaiverFacts): VerdictNode {
  if ((node.verdict !== 'fail' && node.verdict !== 'inconclusive') || node.kind === 'reviewers') return node;
  const named = collectWaivers(request, facts).filter((waiver) => waiver.gate === node.id);
  const bound = named.filter((waiver) => waiver.digest === facts.candidate.identity);
  const nowMs = requireNow(facts.now);
  const valid = bound.find((waiver) => holds(waiver, nowMs));
  if (valid !== undefined) return waive(node, valid);
  const expired = bound[0];
  if (expired !== undefined) {
    const remedy = `${node.remedy ?? ''} The waiver is renewed by ${nameOwners(request)} with a later date.`.trim();
    return { ...node, because: `${node.because} A waiver (${expired.source}) expired on ${expired.expires}.`, remedy };
  }
  const other = named[0];
  if (other === undefined) return node;
  return { ...node, because: `${node.because} A waiver (${other.source}) names other content, ${other.digest}.` };
}

function waive(node: VerdictNode, waiver: Waiver): VerdictNode {
  const until = waiver.expires === null ? 'without an end' : `until ${waiver.expires}`;
  const { remedy: _, ...rest } = node;
  const told: JsonObject = { ...waiver, verdict: node.verdict };
  const facts = isObject(node.facts) ? { ...node.facts, waiver: told } : { waiver: told };
  const because = `${node.because} Waived ${until} by ${waiver.source}: ${waiver.reason}`;
  return { ...rest, verdict: 'waived', because, facts };
}

function holds(waiver: Waiver, nowMs: number): boolean {
  if (waiver.expires === null) return true;
  const expiryMs = readExpiry(waiver.expires);
  return expiryMs !== null && nowMs < expiryMs;
}

function collectWaivers(request: GateRequest, facts: WaiverFacts): readonly Waiver[] {
  const fromPolicy = request.policy.waivers
    .filter((waiver) => waiver.model === request.model)
    .map(({ gate, digest, reason, expires, rule }) => ({
      gate,
      digest,
      reason,
      expires,
      source: `policy, rule ${rule}`,
    }));
  const fromLedger = facts.waivers.map(({ gate, identity, expires, justification }) => {
    return { gate, digest: identity, reason: justification ?? 'no reason was recorded', expires, source: 'ledger' };
  });
  return [...fromPolicy, ...fromLedger];
}

function isObject(value: VerdictNode['facts']): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
