import { type ErrorDetail, type ModelName, type Verdict, WeighbridgeError } from '@weighbridge/core';
import type { AmendmentDecision, Decision, PullFacts } from '@weighbridge/gates';
import type { Policy } from '@weighbridge/manifest';
import type { WeighedModel } from '../assessment/assess-models.js';
import type { Notice } from '../surroundings.js';
import type { Reach } from './reach.js';

/** What a pull request does to one model, judged. */
export interface ModelJudgement {
  readonly model: ModelName;
  /** Null when the model could not be read, or only moves between stages. */
  readonly weighed: WeighedModel | null;
  /** What the verdict rests on: entering the registry, and every stage that the change asks to move. */
  readonly decisions: readonly Decision[];
  /** What the gates of later stages say of it today. They never set the status. */
  readonly forecasts: readonly Decision[];
  /** Why it could not be read. */
  readonly fault: Fault | null;
}

/** An error of the catalogue that belongs to what was judged, not to the job that judged it. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly details: readonly ErrorDetail[];
}

/** A pull request, or a group of them, judged at one commit by the policy of its base. Plain data. */
export interface Judgement {
  readonly pull: PullFacts;
  /** The commit that was judged: the head, or the merge group's. */
  readonly at: string;
  /** The commit whose policy judged. */
  readonly base: string;
  /** False: the base has no policy yet, and verdicts are a preview that blocks nothing. */
  readonly governed: boolean;
  readonly policy: Policy;
  /** False: the base is a branch that anybody may push to, so that the verdict turns no commit green. */
  readonly guarded: boolean;
  readonly models: readonly ModelJudgement[];
  /** What the change amends of its own rules, judged; null when it amends nothing. */
  readonly amendments: AmendmentDecision | null;
  /** Why the files of the change could not be read at all. */
  readonly fault: Fault | null;
  readonly verdict: Verdict;
  /** What depends on what changed; absent where the files could not be read. It sets no status. */
  readonly reach?: Reach;
  /** RFC 3339: when it was judged. */
  readonly time: string;
  readonly notices: readonly Notice[];
}

/**
 * What the change itself is to blame for becomes part of the verdict; what an outside system or we are to blame for
 * stops the job.
 */
export async function catchFault<T>(work: () => Promise<T>): Promise<{ value: T } | { fault: Fault }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof WeighbridgeError) || error.exitCode > 2) throw error;
    const { code, message, remedy, details } = error;
    return { fault: { code, message, remedy, details } };
  }
}
