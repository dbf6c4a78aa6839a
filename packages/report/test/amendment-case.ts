import { type AmendmentDecision, type AmendmentFact, decideAmendments, type ReviewFacts } from '@weighbridge/gates';
import { defaultPolicy } from '@weighbridge/manifest';
import type { ReportedFault } from '../src/pull-report.js';
import { sha256 } from './decision-case.js';
import { reviewFacts } from './review-case.js';

/** A lowered gate, as `findAmendments` tells it. */
export function amendmentOf(parts: Partial<AmendmentFact> = {}): AmendmentFact {
  return {
    what: 'policy',
    path: 'weighbridge.yaml',
    because: 'the gate of production changes',
    rule: null,
    takesOver: [],
    ...parts,
  };
}

/** What a pull request by dave amends, judged; alice and bob own the policy. Nobody reviewed, unless the facts say so. */
export function amendedWith(
  amendments: readonly AmendmentFact[],
  review: ReviewFacts = reviewFacts(),
  mode: AmendmentDecision['mode'] = 'enforce',
): AmendmentDecision {
  const reviewers = { ml: { users: ['alice', 'bob', 'carol'], teams: [] } };
  const policy = { ...defaultPolicy(), mode, reviewers, owners: ['alice', 'bob'] };
  return decideAmendments(policy, { now: '2026-06-01T12:00:00Z', review, amendments }, sha256);
}

/** A manifest with mistakes at these lines, or, without any, one that is not there. */
export function faultOf(lines: readonly number[], parts: Partial<ReportedFault> = {}): ReportedFault {
  const file = 'models/fraud/model.yaml';
  if (lines.length === 0) {
    const message = `There is no file ${file}.`;
    return { model: 'fraud', message, remedy: 'Commit the file, or correct its path.', details: [], ...parts };
  }
  return {
    model: 'fraud',
    message: `Faults in ${file}: ${lines.length}.`,
    remedy: 'Mend the places listed; an editor that knows the published JSON Schemas shows them while you type.',
    details: lines.map((line) => ({ file, line, column: 3, message: `Unknown key "key${line}".` })),
    ...parts,
  };
}
