import { expect, test } from 'vitest';
import type { ForgeUnderTest } from './forge-under-test.js';

/** What a forge tells of checks, and of people. */
export function describeForgeChecks(at: () => ForgeUnderTest): void {
  const pushed = () => at().world.push({ by: 'alice', branch: 'topic', files: { a: '1' } });

  test('checks and statuses by name', async () => {
    const { world, forge } = at();
    const commit = await pushed();
    await world.reportCheck({ commit, name: 'test', conclusion: 'success' });
    await world.reportCheck({ commit, name: 'lint', conclusion: null });
    await world.reportStatus({ by: 'ci[bot]', commit, context: 'coverage', state: 'failure' });
    const checks = await forge.checks(commit);
    expect(checks['test']).toMatchObject({ state: 'success', conclusion: 'success', commit });
    expect(checks['lint']).toMatchObject({ state: 'running' });
    expect(checks['coverage']).toMatchObject({ state: 'failure', commit });
  });

  test.each(['neutral', 'skipped', 'cancelled', 'timed_out', 'action_required'])(
    'a check that concluded %s is no success',
    async (conclusion) => {
      const { world, forge } = at();
      const commit = await pushed();
      await world.reportCheck({ commit, name: 'test', conclusion });
      expect((await forge.checks(commit))['test']).toMatchObject({ state: 'failure', conclusion });
    },
  );

  test('of a name the latest counts', async () => {
    const { world, forge } = at();
    const commit = await pushed();
    await world.reportCheck({ commit, name: 'test', conclusion: 'failure' });
    await world.reportCheck({ commit, name: 'test', conclusion: 'success' });
    await world.reportStatus({ by: 'ci[bot]', commit, context: 'coverage', state: 'success' });
    await world.reportStatus({ by: 'ci[bot]', commit, context: 'coverage', state: 'error' });
    const checks = await forge.checks(commit);
    expect([checks['test']?.state, checks['coverage']?.state]).toEqual(['success', 'failure']);
  });

  test('nothing is known of a commit without checks', async () => {
    expect(await at().forge.checks(await pushed())).toEqual({});
  });

  test('members of a team, pending invitations not among them', async () => {
    const { world, forge } = at();
    await world.defineTeam({ slug: 'acme/ml', members: ['bob', 'carol'], invited: ['mallory'] });
    const team = await forge.team('acme/ml');
    expect(team.state).toBe('read');
    if (team.state === 'read') expect(team.members.map(({ login }) => login)).toEqual(['bob', 'carol']);
  });

  test('a team that cannot be told is never an empty one', async () => {
    const team = await at().forge.team('acme/nobody');
    expect(team.state).toBe('cannot-verify');
    if (team.state === 'cannot-verify') expect(team.because).toContain('acme/nobody');
  });

  test.each(['admin', 'maintain', 'write', 'triage', 'read', 'none'] as const)(
    'the permission %s',
    async (permission) => {
      const { world, forge } = at();
      await world.grant({ login: 'Bob', permission });
      expect(await forge.permission('bob')).toBe(permission);
    },
  );

  test('nobody has no permission and no account', async () => {
    expect(await at().forge.permission('nobody-of-that-name')).toBe('none');
    expect(await at().forge.account('nobody-of-that-name')).toBeNull();
  });

  test('an account by its login in any case', async () => {
    await at().world.grant({ login: 'Bob', permission: 'read' });
    expect(await at().forge.account('bOB')).toMatchObject({ login: 'Bob', kind: 'user' });
  });
}
