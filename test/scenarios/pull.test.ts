import { permits } from '@weighbridge/core';
import { applyStages, reconcilePull, type Telling } from '@weighbridge/flows';
import { judgementTexts } from '@weighbridge/host';
import { afterEach, describe, expect, it } from 'vitest';
import { folder, weights } from './governed-repository.js';
import { makeReviewedRepository, type ReviewedRepository } from './reviewed-repository.js';

const policy = `owners: [dana]
reviewers: { ml: { users: [bob, carol] } }
gates:
  development: { reviewers: [{ from: ml }] }
  staging: { from: [development] }
  production:
    from: [staging]
    metrics:
      - { id: accuracy, metric: eval.accuracy, direction: higher, bounds: { min: 0.9 } }
    reviewers: [{ from: ml, count: 2 }]
`;

const telling: Telling = {
  context: 'weighbridge',
  perModel: false,
  comment: true,
  url: null,
  texts: judgementTexts(null),
};

describe('a pull request', () => {
  let team: ReviewedRepository;
  afterEach(() => team.dispose());

  const judge = async (number: number) => {
    const surroundings = await team.job();
    if (surroundings.forge === null) throw new Error('no forge');
    return (await reconcilePull(surroundings, surroundings.forge, number, telling)).judgement;
  };
  const statusOf = (commit: string) => team.forge.state.statuses.findLast((each) => each.commit === commit);

  it('waits for its reviewers, passes with them, and stales with other bytes', async () => {
    team = await makeReviewedRepository(policy);
    const head = await team.push('retrain', { [`${folder}/model.safetensors`]: weights(2) });
    const number = team.open('retrain');
    expect(await judge(number)).toMatchObject({ verdict: 'pending', models: [{ model: 'fraud' }] });
    expect(team.forge.state.statuses.map(({ state }) => state)).toEqual(['pending', 'pending']);

    team.review(number, 'bob');
    const passed = await judge(number);
    expect(passed?.verdict, JSON.stringify(passed?.models[0]?.decisions, null, 1)).toBe('pass');
    expect(statusOf(head)).toMatchObject({ state: 'success' });

    const moved = await team.push('retrain', { [`${folder}/model.safetensors`]: weights(3) });
    team.sync(number);
    expect((await judge(number))?.verdict).toBe('pending');
    expect(statusOf(moved)).toMatchObject({ state: 'pending' });
    team.review(number, 'bob');
    expect((await judge(number))?.verdict).toBe('pass');
  });

  it('keeps an approval over a push that leaves the model as it was', async () => {
    team = await makeReviewedRepository(policy);
    await team.push('retrain', { [`${folder}/model.safetensors`]: weights(2) });
    const number = team.open('retrain');
    team.review(number, 'carol');
    await team.push('retrain', { 'NOTES.md': 'Other words\n' });
    team.sync(number);
    expect((await judge(number))?.verdict).toBe('pass');
  });

  it('touches no governed model: an explicit success and no comment', async () => {
    team = await makeReviewedRepository(policy);
    const head = await team.push('docs', { 'NOTES.md': 'Words\n' });
    const number = team.open('docs');
    expect(await judge(number)).toMatchObject({ verdict: 'pass', models: [], amendments: null });
    expect(statusOf(head)).toMatchObject({ state: 'success', description: 'No governed model touched.' });
  });

  it('cannot loosen its own gate', async () => {
    team = await makeReviewedRepository(policy);
    const loose = (await team.repository.read('weighbridge.yaml')).replace(
      'development: { reviewers: [{ from: ml }] }',
      'development: {}',
    );
    await team.push('loosen', { 'weighbridge.yaml': loose, [`${folder}/model.safetensors`]: weights(2) });
    const number = team.open('loosen');
    team.review(number, 'bob');
    const judged = await judge(number);
    expect(judged?.amendments?.verdict).toBe('pending');
    expect(judged?.models[0]?.decisions[0]?.requirements.some(({ kind }) => kind === 'reviewers')).toBe(true);
    team.review(number, 'dana');
    expect((await judge(number))?.amendments?.verdict).toBe('pass');
  });

  it('with files that cannot be read is an error that names them', async () => {
    team = await makeReviewedRepository(policy);
    const head = await team.push('broken', { [`${folder}/model.yaml`]: 'name: fraud\nkind: modle\n' });
    const judged = await judge(team.open('broken'));
    expect(judged).toMatchObject({ verdict: 'error', fault: { code: 'flow/invalid-files' } });
    expect(statusOf(head)).toMatchObject({ state: 'error' });
  });

  it('with a line for a version that nobody knows tells where it stands', async () => {
    team = await makeReviewedRepository(
      policy.replace('development: { reviewers: [{ from: ml }] }', 'development: {}'),
    );
    await team.repository.run('register');
    await team.push('promote', { [`${folder}/stages.yaml`]: '# Moves.\nproduction: 3.0.0\n' });
    const judged = await judge(team.open('promote'));
    const place = { file: `${folder}/stages.yaml`, line: 2, column: 13 };
    expect(judged?.models[0]?.fault).toMatchObject({ code: 'flow/unknown-version', details: [place] });
  });

  it('with stages that cannot be read is told that, and not what would follow from it', async () => {
    const comparing = policy.replace(
      'bounds: { min: 0.9 }',
      'baseline: { ref: alias:champion, max_regression: { absolute: 0 } }',
    );
    team = await makeReviewedRepository(comparing);
    const { write, commit, run } = team.repository;
    await write(`${folder}/stages.yaml`, 'aliases: { champion: 1.0.0 }\n');
    commit('Name the champion');
    await run('register');
    await team.push('slip', { [`${folder}/stages.yaml`]: 'aliases: { champion: 1.0.0\n' });
    const slip = await judge(team.open('slip'));
    expect(slip?.models[0]?.fault).toMatchObject({ code: 'flow/invalid-files', details: [{ line: 2, column: 1 }] });
    expect(slip?.models[0]?.fault?.details).toHaveLength(1);
    expect(slip?.amendments).toBeNull();
    await team.push('away', { [`${folder}/stages.yaml`]: 'staging: 1.0.0\n' });
    expect((await judge(team.open('away')))?.amendments).not.toBeNull();
  });

  it('that edits stages.yaml is judged by the gate of the stage, merged, applied and on record with its approvals', async () => {
    team = await makeReviewedRepository(
      policy.replace('development: { reviewers: [{ from: ml }] }', 'development: {}'),
    );
    const { run } = team.repository;
    await run('register');
    await run('promote', { model: 'fraud@1.0.0', to: 'staging', how: 'direct' });
    const head = await team.push('promote', { [`${folder}/stages.yaml`]: 'production: 1.0.0\n' });
    const number = team.open('promote');
    expect(await judge(number)).toMatchObject({ verdict: 'pending' });
    for (const login of ['bob', 'carol']) team.review(number, login);
    const judged = await judge(number);
    expect(permits(judged?.verdict ?? 'error'), JSON.stringify(judged?.models[0], null, 1)).toBe(true);
    expect(statusOf(head)).toMatchObject({ state: 'success' });

    const merge = team.merge(number, 'squash');
    const applied = await applyStages(await team.job(), { models: [], dryRun: false, statusContext: 'weighbridge' });
    expect(applied).toMatchObject({
      commit: merge,
      models: [{ lines: [{ stage: 'production', outcome: 'applied', pull: number }] }],
    });
    const again = await applyStages(await team.job(), { models: [], dryRun: false, statusContext: 'weighbridge' });
    expect(again.models[0]).toMatchObject({ lines: [], receipts: [] });
    const log = (await run('audit log')).json as { entries: { type: string }[] };
    expect(log.entries.map(({ type }) => type).slice(-2)).toEqual(['transitioned', 'applied']);
  });

  it('that was merged without its gate moves nothing, is recorded and turns the commit red', async () => {
    team = await makeReviewedRepository(
      policy.replace('development: { reviewers: [{ from: ml }] }', 'development: {}'),
    );
    const { run } = team.repository;
    await run('register');
    await run('promote', { model: 'fraud@1.0.0', to: 'staging', how: 'direct' });
    await team.push('promote', { [`${folder}/stages.yaml`]: 'production: 1.0.0\n' });
    const number = team.open('promote');
    team.review(number, 'bob');
    const merge = team.merge(number);
    for (const _ of [1, 2]) {
      const applied = await applyStages(await team.job(), { models: [], dryRun: false, statusContext: 'weighbridge' });
      expect(applied.models[0]?.lines).toMatchObject([{ stage: 'production', outcome: 'held-back' }]);
    }
    expect(statusOf(merge)).toMatchObject({ state: 'failure' });
    const log = (await run('audit log')).json as { entries: { type: string }[] };
    expect(log.entries.filter(({ type }) => type === 'gate-decided')).toHaveLength(1);
    expect((await run('show', { models: 'fraud' })).json).toMatchObject({ stages: { staging: '1.0.0' } });
  });

  it('that never was: a line pushed to the branch is a bypass, on record once', async () => {
    team = await makeReviewedRepository(
      policy.replace('development: { reviewers: [{ from: ml }] }', 'development: {}'),
    );
    const { run, write, commit } = team.repository;
    await run('register');
    await write(`${folder}/stages.yaml`, 'staging: 1.0.0\n');
    commit('Promote at night');
    for (const _ of [1, 2]) {
      const applied = await applyStages(await team.job(), { models: [], dryRun: false, statusContext: 'weighbridge' });
      expect(applied.models[0]?.lines).toMatchObject([{ stage: 'staging', outcome: 'bypassed' }]);
    }
    const log = (await run('audit log')).json as { entries: { type: string }[] };
    expect(log.entries.filter(({ type }) => type === 'bypassed')).toHaveLength(1);
    expect(team.forge.state.issues).toMatchObject([{ title: 'fraud 1.0.0: staging was changed past its gate' }]);
    const verify = await run('audit verify');
    expect(verify.exitCode, verify.text).toBe(0);
  });
});
