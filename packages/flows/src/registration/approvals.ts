import type { VerdictNode } from '@weighbridge/core';
import type { Decision, PullFacts } from '@weighbridge/gates';
import type { Approval } from '@weighbridge/ledger';

/** What a reviewers node says of one person; see the reviewers rule of `gates`. */
interface ToldPerson {
  readonly login: string;
  readonly via: string;
  readonly id: string;
  readonly commit: string | null;
  readonly at: string | null;
}

/** The approvals that fill the seats of a decision, with the accounts that the forge told, for the record. */
export function approvalsOf(decision: Decision, pull: PullFacts | null): readonly Approval[] {
  if (pull === null) return [];
  const accounts = new Map(
    [...pull.reviews, ...pull.comments].flatMap(({ author }) =>
      author === null ? [] : [[author.login.toLowerCase(), author.id] as const],
    ),
  );
  return decision.requirements.flatMap((node) =>
    seatedPeople(node).map(({ person, roster }) => ({
      id: accounts.get(person.login.toLowerCase()) ?? person.login,
      login: person.login,
      review: person.id,
      commit: person.commit ?? pull.head.commit,
      submittedAt: wholeSeconds(person.at ?? decision.time),
      roster,
    })),
  );
}

function seatedPeople(node: VerdictNode): readonly { readonly person: ToldPerson; readonly roster: string }[] {
  if (node.kind !== 'reviewers' && node.kind !== 'amendment') return [];
  const facts = node.facts as
    | { from?: string; approved?: readonly string[]; people?: readonly ToldPerson[] }
    | undefined;
  const approved = new Set(facts?.approved ?? []);
  const people = (facts?.people ?? []).filter(({ login }) => approved.has(login));
  return people.map((person) => ({ person, roster: facts?.from ?? node.id }));
}

function wholeSeconds(time: string): string {
  return new Date(Date.parse(time)).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
