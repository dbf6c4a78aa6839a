import type { JsonObject, VerdictNode } from '@weighbridge/core';
import type { GateFacts } from './facts.js';
import type { GateRequest } from './request.js';
import { gateAsks } from './request.js';
import { dayMs, isDate, readExpiry, requireNow } from './time.js';
import { listWords, nameDuration, nameOwners } from './wording.js';

/** A waiver of the policy or of the ledger, as one shape. */
interface Waiver {
  readonly gate: string;
  readonly digest: string;
  readonly reason: string;
  readonly expires: string | null;
  /** The roster that answers for it; null for one of the ledger, whose entry names who did. */
  readonly rule: string | null;
  readonly source: string;
  /** Why it was taken back; null where it was not. */
  readonly revoked: string | null;
}

/** Facts that waiving needs. */
export type WaiverFacts = Pick<GateFacts, 'now' | 'candidate' | 'waivers'>;

/** Kinds of requirement that people answer for themselves: no waiver speaks in their place. */
const unwaivable: ReadonlySet<string> = new Set(['reviewers', 'amendment']);

/**
 * Applies waivers to a requirement that failed or was inconclusive: one that names its id and the candidate's identity,
 * has not expired and does not run longer than the policy allows makes it `waived`. One that expired, runs too long or
 * names other content is told and changes nothing. What could not be judged (`error`), what waits for somebody
 * (`pending`) and what a reviewer objects to cannot be waived.
 */
export function applyWaivers(node: VerdictNode, request: GateRequest, facts: WaiverFacts): VerdictNode {
  if ((node.verdict !== 'fail' && node.verdict !== 'inconclusive') || unwaivable.has(node.kind)) return node;
  const named = collectWaivers(request, facts).filter((waiver) => waiver.gate === node.id);
  const bound = named.filter((waiver) => waiver.digest === facts.candidate.identity);
  const nowMs = requireNow(facts.now);
  const judged = bound.map((waiver) => [waiver, whyNotHeld(waiver, request, nowMs)] as const);
  const valid = judged.find(([, why]) => why === null);
  if (valid !== undefined) return waive(node, valid[0]);
  const [refused] = judged;
  if (refused !== undefined) {
    const who = refused[0].rule === null ? nameOwners(request) : `roster ${refused[0].rule}`;
    const remedy = `${node.remedy ?? ''} The waiver is renewed by ${who} with another date.`.trim();
    return { ...node, because: `${node.because} A waiver (${refused[0].source}) ${refused[1]}.`, remedy };
  }
  const other = named[0];
  if (other === undefined) return node;
  return { ...node, because: `${node.because} A waiver (${other.source}) names other content, ${other.digest}.` };
}

/**
 * Waivers of the policy that name this very content and a requirement that is not there, or one that nobody can waive:
 * slips that would otherwise go unseen until they are needed. They let through.
 */
export function tellIdleWaivers(
  request: GateRequest,
  facts: WaiverFacts,
  requirements: readonly VerdictNode[],
): readonly VerdictNode[] {
  const idle = request.policy.waivers.filter((waiver) => {
    const { gate, model, digest } = waiver;
    if (model !== request.model || digest !== facts.candidate.identity || alwaysAsked.has(gate)) return false;
    const node = requirements.find(({ id }) => id === gate);
    if (node !== undefined) return unwaivable.has(node.kind);
    return request.policy.gate === null || !gateAsks(request.policy.gate, gate);
  });
  return [...new Set(idle.map(({ gate }) => gate))].map((gate) => {
    const known = requirements.filter((node) => !unwaivable.has(node.kind)).map((node) => node.id);
    const isThere = requirements.some(({ id }) => id === gate);
    const because = isThere
      ? `A waiver names ${gate}, which people answer for themselves, so it does nothing.`
      : `A waiver names ${gate}, which is no requirement of any stage, so it does nothing.`;
    const remedy = `Correct or remove it in weighbridge.yaml; what can be waived here is ${listWords(known, 'or')}.`;
    return { id: `waivers/${gate}`, kind: 'waivers', verdict: 'warn', because, remedy };
  });
}

/** Judged for every transition, whatever the policy asks. */
export const alwaysAsked: ReadonlySet<string> = new Set(['transition', 'freeze']);

function waive(node: VerdictNode, waiver: Waiver): VerdictNode {
  const until = waiver.expires === null ? 'without an end' : `until ${waiver.expires}`;
  const { remedy: _, ...rest } = node;
  const { revoked: _held, ...held } = waiver;
  const told: JsonObject = { ...held, verdict: node.verdict };
  const facts = isObject(node.facts) ? { ...node.facts, waiver: told } : { waiver: told };
  const because = `${node.because} Waived ${until} by ${waiver.source}: ${waiver.reason}`;
  return { ...rest, verdict: 'waived', because, facts };
}

/** Why a waiver of this very content does not hold now, as the end of a sentence; null when it does. */
function whyNotHeld({ expires, revoked }: Waiver, request: GateRequest, nowMs: number): string | null {
  if (revoked !== null) return revoked;
  const longestMs = request.policy.waiverLimits.maxDurationMs;
  const longest = longestMs === null ? '' : nameDuration(longestMs);
  if (expires === null) return longestMs === null ? null : `has no end, and the policy allows ${longest}`;
  const expiryMs = readExpiry(expires);
  if (expiryMs === null) return `expires on "${expires}", which is no date`;
  if (nowMs >= expiryMs) return `expired on ${expires}`;
  // A date counts from its first moment: 90 days ahead is a date, and the whole of it.
  const aheadMs = expiryMs - nowMs - (isDate(expires) ? dayMs : 0);
  if (longestMs === null || aheadMs <= longestMs) return null;
  return `runs until ${expires}, further ahead than the ${longest} that the policy allows`;
}

function collectWaivers(request: GateRequest, facts: WaiverFacts): readonly Waiver[] {
  const fromPolicy = request.policy.waivers
    .filter((waiver) => waiver.model === request.model)
    .map(({ gate, digest, reason, expires, rule }) => ({
      gate,
      digest,
      reason,
      expires,
      rule,
      source: `policy, rule ${rule}`,
      revoked: null,
    }));
  const fromLedger = facts.waivers.map(({ gate, identity, expires, justification, revoked = null }) => {
    return {
      gate,
      digest: identity,
      reason: justification ?? 'no reason was recorded',
      expires,
      rule: null,
      source: 'ledger',
      revoked,
    };
  });
  return [...fromPolicy, ...fromLedger];
}

function isObject(value: VerdictNode['facts']): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
