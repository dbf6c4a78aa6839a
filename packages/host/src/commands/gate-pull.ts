import { permits, type Verdict, WeighbridgeError, weighbridgeError, worstVerdict } from '@weighbridge/core';
import {
  type Judgement,
  type Protection,
  reconcileGroup,
  reconcilePull,
  type Reconciled,
  sweepPulls,
  type Telling,
} from '@weighbridge/flows';
import type { Forge } from '@weighbridge/ports';
import { judgedOf, renderJobSummary, renderJudgedText } from '@weighbridge/report';
import type { Host } from '../host.js';
import type { InputValues } from '../inputs.js';
import type { Outcome } from '../outcome.js';
import { openProtectionLook, type ProtectionLook } from '../protection-look.js';
import type { PullHint } from '../pull-hint.js';
import { judgementTexts, reportOf } from '../pull-report.js';
import { runUrlOf } from '../actor.js';

/** Context of the status that a branch requires. */
export const statusContext = 'weighbridge';
/** Open pull requests that one sweep looks at. */
const sweepLimit = 100;

/**
 * Brings the status of the pull requests that a hint names in line. Where the verdict could be told, the job itself has
 * done its work and ends well, whatever the verdict; where it could not, the job's result is the verdict.
 */
export async function gatePulls(hint: PullHint, forge: Forge, inputs: InputValues, host: Host): Promise<Outcome> {
  const protection = openProtectionLook(host, forge);
  const telling = tellingOf(inputs, host, protection);
  const to: Told = { telling, protection, host };
  switch (hint.kind) {
    case 'nothing':
      return said(hint.because);
    case 'pull':
      return onePull(await reconcilePull(host.surroundings, forge, hint.number, telling), to);
    case 'head': {
      const pulls = await forge.pullsFrom(hint);
      if (pulls.length === 0)
        return said(`No open pull request has ${hint.commit.slice(0, 12)} of ${hint.repository} as its head.`);
      const told: Outcome[] = [];
      for (const { number } of pulls)
        told.push(await onePull(await reconcilePull(host.surroundings, forge, number, telling), to));
      return joined(told);
    }
    case 'group': {
      const { judgements, unknown, published } = await reconcileGroup(host.surroundings, forge, hint.group, telling);
      const outcomes = judgements.map((judgement) => tell(judgement, published, host));
      const lost = unknown.map((commit) =>
        said(`Commit ${commit.slice(0, 12)} of the group belongs to no open pull request.`, 'error', published),
      );
      return joined([...outcomes, ...lost]);
    }
    case 'sweep':
      return sweep(forge, to);
  }
}

/** How verdicts are told in this job. */
interface Told {
  readonly telling: Telling;
  readonly protection: ProtectionLook;
  readonly host: Host;
}

function tellingOf(inputs: InputValues, host: Host, protection: ProtectionLook): Telling {
  const publish = inputs.text('publish') ?? (host.environment['GITHUB_ACTIONS'] === 'true' ? 'status' : 'none');
  if (publish !== 'status' && publish !== 'none') {
    const reason = `"${publish}" is none of status, none`;
    throw weighbridgeError('host/input', { input: 'publish', reason, command: 'gate' });
  }
  if (inputs.boolean('dry-run') || publish === 'none') return null;
  const url = runUrlOf(host.environment);
  const comment = inputs.text('comment') === null || inputs.boolean('comment');
  const texts = judgementTexts(url, protection);
  return { context: statusContext, perModel: inputs.boolean('per-model'), comment, url, texts };
}

async function onePull(
  { number, judgement, publication }: Reconciled,
  { telling, protection, host }: Told,
): Promise<Outcome> {
  if (judgement === null) return said(`#${number} is not open: nothing to judge.`);
  const published = publication?.outcome === 'told' || publication?.outcome === 'moved';
  const outcome = tell(judgement, published, host, await protection.seen(judgement.pull.base.ref));
  const because = publication?.because ?? null;
  if (because === null || telling === null) return outcome;
  const text =
    publication?.outcome === 'moved'
      ? `${because}: another run judges that one.`
      : `The status could not be set, so that the result of this job is the verdict. ${because}`;
  return { ...outcome, notices: [...outcome.notices, { level: 'notice', text }] };
}

function tell(judgement: Judgement, published: boolean, host: Host, setup: Protection | null = null): Outcome {
  const report = reportOf(judgement, runUrlOf(host.environment), setup);
  const { decisions } = report;
  const judged = judgedOf(report);
  const title = `#${judgement.pull.number} at ${judgement.at.slice(0, 12)}: ${judgement.verdict}`;
  const quiet = 'No governed model is touched: nothing to judge.';
  return {
    exitCode: published || permits(judgement.verdict) ? 0 : 1,
    json: {
      decisions,
      pull: judgement.pull.number,
      commit: judgement.at,
      base: judgement.base,
      governed: judgement.governed,
      verdict: judgement.verdict,
      amendments: judgement.amendments,
      faults: report.faults,
      forecast: report.forecast,
    },
    text: [title, ...(judged.length === 0 ? [quiet] : judged.map(renderJudgedText))].join('\n\n'),
    markdown: renderJobSummary(report),
    notices: judgement.notices,
    outputs: { verdict: judgement.verdict, decisions: JSON.stringify(decisions) },
  };
}

/** A what-if on a pull request: told here and nowhere else, and the result is what it would be. */
export function tellAssumed(judgement: Judgement, host: Host): Outcome {
  return tell(judgement, false, host);
}

async function sweep(forge: Forge, to: Told): Promise<Outcome> {
  const { telling, host } = to;
  const { reconciled, left, failed } = await sweepPulls(host.surroundings, forge, { limit: sweepLimit, telling });
  const outcomes = await Promise.all(reconciled.map((each) => onePull(each, to)));
  const lost = failed.map(({ number, error }) =>
    said(
      `#${number} could not be judged: ${error instanceof WeighbridgeError ? error.message : String(error)}`,
      'error',
    ),
  );
  const rest =
    left > 0
      ? [said(`More than ${sweepLimit} pull requests are open; the next sweep begins with the newest again.`)]
      : [];
  const all = [...outcomes, ...lost, ...rest];
  return all.length === 0 ? said('No pull request is open.') : joined(all);
}

function said(text: string, verdict: Verdict = 'pass', published = false): Outcome {
  return {
    exitCode: permits(verdict) || published ? 0 : 1,
    json: { decisions: [], verdict, because: text },
    text,
    markdown: text,
    notices: [],
    outputs: { verdict, decisions: '[]' },
  };
}

/** Several outcomes as one: the worst verdict, every decision. One alone stays as it is. */
function joined(outcomes: readonly Outcome[]): Outcome {
  const [first] = outcomes;
  if (outcomes.length === 1 && first !== undefined) return first;
  const verdict = worstVerdict(outcomes.map(({ outputs }) => (outputs['verdict'] ?? 'pass') as Verdict));
  const decisions = outcomes.flatMap(({ outputs }) => JSON.parse(outputs['decisions'] ?? '[]') as unknown[]);
  return {
    exitCode: outcomes.some(({ exitCode }) => exitCode === 1) ? 1 : 0,
    json: { decisions, verdict, pulls: outcomes.map(({ json }) => json) },
    text: outcomes.map(({ text }) => text).join('\n\n'),
    markdown: outcomes.map(({ markdown }) => markdown).join('\n\n'),
    notices: outcomes.flatMap(({ notices }) => notices),
    outputs: { verdict, decisions: JSON.stringify(decisions) },
  };
}
