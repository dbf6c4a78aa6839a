import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reconcilePull, registerModels } from '@weighbridge/flows';
import { judgementTexts } from '@weighbridge/host';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, weights } from './governed-repository.js';
import { makeReviewedRepository, type ReviewedRepository } from './reviewed-repository.js';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const example = join(checkout, 'examples', 'governed-repository');
const texts = judgementTexts(null);

describe('the example repository, as a team copies it', () => {
  let team: ReviewedRepository;

  const judge = async (number: number) => {
    const surroundings = await team.job();
    if (surroundings.forge === null) throw new Error('no forge');
    const telling = { context: 'weighbridge', perModel: false, comment: true, url: null, texts };
    const { judgement } = await reconcilePull(surroundings, surroundings.forge, number, telling);
    if (judgement === null) throw new Error(`#${number} was not judged`);
    return { comment: await texts.comment(judgement), status: texts.status([judgement]) };
  };
  /** A retrain on more data, on which one country lost. */
  const openRetrain = async () => {
    const rows = await team.repository.read(`${folder}/data.csv`);
    const measured = await team.repository.read(`${folder}/eval.json`);
    await team.push('retrain', {
      [`${folder}/model.safetensors`]: weights(2),
      [`${folder}/data.csv`]: `${rows}45.00,fr,0\n`,
      [`${folder}/eval.json`]: measured.replace('0.922', '0.874'),
    });
    return team.open('retrain');
  };

  beforeAll(async () => {
    team = await makeReviewedRepository('');
    const { write, read, commit, run } = team.repository;
    for (const path of await filesOf(example)) await write(path, await readFile(join(example, path)));
    commit('Begin with the example');
    await run('register');
    for (const to of ['staging', 'production']) await run('promote', { model: 'fraud@1.0.0', to, how: 'direct' });
    commit('Everything runs 1.0.0');
    await write('weighbridge.yaml', (await read('weighbridge.yaml')).replace('mode: warn', 'mode: enforce'));
    commit('Verdicts count from now on');
  });
  afterAll(() => team.dispose());

  it('is complete: init finds nothing to add', async () => {
    const { written, kept } = (await team.repository.run('init', { 'dry-run': 'true' })).json as {
      readonly written: readonly string[];
      readonly kept: readonly string[];
    };
    expect({ written, kept: kept.length }).toEqual({ written: [], kept: 10 });
  });

  it('begins by telling and blocks nothing', async () => {
    const { models } = (await team.repository.run('show')).json as { models: { stages: object }[] };
    expect(models[0]?.stages).toMatchObject({ staging: '1.0.0', production: '1.0.0' });
  });

  it('tells on pull requests what the README shows of it', async () => {
    const readme = await readFile(join(checkout, 'README.md'), 'utf8');
    const number = await openRetrain();
    const retrain = await judge(number);
    expect(retrain.status.state).toBe('pending');
    for (const line of shownIn(readme, 'retrain')) expect(retrain.comment).toContain(line);

    team.review(number, 'bob');
    expect((await judge(number)).status.state).toBe('success');
    team.merge(number);
    await registerModels(await team.job(), { models: [], tag: null, reason: null, dryRun: false });
    await team.repository.run('promote', { model: 'fraud@1.1.0', to: 'staging', how: 'direct' });
    await team.push('promote', { [`${folder}/stages.yaml`]: 'staging: 1.1.0\nproduction: 1.1.0\n' });
    const promotion = await judge(team.open('promote'));
    expect(promotion.status.state).toBe('failure');
    for (const line of shownIn(readme, 'promotion')) expect(promotion.comment).toContain(line);
  });
});

/** Lines of the README's quotation in a region. */
function shownIn(readme: string, region: string): readonly string[] {
  const text = new RegExp(`<!-- ${region}:begin -->\\n([\\s\\S]*?)<!-- ${region}:end -->`).exec(readme)?.[1] ?? '';
  const lines = text.split('\n').flatMap((line) => (/^>? *$/.test(line) ? [] : [line.replace(/^> /, '')]));
  expect(lines.length, region).toBeGreaterThan(0);
  return lines;
}

async function filesOf(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}
