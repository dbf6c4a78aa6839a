import { utf8 } from '@weighbridge/core';
import { fitSections, type Section } from './fit-sections.js';
import type { PullReport } from './pull-report.js';
import { renderStageFlow } from './render-stage-flow.js';
import { reportSections } from './report-sections.js';

/** GitHub refuses a step's summary above 1 MiB; some room is left for what other steps of a job add. */
const maxSummaryBytes = 1_000_000;

/**
 * The same as the comment for the summary of a job, at most 1,000,000 bytes of UTF-8. Where later gates were forecast,
 * a diagram shows how far the way is open.
 */
export function renderJobSummary(report: PullReport): string {
  const flow = renderStageFlow(report);
  const diagram: readonly Section[] = flow === '' ? [] : [{ name: 'the diagram', markdown: flow, rank: -1 }];
  return fitSections([...reportSections(report), ...diagram], {
    limit: maxSummaryBytes,
    lengthOf: (text) => utf8(text).byteLength,
    elsewhere: 'The output "json", or "weighbridge gate --json", has the whole.',
  });
}
