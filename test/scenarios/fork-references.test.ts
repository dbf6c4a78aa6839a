import { reconcileGroup, reconcilePull, registerModels, type Telling } from '@weighbridge/flows';
import { judgementTexts } from '@weighbridge/host';
import { formatAddress, formatReference } from '@weighbridge/manifest';
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
        asked.push(formatAddress(reference));
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

/** Plain files of 15 MiB at one commit of the public Hub, which count what is read of them. */
function publicFiles(count: number): { readonly remote: RemoteFiles; readonly readBytes: () => number } {
  const sizeBytes = 15 * 1024 * 1024;
  let readBytes = 0;
  const remote: RemoteFiles = {
    list: async (reference) => {
      if (reference.scheme !== 'hf') throw new Error('only the Hub is public');
      const at = { ...reference, revision: '1'.repeat(40) };
      const names = Array.from({ length: count }, (_, index) => `part-${index}.bin`);
      const files = names.map((name) => ({ name, address: { ...at, path: name }, sizeBytes, sha256: null }));
      return { kind: 'files', files };
    },
    open: async (file) => ({
      name: 'part',
      sizeBytes: file.sizeBytes,
      read: async (_offset, lengthBytes) => {
        readBytes += lengthBytes;
        return new Uint8Array(lengthBytes);
      },
      close: async () => {},
    }),
  };
  return { remote, readBytes: () => readBytes };
}

describe('what no lock lists', () => {
  async function judge(number: number, remote: RemoteFiles) {
    const { data } = withCredentials();
    const surroundings = { ...(await team.job()), remote, data, forStrangers: { remote, data } };
    if (surroundings.forge === null) throw new Error('no forge');
    return (await reconcilePull(surroundings, surroundings.forge, number, null)).judgement;
  }

  it('is read for a fork up to a bound', async () => {
    team = await makeReviewedRepository(policy);
    await team.push('foreign', naming('hf://mallory/many'));
    const number = team.open('foreign', ofFork('foreign'));
    const many = publicFiles(20);
    const judgement = await judge(number, many.remote);
    expect(judgement?.models.map(({ fault }) => fault?.code)).toEqual(['source/not-locked']);
    expect(many.readBytes()).toBeLessThanOrEqual(256 * 1024 * 1024);
    const few = publicFiles(2);
    expect((await judge(number, few.remote))?.models.map(({ fault }) => fault)).toEqual([null]);
  });

  it('leaves an approval stale where nobody finds it any more, and holds up no judgement', async () => {
    team = await makeReviewedRepository(policy);
    await team.push('own', naming('hf://acme/gone'));
    const number = team.open('own');
    team.review(number, 'bob');
    await team.push('own', { [`${folder}/model.yaml`]: manifest, [`${folder}/model.safetensors`]: weights(2) });
    team.sync(number);
    const { remote } = withCredentials();
    const judgement = await judge(number, remote);
    expect(asked.some((address) => address.includes('acme/gone'))).toBe(true);
    expect(judgement?.models.map(({ fault, decisions }) => [fault, decisions[0]?.verdict])).toEqual([
      [null, 'pending'],
    ]);
    team.review(number, 'carol');
    expect((await judge(number, remote))?.verdict).toBe('pass');
  });

  it('is read once for all commits that were reviewed', async () => {
    team = await makeReviewedRepository(policy);
    await team.push('own', naming('hf://acme/bert'));
    const number = team.open('own');
    team.review(number, 'bob');
    await team.push('own', { 'NOTES.md': 'Words\n' });
    team.sync(number);
    team.review(number, 'carol');
    const { remote, readBytes } = publicFiles(1);
    const judgement = await judge(number, remote);
    expect(judgement?.models.map(({ fault }) => fault)).toEqual([null]);
    expect(readBytes()).toBeLessThan(20 * 1024 * 1024);
  });
});
