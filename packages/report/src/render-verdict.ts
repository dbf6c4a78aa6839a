import { permits, type VerdictNode } from '@weighbridge/core';
import type { Decision } from '@weighbridge/gates';
import { escapeMarkdown, oneLine } from './escape-markdown.js';
import type { Judged } from './judged.js';
import { renderVerdictMarkdown, renderVerdictText } from './render-checklist.js';
import { markdownMark, openRequirements } from './verdict-marks.js';

/** The gate of one decision: first what is missing and who can supply it, then what is met. */
export function renderGateMarkdown(decision: Decision): string {
  return `${titleOf(decision)}${renderVerdictMarkdown(orderedForReading(decision))}`;
}

/** `**Gate of production** (from staging): 3 of 5 requirements met.` */
function titleOf(decision: Decision): string {
  const { requirements, transition } = decision;
  const met = requirements.filter((node) => permits(node.verdict)).length;
  const from = transition.from === null ? '' : ` (from ${escapeMarkdown(transition.from)})`;
  const mode = decision.mode === 'warn' ? ' Mode is warn: nothing blocks.' : '';
  return `**Gate of ${escapeMarkdown(transition.to)}**${from}: ${met} of ${requirements.length} requirements met.${mode}\n\n`;
}

function orderedForReading(decision: Pick<Judged, 'requirements'>): readonly VerdictNode[] {
  const rest = decision.requirements.filter((node) => permits(node.verdict));
  const told = rest.filter((node) => node.verdict !== 'pass');
  return [...openRequirements(decision), ...told, ...rest.filter((node) => node.verdict === 'pass')];
}

/** The requirements of what is no move, under a heading that names it. */
export function renderJudgedMarkdown(judged: Judged): string {
  return `### ${markdownMark[judged.verdict]} ${escapeMarkdown(judged.title)}: ${judged.verdict}\n\n${renderVerdictMarkdown(orderedForReading(judged))}`;
}

/** The same for a terminal. */
export function renderJudgedText({ title, verdict, requirements }: Judged): string {
  return `${oneLine(title)}: ${verdict}\n${renderVerdictText(requirements, 1)}`;
}

/** The same under a heading that names the version and the verdict, for a decision that stands by itself. */
export function renderDecisionMarkdown(decision: Decision): string {
  const { model, version, verdict } = decision;
  const name = version === null ? model : `${model} ${version}`;
  return `### ${markdownMark[verdict]} ${escapeMarkdown(name)}: ${verdict}\n\n${renderGateMarkdown(decision)}`;
}

/** A decision for a terminal: the move and its verdict, then each requirement with what mends it. */
export function renderDecisionText(decision: Decision): string {
  const { model, version, transition, verdict, mode, requirements } = decision;
  const from = oneLine(transition.from ?? 'no stage');
  const softened = mode === 'warn' && verdict === 'warn' ? ' (mode is warn: nothing blocks)' : '';
  const title = `${version === null ? model : `${model} ${version}`}: ${from} -> ${oneLine(transition.to)}: ${verdict}${softened}`;
  return `${title}\n${renderVerdictText(requirements, 1)}`;
}
