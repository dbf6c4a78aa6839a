import { canonicalJson, type Digest, digestBytes, isVersion, permits, utf8, type Version } from '@weighbridge/core';
import type { Decision, PullFacts } from '@weighbridge/gates';
import type { LedgerEvent, ModelCatalogue } from '@weighbridge/ledger';
import { approvalsOf } from '../registration/approvals.js';
import { eventContext, makeEvent } from '../events.js';
import { findVersion } from '../registry/history.js';
import { planMove } from '../transition/plan-move.js';
import { stagesPathOf } from '../transition/stage-lines.js';
import type { AppliedLine, Applying } from './applying.js';
import type { MergedLine } from './judge-merged-line.js';

/** What a line leads to: entries, what they name, and what the stages point to afterwards. */
export interface PlannedLine {
  readonly line: AppliedLine;
  readonly events: readonly LedgerEvent[];
  readonly evidence: ReadonlyMap<Digest, string>;
  readonly after: ModelCatalogue['stages'];
}

/** A judged line becomes a move, or a record of why there is none. */
export async function planLine(applying: Applying, merged: MergedLine): Promise<PlannedLine> {
  const { catalogue } = applying;
  const { judged, stage, version } = merged;
  const line = { stage, version, commit: null, pull: null, decision: null };
  const still = { events: [], evidence: new Map<Digest, string>(), after: catalogue.stages };
  switch (judged.outcome) {
    case 'already-there':
      return {
        ...still,
        line: { ...line, outcome: 'already-there', because: `${stage} points to ${version} already` },
      };
    case 'unknown':
      return { ...still, line: { ...line, outcome: 'unknown', because: judged.because } };
    case 'bypassed': {
      const commit = judged.origin?.commit ?? null;
      const told: AppliedLine = { ...line, outcome: 'bypassed', because: judged.because, commit, pull: judged.pull };
      return { ...still, line: told, events: [await bypassedEvent(applying, told)] };
    }
    case 'judged': {
      const { decision, pull, origin } = judged;
      const told = {
        ...line,
        because: decision.because,
        commit: origin?.commit ?? null,
        pull: pull?.number ?? null,
        decision,
      };
      return permits(decision.verdict)
        ? { ...(await planPermitted(applying, told, { decision, pull })), line: { ...told, outcome: 'applied' } }
        : { ...still, ...(await planHeldBack(applying, told, decision)), line: { ...told, outcome: 'held-back' } };
    }
  }
}

type Told = Pick<AppliedLine, 'stage' | 'version' | 'commit' | 'pull'>;

async function planPermitted(
  applying: Applying,
  told: Told,
  { decision, pull }: { readonly decision: Decision; readonly pull: PullFacts | null },
): Promise<Omit<PlannedLine, 'line'>> {
  const { surroundings, governance, catalogue } = applying;
  const version = findVersion(catalogue.model, catalogue, told.version);
  return planMove(surroundings, {
    policy: governance.policy,
    catalogue,
    version,
    from: decision.transition.from,
    to: told.stage,
    decision,
    approvals: approvalsOf(decision, pull),
    pull: told.pull,
    reason: told.pull === null ? null : `Pull request #${told.pull}`,
  });
}

async function planHeldBack(applying: Applying, told: Told, decision: Decision) {
  const { surroundings, catalogue, request } = applying;
  const text = canonicalJson(decision);
  const digest = digestBytes(surroundings.sha256, utf8(text));
  const { from, to } = decision.transition;
  const event = makeEvent(surroundings.sha256, {
    type: 'gate-decided',
    model: catalogue.model,
    version: decision.version as Version | null,
    context: await contextOf(applying, told.commit),
    body: {
      transition: `${from ?? 'none'}->${to}`,
      verdict: decision.verdict,
      decision: digest,
      pull: told.pull,
      statusContext: request.statusContext,
      outcome: 'held-back',
    },
    // Held back for the same reasons is the same event, however often somebody looks.
    occasion: `${told.commit ?? ''} ${canonicalJson(decision.digests)} ${decision.because}`,
  });
  return { events: [event], evidence: new Map([[digest, text]]) };
}

async function bypassedEvent(applying: Applying, told: AppliedLine): Promise<LedgerEvent> {
  const { surroundings, catalogue, model } = applying;
  const version = isVersion(told.version) ? told.version : null;
  return makeEvent(surroundings.sha256, {
    type: 'bypassed',
    model: catalogue.model,
    version: null,
    context: await contextOf(applying, told.commit),
    body: {
      pull: told.pull,
      commits: told.commit === null ? [] : [told.commit],
      paths: [stagesPathOf(model)],
      because: told.because,
      requested: { [told.stage]: version },
    },
  });
}

async function contextOf({ surroundings, tip }: Applying, id: string | null) {
  const commit = id === null ? tip : ((await surroundings.repository.commit(id)) ?? tip);
  return eventContext(surroundings, { commit, justification: null, time: surroundings.clock.now() });
}
