import { describe, expect, test } from 'vitest';
import { actor } from '../../test/review-case.js';
import type { ReviewFacts } from '../facts.js';
import type { ForgeActor } from '../pull-facts.js';
import { findRoster, readRoster, rosterOf } from './roster-members.js';

const team = (...members: ForgeActor[]): ReviewFacts['teams'][string] => ({ state: 'read', members });

describe('the roster of a name', () => {
  const rosters = { ml: { users: ['bob'], teams: [] } };
  test('is that of the policy', () => {
    expect(findRoster(rosters, 'ml', ['erin'])).toBe(rosters.ml);
    for (const name of ['risk', 'constructor']) expect(findRoster(rosters, name, ['erin'])).toBeNull();
  });
  test('is the owners of the manifest, where the policy has none that is called owners', () => {
    expect(findRoster(rosters, 'owners', ['@erin', '@acme/ml', 'a@b'])).toEqual({
      users: ['erin', 'a@b'],
      teams: ['acme/ml'],
    });
    const own = { owners: { users: ['bob'], teams: [] } };
    expect(findRoster(own, 'owners', ['erin'])).toBe(own.owners);
  });
  test('tells logins and teams apart by the slash', () => {
    expect(rosterOf(['bob', 'acme/ml', '@carol'])).toEqual({ users: ['bob', 'carol'], teams: ['acme/ml'] });
  });
});

describe('who belongs to a roster', () => {
  const roster = { users: ['@Dave', 'renovate[bot]'], teams: ['@acme/ML'] };
  const bot = actor('renovate', { kind: 'bot' });
  test('those whom it names and the members of its teams, each once, sorted', () => {
    const members = readRoster(roster, { 'acme/ml': team(actor('Erin'), actor('dave'), actor('Bob')) });
    expect(members.logins).toEqual(['Bob', '@Dave', 'Erin', 'renovate[bot]']);
    expect(members.complete).toBe(true);
    expect(members.unread).toEqual([]);
    for (const login of ['bob', 'DAVE', 'erin']) expect(members.includes(actor(login))).toBe(true);
    expect(members.includes(actor('carol'))).toBe(false);
  });
  test('a member of two teams is listed as the first of them writes it', () => {
    const two = { users: [], teams: ['acme/ml', 'acme/risk'] };
    const members = readRoster(two, { 'acme/ml': team(actor('Bob')), 'acme/risk': team(actor('BOB'), actor('carol')) });
    expect(members.logins).toEqual(['Bob', 'carol']);
  });
  test('a machine only where the roster names it: a team makes none a member', () => {
    const listed = readRoster(roster, { 'acme/ml': team(bot) });
    expect(listed.includes(bot)).toBe(true);
    const unlisted = readRoster({ users: [], teams: ['acme/ml'] }, { 'acme/ml': team(bot, actor('bob')) });
    expect(unlisted.includes(bot)).toBe(false);
    expect(unlisted.logins).toEqual(['bob']);
  });
  test('an account that became an organization is no member, whatever the team was told to be', () => {
    const members = readRoster({ users: [], teams: ['acme/ml'] }, { 'acme/ml': team(actor('bob')) });
    expect(members.includes(actor('bob'))).toBe(true);
    expect(members.includes(actor('bob', { kind: 'organization' }))).toBe(false);
  });
});

describe('a team that cannot be read', () => {
  const refused = { state: 'cannot-verify' as const, because: 'no token', remedy: 'Use an App token.' };
  const roster = { users: ['dave'], teams: ['acme/ml', 'acme/risk'] };
  const members = readRoster(roster, { 'acme/ml': refused, 'ACME/Risk': team(actor('erin')) });
  test('makes it unknown who else belongs to it, and takes nobody away', () => {
    expect(members.includes(actor('dave'))).toBe(true);
    expect(members.includes(actor('erin'))).toBe(true);
    expect(members.includes(actor('bob'))).toBeNull();
    expect(members.includes(actor('renovate', { kind: 'bot' }))).toBe(false);
    expect(members.complete).toBe(false);
    expect(members.logins).toEqual(['dave', 'erin']);
  });
  test('is told with what would let it be read', () => {
    expect(members.unread).toEqual([{ team: 'acme/ml', because: 'no token', remedy: 'Use an App token.' }]);
  });
  test('is one that nobody read, too', () => {
    const { unread } = readRoster(roster, { 'acme/risk': team() });
    expect(unread).toEqual([
      {
        team: 'acme/ml',
        because: 'it was not read',
        remedy: 'Give the job a token that reads the members of acme/ml, or list them under users in weighbridge.yaml.',
      },
    ]);
  });
});
