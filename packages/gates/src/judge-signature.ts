import type { VerdictNode } from '@weighbridge/core';
import type { GateFacts } from './facts.js';
import type { GateRequest } from './request.js';
import { signatureRule } from './rules/signature.js';
import { applyWaivers, type WaiverFacts } from './waivers.js';

/** What the requirement of a signature needs to know, and what waives it. */
export type SignatureQuestionFacts = WaiverFacts & Pick<GateFacts, 'artifacts' | 'signature'>;

/**
 * The requirement of a signature alone, waivers applied and the policy's mode not; null where the stage asks for none.
 * It is the same rule that the whole gate has, for moves that are not held up by the rest of it.
 */
export function judgeSignature(request: GateRequest, facts: SignatureQuestionFacts): VerdictNode | null {
  const [node] = signatureRule.judge(request, facts, { waiverUsed: false, requirements: [] });
  return node === undefined ? null : applyWaivers(node, request, facts);
}
