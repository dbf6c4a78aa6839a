import { weighbridgeError } from '@weighbridge/core';
import type { Assumption, PullFacts } from '@weighbridge/gates';
import type { Forge, PullSummary } from '@weighbridge/ports';
import type { Surroundings } from '../surroundings.js';
import type { Judgement } from './judgement.js';
import { judgePull } from './judge-pull.js';
import {
  markError,
  markPending,
  type Publication,
  publishJudgement,
  type PublishRequest,
  siblingsOf,
} from './publish.js';

/** Pull requests that share one head and are judged together. */
const maxSiblings = 10;

/** A pull request that was looked at anew. */
export interface Reconciled {
  readonly number: number;
  /** Null when it is closed, or its head moved while it was judged. */
  readonly judgement: Judgement | null;
  readonly publication: Publication | null;
}

/** Whether and how verdicts are told. `null`: judge only, for a job that may write nothing. */
export type Telling = PublishRequest | null;

/**
 * Brings the status of one pull request in line with what is so now. Every event is only a hint to do this, so that a
 * lost, doubled or late one changes nothing: all is read anew from the forge, never from the event. `pending` is written
 * before, and `error` if judging fails, so that no earlier success outlives its reasons.
 * @throws forge/*, git/*, ledger/*
 */
export async function reconcilePull(
  surroundings: Surroundings,
  forge: Forge,
  number: number,
  telling: Telling,
): Promise<Reconciled> {
  const summary = await forge.pullHead(number);
  if (summary === null)
    throw weighbridgeError('forge/not-found', { address: forge.address, what: `pull request ${number}` });
  if (summary.state !== 'open') return { number, judgement: null, publication: null };
  const head = summary.head.commit;
  const refused = telling === null ? null : await markPending(forge, head, telling);
  try {
    const judgement = await judgeNumber(surroundings, forge, number);
    if (judgement === null) return { number, judgement: null, publication: null };
    const siblings = await judgeSiblings(surroundings, forge, judgement);
    if (telling === null) return { number, judgement, publication: null };
    if (refused !== null)
      return { number, judgement, publication: { outcome: 'refused', because: refused, comment: null } };
    return { number, judgement, publication: await publishJudgement({ forge }, [judgement, ...siblings], telling) };
  } catch (error) {
    if (telling !== null && refused === null) await markError(forge, head, telling);
    throw error;
  }
}

/** Judges a pull request as if something were so. Nothing is told to anybody. @throws forge/not-found */
export async function judgeAssuming(
  surroundings: Surroundings,
  forge: Forge,
  number: number,
  assumptions: readonly Assumption[],
): Promise<Judgement> {
  const judgement = await judgeNumber(surroundings, forge, number, assumptions);
  if (judgement !== null) return judgement;
  throw weighbridgeError('forge/not-found', { address: forge.address, what: `pull request ${number}` });
}

/** Judges an open pull request as it is now, by the tip of its base; null when there is no such number any more. */
async function judgeNumber(
  surroundings: Surroundings,
  forge: Forge,
  number: number,
  assumptions: readonly Assumption[] = [],
): Promise<Judgement | null> {
  const pull = await readPull(forge, number);
  if (pull === null) return null;
  const base = await surroundings.repository.branchTip(pull.base.ref);
  return judgePull(surroundings, forge, {
    pull,
    at: pull.head.commit,
    base: base?.id ?? pull.base.commit,
    assumptions,
  });
}

/** Commands in comments are read only where a policy allows them; asking for the comments costs one request. */
async function readPull(forge: Forge, number: number): Promise<PullFacts | null> {
  return forge.pull(number, { comments: true, files: false });
}

async function judgeSiblings(surroundings: Surroundings, forge: Forge, judgement: Judgement): Promise<Judgement[]> {
  const main = await surroundings.repository.defaultBranch();
  const ranked = [...(await siblingsOf(forge, judgement))];
  // Of more than are looked at, those into the default branch come first: it is what the status protects.
  ranked.sort((left, right) => Number(right.base.ref === main?.name) - Number(left.base.ref === main?.name));
  const siblings: Judgement[] = [];
  for (const { number } of ranked.slice(0, maxSiblings)) {
    const sibling = await judgeNumber(surroundings, forge, number);
    if (sibling !== null && sibling.pull.head.commit === judgement.pull.head.commit) siblings.push(sibling);
  }
  return siblings;
}

/** What a sweep did. */
export interface Sweep {
  readonly reconciled: readonly Reconciled[];
  /** Open pull requests beyond the limit. */
  readonly left: number;
  /** Numbers that could not be judged, with the reason: one that fails stops no other. */
  readonly failed: readonly { readonly number: number; readonly error: unknown }[];
}

/** Reconciles open pull requests, the most recently updated first: what lost events, waiting or another base left behind. */
export async function sweepPulls(
  surroundings: Surroundings,
  forge: Forge,
  options: { readonly limit: number; readonly telling: Telling },
): Promise<Sweep> {
  const open: readonly PullSummary[] = await forge.openPulls(options.limit + 1);
  const reconciled: Reconciled[] = [];
  const failed: { number: number; error: unknown }[] = [];
  for (const { number } of open.slice(0, options.limit)) {
    surroundings.progress(`Judging #${number}`);
    try {
      reconciled.push(await reconcilePull(surroundings, forge, number, options.telling));
    } catch (error) {
      failed.push({ number, error });
    }
  }
  return { reconciled, left: Math.max(0, open.length - options.limit), failed };
}
