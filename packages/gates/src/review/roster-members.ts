import type { Roster } from '@weighbridge/manifest';
import type { ReviewFacts } from '../facts.js';
import type { ForgeActor } from '../pull-facts.js';
import type { PolicySlice } from '../request.js';
import { listsLogin } from './judge-reviews.js';
import { AccountMap, compareText, foldActor, foldLogin, isMachine } from './people.js';

/** Who belongs to a roster, as far as it can be told. */
export interface RosterMembers {
  /** Whether somebody belongs to it; null when that cannot be told. */
  includes(person: ForgeActor): boolean | null;
  /** Logins of those who are known to belong to it, each once, sorted. */
  readonly logins: readonly string[];
  /** Whether nobody else belongs to it. */
  readonly complete: boolean;
  /** Teams that could not be read, and what would let them be. */
  readonly unread: readonly { readonly team: string; readonly because: string; readonly remedy: string }[];
}

/** What the manifest's owners are called where a gate asks for reviewers. */
export const manifestOwners = 'owners';

/** The roster of a name; the manifest's owners where no roster is called `owners`. Null when there is none. */
export function findRoster(rosters: PolicySlice['rosters'], name: string, owners: readonly string[]): Roster | null {
  if (Object.hasOwn(rosters, name)) return rosters[name] ?? null;
  return name === manifestOwners ? rosterOf(owners) : null;
}

/** Logins and `org/team` as a roster. */
export function rosterOf(names: readonly string[]): Roster {
  const plain = names.map((name) => name.replace(/^@/, ''));
  return { users: plain.filter((name) => !name.includes('/')), teams: plain.filter((name) => name.includes('/')) };
}

/** A team that cannot be read makes membership unknown, never absent. Machines belong only where their login is listed. */
export function readRoster(roster: Roster, teams: ReviewFacts['teams']): RosterMembers {
  const logins = new Map<string, string>();
  const inTeams = new AccountMap<true>();
  const unread: RosterMembers['unread'][number][] = [];
  for (const login of roster.users) logins.set(foldLogin(login), login);
  for (const team of roster.teams) {
    const found = teamFacts(teams, team);
    if (found.state === 'cannot-verify') {
      unread.push({ team, because: found.because, remedy: found.remedy });
      continue;
    }
    for (const member of found.members) {
      if (isMachine(member)) continue;
      inTeams.add(member, true);
      if (!logins.has(foldActor(member))) logins.set(foldActor(member), member.login);
    }
  }
  const includes = (person: ForgeActor): boolean | null => {
    if (listsLogin(roster, person) || (!isMachine(person) && inTeams.get(person) === true)) return true;
    return unread.length > 0 && !isMachine(person) ? null : false;
  };
  const sorted = [...logins.values()].sort(compareFolded);
  return { includes, logins: sorted, complete: unread.length === 0, unread };
}

function teamFacts(teams: ReviewFacts['teams'], team: string): ReviewFacts['teams'][string] {
  const found = Object.entries(teams).find(([name]) => foldLogin(name) === foldLogin(team));
  if (found !== undefined) return found[1];
  return {
    state: 'cannot-verify',
    because: 'it was not read',
    remedy: `Give the job a token that reads the members of ${team}, or list them under users in weighbridge.yaml.`,
  };
}

function compareFolded(left: string, right: string): number {
  return compareText(foldLogin(left), foldLogin(right));
}
