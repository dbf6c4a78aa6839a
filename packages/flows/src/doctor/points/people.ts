import type { DoctorFacts } from '../facts.js';
import { type Finding, finding, ok } from '../finding.js';

/** Whether those whom the policy asks exist, may approve, and are enough. */
export function examinePeople(facts: DoctorFacts): readonly Finding[] {
  if (Object.keys(facts.policy.reviewers).length === 0) return examineSeats(facts);
  return [...examineTeams(facts), ...examineMembers(facts), ...examineSeats(facts)];
}

function examineTeams({ policy, teams }: DoctorFacts): readonly Finding[] {
  const id = 'teams';
  const slugs = [...new Set(Object.values(policy.reviewers).flatMap((roster) => roster.teams))];
  if (slugs.length === 0) return [];
  const app =
    'Pass the token of an App with "Organization members: read" as github-token, or list the members under "users:" in weighbridge.yaml.';
  if (teams === null) return [finding(id, 'unknown', `Who belongs to ${slugs.join(', ')} could not be read.`, app)];
  const unread = slugs.flatMap((slug) => {
    const team = Object.hasOwn(teams, slug) ? teams[slug] : undefined;
    return team?.state === 'read' ? [] : [{ slug, team }];
  });
  if (unread.length === 0) return [ok(id, `The token reads ${slugs.join(', ')}.`)];
  const because = unread.map(({ slug, team }) => `${slug} (${team?.because ?? 'not asked'})`).join('; ');
  return [
    finding(
      id,
      'fail',
      `Members of teams cannot be verified, so gates that ask them end in error: ${because}.`,
      unread[0]?.team?.remedy ?? app,
    ),
  ];
}

function examineMembers({ people }: DoctorFacts): readonly Finding[] {
  const id = 'roster';
  if (people === null)
    return [
      finding(
        id,
        'unknown',
        'Whether the people of the rosters exist and may approve could not be read.',
        'Run "weighbridge doctor" with a token: export GITHUB_TOKEN, or run it as an action.',
      ),
    ];
  const gone = people.filter(({ exists }) => !exists);
  const weak = people.filter(({ exists, permission }) => exists && ['none', 'read', 'triage'].includes(permission));
  const unseen = people.filter(({ exists, permission }) => exists && permission === 'cannot-verify');
  const findings: Finding[] = [];
  if (gone.length > 0)
    findings.push(
      finding(
        id,
        'fail',
        `No such account: ${gone.map(nameOf).join('; ')}.`,
        'Correct the login in "reviewers:" of weighbridge.yaml.',
      ),
    );
  if (weak.length > 0)
    findings.push(
      finding(
        'roster-permission',
        'warn',
        `Without write permission, so that approvals may not count: ${weak.map(({ permission, ...person }) => `${nameOf(person)} has ${permission}`).join('; ')}.`,
        'Give them write in Settings > Collaborators and teams, or take them off the roster.',
      ),
    );
  if (unseen.length > 0)
    findings.push(
      finding(
        'roster-permission',
        'unknown',
        `The permission of ${unseen.map(({ login }) => login).join(', ')} could not be read.`,
        'Run "weighbridge doctor" with a token that may read collaborators.',
      ),
    );
  return findings.length > 0 || people.length === 0
    ? findings
    : [ok(id, `All ${people.length} people of the rosters exist and may approve.`)];
}

function nameOf({ login, rosters }: { readonly login: string; readonly rosters: readonly string[] }): string {
  return `${login} (${rosters.join(', ')})`;
}

/** A gate that asks for more people than its roster has can never pass. */
function examineSeats({ policy, teams }: DoctorFacts): readonly Finding[] {
  const asked = Object.entries(policy.gates).flatMap(([stage, { reviewers }]) =>
    reviewers.map((gate) => ({ stage, ...gate })),
  );
  const short = asked.flatMap(({ stage, from, count }) => {
    const roster = Object.hasOwn(policy.reviewers, from) ? policy.reviewers[from] : undefined;
    if (roster === undefined) return [`${stage} asks for ${count} from ${from}, which is no roster`];
    const members = new Set(roster.users.map((login) => login.toLowerCase()));
    for (const slug of roster.teams) {
      const team = teams?.[slug];
      if (team?.state !== 'read') return [];
      for (const { login } of team.members) members.add(login.toLowerCase());
    }
    return members.size >= count ? [] : [`${stage} asks for ${count} from ${from}, which has ${members.size}`];
  });
  if (short.length === 0)
    return asked.length === 0 ? [] : [ok('seats', 'Every roster has as many people as its gates ask for.')];
  return [
    finding(
      'seats',
      'fail',
      `Gates that can never pass: ${short.join('; ')}.`,
      'Add people to the roster under "reviewers:" in weighbridge.yaml, or lower the count.',
    ),
  ];
}
