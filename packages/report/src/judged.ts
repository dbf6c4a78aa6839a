import type { Verdict, VerdictNode } from '@weighbridge/core';
import type { AmendmentDecision, Decision } from '@weighbridge/gates';
import type { PullReport, ReportedFault } from './pull-report.js';

/** Anything that a verdict is told of: a move of a model, a change of the rules, or files that could not be read. */
export interface Judged {
  /** `fraud 2.0.0`, `the rules`, `fraud`. */
  readonly name: string;
  /** Null for what is about no model. */
  readonly model: string | null;
  readonly move: { readonly from: string | null; readonly to: string } | null;
  readonly verdict: Verdict;
  readonly because: string;
  readonly mode: Decision['mode'];
  readonly requirements: readonly VerdictNode[];
}

/** What a change is judged in, in the order of telling: models that could not be read, the rules, the moves. */
export function judgedOf({
  decisions,
  amendments = null,
  faults = [],
}: Pick<PullReport, 'decisions'> & Partial<Pick<PullReport, 'amendments' | 'faults'>>): readonly Judged[] {
  return [
    ...faults.map(judgedFault),
    ...(amendments === null ? [] : [judgedAmendments(amendments)]),
    ...decisions.map(judgedMove),
  ];
}

export function judgedMove({ model, version, transition, verdict, because, mode, requirements }: Decision): Judged {
  const name = version === null ? model : `${model} ${version}`;
  return { name, model, move: transition, verdict, because, mode, requirements };
}

export function judgedAmendments({ verdict, because, mode, requirements }: AmendmentDecision): Judged {
  return { name: 'the rules', model: null, move: null, verdict, because, mode, requirements };
}

const shownDetails = 20;

/** Files of the change that are wrong: each fault of them is a requirement that is not met. */
export function judgedFault({ model, message, remedy, details }: ReportedFault): Judged {
  const children = details.slice(0, shownDetails).map(
    ({ file, line, column, message: text, remedy: mend }): VerdictNode => ({
      id: `${file}:${line}:${column}`,
      kind: 'files',
      verdict: 'error',
      because: `${file}:${line}: ${text}`,
      remedy: mend ?? remedy,
    }),
  );
  const node: VerdictNode = {
    id: 'files',
    kind: 'files',
    verdict: 'error',
    because: message,
    remedy,
    ...(children.length === 0 ? {} : { children }),
  };
  const base = { name: model ?? 'the files', model, move: null, mode: 'enforce' as const };
  return { ...base, verdict: 'error', because: message, requirements: [node] };
}
