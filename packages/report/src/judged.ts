import type { Verdict, VerdictNode } from '@weighbridge/core';
import type { AmendmentDecision, Decision } from '@weighbridge/gates';
import type { PullReport, ReportedFault } from './pull-report.js';

/** Anything that a verdict is told of: a move of a model, a change of the rules, or files that could not be read. */
export interface Judged {
  /** `fraud 2.0.0`, `the rules`, `files of fraud`, as a clause or a row of a table begins: never with text of a user. */
  readonly name: string;
  /** The same as a heading: `fraud 2.0.0`, `Change of the rules`, `Files of fraud`. */
  readonly title: string;
  readonly subject: 'move' | 'rules' | 'files';
  /** Null for what is about no model. */
  readonly model: string | null;
  readonly move: { readonly from: string | null; readonly to: string } | null;
  readonly verdict: Verdict;
  readonly because: string;
  readonly mode: Decision['mode'];
  readonly requirements: readonly VerdictNode[];
}

/** What a change is judged in, in the order of telling: files that cannot be read, the rules, the moves. */
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

/** A move of a model, under its name and version. */
export function judgedMove({ model, version, transition, verdict, because, mode, requirements }: Decision): Judged {
  const name = version === null ? model : `${model} ${version}`;
  return { name, title: name, subject: 'move', model, move: transition, verdict, because, mode, requirements };
}

/** What a change amends of its own rules, all of it as one. */
export function judgedAmendments({ verdict, because, mode, requirements }: AmendmentDecision): Judged {
  const told = { name: 'the rules', title: 'Change of the rules', subject: 'rules', model: null, move: null } as const;
  return { ...told, verdict, because, mode, requirements };
}

/** Files of the change that are wrong: each fault of them is a part of the one requirement that they can be read. */
export function judgedFault({ model, message, remedy, details }: ReportedFault): Judged {
  const children = details.map(
    ({ file, line, column, message: because, remedy: own = remedy }): VerdictNode => ({
      id: `${file}:${line}:${column}`,
      kind: 'files',
      verdict: 'error',
      because,
      remedy: own,
    }),
  );
  const parts = children.length === 0 ? {} : { children };
  const node: VerdictNode = { id: 'files', kind: 'files', verdict: 'error', because: message, remedy, ...parts };
  return {
    name: model === null ? 'the files' : `files of ${model}`,
    title: model === null ? 'Files of the change' : `Files of ${model}`,
    subject: 'files',
    model,
    move: null,
    verdict: 'error',
    because: message,
    mode: 'enforce',
    requirements: [node],
  };
}
