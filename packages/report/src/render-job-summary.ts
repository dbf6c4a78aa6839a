import { utf8 } from '@weighbridge/core';
import { fitSections, type Section } from './fit-sections.js';
import type { PullReport } from './pull-report.js';
import { renderLineageMermaid } from './lineage/render-lineage-mermaid.js';
import { renderStageFlow } from './render-stage-flow.js';
import { reportSections } from './report-sections.js';

/** GitHub refuses a step's summary above 1 MiB; some room is left for what other steps of a job add. */
const maxSummaryBytes = 1_000_000;

/**
 * The same as the comment for the summary of a job, at most 1,000,000 bytes of UTF-8. Where later gates were forecast,
 * a diagram shows how far the way is open,
 * and for each of the first models that changed one shows where it comes from.
 */
export function renderJobSummary(report: PullReport): string {
  const flow = renderStageFlow(report);
  const diagram: readonly Section[] = flow === '' ? [] : [{ name: 'the diagram', markdown: flow, rank: -1 }];
  return fitSections([...reportSections(report), ...diagram, ...lineageSections(report)], {
    limit: maxSummaryBytes,
    lengthOf: (text) => utf8(text).byteLength,
    elsewhere: 'The output "json", or "weighbridge gate --json", has the whole.',
  });
}

/** Diagrams of lineage in one summary. */
const maxLineages = 5;

function lineageSections({ lineages = [] }: PullReport): readonly Section[] {
  return lineages.slice(0, maxLineages).map(({ model, start, graph }) => {
    const diagram = `\`\`\`mermaid\n${renderLineageMermaid(graph, start)}\n\`\`\``;
    const markdown = `<details><summary>Where ${model} comes from</summary>\n\n${diagram}\n\n</details>`;
    return { name: `the lineage of ${model}`, markdown, rank: -2 };
  });
}
