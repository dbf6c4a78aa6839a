import { reconcileGroup, registerModels, type Telling } from '@weighbridge/flows';
import { judgementTexts } from '@weighbridge/host';
import { formatReference } from '@weighbridge/manifest';
import type { DataReferences, RemoteFiles } from '@weighbridge/ports';
import { pullReview } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
const stolen = 's3://accounting/weights.safetensors';
const naming = (reference: string) => ({
  [`${folder}/model.yaml`]: `${manifest.replace('[model.safetensors]', `["${reference}"]`)}store: reference\n`,
});

let team: ReviewedRepository;
let asked: string[];
beforeEach(() => {
  asked = [];
});
afterEach(() => team.dispose());

/** What only the credentials of the job show. */
function withCredentials(): { readonly remote: RemoteFiles; readonly data: DataReferences } {
  return {
    remote: {
      list: async (reference) => {
        asked.push(formatReference(reference));
        return { kind: 'absent', because: 'there is nothing of that name', remedy: 'Look again.' };
      },
      open: async () => {
        throw new Error('nothing is opened that was not listed');
      },
    },
    data: {
      pin: async (reference) => {
        asked.push(formatReference(reference));
        return { pinned: `${formatReference(reference)}?versionId=7` };
      },
    },
  };
}
const headOf = (branch: string) => team.repository.built.gitRemote('rev-parse', branch);
const ofFork = (branch: string) => ({
  head: { ref: branch, commit: headOf(branch), repository: 'mallory/models', fork: true },
});

describe('what a fork names', () => {
  it('in a commit that only its author reviewed is not read when another commit is registered', async () => {
    team = await makeReviewedRepository(policy);
    await team.push('foreign', naming(stolen));
    const number = team.open('foreign', ofFork('foreign'));
    team.forge.state.edit(number, (pull) => ({
      reviews: [pullReview({ by: 'mallory', commit: pull.head.commit, state: 'commented', submittedAt: team.now() })],
    }));
    await team.push('foreign', {
      [`${folder}/model.yaml`]: manifest.replace('ref: data.csv', "ref: 's3://acme/train.csv'"),
      [`${folder}/model.safetensors`]: weights(2),
    });
    team.sync(number);
    team.review(number, 'bob');
    team.merge(number, 'squash');
    const surroundings = { ...(await team.job()), ...withCredentials() };
    const { registrations } = await registerModels(surroundings, {
      models: [],
      tag: null,
      reason: null,
      dryRun: false,
    });
    expect(asked).toContain('s3://acme/train.csv');
    expect(asked).not.toContain(stolen);
    expect(registrations).toMatchObject([{ version: '1.0.0', decision: { verdict: 'pass' } }]);
  });

  it('is not read for a merge queue, whoever else is in the group', async () => {
    team = await makeReviewedRepository(policy);
    const { built, write, commit } = team.repository;
    await write('models/bot/model.yaml', 'name: bot\nkind: system\nuses: [{ model: fraud, version: "*" }]\n');
    commit('Add a system that is built on the model');
    await team.push('foreign', naming(stolen));
    await team.push('own', { 'models/bot/README.md': 'Words\n', [`${folder}/settings.yaml`]: 'threshold: 0.7\n' });
    const numbers = [team.open('foreign', ofFork('foreign')), team.open('own')];
    const base = headOf('main');
    built.git('fetch', '--quiet', 'origin');
    built.git('checkout', '--quiet', '-B', 'group', base);
    for (const [place, branch] of ['foreign', 'own'].entries())
      built.git('merge', '--quiet', '--no-ff', '-m', `Change (#${numbers[place]})`, `origin/${branch}`);
    built.git('push', '--quiet', '--force', 'origin', 'group');
    const head = built.git('rev-parse', 'HEAD');
    built.git('checkout', '--quiet', 'main');
    const job = { ...(await team.job()), ...withCredentials() };
    if (job.forge === null) throw new Error('no forge');
    const headRef = `gh-readonly-queue/main/pr-${numbers[1]}-${base}`;
    const { judgements } = await reconcileGroup(job, job.forge, { head, base, baseRef: 'main', headRef }, telling);
    expect(asked).toEqual([]);
    const faults = judgements.map(({ models }) => models.map(({ model, fault }) => [model, fault?.code ?? null]));
    expect(faults).toEqual([
      [['fraud', 'source/not-locked']],
      [
        ['bot', null],
        ['fraud', 'source/not-locked'],
      ],
    ]);
  });
});
