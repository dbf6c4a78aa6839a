import type { JsonObject, VerdictNode } from '@weighbridge/core';
import type { ReviewFacts } from '../facts.js';
import { listWords } from '../wording.js';
import { judgeReviews, type ReviewRules, type Standing, type Standings } from './judge-reviews.js';
import { compareText, foldActor, foldLogin } from './people.js';
import type { RosterMembers } from './roster-members.js';
import { fillSeats } from './seats.js';
import { nameMissing, tellPerson } from './tell-people.js';

/** So many approvals of these people. */
export interface Ask {
  readonly node: { readonly id: string; readonly kind: string; readonly facts: JsonObject };
  /** What people call those who are asked, such as `ml`. */
  readonly name: string;
  readonly members: RosterMembers;
  readonly count: number;
}

/** What an ask came to. */
interface Outcome {
  readonly ask: Ask;
  /** Seats, with the one that an unknown contributor adds. */
  readonly wanted: number;
  readonly seated: readonly Standing[];
  /** Logins that could fill an open seat. */
  readonly could: readonly string[];
  /** Everybody who decided something, and whether they belong to those asked. */
  readonly people: readonly (readonly [person: Standing, member: boolean | null])[];
}

/**
 * Judges several asks at once: nobody fills two seats, and people are seated so that as many seats as possible are
 * filled. One node an ask, in their order.
 */
export function judgeAsks(asks: readonly Ask[], review: ReviewFacts, rules: ReviewRules): readonly VerdictNode[] {
  const standings = judgeReviews(review, rules);
  const extra = standings.contributors.unknown.length > 0 ? 1 : 0;
  const voters = standings.people.filter((person) => person.standing === 'counts');
  const rows = asks.map((ask) => {
    return { ask, wanted: ask.count + extra, accepts: (voter: Standing) => isMember(ask, voter) === true };
  });
  return fillSeats(rows, voters).map((row) => {
    const { ask, wanted } = row.row;
    const seated = voters.filter((voter) => row.people.includes(voter));
    const could = whoCould(
      row.helps().map((helping) => helping.ask),
      standings,
    );
    const people = standings.people.map((person) => [person, isMember(ask, person)] as const);
    return judgeOutcome({ ask, wanted, seated, could, people }, standings, { review, rules });
  });
}

function isMember(ask: Ask, person: Standing): boolean | null {
  return person.person === null ? false : ask.members.includes(person.person);
}

/** Members who did not decide yet, or whose approval went stale; never those who may not approve. */
function whoCould(asks: readonly Ask[], standings: Standings): readonly string[] {
  const settled = new Set<string>();
  for (const { person, standing } of standings.people) {
    if (person !== null && standing !== 'stale' && standing !== 'dismissed') settled.add(foldActor(person));
  }
  const known = new Map<string, string>();
  for (const login of asks.flatMap((ask) => ask.members.logins)) {
    const taken = settled.has(foldLogin(login)) || standings.contributors.known.named(login) !== undefined;
    if (!taken && !known.has(foldLogin(login))) known.set(foldLogin(login), login);
  }
  return [...known].sort(([left], [right]) => compareText(left, right)).map(([, login]) => login);
}

interface Setting {
  readonly review: ReviewFacts;
  readonly rules: ReviewRules;
}

type Judged = Pick<VerdictNode, 'verdict' | 'because' | 'remedy'>;

/** What stands against an ask comes first, then what fills it, then why it cannot be told, then who is missing. */
function judgeOutcome(outcome: Outcome, standings: Standings, setting: Setting): VerdictNode {
  const { node } = outcome.ask;
  const judged =
    judgeIncomplete(setting) ??
    judgeObjections(outcome) ??
    judgeUnknown(standings, setting) ??
    judgeUnverified(outcome) ??
    judgeOpen(outcome, standings, setting);
  return { ...node, facts: { ...node.facts, ...tellOutcome(outcome, standings) }, ...judged };
}

function judgeIncomplete({ review }: Setting): Judged | null {
  if (review.pull.incomplete.length === 0) return null;
  return {
    verdict: 'error',
    because: `The pull request could not be read in full: ${review.pull.incomplete.join('; ')}.`,
    remedy: 'Evaluate it again; if it stays so, split the pull request into smaller ones.',
  };
}

function judgeObjections({ ask, people }: Outcome): Judged | null {
  const objects = people.filter(([person, member]) => person.standing === 'objects' && member !== false);
  const sure = objects.filter(([, member]) => member === true).map(([person]) => person);
  if (sure.length > 0) {
    const names = listWords(sure.map(({ login }) => login));
    const told = sure.map(({ login, because }) => `${login} of ${ask.name} ${because}`).join('; ');
    const remedy = `Settle it with ${names}, who can approve or have the review dismissed (${pagesOf(sure)}).`;
    return { verdict: 'fail', because: `${told}.`, remedy };
  }
  const maybe = objects.map(([person]) => person.login);
  if (maybe.length === 0) return null;
  const because = `${listWords(maybe)} asked for changes, and whether ${maybe.length === 1 ? 'this is a member' : 'they are members'} of ${ask.name} cannot be verified (${tellUnread(ask)}).`;
  return { verdict: 'error', because, remedy: mendUnread(ask) };
}

function judgeUnknown({ contributors }: Standings, { rules }: Setting): Judged | null {
  if (contributors.unknown.length === 0 || rules.review.unknownContributors !== 'refuse') return null;
  return {
    verdict: 'fail',
    because: `${quoteNames(contributors.unknown)} on a commit belongs to no account, and any reviewer could be that person.`,
    remedy: 'Add the address of the commit to the account that it belongs to, or write the commit again with one.',
  };
}

/** Only what is missing has to be verified: whoever is seated is known. */
function judgeUnverified(outcome: Outcome): Judged | null {
  const { ask, seated, wanted, people } = outcome;
  if (seated.length >= wanted) return null;
  const told = countSeats(outcome);
  if (ask.members.unread.length > 0) {
    const because = `${told}, and who else belongs to it cannot be verified (${tellUnread(ask)}).`;
    return { verdict: 'error', because, remedy: mendUnread(ask) };
  }
  const unsure = people.filter(([person, member]) => person.standing === 'cannot-verify' && member !== false);
  if (unsure.length === 0) return null;
  const names = listWords(unsure.map(([person]) => person.login));
  return {
    verdict: 'error',
    because: `${told}, and the approval of ${names} cannot be verified: the forge does not say what they may do here.`,
    remedy: 'Give the job a token that may read the permissions of collaborators, then evaluate again.',
  };
}

function judgeOpen(outcome: Outcome, standings: Standings, setting: Setting): Judged {
  const { ask, seated, wanted, could, people } = outcome;
  const unknown = standings.contributors.unknown;
  const more =
    unknown.length === 0
      ? ''
      : `, one more than the ${ask.count} asked because ${quoteNames(unknown)} on a commit belongs to no account`;
  const told = `${countSeats(outcome)}${more}`;
  if (seated.length >= wanted) return { verdict: 'pass', because: `${told}.` };
  const notes = people.flatMap(([person, member]) => tellPerson(person, { member, seated }) ?? []);
  const because = [
    told,
    ...notes.slice(0, shownNotes),
    ...(notes.length > shownNotes ? [`and ${notes.length - shownNotes} more`] : []),
  ].join('; ');
  const open = wanted - seated.length;
  if (ask.members.complete && could.length < open) {
    const left = could.length === 0 ? 'nobody else of it may approve' : `only ${listWords(could)} could still approve`;
    const remedy = `Ask the policy owners to add people to ${ask.name}, or have somebody else open the pull request.`;
    return { verdict: 'error', because: `${because}; ${left}.`, remedy };
  }
  const stale = people.filter(([person]) => person.standing === 'stale');
  const again = new Set(stale.map(([person]) => person.login.toLowerCase()));
  const remedy = nameMissing({
    could,
    again,
    open,
    ask: ask.name,
    pull: setting.review.pull,
    commands: setting.rules.review.commands,
  });
  return { verdict: 'pending', because: `${because}.`, remedy };
}

const shownNotes = 6;

function countSeats({ ask, seated, wanted }: Outcome): string {
  const names = seated.length === 0 ? '' : ` (${listWords(seated.map(({ login }) => login))})`;
  return `${seated.length} of ${wanted} from ${ask.name} approved${names}`;
}

function quoteNames(names: readonly string[]): string {
  return listWords(names.slice(0, shownNotes).map((name) => `"${name.slice(0, 60)}"`));
}

/** Whoever objects did so by a review, which has a page. */
function pagesOf(people: readonly Standing[]): string {
  return people.map(({ voice }) => voice.url).join(' ');
}

function tellUnread({ members }: Ask): string {
  return members.unread.map(({ team, because }) => `team ${team}: ${because}`).join('; ');
}

function mendUnread({ members }: Ask): string {
  return [...new Set(members.unread.map(({ remedy }) => remedy))].join(' ');
}

function tellOutcome({ wanted, seated, could, people }: Outcome, { contributors }: Standings): JsonObject {
  return {
    wanted,
    approved: seated.map(({ login }) => login),
    could: [...could],
    unknown_contributors: [...contributors.unknown],
    people: people.map(([{ login, standing, because, voice }, member]) => {
      return { login, standing, because, member, via: voice.via, id: voice.id, commit: voice.commit, at: voice.at };
    }),
  };
}
