import { test } from 'vitest';
import { expectFinding, policy, reviewed, setting, type FindingCase } from '../../../test/doctor-case.js';

const person = (parts: object) => ({
  people: [{ login: 'alice', rosters: ['ml'], exists: true, permission: 'write' as const, ...parts }],
});

const cases: readonly FindingCase[] = [
  { what: 'no policy', facts: { governed: false }, id: 'policy', level: 'fail', mends: 'weighbridge init' },
  { what: 'mode warn', facts: policy({ mode: 'warn' }), id: 'mode', level: 'warn', mends: 'mode: enforce' },
  {
    what: 'a policy without owners',
    facts: policy({ owners: [] }),
    id: 'policy-owners',
    level: 'fail',
    mends: 'owners:',
  },
  {
    what: 'a policy without owners that only warns',
    facts: policy({ owners: [], mode: 'warn' }),
    id: 'policy-owners',
    level: 'warn',
  },
  { what: 'no gate', facts: policy({ gates: {} }), id: 'gates', level: 'warn', mends: 'production' },
  {
    what: 'a team that the token cannot read',
    facts: {
      teams: { 'acme/ml': { state: 'cannot-verify', because: 'no members: read', remedy: 'Pass an App token.' } },
    },
    id: 'teams',
    level: 'fail',
    mends: 'Pass an App token.',
  },
  { what: 'teams without a forge', facts: { teams: null }, id: 'teams', level: 'unknown', mends: 'users:' },
  { what: 'people without a forge', facts: { people: null }, id: 'roster', level: 'unknown', mends: 'GITHUB_TOKEN' },
  {
    what: 'an account that is gone',
    facts: person({ exists: false, permission: 'none' }),
    id: 'roster',
    level: 'fail',
    mends: 'reviewers:',
  },
  {
    what: 'a reviewer who may only read',
    facts: person({ permission: 'read' }),
    id: 'roster-permission',
    level: 'warn',
    mends: 'Collaborators',
  },
  {
    what: 'a permission that is hidden',
    facts: person({ permission: 'cannot-verify' }),
    id: 'roster-permission',
    level: 'unknown',
  },
  {
    what: 'a gate that asks for more than there are',
    facts: policy({ gates: { production: reviewed({ from: 'ml', count: 4, when: {} }) } }),
    id: 'seats',
    level: 'fail',
    mends: 'lower the count',
  },
  {
    what: 'a gate that asks a roster that is not there',
    facts: policy({ gates: { production: reviewed({ from: 'law', count: 1, when: {} }) } }),
    id: 'seats',
    level: 'fail',
  },
  {
    what: 'a token that cannot set a status',
    facts: setting({ tokenPermissions: { contents: 'write', statuses: 'none', 'pull-requests': 'write' } }),
    id: 'token',
    level: 'warn',
    mends: 'permissions:',
  },
  { what: 'a token that does not say', facts: setting({ tokenPermissions: {} }), id: 'token', level: 'unknown' },
  { what: 'no token', facts: { setting: null }, id: 'token', level: 'unknown', mends: 'GITHUB_TOKEN' },
];

test.each(cases)('$id: $what is $level', (each) => expectFinding(each));
