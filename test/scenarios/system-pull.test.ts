import { reconcilePull, registerModels, type Telling } from '@weighbridge/flows';
import { judgementTexts } from '@weighbridge/host';
import { afterEach, expect, it } from 'vitest';
import { makeReviewedRepository, type ReviewedRepository } from './reviewed-repository.js';

const policy = `owners: [dana]
reviewers: { ml: { users: [bob, carol] } }
gates:
  development: { reviewers: [{ from: ml }] }
`;
const open = policy.replace('{ reviewers: [{ from: ml }] }', '{}');
const telling: Telling = {
  context: 'weighbridge',
  perModel: false,
  comment: true,
  url: null,
  texts: judgementTexts(null),
};
// The system's name sorts before its part's, so that the order of the names is not that of the parts.
const bot = (range: string) => `name: bot\nkind: system\nuses: [{ model: persona, version: "${range}" }]\n`;
const parts = {
  'models/persona/model.yaml': 'name: persona\nkind: prompt\nprompts: [p.md]\n',
  'models/persona/p.md': 'Answer {{ question }}.\n',
  'models/bot/model.yaml': bot('^1.0.0'),
};

let team: ReviewedRepository;
afterEach(() => team.dispose());

async function judge(number: number) {
  const surroundings = await team.job();
  if (surroundings.forge === null) throw new Error('no forge');
  const { judgement } = await reconcilePull(surroundings, surroundings.forge, number, telling);
  if (judgement === null) throw new Error('it was not judged');
  return judgement;
}

it('a pull request that changes a part and its system shows what registration will make of both', async () => {
  team = await makeReviewedRepository(open);
  for (const [path, text] of Object.entries(parts)) await team.repository.write(path, text);
  team.repository.commit('Add a system and its part');
  await team.repository.run('register');
  await team.repository.write(
    'weighbridge.yaml',
    (await team.repository.read('weighbridge.yaml')).replace(
      'development: {}',
      'development: { reviewers: [{ from: ml }] }',
    ),
  );
  team.repository.commit('Ask reviewers');
  team.repository.built.git('push', '--quiet', 'origin', 'main');

  await team.push('ask', {
    'models/persona/p.md': 'Answer {{ question }} in {{ language }}.\n',
    'models/bot/model.yaml': bot('>=2.0.0'),
  });
  const number = team.open('ask');
  const pending = await judge(number);
  expect(pending.models.map(({ model, weighed, fault }) => [model, weighed?.assessment.next, fault])).toEqual([
    ['bot', '2.0.0', null],
    ['persona', '2.0.0', null],
  ]);
  expect(pending.verdict).toBe('pending');
  team.review(number, 'bob');
  expect((await judge(number)).verdict).toBe('pass');

  // Whoever approved the system approved it with the part as it was.
  await team.push('ask', { 'models/persona/p.md': 'Answer {{ question }} in {{ language }} and at length.\n' });
  team.sync(number);
  const later = await judge(number);
  expect(later.models.map(({ model, decisions }) => [model, decisions[0]?.verdict])).toEqual([
    ['bot', 'pending'],
    ['persona', 'pending'],
  ]);
  team.review(number, 'bob');
  expect((await judge(number)).verdict).toBe('pass');

  const identities = later.models.map(({ weighed }) => weighed?.assessment.identity);
  team.merge(number);
  const request = { models: [], tag: null, reason: null, dryRun: false };
  const { registrations } = await registerModels(await team.job(), request);
  expect(registrations.map(({ tag, outcome }) => `${tag} ${outcome}`)).toEqual([
    'persona@v2.0.0 registered',
    'bot@v2.0.0 registered',
    'fraud@v1.0.0 unchanged',
  ]);
  for (const [place, models] of ['bot', 'persona'].entries()) {
    const { json } = await team.repository.run('show', { models });
    const { versions } = json as { versions: { version: string; identity: string }[] };
    expect(versions.at(-1)).toMatchObject({ version: '2.0.0', identity: identities[place] });
  }
});

it('an approval of a system with a new part does not count for it with the part that is registered', async () => {
  team = await makeReviewedRepository(open);
  for (const [path, text] of Object.entries(parts)) await team.repository.write(path, text);
  team.repository.commit('Add a system and its part');
  await team.repository.run('register');
  const asking = (await team.repository.read('weighbridge.yaml')).replace(
    'development: {}',
    'development: { reviewers: [{ from: ml }] }',
  );
  await team.repository.write('weighbridge.yaml', asking);
  team.repository.commit('Ask reviewers');
  team.repository.built.git('push', '--quiet', 'origin', 'main');

  await team.push('ask', {
    'models/persona/p.md': 'Answer {{ question }} in {{ language }}.\n',
    'models/bot/model.yaml': bot('>=1.0.0'),
  });
  const number = team.open('ask');
  team.review(number, 'bob');
  expect((await judge(number)).verdict).toBe('pass');

  await team.push('ask', { 'models/persona/p.md': parts['models/persona/p.md'] });
  team.sync(number);
  const reverted = await judge(number);
  expect(reverted.models.map(({ model, decisions }) => [model, decisions[0]?.verdict])).toContainEqual([
    'bot',
    'pending',
  ]);
});

it('an approval of a part that was to be made does not count for another that took its version, whenever it was given', async () => {
  team = await makeReviewedRepository(open);
  for (const [path, text] of Object.entries(parts)) await team.repository.write(path, text);
  team.repository.commit('Add a system and its part');
  await team.repository.run('register');
  const asking = (await team.repository.read('weighbridge.yaml')).replace(
    'development: {}',
    'development: { reviewers: [{ from: ml }] }',
  );
  await team.repository.write('weighbridge.yaml', asking);
  team.repository.commit('Ask reviewers');
  team.repository.built.git('push', '--quiet', 'origin', 'main');

  await team.push('ask', {
    'models/persona/p.md': 'Answer {{ question }} in {{ language }}.\n',
    'models/bot/model.yaml': bot('>=2.0.0'),
  });
  const number = team.open('ask');
  const taken = { 'models/persona/p.md': 'Answer {{ question }} for {{ audience }}.\n' };
  await team.push('part', taken);
  const faster = team.open('part');
  team.review(faster, 'bob');
  await judge(faster);
  team.merge(faster);
  const request = { models: [], tag: null, reason: null, dryRun: false };
  const { registrations } = await registerModels(await team.job(), request);
  expect(registrations.map(({ tag, outcome }) => `${tag} ${outcome}`)).toContain('persona@v2.0.0 registered');

  // What bob sees is still the part of this branch, although the other has its version by now.
  // The version was registered by the clock of this machine, which the forge's is behind.
  team.review(number, 'bob');
  const submittedAt = new Date(Date.now() + 60_000).toISOString();
  team.forge.state.edit(number, ({ reviews }) => ({ reviews: reviews.map((each) => ({ ...each, submittedAt })) }));
  await team.push('ask', taken);
  team.sync(number);
  const judgement = await judge(number);
  expect(judgement.models.find(({ model }) => model === 'bot')?.decisions[0]?.verdict).toBe('pending');
  team.review(number, 'carol');
  const approved = await judge(number);
  expect(approved.models.find(({ model }) => model === 'bot')?.decisions[0]?.verdict).toBe('pass');
});
