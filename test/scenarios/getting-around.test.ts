import {
  addEvidence,
  applyStages,
  promoteModel,
  reconcilePull,
  registerModels,
  rollbackModel,
  type Telling,
} from '@weighbridge/flows';
import { judgementTexts } from '@weighbridge/host';
import { commitPerson, expectCode } from '@weighbridge/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { folder, manifest, openSurroundings } from './governed-repository.js';
import { makeReviewedRepository, type ReviewedRepository } from './reviewed-repository.js';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPrivateFolder } from '@weighbridge/git';

const policy = `owners: [dana]
reviewers: { ml: { users: [bob, carol] } }
gates:
  development: { reviewers: [{ from: ml }] }
  staging: { from: [development] }
  production: { from: [staging], reviewers: [{ from: ml }] }
`;

const telling: Telling = {
  context: 'weighbridge',
  perModel: false,
  comment: true,
  url: null,
  texts: judgementTexts(null),
};

describe('getting around a gate', () => {
  let team: ReviewedRepository;
  afterEach(() => team.dispose());

  const judge = async (number: number) => {
    const surroundings = await team.job();
    if (surroundings.forge === null) throw new Error('no forge');
    return (await reconcilePull(surroundings, surroundings.forge, number, telling)).judgement;
  };
  const statusOf = (commit: string) => team.forge.state.statuses.findLast((each) => each.commit === commit);
  const apply = async () => applyStages(await team.job(), { models: [], dryRun: false, statusContext: 'weighbridge' });
  const open = policy.replace('development: { reviewers: [{ from: ml }] }', 'development: {}');

  it('by the policy of an older commit is refused, by a tag or a checkout that stayed behind', async () => {
    team = await makeReviewedRepository(open.replace(', reviewers: [{ from: ml }] }', ' }'));
    const { run, built, write, read, commit, root } = team.repository;
    await run('register');
    await run('promote', { model: 'fraud@1.0.0', to: 'staging', how: 'direct' });
    await write(
      'weighbridge.yaml',
      (await read('weighbridge.yaml')).replace('from: [staging] }', 'from: [staging], soak: 24h }'),
    );
    commit('Let production soak');
    const clone = await built.clone({ depth: 1 });
    clone.git('fetch', '--quiet', '--depth=1', 'origin', 'tag', 'fraud@v1.0.0');
    clone.git('checkout', '--quiet', 'fraud@v1.0.0');
    const key = await readFile(join(await readPrivateFolder(root), 'signing.key'), 'utf8');
    const old = { ...(await openSurroundings(clone.root, key)), forge: null };
    const move = {
      model: 'fraud',
      version: '1.0.0',
      to: 'production',
      reason: null,
      dryRun: false,
      writeStages: false,
    };
    await expectCode(promoteModel(old, move), 'flow/policy-outdated');
    const back = { model: 'fraud', stage: 'staging', reason: 'night', to: null, dryRun: false, writeStages: false };
    await expectCode(rollbackModel(old, back), 'flow/policy-outdated');
    expect((await promoteModel(await team.job(), move)).outcome).toBe('held-back');
  });

  it('by a pull request that loosens the policy first and is rebased into the branch meets the policy of before', async () => {
    team = await makeReviewedRepository(open);
    const { run, read } = team.repository;
    await run('register');
    await run('promote', { model: 'fraud@1.0.0', to: 'staging', how: 'direct' });
    const loose = (await read('weighbridge.yaml')).replace(', reviewers: [{ from: ml }] }', ' }');
    await team.push('both', { 'weighbridge.yaml': loose });
    await team.push('both', { [`${folder}/stages.yaml`]: 'production: 1.0.0\n' });
    const number = team.open('both');
    team.merge(number, 'rebase');
    const [line] = (await apply()).models[0]?.lines ?? [];
    expect(line).toMatchObject({ stage: 'production', outcome: 'held-back', pull: number });
    const kinds = line?.decision?.requirements.flatMap(({ kind, verdict }) => (verdict === 'pass' ? [] : [kind]));
    expect(kinds).toEqual(expect.arrayContaining(['reviewers', 'amendment']));
  });

  it('by a second pull request of the same head into a branch without a policy, or with a soft one', async () => {
    team = await makeReviewedRepository(policy);
    const { built, read } = team.repository;
    const root = built.git('rev-list', '--max-parents=0', 'main');
    built.git('push', '--quiet', 'origin', `${root}:refs/heads/bare`);
    const rules = await read('weighbridge.yaml');
    await team.push('soft', { 'weighbridge.yaml': rules.replace('mode: enforce', 'mode: warn') });
    const head = await team.push('change', { 'weighbridge.yaml': `${rules}# Words\n` });
    team.open('change');
    for (const ref of ['bare', 'soft']) {
      const lax = team.open('change', { base: { ref, commit: built.gitRemote('rev-parse', ref) } });
      expect((await judge(lax))?.governed).toBe(ref === 'soft');
      expect(statusOf(head)).toMatchObject({ state: 'pending' });
      team.forge.state.edit(lax, () => ({ state: 'closed' }));
    }
  });

  it('by a pull request into a branch that anybody may push to turns no commit green', async () => {
    team = await makeReviewedRepository(policy);
    const { built } = team.repository;
    await team.push('mine', { [`${folder}/settings.yaml`]: 'threshold: 0.6\n' });
    built.git('checkout', '--quiet', '-b', 'change', 'origin/mine');
    built.git('commit', '--quiet', '--allow-empty', '-m', 'Nothing');
    built.git('push', '--quiet', 'origin', 'change');
    built.git('checkout', '--quiet', 'main');
    const head = built.git('rev-parse', 'change');
    const number = team.open('change', { base: { ref: 'mine', commit: built.gitRemote('rev-parse', 'mine') } });
    expect(await judge(number)).toMatchObject({ verdict: 'pass', guarded: false });
    expect(statusOf(head)).toMatchObject({ state: 'pending', description: expect.stringContaining('mine') });
    team.forge.state.protection = { ...team.forge.state.protection, branch: 'mine', requiresPull: true };
    await judge(number);
    expect(statusOf(head)).toMatchObject({ state: 'success' });
  });

  it('by archiving what a stage runs is for those who may roll back', async () => {
    team = await makeReviewedRepository(`${open}rollback: { allow: [dana] }\n`);
    const { run } = team.repository;
    await run('register');
    const move = { model: 'fraud', version: '1.0.0', to: 'archived', reason: null, dryRun: false, writeStages: false };
    await run('promote', { model: 'fraud@1.0.0', to: 'staging', how: 'direct' });
    const job = await team.job();
    const by = (login: string) => ({
      ...job,
      actor: { kind: 'git' as const, id: login, login, authenticated: 'claimed' as const },
    });
    await expectCode(promoteModel(by('mallory'), move), 'flow/not-allowed');
    expect((await promoteModel(by('dana'), { ...move, dryRun: true })).outcome).toBe('promoted');
  });

  it('by a roster of teams is for those in it, and where nobody can read it the answer says what to add', async () => {
    team = await makeReviewedRepository(
      `${open.replace('reviewers: {', 'reviewers: { oncall: { teams: [acme/oncall] },')}rollback: { allow: [oncall] }\n`,
    );
    const { run, write, commit } = team.repository;
    await run('register');
    await run('promote', { model: 'fraud@1.0.0', to: 'staging', how: 'direct' });
    await write(`${folder}/settings.yaml`, 'threshold: 0.6\n');
    commit('Another threshold');
    team.repository.built.git('push', '--quiet', 'origin', 'main');
    await run('register');
    await run('promote', { model: 'fraud@1.0.1', to: 'staging', how: 'direct' });
    const back = { model: 'fraud', stage: 'staging', reason: 'night', to: null, dryRun: true, writeStages: false };
    const job = await team.job();
    const by = (login: string, forge: typeof job.forge) => ({
      ...job,
      forge,
      actor: { kind: 'git' as const, id: login, login, authenticated: 'claimed' as const },
    });
    await expectCode(rollbackModel(by('Erin', null), back), 'flow/allowed-unread');
    await expectCode(rollbackModel(by('Erin', job.forge), back), 'flow/allowed-unread');
    const erin = { id: '77', login: 'erin', kind: 'user' as const };
    team.forge.state.teams.set('acme/oncall', { state: 'read', members: [erin] });
    expect((await rollbackModel(by('Erin', job.forge), back)).outcome).toBe('rolled-back');
    await expectCode(rollbackModel(by('mallory', job.forge), back), 'flow/not-allowed');
  });

  it('by a tag on an older commit is judged by the policy of the branch as it is', async () => {
    team = await makeReviewedRepository(open);
    const { built, write, read, commit, root } = team.repository;
    const older = built.git('rev-parse', 'HEAD');
    const strict = 'development: { soak: 24h }';
    await write('weighbridge.yaml', (await read('weighbridge.yaml')).replace('development: {}', strict));
    commit('Let what is registered soak');
    built.git('push', '--quiet', 'origin', 'main');
    built.git('tag', '-a', '-m', 'Late', 'fraud@v1.0.0', older);
    built.git('push', '--quiet', 'origin', 'fraud@v1.0.0');
    const clone = await built.clone({ depth: 1 });
    clone.git('fetch', '--quiet', '--depth=1', 'origin', 'tag', 'fraud@v1.0.0');
    clone.git('checkout', '--quiet', 'fraud@v1.0.0');
    const key = await readFile(join(await readPrivateFolder(root), 'signing.key'), 'utf8');
    const old = { ...(await openSurroundings(clone.root, key)), forge: null };
    const request = { models: [], tag: 'fraud@v1.0.0', reason: null, dryRun: false };
    const registered = await registerModels(old, request);
    expect(registered.registrations).toMatchObject([{ outcome: 'held-back' }]);
    expect(registered.notices[0]).toMatchObject({ level: 'warning', text: expect.stringContaining('policy of main') });
  });

  it('by evidence that comes after the approvals takes them back', async () => {
    team = await makeReviewedRepository(open);
    const { run } = team.repository;
    await run('register');
    await run('promote', { model: 'fraud@1.0.0', to: 'staging', how: 'direct' });
    await team.push('promote', { [`${folder}/stages.yaml`]: 'production: 1.0.0\n' });
    const number = team.open('promote');
    team.review(number, 'bob');
    expect((await judge(number))?.verdict).toBe('pass');
    const job = await team.job();
    const request = { model: 'fraud', version: '1.0.0', id: 'eval', path: `${folder}/eval.json`, examples: [] };
    const none = { attestation: null, run: null, artifact: null, reason: null, dryRun: false };
    const clock = { now: () => new Date('2026-07-01T00:00:00Z') };
    await addEvidence({ ...job, clock }, { ...request, ...none });
    expect((await judge(number))?.verdict).toBe('pending');
  });

  it('by a commit with a date of long ago does not hide who wrote it', async () => {
    team = await makeReviewedRepository(open);
    const { run, built, read, write, commit } = team.repository;
    await run('register');
    await run('promote', { model: 'fraud@1.0.0', to: 'staging', how: 'direct' });
    const reviewed = 'staging: { from: [development], reviewers: [{ from: ml }] }';
    await write(
      'weighbridge.yaml',
      (await read('weighbridge.yaml')).replace('staging: { from: [development] }', reviewed),
    );
    commit('Review what enters staging');
    await team.push('old', { [`${folder}/settings.yaml`]: 'threshold: 0.6\n' });
    const env = { ...process.env, GIT_COMMITTER_DATE: '2001-01-01T00:00:00Z' };
    execFileSync('git', ['checkout', '--quiet', 'old'], { cwd: team.repository.root });
    execFileSync('git', ['commit', '--quiet', '--amend', '--no-edit'], { cwd: team.repository.root, env });
    built.git('push', '--quiet', '--force', 'origin', 'old');
    built.git('checkout', '--quiet', 'main');
    const change = team.open('old');
    const bob = commitPerson('bob');
    team.forge.state.edit(change, ({ commits }) => ({ commits: commits.map((one) => ({ ...one, author: bob })) }));
    team.merge(change);
    await registerModels(await team.job(), { models: [], tag: null, reason: null, dryRun: false });
    await team.push('promote', { [`${folder}/stages.yaml`]: 'staging: 1.0.1\n' });
    const number = team.open('promote');
    team.review(number, 'bob');
    expect((await judge(number))?.verdict).toBe('pending');
    team.review(number, 'carol');
    expect((await judge(number))?.verdict).toBe('pass');
  });

  it('by a change of what the manifest names elsewhere does not hide who wrote it', async () => {
    team = await makeReviewedRepository(open);
    const { run, built, write, read, commit } = team.repository;
    await write(`${folder}/model.yaml`, manifest.replace('[settings.yaml]', '[settings.yaml, /shared/limits.yaml]'));
    await write('shared/limits.yaml', 'limit: 1\n');
    const reviewed = 'staging: { from: [development], reviewers: [{ from: ml }] }';
    const rules = (await read('weighbridge.yaml')).replace('staging: { from: [development] }', reviewed);
    await write('weighbridge.yaml', rules);
    commit('Share the limits');
    built.git('push', '--quiet', 'origin', 'main');
    await run('register');
    await team.push('limits', { 'shared/limits.yaml': 'limit: 2\n' });
    const change = team.open('limits');
    const bob = commitPerson('bob');
    team.forge.state.edit(change, ({ commits }) => ({ commits: commits.map((one) => ({ ...one, author: bob })) }));
    team.merge(change);
    await registerModels(await team.job(), { models: [], tag: null, reason: null, dryRun: false });
    await team.push('promote', { [`${folder}/stages.yaml`]: 'staging: 1.0.1\n' });
    const number = team.open('promote');
    team.review(number, 'bob');
    const told = JSON.stringify((await judge(number))?.models[0]?.decisions);
    expect(told).toMatch(/built fraud 1\.0\.1 \(commit [0-9a-f]{7}\)/);
    team.review(number, 'carol');
    expect((await judge(number))?.verdict).toBe('pass');
  });

  it('by a history that nobody can read asks for one more, and says that it cannot verify', async () => {
    team = await makeReviewedRepository(open);
    const { run } = team.repository;
    await run('register');
    await run('promote', { model: 'fraud@1.0.0', to: 'staging', how: 'direct' });
    await team.push('promote', { [`${folder}/stages.yaml`]: 'production: 1.0.0\n' });
    const number = team.open('promote');
    team.review(number, 'bob');
    const job = await team.job();
    const repository = { ...job.repository, changesBetween: async () => undefined };
    const { judgement } = await reconcilePull({ ...job, repository }, team.forge, number, null);
    expect(judgement?.verdict).toBe('pending');
    expect(JSON.stringify(judgement?.models[0]?.decisions)).toContain('cannot verify');
  });

  it('by a waiver that was taken back lets nothing through any more, and the ledger says so', async () => {
    team = await makeReviewedRepository(`owners: [dana]
reviewers: { risk: { users: [carol] } }
gates:
  staging: { from: [development], metrics: [{ id: accuracy, metric: eval.accuracy, direction: higher, bounds: { min: 0.99 } }] }
  production: { from: [staging], metrics: [{ id: accuracy, metric: eval.accuracy, direction: higher, bounds: { min: 0.99 } }] }
`);
    const { run, read, write, commit } = team.repository;
    await run('register');
    const log = async () => {
      const { entries } = (await run('audit log')).json as { entries: readonly { readonly type: string }[] };
      return entries.map(({ type }) => type);
    };
    const rules = await read('weighbridge.yaml');
    const { identity } = (await team.job().then(({ ledger }) => ledger.catalogue('fraud' as never)))?.versions[0] ?? {};
    const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const waiver = `waivers: [{ gate: accuracy, model: fraud, digest: '${identity}', reason: An urgent fix of incident 12, expires: ${expires}, rule: risk }]`;
    await write('weighbridge.yaml', `${rules}${waiver}\n`);
    commit('Waive the accuracy');
    team.repository.built.git('push', '--quiet', 'origin', 'main');
    await run('promote', { model: 'fraud@1.0.0', to: 'staging', how: 'direct' });
    expect(await log()).toContain('waived');
    await team.push('promote', { [`${folder}/stages.yaml`]: 'production: 1.0.0\n' });
    const number = team.open('promote');
    const waived = (await judge(number))?.models[0]?.decisions[0];
    expect(waived?.requirements.find(({ id }) => id === 'accuracy')).toMatchObject({ verdict: 'waived' });
    team.merge(number);
    await write('weighbridge.yaml', rules);
    commit('Take the waiver back');
    team.repository.built.git('push', '--quiet', 'origin', 'main');
    const [line] = (await apply()).models[0]?.lines ?? [];
    const accuracy = line?.decision?.requirements.find(({ id }) => id === 'accuracy');
    expect(line?.outcome).toBe('held-back');
    expect(accuracy).toMatchObject({ verdict: 'fail', because: expect.stringContaining('was taken back') });
    expect((await log()).filter((type) => type === 'waiver-revoked')).toHaveLength(1);
    await apply();
    expect((await log()).filter((type) => type === 'waiver-revoked')).toHaveLength(1);
  });

  it('by an alias that a gate compares with needs those who answer for the rules', async () => {
    const compared = `${open}    metrics:
      - id: accuracy
        metric: eval.accuracy
        direction: higher
        baseline: { ref: 'alias:champion', max_regression: { absolute: 0.01 }, if_absent: fail }
`.replace('production: { from: [staging], reviewers: [{ from: ml }] }', 'production:\n    from: [staging]');
    team = await makeReviewedRepository(compared);
    const { run, write, commit } = team.repository;
    await run('register');
    const stages = `${folder}/stages.yaml`;
    const aliases = async () => (await run('show', { models: 'fraud' })).json as { aliases: Record<string, string> };
    await write(stages, 'aliases: { champion: 1.0.0 }\n');
    commit('Move the bar at night');
    expect((await apply()).notices).toMatchObject([{ text: expect.stringContaining('without a pull request') }]);
    await write(stages, 'aliases: {}\n');
    commit('Back');
    await team.push('champion', { [stages]: 'aliases: { champion: 1.0.0, other: 1.0.0 }\n' });
    const number = team.open('champion');
    expect(await judge(number)).toMatchObject({ verdict: 'pending', amendments: { verdict: 'pending' } });
    team.merge(number, 'squash');
    expect((await apply()).notices).toHaveLength(1);
    expect((await aliases()).aliases).toEqual({ other: '1.0.0' });
    team.review(number, 'dana');
    expect((await apply()).notices).toEqual([]);
    expect((await aliases()).aliases).toEqual({ champion: '1.0.0', other: '1.0.0' });
  });
});

describe('work that is as it should be', () => {
  let team: ReviewedRepository;
  afterEach(() => team.dispose());

  it('goes through when a branch began before there was a policy', async () => {
    team = await makeReviewedRepository(policy);
    const { git } = team.repository.built;
    git('checkout', '--quiet', '-b', 'early', git('rev-list', '--max-parents=0', 'main'));
    git('commit', '--quiet', '--allow-empty', '-m', 'Begin early');
    git('push', '--quiet', 'origin', 'early');
    git('checkout', '--quiet', 'main');
    await team.push('early', { 'NOTES.md': 'Words\n' });
    const surroundings = await team.job();
    const { judgement } = await reconcilePull(surroundings, team.forge, team.open('early'), null);
    expect(judgement).toMatchObject({ verdict: 'pass', models: [], amendments: null });
  });

  it('is registered on the reviews of the pull request that changed a file elsewhere', async () => {
    team = await makeReviewedRepository(policy);
    const register = async () => {
      const request = { models: [], tag: null, reason: null, dryRun: false };
      return (await registerModels(await team.job(), request)).registrations[0];
    };
    const land = async (branch: string, files: Record<string, string>) => {
      await team.push(branch, files);
      const number = team.open(branch);
      if (Object.keys(files)[0] !== 'NOTES.md') team.review(number, 'bob');
      team.merge(number, 'squash');
    };
    const elsewhere = manifest.replace('[settings.yaml]', '[settings.yaml, /shared/limits.yaml]');
    await land('first', { [`${folder}/model.yaml`]: elsewhere, 'shared/limits.yaml': 'limit: 1\n' });
    expect(await register()).toMatchObject({ outcome: 'registered', version: '1.0.0' });
    await land('second', { 'shared/limits.yaml': 'limit: 2\n' });
    await land('third', { 'NOTES.md': 'Words\n' });
    expect(await register()).toMatchObject({ outcome: 'registered', version: '1.0.1' });
  });
});
