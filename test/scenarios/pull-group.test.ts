import { reconcileGroup, reconcilePull, type Telling } from '@weighbridge/flows';
import { judgementTexts } from '@weighbridge/host';
import { afterEach, describe, expect, it } from 'vitest';
import { folder, manifest, weights } from './governed-repository.js';
import { makeReviewedRepository, type ReviewedRepository } from './reviewed-repository.js';

const policy = `owners: [dana]
reviewers: { ml: { users: [bob, carol] } }
gates:
  development: { reviewers: [{ from: ml }] }
`;
const telling: Telling = {
  context: 'weighbridge',
  perModel: false,
  comment: false,
  url: null,
  texts: judgementTexts(null),
};

describe('several pull requests at once', () => {
  let team: ReviewedRepository;
  afterEach(() => team.dispose());

  /** Merges branches one after the other onto main, as a merge queue does, and pushes the group's branch. */
  function queue(numbers: readonly number[], branches: readonly string[]): { head: string; base: string } {
    const { git } = team.repository.built;
    git('fetch', '--quiet', 'origin');
    const base = git('rev-parse', 'origin/main');
    git('checkout', '--quiet', '-B', 'group', base);
    for (const [place, branch] of branches.entries())
      git('merge', '--quiet', '--no-ff', '-m', `Change (#${numbers[place]})`, `origin/${branch}`);
    git('push', '--quiet', '--force', 'origin', 'group');
    const head = git('rev-parse', 'HEAD');
    git('checkout', '--quiet', 'main');
    return { head, base };
  }

  async function judgeGroup(group: { head: string; base: string }, last: number) {
    const surroundings = await team.job();
    if (surroundings.forge === null) throw new Error('no forge');
    const headRef = `gh-readonly-queue/main/pr-${last}-${group.base}`;
    return reconcileGroup(surroundings, surroundings.forge, { ...group, baseRef: 'main', headRef }, telling);
  }
  const statusOf = (commit: string) => team.forge.state.statuses.findLast((each) => each.commit === commit);

  it('on one model combine to something that nobody approved', async () => {
    team = await makeReviewedRepository(policy);
    await team.push('one', { [`${folder}/model.safetensors`]: weights(2) });
    await team.push('two', { [`${folder}/settings.yaml`]: 'threshold: 0.7\n' });
    const numbers = [team.open('one'), team.open('two')];
    for (const number of numbers) team.review(number, 'bob');
    const group = queue(numbers, ['one', 'two']);
    const judged = await judgeGroup(group, numbers[1] ?? 0);
    expect(judged.judgements.map(({ pull }) => pull.number)).toEqual(numbers);
    expect(judged.judgements.map(({ verdict }) => verdict)).toEqual(['pending', 'pending']);
    expect(statusOf(group.head)).toMatchObject({ state: 'failure', description: expect.stringContaining('fraud') });
  });

  it('on two models go through together', async () => {
    team = await makeReviewedRepository(policy);
    const { write, commit } = team.repository;
    await write('models/churn/model.yaml', manifest.replace('name: fraud', 'name: churn'));
    for (const [path, text] of [
      ['settings.yaml', 'threshold: 0.5\n'],
      ['data.csv', 'a,b\n'],
      ['eval.json', '{"accuracy": 0.95}\n'],
    ] as const)
      await write(`models/churn/${path}`, text);
    await write('models/churn/model.safetensors', weights(5));
    commit('Add the churn model');
    await team.push('one', { [`${folder}/model.safetensors`]: weights(2) });
    await team.push('two', { 'models/churn/model.safetensors': weights(6) });
    const numbers = [team.open('one'), team.open('two')];
    for (const number of numbers) team.review(number, 'carol');
    const group = queue(numbers, ['one', 'two']);
    const judged = await judgeGroup(group, numbers[1] ?? 0);
    expect(judged.judgements.map(({ models }) => models.map(({ model }) => model))).toEqual([['fraud'], ['churn']]);
    expect(judged.judgements.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
    expect(statusOf(group.head)).toMatchObject({ state: 'success' });
  });

  it.each([
    [['part', 'system'], '#2 changes bot, and #1 its part persona'],
    [['system', 'part'], '#2 changes bot, and #1 its part persona'],
  ])('of a part and of its system, queued as %j, are judged as registration will find them', async (order, told) => {
    team = await makeReviewedRepository(policy);
    const { write, commit } = team.repository;
    await write('models/persona/model.yaml', 'name: persona\nkind: prompt\nprompts: [p.md]\n');
    await write('models/persona/p.md', 'Answer {{ question }}.\n');
    await write(
      'models/bot/model.yaml',
      'name: bot\nkind: system\nuses: [{ model: persona, version: "*" }]\nconfig: [bot.yaml]\n',
    );
    await write('models/bot/bot.yaml', 'depth: 1\n');
    commit('Add a system and its part');
    await team.push('part', { 'models/persona/p.md': 'Answer {{ question }} in {{ language }}.\n' });
    await team.push('system', { 'models/bot/bot.yaml': 'depth: 2\n' });
    const numbers = new Map([
      ['part', team.open('part')],
      ['system', team.open('system')],
    ]);
    for (const number of numbers.values()) team.review(number, 'bob');
    const queued = order.map((branch) => numbers.get(branch) ?? 0);
    const group = queue(queued, order);
    const judged = await judgeGroup(group, queued[1] ?? 0);
    const weighed = judged.judgements.flatMap(({ models }) => models.flatMap((model) => model.weighed ?? []));
    const bot = weighed.find(({ snapshot }) => snapshot.model === 'bot');
    expect(bot?.snapshot.uses).toMatchObject([{ model: 'persona', version: '1.0.0' }]);
    expect(judged.judgements.map(({ verdict }) => verdict)).toEqual(
      order.map((branch) => (branch === 'part' ? 'pass' : 'pending')),
    );
    expect(statusOf(group.head)).toMatchObject({ state: 'failure', description: expect.stringContaining(told) });
  });

  it('of several commits each go through a queue that rebases', async () => {
    team = await makeReviewedRepository(policy);
    const { built } = team.repository;
    await team.push('one', { 'NOTES.md': 'Words\n' });
    await team.push('one', { [`${folder}/model.safetensors`]: weights(2) });
    await team.push('one', { 'NOTES.md': 'More words\n' });
    await team.push('two', { 'OTHER.md': 'Words\n' });
    await team.push('two', { 'OTHER.md': 'Other words\n' });
    const numbers = [team.open('one'), team.open('two')];
    team.review(numbers[0] ?? 0, 'bob');
    const base = built.git('rev-parse', 'origin/main');
    built.git('checkout', '--quiet', '-B', 'group', base);
    for (const branch of ['one', 'two'])
      built.git(
        'cherry-pick',
        '--no-ff',
        ...built.git('rev-list', '--reverse', `${base}..origin/${branch}`).split('\n'),
      );
    built.git('push', '--quiet', '--force', 'origin', 'group');
    const head = built.git('rev-parse', 'HEAD');
    built.git('checkout', '--quiet', 'main');
    const judged = await judgeGroup({ head, base }, numbers[1] ?? 0);
    expect(judged.unknown).toEqual([]);
    expect(judged.judgements.map(({ pull }) => pull.number)).toEqual(numbers);
    expect(judged.judgements.map(({ models }) => models.map(({ model }) => model))).toEqual([['fraud'], []]);
    expect(statusOf(head)).toMatchObject({ state: 'success' });
  });

  it('with a commit that belongs to none of them is an error', async () => {
    team = await makeReviewedRepository(policy);
    await team.push('one', { 'NOTES.md': 'Words\n' });
    const number = team.open('one');
    await team.push('stray', { 'STRAY.md': 'Words\n' });
    const group = queue([number, 999], ['one', 'stray']);
    const judged = await judgeGroup(group, 998);
    expect(judged.unknown).toEqual([group.head]);
    expect(statusOf(group.head)).toMatchObject({ state: 'error' });
  });

  it('that share a head share its status: the worst of them is told', async () => {
    team = await makeReviewedRepository(policy);
    const { built } = team.repository;
    built.gitRemote('branch', 'lax', 'main');
    team.forge.state.protection = { ...team.forge.state.protection, branch: 'lax', requiresPull: true };
    const head = await team.push('change', { [`${folder}/model.safetensors`]: weights(2) });
    const strict = team.open('change');
    const lax = team.open('change', { base: { ref: 'lax', commit: built.gitRemote('rev-parse', 'lax') } });
    team.review(lax, 'bob');
    const surroundings = await team.job();
    if (surroundings.forge === null) throw new Error('no forge');
    const judged = await reconcilePull(surroundings, surroundings.forge, lax, telling);
    expect(judged.judgement?.verdict).toBe('pass');
    expect(statusOf(head)).toMatchObject({ state: 'pending' });
    team.review(strict, 'bob');
    await reconcilePull(surroundings, surroundings.forge, strict, telling);
    expect(statusOf(head)).toMatchObject({ state: 'success' });
  });

  it('whose judging fails is an error, whatever stood there before', async () => {
    team = await makeReviewedRepository(policy);
    const head = await team.push('docs', { 'NOTES.md': 'Words\n' });
    const number = team.open('docs');
    const surroundings = await team.job();
    if (surroundings.forge === null) throw new Error('no forge');
    await reconcilePull(surroundings, surroundings.forge, number, telling);
    expect(statusOf(head)).toMatchObject({ state: 'success' });
    const failing = {
      ...surroundings.forge,
      pull: async () => {
        throw new TypeError('the connection broke');
      },
    };
    await expect(reconcilePull(surroundings, failing, number, telling)).rejects.toThrow('the connection broke');
    expect(statusOf(head)).toMatchObject({ state: 'error' });
  });

  it('whose head moves while it is judged gets no status for either head but pending', async () => {
    team = await makeReviewedRepository(policy);
    const head = await team.push('docs', { 'NOTES.md': 'Words\n' });
    const number = team.open('docs');
    const surroundings = await team.job();
    const { forge } = surroundings;
    if (forge === null) throw new Error('no forge');
    const moved = await team.push('docs', { 'NOTES.md': 'Other words\n' });
    let asked = 0;
    const moving = {
      ...forge,
      pullHead: async (asking: number) => {
        if (asked++ > 0) team.sync(number);
        return forge.pullHead(asking);
      },
    };
    const { publication } = await reconcilePull(surroundings, moving, number, telling);
    expect(publication).toMatchObject({ outcome: 'moved' });
    expect(statusOf(head)).toMatchObject({ state: 'pending' });
    expect(statusOf(moved)).toBeUndefined();
  });
});
