import { worstVerdict } from '@weighbridge/core';
import type { Fault, Judgement, JudgementTexts } from '@weighbridge/flows';
import {
  type PullReport,
  type ReportedEvidence,
  type ReportedFault,
  renderPullComment,
  renderStatus,
} from '@weighbridge/report';
import type { ProtectionLook } from './protection-look.js';

/** A judgement as reports show it. `url` leads to the run that judged; `setup` is null where nobody looked. */
export function reportOf(judgement: Judgement, url: string | null, setup: PullReport['setup'] = null): PullReport {
  const { at, time, governed, models, amendments, fault, notices } = judgement;
  const faults = models.flatMap((model) => (model.fault === null ? [] : [reportedFault(model.model, model.fault)]));
  return {
    commit: at,
    time,
    url,
    governed,
    assessments: models.flatMap(({ weighed }) => (weighed === null ? [] : [weighed.assessment])),
    decisions: models.flatMap(({ decisions }) => decisions),
    amendments,
    faults: fault === null ? faults : [reportedFault(null, fault), ...faults],
    forecast: models.flatMap(({ forecasts }) => forecasts),
    notices,
    evidence: models.flatMap(evidenceOf),
    pull: judgement.pull.url,
    setup,
    impact: judgement.reach === undefined ? null : { subjects: judgement.reach.subjects, rows: judgement.reach.rows },
    lineages: judgement.reach?.lineages ?? [],
  };
}

/** Status and comment of judgements. Several that share a status are told in one; a comment says what protects the base. */
export function judgementTexts(url: string | null, protection: ProtectionLook | null = null): JudgementTexts {
  return {
    status: (judgements) => {
      const status = quietStatus(judgements) ?? statusOf(judgements.map((judgement) => reportOf(judgement, url)));
      const [first] = judgements;
      if (status.state !== 'success' || first === undefined || judgements.some(({ guarded }) => guarded)) return status;
      const into = first.pull.base.ref.slice(0, 60);
      return {
        state: 'pending',
        description: `Nothing protects ${into}: counts when it goes into a protected branch.`,
      };
    },
    comment: async (judgement) => {
      const setup = (await protection?.look(judgement.pull.base.ref)) ?? null;
      return renderPullComment(reportOf(judgement, url, setup));
    },
  };
}

/** Where models are touched and nothing of them is to be judged, "no model touched" would not be true. */
function quietStatus(judgements: readonly Judgement[]): ReturnType<JudgementTexts['status']> | null {
  const models = judgements.flatMap((judgement) => judgement.models);
  const judged = models.some(({ decisions, fault }) => decisions.length > 0 || fault !== null);
  const other = judgements.some(
    ({ governed, amendments, fault }) => !governed || amendments !== null || fault !== null,
  );
  if (models.length === 0 || judged || other) return null;
  const names = [...new Set(models.map(({ model }) => model))].join(', ');
  return { state: 'success', description: `${names}: no new version and no move to judge.` };
}

/** One policy is enough to block, and the worst of what is amended counts: a lax base does not speak for another. */
function statusOf(reports: readonly PullReport[]): ReturnType<JudgementTexts['status']> {
  const amended = reports.map(({ amendments }) => amendments).filter((each) => each !== null);
  const worst = worstVerdict(amended.map(({ verdict }) => verdict));
  return renderStatus({
    governed: reports.length === 0 || reports.some(({ governed }) => governed),
    decisions: reports.flatMap(({ decisions }) => decisions),
    faults: reports.flatMap(({ faults }) => faults),
    amendments: amended.find(({ verdict }) => verdict === worst) ?? null,
  });
}

function reportedFault(model: string | null, { message, remedy, details }: Fault): ReportedFault {
  return { model, message, remedy, details };
}

/** Levels that a gate looked at: where none asks for more than a file, nobody looked, and nothing is said. */
function evidenceOf({ model, decisions }: Judgement['models'][number]): readonly ReportedEvidence[] {
  const nodes = decisions.flatMap(({ requirements }) => requirements.flatMap(({ children = [] }) => children));
  const levels = new Map<string, ReportedEvidence>();
  for (const { id, kind, facts } of nodes) {
    const document = /^evidence\/(.+)\/level$/.exec(id)?.[1];
    const level = (facts as { level?: unknown } | undefined)?.level;
    if (kind === 'evidence' && document !== undefined && typeof level === 'string')
      levels.set(document, { model, id: document, level, time: null });
  }
  return [...levels.values()];
}
