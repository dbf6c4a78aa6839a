// needs: act, node24
import { afterEach, describe, expect, it } from 'vitest';
import { weights } from '../scenarios/governed-repository.js';
import type { JobRan } from './hosted/run-job.js';
import { type Story, tellStory, twoReleases } from './hosted/story.js';

const timeout = 600_000;

const policy = `owners: [dana]
reviewers: { ml: { users: [bob, carol] } }
gates:
  staging: { from: [development] }
  production: { from: [staging], reviewers: [{ from: ml, count: 2 }] }
`;

const workflows = ['check', 'gate', 'main', 'promote', 'rollback', 'audit'];

describe('a stage', { timeout }, () => {
  let story: Story;
  afterEach(() => story.dispose());

  const approve = (pull: number, ...people: readonly string[]): void => {
    for (const by of people) story.hub.people.review(story.repository, { by, pull, state: 'APPROVED' });
  };
  const stages = async (): Promise<unknown> =>
    ((await story.ask('show', { models: 'fraud' })).json as { readonly stages: unknown }).stages;
  const entries = async (): Promise<readonly { readonly type: string }[]> =>
    ((await story.ask('audit log')).json as { readonly entries: readonly { readonly type: string }[] }).entries;
  const outputs = (jobs: readonly JobRan[], step: string) =>
    jobs.flatMap(({ steps }) => steps).find(({ id }) => id === step)?.outputs ?? {};
  const headOf = (pull: number): string => story.repository.pulls.get(pull)?.headCommit ?? '';

  it('is promoted by dispatch: a pull request with its status, reviews, a merge, a move on record', async () => {
    story = await tellStory({ policy, workflows, before: twoReleases('staging') });
    const { hub, repository, runner } = story;
    const asked = await runner.dispatch(
      'alice',
      'weighbridge promote',
      { model: 'fraud@1.0.1', to: 'production', reason: 'passed the soak' },
      { act: true },
    );
    expect(outputs(asked.jobs, 'promote')).toMatchObject({ outcome: 'proposed', 'pull-request': '1' });
    expect(story.statuses(headOf(1))).toEqual([
      'pending: Being judged…',
      'pending: fraud 1.0.1: 0 of 2 from ml approved',
    ]);
    expect(repository.pulls.get(1)?.author?.login).toBe('github-actions[bot]');
    await runner.settle({ only: [] });

    approve(1, 'alice', 'bob');
    await runner.settle({ only: [] });
    await runner.tick();
    expect(story.state(headOf(1))).toBe('pending');
    approve(1, 'carol');
    await runner.settle({ only: ['weighbridge check', 'weighbridge gate'] });
    expect(story.state(headOf(1)), story.statuses(headOf(1)).join('\n')).toBe('success');

    hub.people.merge(repository, { by: 'dana', pull: 1 });
    const [main] = await runner.settle();
    expect(outputs(main?.jobs ?? [], 'apply'), main?.jobs[0]?.log).toMatchObject({
      applied: '[{"model":"fraud","stage":"production","version":"1.0.1"}]',
    });
    expect(await stages()).toMatchObject({ production: '1.0.1' });
    const what = 'staging -> production, replaces nothing, pass, approved by bob and carol, #1';
    expect(await entries()).toContainEqual(expect.objectContaining({ type: 'transitioned', what }));
    expect(hub.faults).toEqual([]);
  });

  it('goes back by dispatch at once; the pull request that brings the file in line is green and moves nothing', async () => {
    story = await tellStory({ policy, workflows, before: twoReleases('staging', 'production') });
    const { hub, repository, runner } = story;
    expect(await stages()).toMatchObject({ production: '1.0.1' });
    const inputs = { model: 'fraud', stage: 'production', reason: 'false positives doubled', to: '' };
    const back = await runner.dispatch('alice', 'weighbridge rollback', inputs, { act: true });
    expect(outputs(back.jobs, 'rollback')).toMatchObject({
      outcome: 'rolled-back',
      from: '1.0.1',
      version: '1.0.0',
      'pull-request': '1',
    });
    expect(await stages()).toMatchObject({ production: '1.0.0' });
    expect(story.statuses(headOf(1))).toEqual([
      'pending: Being judged…',
      'success: fraud: no new version and no move to judge.',
    ]);

    const before = await stages();
    const known = (await entries()).length;
    hub.people.merge(repository, { by: 'dana', pull: 1 });
    const main = await runner.settle();
    expect(main.map(({ jobs }) => jobs[0]?.conclusion)).toEqual(['success']);
    expect(await stages()).toEqual(before);
    expect(
      (await entries()).slice(known).filter(({ type }) => type !== 'applied' && type !== 'policy-changed'),
    ).toEqual([]);
  });

  it('is asked for by two pull requests: the second fails once the first is merged', async () => {
    story = await tellStory({ policy, workflows, before: twoReleases('staging') });
    const { hub, repository, runner } = story;
    const ask = (version: string): number => {
      const branch = `promote-${version}`;
      const file = repository.git.git(['cat-file', 'blob', 'main:models/fraud/stages.yaml']);
      const files = { 'models/fraud/stages.yaml': `${file.trimEnd()}\nproduction: ${version}\n` };
      hub.people.push(repository, { by: 'alice', branch, files });
      const pull = hub.people.openPull(repository, { by: 'alice', branch });
      approve(pull, 'bob', 'carol');
      return pull;
    };
    const [first, second] = [ask('1.0.1'), ask('1.0.0')];
    await runner.settle({ only: [] });
    const swept = await runner.tick();
    for (const pull of [first, second]) expect(story.state(headOf(pull)), swept[0]?.jobs[0]?.log).toBe('success');
    hub.people.merge(repository, { by: 'dana', pull: first });
    await runner.settle();
    expect(await stages()).toMatchObject({ production: '1.0.1' });
    await runner.tick();
    expect(story.statuses(headOf(second)).at(-1)).toBe(
      'failure: fraud 1.0.0: This change replaces no version in production, and the base asks for 1.0.1 there since another change was merged',
    );
  });

  it('does not move by a push to the branch: bypassed, red and on record', async () => {
    story = await tellStory({ policy, workflows, before: twoReleases('staging') });
    const { hub, repository, runner } = story;
    const file = repository.git.git(['cat-file', 'blob', 'main:models/fraud/stages.yaml']);
    const files = { 'models/fraud/stages.yaml': `${file.trimEnd()}\nproduction: 1.0.1\n` };
    const pushed = hub.people.push(repository, { by: 'dana', branch: 'main', files });
    const main = await runner.settle();
    expect(main.map(({ jobs }) => jobs[0]?.conclusion)).toEqual(['failure']);
    expect(story.state(pushed)).toBe('failure');
    expect((await entries()).filter(({ type }) => type === 'bypassed')).toHaveLength(1);
    expect(await stages()).not.toMatchObject({ production: '1.0.1' });

    const audited = await runner.tick({ act: true, only: ['weighbridge audit'] });
    const jobs = audited.flatMap((ran) => ran.jobs);
    // Nothing is wrong with the ledger; and nobody has required the status of this branch yet.
    expect(jobs.map(({ id, conclusion }) => `${id}: ${conclusion}`)).toEqual(['audit: success', 'doctor: failure']);
    const told = jobs.flatMap(({ steps }) => steps).find(({ id }) => id === 'doctor')?.summary;
    expect(told).toContain('required');
  });

  it('is entered by a pushed version tag, on the checks and reviews that its pull request brought', async () => {
    const gate = `  development: { checks: [ci / tests], reviewers: [{ from: ml }] }\n`;
    const asked = policy.replace('gates:\n', `gates:\n${gate}`);
    story = await tellStory({ policy: asked, workflows: ['register'], before: twoReleases() });
    const { hub, repository, runner } = story;
    const files = { 'models/fraud/model.safetensors': weights(3) };
    hub.people.push(repository, { by: 'alice', branch: 'retrain', files });
    const pull = hub.people.openPull(repository, { by: 'alice', branch: 'retrain' });
    approve(pull, 'bob');
    const commit = hub.people.merge(repository, { by: 'dana', pull });
    expect(await runner.settle()).toEqual([]);
    story.pushTag('dana', 'fraud@v1.0.2', commit);
    const [early] = await runner.settle();
    expect(early?.jobs[0]?.conclusion, early?.jobs[0]?.log).toBe('failure');
    expect(early?.jobs[0]?.log).toContain('ci / tests');
    hub.people.reportStatus(repository, { by: 'ci[bot]', commit, context: 'ci / tests', state: 'success' });
    if (early === undefined) throw new Error('nothing ran');
    const [late] = await runner.rerun(early);
    expect(outputs(late?.jobs ?? [], 'register'), late?.jobs[0]?.log).toMatchObject({ outcome: 'registered' });
    const what = `none -> development, replaces 1.0.1, pass, approved by bob, #${pull}`;
    expect(await entries()).toContainEqual(expect.objectContaining({ type: 'transitioned', what }));
    expect(hub.faults).toEqual([]);
  });
});
