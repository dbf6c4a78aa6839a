import { expect, test } from 'vitest';
import type { ForgeUnderTest } from './forge-under-test.js';

/** What a forge tells of pull requests. */
export function describeForgePulls(at: () => ForgeUnderTest): void {
  const opened = async (): Promise<{ readonly number: number; readonly head: string }> => {
    const { world } = at();
    const head = await world.push({ by: 'alice', branch: 'topic', files: { 'model.bin': 'one' } });
    return { number: await world.openPull({ by: 'alice', branch: 'topic', title: 'A better model' }), head };
  };
  const read = async (number: number, comments = true) => {
    const facts = await at().forge.pull(number, { comments });
    if (facts === null) throw new Error(`no pull request ${number}`);
    return facts;
  };

  test('a pull request as it was opened', async () => {
    const { number, head } = await opened();
    const facts = await read(number);
    expect(facts).toMatchObject({
      number,
      title: 'A better model',
      state: 'open',
      draft: false,
      author: { login: 'alice', kind: 'user' },
      base: { ref: 'main' },
      head: { ref: 'topic', commit: head, fork: false },
      merged: null,
      reviews: [],
      timeline: [],
      comments: [],
      incomplete: [],
    });
    expect(facts.author?.id).toMatch(/^\d+$/);
    expect(facts.headSeenAt).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(facts.files).toMatchObject([{ path: 'model.bin', previousPath: null, change: 'added' }]);
    expect(facts.files[0]?.blob).toMatch(/^[0-9a-f]{40}$/);
  });

  test('no pull request of a number is null', async () => {
    expect(await at().forge.pull(404, { comments: false })).toBeNull();
    expect(await at().forge.pullHead(404)).toBeNull();
  });

  test('reviews in the order in which they came, each with its commit', async () => {
    const { number, head } = await opened();
    const { world } = at();
    const first = await world.review({ by: 'bob', pull: number, state: 'changes-requested', body: 'Not yet.' });
    const next = await world.push({ by: 'alice', branch: 'topic', files: { 'model.bin': 'two' } });
    await world.review({ by: 'Bob', pull: number, state: 'approved' });
    await world.review({ by: 'carol', pull: number, state: 'commented', body: 'Nice.' });
    const { reviews } = await read(number);
    expect(reviews.map(({ author, state, commit }) => [author?.login.toLowerCase(), state, commit])).toEqual([
      ['bob', 'changes-requested', head],
      ['bob', 'approved', next],
      ['carol', 'commented', next],
    ]);
    expect(reviews[0]).toMatchObject({ id: first, body: 'Not yet.' });
    expect(reviews[0]?.author?.id).toBe(reviews[1]?.author?.id);
    const times = reviews.map(({ submittedAt }) => Date.parse(submittedAt ?? ''));
    expect([...times].sort((left, right) => left - right)).toEqual(times);
  });

  test('a dismissed review, and what it was before', async () => {
    const { number } = await opened();
    const { world } = at();
    const review = await world.review({ by: 'bob', pull: number, state: 'approved' });
    await world.dismiss({ by: 'carol', pull: number, review });
    const { reviews, timeline } = await read(number);
    expect(reviews.map(({ state }) => state)).toEqual(['dismissed']);
    expect(timeline).toMatchObject([{ kind: 'review-dismissed', actor: { login: 'carol' }, review, was: 'approved' }]);
  });

  test('a forced push, a new base and a request for review stand in the timeline', async () => {
    const { number } = await opened();
    const { world } = at();
    await world.push({ by: 'dave', branch: 'release' });
    await world.grant({ login: 'erin', permission: 'write' });
    const head = await world.push({ by: 'alice', branch: 'topic', files: { 'model.bin': 'other' }, force: true });
    await world.retarget({ by: 'bob', pull: number, base: 'release' });
    await world.askForReview({ by: 'alice', pull: number, reviewer: 'erin' });
    const facts = await read(number);
    expect(facts.base.ref).toBe('release');
    expect(facts.head.commit).toBe(head);
    expect(facts.timeline).toMatchObject([
      { kind: 'head-force-pushed', actor: { login: 'alice' } },
      { kind: 'base-changed', actor: { login: 'bob' } },
      { kind: 'review-requested', actor: { login: 'alice' }, reviewer: 'erin' },
    ]);
  });

  test('authors, committers, co-authors and strangers of commits', async () => {
    const { world } = at();
    for (const login of ['alice', 'bob', 'carol']) await world.grant({ login, permission: 'write' });
    const first = await world.push({ by: 'alice', branch: 'topic', files: { a: '1' }, author: 'bob' });
    const second = await world.push({ by: 'alice', branch: 'topic', files: { a: '2' }, coAuthors: ['carol'] });
    const third = await world.push({ by: 'alice', branch: 'topic', files: { a: '3' }, author: null });
    const number = await world.openPull({ by: 'alice', branch: 'topic' });
    const { commits } = await read(number);
    expect(commits.map(({ id }) => id)).toEqual([first, second, third]);
    expect(commits[0]).toMatchObject({
      author: { account: { login: 'bob' } },
      committer: { account: { login: 'alice' } },
    });
    expect(commits[1]?.coAuthors).toMatchObject([{ account: { login: 'carol' } }]);
    expect(commits[2]?.author.account).toBeNull();
    expect(commits[1]?.parents).toEqual([first]);
    expect(commits.every(({ tree }) => /^[0-9a-f]{40}$/.test(tree))).toBe(true);
    expect(JSON.stringify(commits)).not.toContain('@');
  });

  test('comments, only when they are asked for', async () => {
    const { number } = await opened();
    await at().world.comment({ by: 'bob', pull: number, body: '/approve' });
    expect((await read(number)).comments).toMatchObject([
      { author: { login: 'bob' }, body: '/approve', edited: false },
    ]);
    expect((await read(number, false)).comments).toEqual([]);
  });

  test('what a deleted account wrote has no author', async () => {
    const { number } = await opened();
    const { world } = at();
    await world.review({ by: 'ghost', pull: number, state: 'approved' });
    await world.deleteAccount('ghost');
    expect((await read(number)).reviews).toMatchObject([{ author: null, state: 'approved' }]);
  });

  test('bots are bots', async () => {
    const { world } = at();
    await world.push({ by: 'alice', branch: 'bump', files: { a: '1' } });
    const number = await world.openPull({ by: 'renovate[bot]', branch: 'bump' });
    await world.review({ by: 'robot[bot]', pull: number, state: 'approved' });
    const facts = await read(number);
    expect(facts.author).toMatchObject({ login: 'renovate[bot]', kind: 'bot' });
    expect(facts.reviews).toMatchObject([{ author: { login: 'robot[bot]', kind: 'bot' } }]);
  });

  test('a merge, by whom and as which commit', async () => {
    const { number } = await opened();
    const commit = await at().world.merge({ by: 'bob', pull: number });
    const facts = await read(number);
    expect(facts.state).toBe('merged');
    expect(facts.merged).toMatchObject({ commit, by: { login: 'bob' } });
    expect(await at().forge.pullsOfCommit(commit)).toMatchObject([{ number, state: 'merged' }]);
    expect(await at().forge.openPulls(10)).toEqual([]);
  });

  test('a pull request in a few words', async () => {
    const { number, head } = await opened();
    expect(await at().forge.pullHead(number)).toMatchObject({
      number,
      state: 'open',
      draft: false,
      base: { ref: 'main' },
      head: { ref: 'topic', commit: head },
    });
  });

  test('every open pull request of one head', async () => {
    const { number, head } = await opened();
    const { world, forge } = at();
    await world.push({ by: 'dave', branch: 'release' });
    const sibling = await world.openPull({ by: 'alice', branch: 'topic', base: 'release' });
    await world.push({ by: 'alice', branch: 'other', files: { b: '1' } });
    await world.openPull({ by: 'alice', branch: 'other' });
    const numbers = (await forge.pullsAtHead(head)).map((pull) => pull.number).sort((left, right) => left - right);
    expect(numbers).toEqual([number, sibling]);
    await world.close({ by: 'alice', pull: sibling });
    expect((await forge.pullsAtHead(head)).map((pull) => pull.number)).toEqual([number]);
  });

  test('open pull requests, the last touched first, no more than asked for', async () => {
    const { world, forge } = at();
    for (const branch of ['one', 'two', 'three']) {
      await world.push({ by: 'alice', branch, files: { [branch]: '1' } });
      await world.openPull({ by: 'alice', branch });
    }
    await world.comment({ by: 'bob', pull: 1, body: 'Ping' });
    expect((await forge.openPulls(10)).map(({ number }) => number)).toEqual([1, 3, 2]);
    expect((await forge.openPulls(2)).map(({ number }) => number)).toEqual([1, 3]);
  });

  test('pull requests from a branch, only with the head that was named', async () => {
    const { number, head } = await opened();
    const { forge } = at();
    const repository = (await forge.pullHead(number))?.head.repository ?? '';
    const asked = { repository, branch: 'topic', commit: head };
    expect((await forge.pullsFrom(asked)).map((pull) => pull.number)).toEqual([number]);
    expect(await forge.pullsFrom({ ...asked, commit: '0'.repeat(40) })).toEqual([]);
    expect(await forge.pullsFrom({ ...asked, repository: 'mallory/models' })).toEqual([]);
  });

  test('commits by their ids, with all their people', async () => {
    const { world, forge } = at();
    const first = await world.push({ by: 'alice', branch: 'topic', files: { 'models/a': '1' } });
    const second = await world.push({ by: 'alice', branch: 'topic', files: { 'models/a': '2' }, coAuthors: ['bob'] });
    await world.openPull({ by: 'alice', branch: 'topic' });
    const absent = '0'.repeat(40);
    const found = new Map((await forge.commits([first, second, absent])).map((each) => [each.id, each]));
    expect([...found.keys()].sort()).toEqual([first, second].sort());
    expect(found.get(first)).toMatchObject({ author: { account: { login: 'alice' } }, coAuthors: [] });
    expect(found.get(second)?.coAuthors.map(({ account }) => account?.login)).toEqual(['bob']);
    expect(await forge.commits([])).toEqual([]);
  });
}
