import type { AmendmentFact } from './facts.js';
import type { PolicySlice } from './request.js';
import { foldLogin } from './review/people.js';
import { rosterOf } from './review/roster-members.js';

/**
 * The teams whose members the rules of review need, as `org/team`, each once: those of the rosters, of the policy's and
 * the manifest's owners, and of whoever takes over. A team that is not among the facts cannot be verified.
 */
export function teamsToRead(
  rules: Pick<PolicySlice, 'rosters' | 'owners'>,
  more: { readonly owners?: readonly string[]; readonly amendments?: readonly AmendmentFact[] } = {},
): readonly string[] {
  const named = [...rules.owners, ...(more.owners ?? []), ...(more.amendments ?? []).flatMap((fact) => fact.takesOver)];
  const teams = [...Object.values(rules.rosters).flatMap((roster) => roster.teams), ...rosterOf(named).teams];
  const byName = new Map(teams.map((team) => [foldLogin(team), team]));
  return [...byName.keys()].sort().flatMap((key) => byName.get(key) ?? []);
}
