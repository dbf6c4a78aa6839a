import { weighbridgeError } from '@weighbridge/core';
import { readRoster, rosterOf, type TeamFacts } from '@weighbridge/gates';
import type { Roster } from '@weighbridge/manifest';
import type { Governance } from './governance.js';
import type { Surroundings } from '../surroundings.js';

/**
 * Whether whoever acts may take a stage back, where the policy says who may: logins, rosters and teams. Teams are read
 * only when no list of logins answers already. One that cannot be read is told, and never taken for one without members.
 * @throws flow/not-allowed, flow/allowed-unread
 */
export async function checkAllowed(surroundings: Surroundings, governance: Governance, action: string): Promise<void> {
  const rule = { names: governance.policy.rollback.allow, setting: 'rollback.allow' };
  await checkListed(surroundings, governance, { ...rule, action });
}

/** The same for any setting of the policy that names people; nobody is refused where it names none. */
export async function checkListed(
  surroundings: Surroundings,
  governance: Governance,
  { names, setting, action }: { readonly names: readonly string[]; readonly setting: string; readonly action: string },
): Promise<void> {
  if (names.length === 0) return;
  const allowed = peopleOf(governance, names);
  const { login: actor } = surroundings.actor;
  const isListed = (logins: readonly string[]) => logins.some((login) => fold(login) === fold(actor));
  if (isListed(allowed.users)) return;
  const teams: Record<string, TeamFacts> = {};
  for (const team of allowed.teams) teams[team] = await readTeam(surroundings, team);
  const { logins, unread } = readRoster(allowed, teams);
  if (isListed(logins)) return;
  const named = [...allowed.users, ...allowed.teams].join(', ');
  if (unread.length === 0) throw weighbridgeError('flow/not-allowed', { actor, action, allowed: named, setting });
  const because = unread.map((one) => `${one.team} (${one.because})`).join(', ');
  throw weighbridgeError('flow/allowed-unread', { actor, action, allowed: named, unread: because, setting });
}

/** Whom a list of the policy names: its rosters, and else logins and `org/team`. */
function peopleOf({ policy }: Governance, names: readonly string[]): Roster {
  const rosters = names.map((name) =>
    Object.hasOwn(policy.reviewers, name) ? (policy.reviewers[name] ?? rosterOf([])) : rosterOf([name]),
  );
  return { users: rosters.flatMap(({ users }) => users), teams: rosters.flatMap(({ teams }) => teams) };
}

async function readTeam({ forge }: Surroundings, team: string): Promise<TeamFacts> {
  if (forge !== null) return forge.team(team);
  return { state: 'cannot-verify', because: 'no forge, or no token to ask it with', remedy: '' };
}

function fold(login: string): string {
  return login.replace(/^@/, '').toLowerCase();
}
