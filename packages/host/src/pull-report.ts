import type { Fault, Judgement, JudgementTexts } from '@weighbridge/flows';
import {
  type PullReport,
  type ReportedEvidence,
  type ReportedFault,
  renderPullComment,
  renderStatus,
} from '@weighbridge/report';

/** A judgement as reports show it. `url` leads to the run that judged. */
export function reportOf(judgement: Judgement, url: string | null): PullReport {
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
    setup: null,
  };
}

/** Status and comment of judgements. Several that share a status are told in one. */
export function judgementTexts(url: string | null): JudgementTexts {
  return {
    status: (judgements) => {
      const reports = judgements.map((judgement) => reportOf(judgement, url));
      const [first] = reports;
      const quiet = quietStatus(judgements);
      if (quiet !== null) return quiet;
      const amended = reports.map(({ amendments }) => amendments).filter((each) => each !== null);
      return renderStatus({
        governed: reports.every(({ governed }) => governed) || first === undefined,
        decisions: reports.flatMap(({ decisions }) => decisions),
        faults: reports.flatMap(({ faults }) => faults),
        amendments: amended.find(({ verdict }) => verdict !== 'pass') ?? amended[0] ?? null,
      });
    },
    comment: (judgement) => renderPullComment(reportOf(judgement, url)),
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
