export { briefOf } from './brief.js';
export * from './documents/index.js';
export { escapeMarkdown, oneLine, shorten } from './escape-markdown.js';
export { type Judged, judgedAmendments, judgedFault, judgedMove, judgedOf } from './judged.js';
export type { PullReport, ReportedEvidence, ReportedFault, ReportedSetup, ReportNotice } from './pull-report.js';
export { headlineOf, renderAssessmentMarkdown, renderAssessmentText } from './render-assessment.js';
export { renderRemedy } from './render-remedy.js';
export { renderVerdictMarkdown, renderVerdictText } from './render-checklist.js';
export { renderJobSummary } from './render-job-summary.js';
export { pullCommentMarker, renderPullComment } from './render-pull-comment.js';
export { type RenderedStatus, renderStatus } from './render-status.js';
export {
  renderDecisionMarkdown,
  renderDecisionText,
  renderJudgedMarkdown,
  renderJudgedText,
} from './render-verdict.js';
export { renderVersionText, type VersionPlace } from './render-version.js';
export { renderMarkdownTable, renderTextTable } from './table.js';
export { type ImpactReport, renderImpactMarkdown, renderImpactText } from './lineage/render-impact.js';
export { type DiagramBounds, mermaidLabel, renderLineageMermaid } from './lineage/render-lineage-mermaid.js';
export { renderLineageText } from './lineage/render-lineage-text.js';
export { type ReachedPart, renderReproductionText } from './lineage/render-reproduction.js';
