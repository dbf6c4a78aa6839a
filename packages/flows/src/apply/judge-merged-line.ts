import type { Decision, PullFacts } from '@weighbridge/gates';
import type { Stages } from '@weighbridge/manifest';
import type { Forge } from '@weighbridge/ports';
import { decideTransition, registeredCandidate } from '../transition/decide-transition.js';
import { openCommitFiles } from '../reading/files.js';
import { type Governance, readGovernance } from '../governing/governance.js';
import { findVersion } from '../registry/history.js';
import { readMergedAmendments } from '../pull/amendments.js';
import { type Judging, judgeLine } from '../pull/decide.js';
import { catchFault } from '../pull/judgement.js';
import { beforePull, mergedInto } from '../pull/merged-into.js';
import { openReviewDesk } from '../pull/review-desk.js';
import { stagesPathOf } from '../transition/stage-lines.js';
import { remembered } from '../reading/remembered.js';
import { withoutRevoked } from '../transition/revoked-waivers.js';
import { originOf } from '../governing/stage-origin.js';
import type { Applying } from './applying.js';
import { findLineOrigin, type LineOrigin } from './line-origin.js';

/** A line of the branch's stages.yaml that asks for something new, with what is said of it now. */
export interface MergedLine {
  readonly stage: string;
  readonly version: string;
  readonly judged: /** The ledger says so already. */
    | { readonly outcome: 'already-there' }
    /** No such version is registered, or the stage is none. */
    | { readonly outcome: 'unknown'; readonly because: string }
    /** It came in without a pull request that could be judged. */
    | {
        readonly outcome: 'bypassed';
        readonly because: string;
        readonly origin: LineOrigin | null;
        readonly pull: number | null;
      }
    | {
        readonly outcome: 'judged';
        readonly decision: Decision;
        readonly origin: LineOrigin | null;
        readonly pull: PullFacts | null;
      };
}

/**
 * Judges a line that was merged, again and on what is so now: by the policy that stood before the merge, with the
 * reviews of the pull request that brought it. Where no forge is known the gate judges without reviews.
 */
export async function judgeMergedLine(
  applying: Applying,
  { stage, version }: Pick<MergedLine, 'stage' | 'version'>,
): Promise<MergedLine> {
  const { surroundings, catalogue, model, tip, branch } = applying;
  const answer = (judged: MergedLine['judged']): MergedLine => ({ stage, version, judged });
  if (catalogue.stages[stage] === version) return answer({ outcome: 'already-there' });
  const path = stagesPathOf(model);
  const read = (stages: Stages | null) => stages?.stages[stage] ?? null;
  const origin = await findLineOrigin(surroundings, { tip: tip.id, path, read, version });
  const { forge } = surroundings;
  const judged = await catchFault(async (): Promise<MergedLine['judged']> => {
    if (forge === null) {
      const governance = await governanceBefore(applying, origin?.parent ?? null);
      return judgeAlone(applying, governance, { stage, version, origin });
    }
    const summary = origin === null ? null : mergedInto(await forge.pullsOfCommit(origin.commit), branch);
    const pull = summary === null ? null : await forge.pull(summary.number, { comments: true, files: false });
    if (origin === null || pull === null) return withoutPull(applying, { stage, version, origin });
    const base = await beforePull(surroundings, forge, { pull, commit: origin.commit });
    const governance = await governanceBefore(applying, base);
    return judgeOnPull({ ...applying, forge, governance }, { stage, version, origin, pull, path, base });
  });
  return answer('value' in judged ? judged.value : { outcome: 'unknown', because: judged.fault.message });
}

/**
 * The policy of the commit before the change: a change never judges itself. Waivers that were taken back since are none
 * any more.
 */
export async function governanceBefore(
  { surroundings, governance }: Pick<Applying, 'surroundings' | 'governance'>,
  commit: string | null,
): Promise<Governance> {
  if (commit === null) return governance;
  const before = await catchFault(async () =>
    readGovernance(await openCommitFiles(surroundings.repository, commit), surroundings.sha256),
  );
  // A policy that could not be read before the merge cannot have judged it: the one that stands now does.
  return 'value' in before && before.value.governed
    ? { ...governance, policy: withoutRevoked(before.value.policy, governance.policy) }
    : governance;
}

interface AskedMove {
  readonly stage: string;
  readonly version: string;
  readonly origin: LineOrigin | null;
}

function withoutPull({ branch }: Applying, { origin }: AskedMove): MergedLine['judged'] {
  const because =
    origin === null
      ? `the history of ${branch} does not tell which commit brought it`
      : `commit ${origin.commit.slice(0, 12)} reached ${branch} without a pull request`;
  return { outcome: 'bypassed', because, origin, pull: null };
}

async function judgeAlone(applying: Applying, governance: Governance, asked: AskedMove): Promise<MergedLine['judged']> {
  const { surroundings, model, catalogue } = applying;
  const known = findVersion(model.manifest.name, catalogue, asked.version);
  const decision = await decideTransition(surroundings, governance, {
    model,
    catalogue,
    candidate: await registeredCandidate(surroundings, known),
    from: originOf(governance, catalogue, { version: known, to: asked.stage }),
    to: asked.stage,
  });
  return { outcome: 'judged', decision, origin: asked.origin, pull: null };
}

async function judgeOnPull(
  {
    surroundings,
    forge,
    governance,
    model,
    catalogue,
  }: Applying & { readonly forge: Forge; readonly governance: Governance },
  asked: {
    readonly stage: string;
    readonly version: string;
    readonly origin: LineOrigin;
    readonly pull: PullFacts;
    readonly path: string;
    readonly base: string | null;
  },
): Promise<MergedLine['judged']> {
  const { stage, version, origin, pull, path } = asked;
  const base = asked.base ?? origin.commit;
  const judging: Judging = {
    surroundings,
    forge,
    base,
    governance,
    basePolicy: governance.policy,
    assumptions: [],
    amendments: await readMergedAmendments(surroundings, governance.policy, { from: base, at: origin.commit }),
    desk: openReviewDesk(surroundings, forge, pull, { at: origin.commit }),
    checks: remembered((commit: string) => forge.checks(commit)),
  };
  const line = { stage, version, before: origin.before, tip: origin.before, path };
  const decision = await judgeLine(judging, { model, catalogue }, line);
  if (decision === null) return { outcome: 'already-there' };
  return { outcome: 'judged', decision, origin, pull };
}
