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
  /** What was assumed, for a what-if; empty for a decision that may be published. */
  readonly assumed: readonly string[];
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
  return {
    schema: 1,
    model: request.model,
    version: request.version,
    transition: request.transition,
    ...applyMode(tree, softens(tree) ? request.policy.mode : 'enforce'),
    mode: request.policy.mode,
    requirements: tree.children ?? [],
    time: facts.now,
    assumed: facts.assumed ?? [],
    digests: {
      identity: facts.candidate.identity,
      evidence: facts.candidate.evidence,
      policy: digestJson(sha256, request.policy),
      baselines: nameBaselines(facts),
    },
  };
}

/** The ledger itself refuses content that was rolled back from: no mode lets that through. */
function softens(tree: VerdictNode): boolean {
  return (tree.children ?? []).every(({ kind, verdict }) => kind !== 'freeze' || permits(verdict));
}

/** In mode `warn` what would block is told and lets through. */
export function applyMode(
  { verdict, because }: Pick<VerdictNode, 'verdict' | 'because'>,
  mode: Decision['mode'],
): Pick<Decision, 'verdict' | 'because' | 'mode'> {
  if (mode !== 'warn' || permits(verdict)) return { verdict, because, mode };
  return { verdict: 'warn', because: `${because} Would ${wouldBe(verdict)}: the policy's mode is warn.`, mode };
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
