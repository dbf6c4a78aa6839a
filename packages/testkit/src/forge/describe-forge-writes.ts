import { expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import type { ForgeUnderTest } from './forge-under-test.js';

const marker = '<!-- weighbridge -->';

/** What a forge lets us write. */
export function describeForgeWrites(at: () => ForgeUnderTest): void {
  const opened = async (): Promise<{ readonly number: number; readonly head: string }> => {
    const { world } = at();
    const head = await world.push({ by: 'alice', branch: 'topic', files: { a: '1' } });
    return { number: await world.openPull({ by: 'alice', branch: 'topic' }), head };
  };
  const commentsOf = async (number: number) => (await at().forge.pull(number, { comments: true }))?.comments ?? [];

  test('the status last set, with who set it', async () => {
    const { forge, world } = at();
    const { head: commit } = await opened();
    expect(await forge.status(commit, 'weighbridge')).toBeNull();
    const status = { commit, context: 'weighbridge', description: 'Waiting for ml', url: 'https://a.test/1' };
    await forge.setStatus({ ...status, state: 'pending' });
    await world.reportStatus({ by: 'ci[bot]', commit, context: 'other', state: 'failure' });
    await forge.setStatus({ ...status, state: 'success', url: null });
    expect(await forge.status(commit, 'weighbridge')).toMatchObject({
      commit,
      context: 'weighbridge',
      state: 'success',
      url: null,
      creator: { login: 'github-actions[bot]', kind: 'bot' },
    });
    expect(await forge.status(commit, 'other')).toMatchObject({ state: 'failure', creator: { login: 'ci[bot]' } });
    expect((await forge.checks(commit))['weighbridge']).toMatchObject({ state: 'success' });
  });

  test('a long description is no error', async () => {
    const { head: commit } = await opened();
    const description = 'word '.repeat(60).trim();
    await at().forge.setStatus({ commit, context: 'weighbridge', state: 'failure', description, url: null });
    const held = (await at().forge.status(commit, 'weighbridge'))?.description ?? '';
    expect(held.startsWith('word word')).toBe(true);
  });

  test('one comment of ours, changed in place', async () => {
    const { forge } = at();
    const { number } = await opened();
    const first = await forge.upsertComment({ pull: number, marker, body: 'Pending' });
    expect(first.outcome).toBe('created');
    expect(await forge.upsertComment({ pull: number, marker, body: 'Passed' })).toEqual({
      url: first.url,
      outcome: 'updated',
    });
    expect((await forge.upsertComment({ pull: number, marker, body: 'Passed' })).outcome).toBe('same');
    const comments = await commentsOf(number);
    expect(comments.map(({ body }) => body)).toEqual([`${marker}\nPassed`]);
  });

  test("somebody else's comment with our marker is left alone", async () => {
    const { forge, world } = at();
    const { number } = await opened();
    await world.comment({ by: 'mallory', pull: number, body: `${marker}\nEverything is fine` });
    expect((await forge.upsertComment({ pull: number, marker, body: 'Failed' })).outcome).toBe('created');
    expect((await commentsOf(number)).map(({ author, body }) => [author?.login, body.split('\n')[1]])).toEqual([
      ['mallory', 'Everything is fine'],
      ['github-actions[bot]', 'Failed'],
    ]);
  });

  test('a comment on a pull request that is not there', async () => {
    await expectCode(at().forge.upsertComment({ pull: 404, marker, body: 'Hello' }), 'forge/not-found');
  });

  test('a pull request is opened once', async () => {
    const { forge, world } = at();
    await world.push({ by: 'alice', branch: 'promote', files: { 'stages.yaml': 'production: 1.0.0' } });
    const pull = { head: 'promote', base: 'main', title: 'Promote', body: 'Because.' };
    const first = await forge.openPull(pull);
    expect(first.outcome).toBe('created');
    expect(await forge.openPull(pull)).toEqual({ ...first, outcome: 'present' });
    const facts = await forge.pull(first.number, { comments: false });
    expect(facts).toMatchObject({ title: 'Promote', author: { kind: 'bot' } });
  });

  test('an issue is opened once', async () => {
    const { forge } = at();
    const issue = { marker: '<!-- weighbridge bypass -->', title: 'Merged without a decision', body: 'See the log.' };
    const first = await forge.openIssue(issue);
    expect(first.outcome).toBe('created');
    expect(await forge.openIssue(issue)).toEqual({ ...first, outcome: 'present' });
    expect((await forge.openIssue({ ...issue, marker: '<!-- another -->' })).outcome).toBe('created');
  });

  test('reviews are asked of those who can give them, the others are named', async () => {
    const { forge, world } = at();
    const { number } = await opened();
    await world.grant({ login: 'bob', permission: 'write' });
    await world.defineTeam({ slug: 'acme/ml', members: ['bob'] });
    const { refused } = await forge.requestReviews({
      pull: number,
      users: ['bob', 'stranger', 'alice'],
      teams: ['acme/ml', 'acme/nobody'],
    });
    expect(refused).toEqual(['stranger', 'alice', 'acme/nobody']);
    const timeline = (await forge.pull(number, { comments: false }))?.timeline ?? [];
    expect(timeline.map((event) => (event.kind === 'review-requested' ? event.reviewer : ''))).toEqual(['bob', null]);
  });
}
