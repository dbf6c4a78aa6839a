import { permits } from '@weighbridge/core';
import { briefOf } from './brief.js';
import { oneLine, shorten } from './escape-markdown.js';
import { type Judged, judgedOf } from './judged.js';
import type { PullReport } from './pull-report.js';
import { openRequirements } from './verdict-marks.js';

/** A commit status: what the required check says. */
export interface RenderedStatus {
  readonly state: 'pending' | 'success' | 'failure' | 'error';
  /** One line of at most 140 UTF-16 units. */
  readonly description: string;
}

/** What GitHub takes as the description of a status. */
const maxDescription = 140;
/** More than this never fit, as short as they may be. */
const maxClauses = 40;

/**
 * The status of a commit. `pending` waits for people or time, `failure` does not change by waiting (a metric, an
 * objection, evidence that does not decide), `error` is what could not be judged or verified. The description names the
 * worst first and leaves out whole clauses at its end. Nothing to judge, and no policy at the base, are successes that
 * say so.
 */
export function renderStatus(
  report: Pick<PullReport, 'decisions'> & Partial<Pick<PullReport, 'amendments' | 'faults' | 'governed'>>,
): RenderedStatus {
  const decisions = judgedOf(report);
  if (report.governed === false) return preview('Not governed yet', decisions);
  if (decisions.length === 0) return { state: 'success', description: 'No governed model touched.' };
  const blocked = worstFirst(decisions.filter((decision) => !permits(decision.verdict)));
  if (blocked.length > 0) return { state: stateOf(blocked), description: fitClauses(clausesOf(blocked)) };
  if (decisions.some((decision) => decision.mode === 'warn' && openRequirements(decision).length > 0))
    return preview('Mode warn', decisions);
  return { state: 'success', description: fitClauses(decisions.map(success)) };
}

/** Nothing blocks; what would is told. */
function preview(opening: string, decisions: readonly Judged[]): RenderedStatus {
  const open = worstFirst(decisions.filter((decision) => openRequirements(decision).length > 0));
  const told = open.length === 0 ? 'nothing would block' : `would block: ${clausesOf(open).join('; ')}`;
  return { state: 'success', description: fitClauses(`${opening}, ${told}`.split('; ')) };
}

const severity: Readonly<Record<'pending' | 'failure' | 'error', number>> = { error: 0, failure: 1, pending: 2 };

function stateOf(decisions: readonly Judged[]): 'pending' | 'failure' | 'error' {
  const states = decisions.map(stateOfOne);
  return states.includes('error') ? 'error' : states.includes('failure') ? 'failure' : 'pending';
}

function stateOfOne(decision: Judged): 'pending' | 'failure' | 'error' {
  const verdicts = new Set([...openRequirements(decision).map((node) => node.verdict), decision.verdict]);
  if (verdicts.has('error')) return 'error';
  return verdicts.has('fail') || verdicts.has('inconclusive') ? 'failure' : 'pending';
}

function worstFirst(decisions: readonly Judged[]): readonly Judged[] {
  return [...decisions].sort((left, right) => severity[stateOfOne(left)] - severity[stateOfOne(right)]);
}

/** One clause a requirement; the first of a model names it. */
function clausesOf(decisions: readonly Judged[]): readonly string[] {
  return decisions.flatMap((decision) => {
    const open = openRequirements(decision).map(briefOf);
    const [first = oneLine(decision.because), ...rest] = open;
    return [`${oneLine(decision.name)}: ${first}`, ...rest];
  });
}

function success(decision: Judged): string {
  const waived = decision.requirements.filter((node) => node.verdict === 'waived').length;
  const warned = decision.requirements.filter((node) => node.verdict === 'warn').length;
  const notes = [waived > 0 ? `${waived} waived` : '', warned > 0 ? `${warned} warned` : ''].filter(
    (note) => note !== '',
  );
  const told = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  const what = decision.move === null ? 'may change' : `may enter ${oneLine(decision.move.to)}`;
  return `${decision.name} ${what}${told}`;
}

/** As many clauses as fit, whole, and how many do not; a first clause that is too long by itself ends at a word. */
function fitClauses(clauses: readonly string[]): string {
  for (let kept = Math.min(clauses.length, maxClauses); kept > 0; kept--) {
    const left = clauses.length - kept;
    const text = `${clauses.slice(0, kept).join('; ')}${left === 0 ? '' : `; +${left} more`}`;
    if (text.length <= maxDescription) return text;
  }
  const more = clauses.length > 1 ? `; +${clauses.length - 1} more` : '';
  return `${shorten(clauses[0] ?? '', maxDescription - more.length)}${more}`;
}
