import { fitSections } from './fit-sections.js';
import type { PullReport } from './pull-report.js';
import { reportSections } from './report-sections.js';

/** First line of the one comment of ours on a pull request: it is found again by this. */
export const pullCommentMarker = '<!-- weighbridge: pull request -->';

/** What GitHub takes as a comment, in characters; UTF-16 units are never fewer. */
const maxComment = 65_536;

/**
 * The comment on a pull request: the verdict, what changed, the gate with who can supply what is missing, a forecast of
 * later gates, and what all of it rests on. Never more than 65,536 UTF-16 units: whole sections are left out, the
 * digests first, and a note says so; the verdict with its link, commit and time always stays.
 */
export function renderPullComment(report: PullReport): string {
  const body = fitSections(reportSections(report), {
    limit: maxComment - pullCommentMarker.length - 1,
    lengthOf: (text) => text.length,
    elsewhere: 'The job summary, or "weighbridge gate --json", has the whole.',
  });
  return `${pullCommentMarker}\n${body}`;
}
