import { permits } from '@weighbridge/core';
import { baselineAliases, decideAmendments, teamsToRead } from '@weighbridge/gates';
import type { Stages } from '@weighbridge/manifest';
import type { Forge } from '@weighbridge/ports';
import { formatTime } from '../events.js';
import { readMergedAmendments } from '../pull/amendments.js';
import { beforePull, mergedInto } from '../pull/merged-into.js';
import { openReviewDesk } from '../pull/review-desk.js';
import { stagesPathOf } from '../transition/stage-lines.js';
import type { Applying } from './applying.js';
import { governanceBefore } from './judge-merged-line.js';
import { findLineOrigin } from './line-origin.js';

/**
 * Aliases that gates compare with and that stay where they are, each with the reason in one clause: nobody who answers
 * for the rules approved the move. Where no forge is known nobody can be asked, and none is held.
 */
export async function findHeldAliases(applying: Applying, desired: Stages): Promise<ReadonlyMap<string, string>> {
  const held = new Map<string, string>();
  const { forge } = applying.surroundings;
  if (forge === null) return held;
  const last = applying.catalogue.applied?.aliases ?? {};
  for (const alias of baselineAliases(applying.governance.policy)) {
    const wanted = desired.aliases[alias] ?? null;
    if (wanted === (last[alias] ?? null)) continue;
    const because = await whyHeld({ ...applying, forge }, alias, wanted);
    if (because !== null) held.set(alias, because);
  }
  return held;
}

async function whyHeld(
  applying: Applying & { readonly forge: Forge },
  alias: string,
  version: string | null,
): Promise<string | null> {
  const { surroundings, forge, model, tip, branch } = applying;
  const path = stagesPathOf(model);
  const read = (stages: Stages | null) => stages?.aliases[alias] ?? null;
  const origin = await findLineOrigin(surroundings, { tip: tip.id, path, read, version });
  if (origin === null) return `the history of ${branch} does not tell which commit changed it`;
  const summary = mergedInto(await forge.pullsOfCommit(origin.commit), branch);
  const pull = summary === null ? null : await forge.pull(summary.number, { comments: true, files: false });
  if (pull === null) return `commit ${origin.commit.slice(0, 12)} changed it without a pull request`;
  const base = (await beforePull(surroundings, forge, { pull, commit: origin.commit })) ?? origin.commit;
  const { policy } = await governanceBefore(applying, base);
  const amended = await readMergedAmendments(surroundings, policy, { from: base, at: origin.commit });
  const amendments = amended.filter((one) => one.what === 'alias' && one.path === path);
  if (amendments.length === 0) return null;
  const teams = teamsToRead({ rosters: policy.reviewers, owners: policy.owners }, { amendments });
  const review = await openReviewDesk(surroundings, forge, pull, { at: origin.commit }).amendmentFacts(teams, [path]);
  const facts = { now: formatTime(surroundings.clock.now()), review, amendments };
  const { verdict, because } = decideAmendments(policy, facts, surroundings.sha256);
  return permits(verdict) ? null : `of pull request #${pull.number}, ${because}`;
}
