import type { Roster } from '@weighbridge/manifest';
import type { ReviewFacts } from '../facts.js';
import type { ForgeActor, PermissionFact } from '../pull-facts.js';
import type { PolicySlice } from '../request.js';
import { whyStale } from './binding.js';
import { type Contributors, findContributors } from './contributors.js';
import { AccountMap, compareText, foldActor, foldLogin, isMachine } from './people.js';
import { collectVoices, type Dismissal, type Voice } from './voice.js';

/** What the reviews of one person come to. Nothing counts of an account that is gone. */
export type Standing = {
  /** As the forge writes it; `ghost` when the account is gone. */
  readonly login: string;
  /** One clause. */
  readonly because: string;
  /** What it rests on. */
  readonly voice: Voice;
} & (
  | {
      readonly person: ForgeActor;
      readonly standing: 'counts' | 'objects' | 'stale' | 'dismissed' | 'excluded' | 'cannot-verify';
    }
  | { readonly person: null; readonly standing: 'excluded' }
);

/** All reviews of a pull request, judged. */
export interface Standings {
  /** One for each person who decided anything, in the order of logins. Who only commented is not among them. */
  readonly people: readonly Standing[];
  readonly contributors: Contributors;
}

/** The parts of the policy that say which reviews count. */
export type ReviewRules = Pick<PolicySlice, 'review' | 'rosters'>;

/**
 * What each person's reviews come to: the latest decisive one counts, a dismissed one neither clears an objection nor
 * brings an older approval back. Does not depend on the order in which the reviews are listed.
 */
export function judgeReviews(review: ReviewFacts, rules: ReviewRules): Standings {
  const contributors = findContributors(review);
  const setting: Setting = { review, rules, contributors };
  const people = groupByPerson(collectVoices(review.pull, rules.review)).map((said) => judgePerson(said, setting));
  people.sort((left, right) => compareText(nameKey(left), nameKey(right)));
  return { people, contributors };
}

interface Setting {
  readonly review: ReviewFacts;
  readonly rules: ReviewRules;
  readonly contributors: Contributors;
}

function nameKey(standing: Standing): string {
  return standing.person === null ? `~${standing.voice.id}` : foldActor(standing.person);
}

/** What one person said, oldest first. */
type Said = [first: Voice, ...later: Voice[]];

function groupByPerson(voices: readonly Voice[]): readonly Said[] {
  const groups: Said[] = [];
  const known = new AccountMap<Said>();
  for (const voice of voices) {
    const { person } = voice;
    const before = person === null ? undefined : known.get(person);
    const group: Said = before ?? [voice];
    if (before === undefined) groups.push(group);
    else group.push(voice);
    // A further spelling of the login leads to the same group.
    if (person !== null) known.add(person, group);
  }
  return groups;
}

function judgePerson(said: Said, setting: Setting): Standing {
  const { objection, approvals, last } = takePosition(said, setting);
  const { person } = last;
  if (person === null) {
    return { login: 'ghost', person, standing: 'excluded', because: 'the account is gone', voice: last };
  }
  const base = { login: person.login, person };
  if (objection !== null) return { ...base, standing: 'objects', ...objection };
  const excluded = whyExcluded(person, setting);
  if (excluded !== null) return { ...base, standing: 'excluded', because: excluded, voice: last };
  if (last.dismissal !== null) {
    return { ...base, standing: 'dismissed', because: tellDismissal(last.dismissal), voice: last };
  }
  const judged = approvals.map((voice): Standing => {
    const stale = whyStale(voice, setting.review, setting.rules.review);
    if (stale !== null) return { ...base, standing: 'stale', because: stale, voice };
    return { ...base, ...judgePermission(person, setting), voice };
  });
  return (
    judged.findLast(({ standing }) => standing !== 'stale') ??
    judged.at(-1) ?? { ...base, standing: 'stale', because: 'the comment was edited after it was written', voice: last }
  );
}

/** Where somebody stands after all that they said. */
interface Position {
  readonly objection: { readonly voice: Voice; readonly because: string } | null;
  /** Given since the last objection or dismissal, oldest first: any of them that holds counts. */
  readonly approvals: readonly Voice[];
  readonly last: Voice;
}

function takePosition(said: Said, setting: Setting): Position {
  let objection: Position['objection'] = null;
  const approvals: Voice[] = [];
  let [last] = said;
  for (const voice of said) {
    // An edited command says nothing: neither what its writer meant, nor that they withdrew what they said before.
    if (voice.says === 'edited') continue;
    const standing = whyNotDismissed(voice, setting);
    if (voice.says === 'object') objection = { voice, because: 'asked for changes' };
    else if (standing !== null) objection = { voice, because: standing };
    else if (voice.says === 'approve') objection = null;
    if (voice.says === 'approve') approvals.push(voice);
    else approvals.length = 0;
    last = voice;
  }
  return { objection, approvals, last };
}

/** Why a dismissed objection still stands, where the policy does not trust who dismissed it; null for all else. */
function whyNotDismissed(voice: Voice, { rules, contributors }: Setting): string | null {
  const dismissal = voice.dismissal;
  if (rules.review.dismissals === 'anyone' || dismissal === null || dismissal.was === 'approved') return null;
  if (dismissal.by === null) return 'asked for changes, and it is not known who dismissed that';
  const part = contributors.known.get(dismissal.by);
  return part === undefined ? null : `asked for changes, dismissed by ${dismissal.by.login}, who ${part}`;
}

function tellDismissal({ was, by, at }: Dismissal): string {
  const what = { approved: 'an approval', 'changes-requested': 'an objection', unknown: 'a review' }[was ?? 'unknown'];
  const who = by === null ? '' : ` by ${by.login}`;
  return `${what} that was dismissed${who}${at === null ? '' : ` at ${at}`}`;
}

function whyExcluded(person: ForgeActor, { rules, contributors }: Setting): string | null {
  const part = contributors.known.get(person);
  if (part !== undefined) return part;
  if (!isMachine(person)) return null;
  return Object.values(rules.rosters).some((roster) => listsLogin(roster, person)) ? null : 'is a machine';
}

/** Whether a roster names an account itself, not through a team. */
export function listsLogin(roster: Roster, person: ForgeActor): boolean {
  return roster.users.some((login) => foldLogin(login) === foldActor(person));
}

const permissionRank: Readonly<Record<Exclude<PermissionFact, 'cannot-verify'>, number>> = {
  none: 0,
  read: 1,
  triage: 2,
  write: 3,
  maintain: 4,
  admin: 5,
};

/** Whether a permission is at least another; null when it cannot be told. */
export function permissionReaches(permission: PermissionFact, least: keyof typeof permissionRank): boolean | null {
  return permission === 'cannot-verify' ? null : permissionRank[permission] >= permissionRank[least];
}

/** What an account may do now; what nobody looked up cannot be verified. */
export function permissionOf(review: ReviewFacts, person: ForgeActor): PermissionFact {
  const known = new Map(Object.entries(review.permissions));
  return known.get(person.login.toLowerCase()) ?? known.get(foldActor(person)) ?? 'cannot-verify';
}

function judgePermission(
  person: ForgeActor,
  { review, rules }: Setting,
): { readonly standing: 'counts' | 'excluded' | 'cannot-verify'; readonly because: string } {
  const permission = permissionOf(review, person);
  const least = rules.review.permission;
  const reaches = permissionReaches(permission, least);
  if (reaches === null) return { standing: 'cannot-verify', because: 'the forge does not say what they may do' };
  if (reaches) return { standing: 'counts', because: 'approved' };
  const may = permission === 'none' ? 'nothing here' : `only ${permission}`;
  return { standing: 'excluded', because: `may ${may} now, and ${least} is asked` };
}
