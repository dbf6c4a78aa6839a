import {
  type Digest,
  digestJson,
  type ModelName,
  permits,
  type Sha256,
  type Verdict,
  type VerdictNode,
} from '@weighbridge/core';
import { evaluate } from './evaluate.js';
import type { GateFacts } from './facts.js';
import type { GateRequest, Transition } from './request.js';

/** A judged transition with everything it rests on. Plain data, ready for canonical JSON. */
export interface Decision {
  readonly schema: 1;
  readonly model: ModelName;
  readonly version: string | null;
  readonly transition: Transition;
  /** After the policy's mode: in mode `warn` what would block is `warn`. */
  readonly verdict: Verdict;
  readonly because: string;
  readonly mode: 'enforce' | 'warn';
  /** The requirements with their true verdicts, whatever the mode. */
  readonly requirements: readonly VerdictNode[];
  readonly time: string;
  readonly digests: DecisionDigests;
}

/** What must be unchanged for the decision, and for approvals that name it, to hold. */
export interface DecisionDigests {
  readonly identity: Digest;
  readonly evidence: Digest;
  /** Of the policy slice. */
  readonly policy: Digest;
  /** What each baseline ref stood for; null when there was none. */
  readonly baselines: Readonly<Record<string, { readonly version: string; readonly identity: Digest } | null>>;
}

/** Evaluates and wraps the verdict tree. @throws gates/time */
export function decide(request: GateRequest, facts: GateFacts, sha256: Sha256): Decision {
  const tree = evaluate(request, facts);
  const softened = request.policy.mode === 'warn' && !permits(tree.verdict);
  return {
    schema: 1,
    model: request.model,
    version: request.version,
    transition: request.transition,
    verdict: softened ? 'warn' : tree.verdict,
    because: softened ? `${tree.because} Would ${wouldBe(tree.verdict)}: the policy's mode is warn.` : tree.because,
    mode: request.policy.mode,
    requirements: tree.children ?? [],
    time: facts.now,
    digests: {
      identity: facts.candidate.identity,
      evidence: facts.candidate.evidence,
      policy: digestJson(sha256, request.policy),
      baselines: nameBaselines(facts),
    },
  };
}

function wouldBe(verdict: Verdict): string {
  return verdict === 'fail' ? 'fail' : `be ${verdict}`;
}

function nameBaselines(facts: GateFacts): DecisionDigests['baselines'] {
  const named = Object.entries(facts.baselines).map(([ref, baseline]) => {
    return [ref, baseline === null ? null : { version: baseline.version, identity: baseline.identity }] as const;
  });
  return Object.fromEntries(named);
}
