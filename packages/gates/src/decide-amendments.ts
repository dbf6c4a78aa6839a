import { type Digest, digestJson, type Sha256, type Verdict, type VerdictNode, worstVerdict } from '@weighbridge/core';
import type { Policy } from '@weighbridge/manifest';
import { applyMode } from './decide.js';
import type { AmendmentFact, GateFacts } from './facts.js';
import { amendmentRosters, pickRosters } from './request.js';
import { judgeAmendments } from './rules/amendment.js';
import { draftNode } from './review/draft.js';
import { requireNow } from './time.js';

/** A judged change of the rules, for a pull request as a whole: it stands beside the decisions on its models. */
export interface AmendmentDecision {
  readonly schema: 1;
  readonly model: null;
  /** After the policy's mode. */
  readonly verdict: Verdict;
  readonly because: string;
  readonly mode: 'enforce' | 'warn';
  /** One node for each amendment; a note that there is none otherwise. */
  readonly requirements: readonly VerdictNode[];
  readonly time: string;
  readonly assumed: readonly string[];
  /** Of the parts of the base policy that it was judged by. */
  readonly digests: { readonly policy: Digest };
}

/**
 * Judges what a pull request amends, by the policy of its base. A pull request that amends nothing passes, saying so.
 * @throws gates/time when `facts.now` is no time
 */
export function decideAmendments(
  policy: Policy,
  facts: Pick<GateFacts, 'now' | 'review' | 'assumed'> & { readonly amendments: readonly AmendmentFact[] },
  sha256: Sha256,
): AmendmentDecision {
  requireNow(facts.now);
  const { amendments, review } = facts;
  const rosters = pickRosters(policy, amendmentRosters(policy, amendments));
  const rules = { owners: policy.owners, rosters, review: policy.review };
  const judged = judgeAmendments(rules, { amendments, ...(review === undefined ? {} : { review }) });
  const draft = review?.pull.draft === true ? [draftNode(review)] : [];
  const requirements = [...(judged.length === 0 ? [nothingAmended()] : judged), ...draft];
  const verdict = worstVerdict(requirements.map((node) => node.verdict));
  return {
    schema: 1,
    model: null,
    ...applyMode({ verdict, because: summarise(requirements) }, policy.mode),
    requirements,
    time: facts.now,
    assumed: facts.assumed ?? [],
    digests: { policy: digestJson(sha256, rules) },
  };
}

function nothingAmended(): VerdictNode {
  const because = 'The rules that models are judged by are not changed.';
  return { id: 'amendment', kind: 'amendment', verdict: 'pass', because };
}

function summarise(requirements: readonly VerdictNode[]): string {
  const open = requirements.filter((node) => node.verdict !== 'pass');
  const [only] = requirements;
  if (open.length === 0 && requirements.length === 1 && only !== undefined) return only.because;
  if (open.length === 0) return `All ${requirements.length} changes of the rules are approved.`;
  const told = open.map((node) => `${node.id} (${node.verdict})`).join(', ');
  return `${requirements.length - open.length} of ${requirements.length} changes of the rules are approved; not so ${told}.`;
}
