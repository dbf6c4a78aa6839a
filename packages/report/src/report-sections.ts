import type { Decision } from '@weighbridge/gates';
import type { Assessment } from '@weighbridge/versioning';
import { escapeMarkdown } from './escape-markdown.js';
import type { Section } from './fit-sections.js';
import { type Judged, judgedAmendments, judgedFault, judgedOf } from './judged.js';
import { renderImpactMarkdown } from './lineage/render-impact.js';
import { linkOwnPages } from './own-links.js';
import type { PullReport } from './pull-report.js';
import { headlineOf } from './render-assessment.js';
import { renderChanges } from './render-changes.js';
import { renderHead } from './render-head.js';
import { renderGateMarkdown, renderJudgedMarkdown } from './render-verdict.js';
import { renderModelTable } from './render-model-table.js';
import { renderDigests, renderEvidence, renderForecast, renderNotices, renderSetup } from './render-details.js';
import { openRequirements } from './verdict-marks.js';

/** What goes first when a report is too long. The verdict, the link and the judged commit always stay. */
const ranks = {
  digests: 0,
  evidence: 1,
  forecast: 2,
  notices: 3,
  reach: 4,
  changes: 5,
  metGates: 6,
  openGates: 7,
  headlines: 8,
  models: 9,
} as const;

/** The sections of a report in reading order. Each is whole by itself; empty ones are not there. */
export function reportSections(report: PullReport): readonly Section[] {
  const sections: Section[] = [{ name: 'the verdict', markdown: renderHead(report), rank: null }];
  const judged = judgedOf(report);
  if (judged.length > 1)
    sections.push({ name: 'the table of models', markdown: renderModelTable(judged), rank: ranks.models });
  for (const fault of report.faults) sections.push(restSection(judgedFault(fault)));
  if (report.amendments !== null) sections.push(restSection(judgedAmendments(report.amendments)));
  for (const model of modelsOf(report)) sections.push(...modelSections(report, model));
  const rest: readonly Section[] = [
    {
      name: 'what the change reaches',
      markdown: report.impact ? renderImpactMarkdown(report.impact) : '',
      rank: ranks.reach,
    },
    { name: 'the notices', markdown: renderNotices(report.notices), rank: ranks.notices },
    { name: 'the forecast of later gates', markdown: renderForecast(report.forecast), rank: ranks.forecast },
    { name: 'the evidence', markdown: renderEvidence(report.evidence), rank: ranks.evidence },
    { name: 'the digests', markdown: renderDigests(report), rank: ranks.digests },
    { name: 'the set-up', markdown: renderSetup(report.setup), rank: null },
  ];
  const all = [...sections, ...rest.filter(({ markdown }) => markdown !== '')];
  return all.map((section) => ({ ...section, markdown: linkOwnPages(section.markdown, report.pull) }));
}

function modelsOf({ assessments, decisions }: PullReport): readonly string[] {
  const judged = decisions.map(({ model }) => model);
  const changed = assessments.filter(({ next }) => next !== null).map(({ model }) => model);
  return [...new Set([...judged, ...changed])];
}

function modelSections(report: PullReport, model: string): readonly Section[] {
  const assessment = report.assessments.find((each) => each.model === model);
  const sections: Section[] = [
    { name: `the headline of ${model}`, markdown: headline(model, assessment), rank: ranks.headlines },
  ];
  if (assessment !== undefined && assessment.next !== null) {
    const markdown = `**What changed**\n\n${renderChanges(assessment)}`;
    sections.push({ name: `the changes of ${model}`, markdown, rank: ranks.changes });
  }
  for (const decision of report.decisions.filter((each) => each.model === model)) sections.push(gateSection(decision));
  return sections;
}

/** `### fraud 1.3.2 → 2.0.0 (major)` */
function headline(model: string, assessment: Assessment | undefined): string {
  const told = assessment === undefined || assessment.next === null ? model : headlineOf(assessment);
  return `### ${escapeMarkdown(told).replace('-&gt;', '→')}`;
}

/** What is about no move: its requirements under its name. */
function restSection(judged: Judged): Section {
  const rank = openRequirements(judged).length > 0 ? ranks.openGates : ranks.metGates;
  return { name: `what is told of ${judged.name}`, markdown: renderJudgedMarkdown(judged), rank };
}

function gateSection(decision: Decision): Section {
  const rank = openRequirements(decision).length > 0 ? ranks.openGates : ranks.metGates;
  return { name: `a gate of ${decision.model}`, markdown: renderGateMarkdown(decision), rank };
}
