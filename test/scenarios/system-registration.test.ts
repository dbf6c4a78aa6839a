import { reconcilePull, type RegisterRequest, registerModels, type Telling } from '@weighbridge/flows';
import { judgementTexts } from '@weighbridge/host';
import { afterEach, describe, expect, it } from 'vitest';
import { makeReviewedRepository, type ReviewedRepository } from './reviewed-repository.js';

const gateOf = (when: string) => `owners: [dana]
reviewers: { ml: { users: [bob, carol] } }
gates:
  development: { reviewers: [{ from: ml, when: { ${when} } }] }
`;
const telling: Telling = {
  context: 'weighbridge',
  perModel: false,
  comment: false,
  url: null,
  texts: judgementTexts(null),
};
const bot = (range: string) =>
  `name: bot\nkind: system\nuses: [{ model: persona, version: "${range}" }]\nconfig: [bot.yaml]\n`;
const parts = {
  'models/persona/model.yaml': 'name: persona\nkind: prompt\nprompts: [p.md]\n',
  'models/persona/p.md': 'Answer {{ question }}.\n',
  'models/bot/model.yaml': bot('*'),
  'models/bot/bot.yaml': 'depth: 1\n',
};
const larger = { 'models/persona/p.md': 'Answer {{ question }} in {{ language }}.\n' };
const deeper = { 'models/bot/bot.yaml': 'depth: 2\n' };

let team: ReviewedRepository;
afterEach(() => team.dispose());

/** The team with both models registered, before its policy asks for reviews. */
async function makeTeam(when: string): Promise<void> {
  team = await makeReviewedRepository('');
  await change(parts);
  await register();
  const policy = await team.repository.read('weighbridge.yaml');
  await change({ 'weighbridge.yaml': `${policy}\n${gateOf(when)}` });
}

/** Straight onto the default branch. */
async function change(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await team.repository.write(path, text);
  team.repository.commit('Change');
  team.repository.built.git('push', '--quiet', 'origin', 'main');
}

/** What registration makes of each model but for the one that does not matter here. The clock is the story's. */
async function register(request: Partial<RegisterRequest> = {}): Promise<string[]> {
  const clock = { now: () => new Date(team.now()) };
  const asked = { models: [], tag: null, reason: null, dryRun: false, ...request };
  const { registrations } = await registerModels({ ...(await team.job()), clock }, asked);
  return registrations
    .filter(({ weighed }) => weighed.snapshot.model !== 'fraud')
    .map(({ weighed, version, outcome, heldFor }) => [weighed.snapshot.model, version, outcome, ...heldFor].join(' '));
}

async function judge(number: number) {
  const surroundings = await team.job();
  if (surroundings.forge === null) throw new Error('no forge');
  const { judgement } = await reconcilePull(surroundings, surroundings.forge, number, telling);
  return judgement?.verdict;
}

describe('the registration of a system', { timeout: 240_000 }, () => {
  it('a part that is held back holds back its system, in a dry run too, unless it is locked to another version', async () => {
    await makeTeam('kind: prompt');
    await change({ ...larger, ...deeper });
    const held = ['persona 2.0.0 held-back', 'bot 2.0.0 held-back persona 2.0.0'];
    expect(await register({ dryRun: true })).toEqual(held);
    expect(await register()).toEqual(held);
    const told = await team.repository.run('register', { 'dry-run': 'true' });
    expect(told.text).toContain('Held back: it is built on persona 2.0.0, held back as well. Nothing was written.');
    expect(told.exitCode).toBe(1);
    await change({ 'models/bot/model.yaml': bot('^1.0.0') });
    expect(await register()).toEqual(['persona 2.0.0 held-back', 'bot 1.0.1 registered']);
  });

  it('an approval of a system does not count for a part that changed after it', async () => {
    await makeTeam('kind: system');
    await team.push('ask', { ...larger, ...deeper });
    const number = team.open('ask');
    team.review(number, 'bob');
    expect(await judge(number)).toBe('pass');
    await team.push('ask', { 'models/persona/p.md': 'Answer {{ question }} in {{ language }} and at length.\n' });
    team.sync(number);
    team.merge(number);
    expect(await register()).toEqual(['persona 2.0.0 registered', 'bot 2.0.0 held-back']);
  });

  it('an approval of a system does not count for a version of its part that came after it', async () => {
    await makeTeam('kind: system');
    await team.push('ask', deeper);
    const number = team.open('ask');
    team.review(number, 'bob');
    expect(await judge(number)).toBe('pass');
    await change(larger);
    expect(await register({ models: ['persona'] })).toEqual(['persona 2.0.0 registered']);
    expect(await judge(number)).toBe('pending');
    team.review(number, 'carol');
    expect(await judge(number)).toBe('pass');
    team.merge(number);
    expect(await register()).toEqual(['persona 2.0.0 unchanged', 'bot 2.0.0 registered']);
  });

  it('an approval of a system with its new part does not count for the system with the old one', async () => {
    await makeTeam('kind: system');
    await team.push('ask', { ...larger, ...deeper });
    const number = team.open('ask');
    team.review(number, 'bob');
    team.merge(number);
    expect(await register({ tag: 'bot@v1.0.1' })).toEqual(['bot 1.0.1 held-back']);
    expect(await register({ tag: 'persona@v2.0.0' })).toEqual(['persona 2.0.0 registered']);
    expect(await register({ tag: 'bot@v2.0.0' })).toEqual(['bot 2.0.0 registered']);
  });

  it('whoever approved the change of a part approved the systems that follow it', async () => {
    await makeTeam('kind: system');
    await team.push('ask', larger);
    const number = team.open('ask');
    team.review(number, 'bob');
    team.merge(number);
    expect(await register()).toEqual(['persona 2.0.0 registered', 'bot 2.0.0 registered']);
    await change({ 'models/persona/p.md': 'Say nothing.\n' });
    expect((await register())[1]).toMatch(/^bot \S+ held-back$/);
  });
});
