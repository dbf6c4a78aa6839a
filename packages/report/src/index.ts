export { headlineOf, renderAssessmentMarkdown, renderAssessmentText } from './render-assessment.js';
export { renderVerdictMarkdown, renderVerdictText, whyNot } from './render-verdict.js';
export { escapeMarkdown, renderMarkdownTable, renderTextTable } from './table.js';
