import { afterEach, expect, it } from 'vitest';
import { reportOf } from '@weighbridge/host';
import { renderJobSummary } from '@weighbridge/report';
import { folder, manifest, weights } from './governed-repository.js';
import { type HubRepository, makeHubRepository } from './hub-repository.js';

const policy = 'owners: [dana]\n';
const tuned = 'models/fraud-de';
const desk = 'models/desk';
const lock = `schema: '2.0'
stages:
  clean:
    cmd: clean raw/payments.csv
    deps: [{ path: raw/payments.csv, md5: 22a1a2931c8370d3aeedd7183606fd7f }]
    outs: [{ path: ${folder}/data.csv, md5: 1536a2931c8370d3aeedd7183606fd7f }]
`;
const files = {
  'dvc.lock': lock,
  'raw/payments.csv': 'a\n',
  [`${tuned}/model.yaml`]: manifest
    .replace('name: fraud', 'name: fraud-de\nbase: { model: "registry:fraud@*" }')
    .replace('ref: data.csv', 'ref: own.csv'),
  [`${tuned}/settings.yaml`]: 'threshold: 0.5\n',
  [`${tuned}/own.csv`]: 'a,b\n3,4\n',
  [`${tuned}/eval.json`]: '{"accuracy": 0.95}\n',
  [`${tuned}/model.safetensors`]: weights(5),
  [`${desk}/model.yaml`]:
    'name: desk\nkind: system\nuses: [{ model: fraud-de, version: "~1.0" }]\ninterface: interface.json\nstore: reference\n',
  [`${desk}/interface.json`]: '{"input": {"type": "object"}}\n',
};

let team: HubRepository;
afterEach(() => team.dispose());

async function judge(change: Readonly<Record<string, string | Uint8Array>>) {
  team = await makeHubRepository(policy, {}, files);
  const { people } = team.hub;
  people.push(team.repository, { by: 'alice', branch: 'change', files: change });
  const pull = people.openPull(team.repository, { by: 'alice', branch: 'change' });
  const judgement = await team.judge(pull);
  if (judgement === null) throw new Error('it was not judged');
  return { judgement, comment: team.comment(pull), summary: renderJobSummary(reportOf(judgement, null)) };
}

it('a change of a base tells which models it reaches, with the bump and where they stand', async () => {
  const { judgement, comment, summary } = await judge({ [`${folder}/model.safetensors`]: weights(2, [3, 2]) });
  expect(judgement.models.map(({ model }) => model)).toEqual(['fraud']);
  expect(judgement.reach?.rows.map(({ model, bump, next, held }) => [model, bump, next, held])).toEqual([
    ['fraud-de', 'major', '2.0.0', false],
    ['desk', 'none', null, true],
  ]);
  expect(comment).toContain('**What this reaches** (**fraud**): 2 models depend on it.');
  expect(comment).toMatch(/\| fraud-de \| development \| 1\.0\.0 \| 2\.0\.0 \(major\) \|/);
  expect(comment).toMatch(/\| desk \| development \| 1\.0\.0 \| stays \|/);
  expect(summary).toContain('Where fraud comes from');
  expect(summary).toMatch(/\[\("\/raw\/payments\.csv md5:22a1a2931c83<br\/>raw data"\)\]/);
  expect(summary).toContain('stage clean');
});

it('a change of raw data tells the models that a pipeline makes from it, though no manifest names it', async () => {
  const { judgement, comment } = await judge({ 'raw/payments.csv': 'b\n' });
  expect(judgement.models).toEqual([]);
  expect(judgement.reach?.rows.map(({ model, bump }) => [model, bump])).toEqual([
    ['fraud', 'minor'],
    ['fraud-de', 'minor'],
    ['desk', 'none'],
  ]);
  expect(comment).toContain('(**/raw/payments.csv**)');
  expect(team.statuses(judgement.at).at(-1)).toBe('weighbridge: success');
});

it('a change of what nobody depends on says nothing of it', async () => {
  const { judgement, comment } = await judge({ [`${desk}/interface.json`]: '{"input": {"type": "string"}}\n' });
  expect(judgement.models.map(({ model }) => model)).toEqual(['desk']);
  expect(judgement.reach).toMatchObject({ subjects: [], rows: [] });
  expect(comment).not.toContain('What this reaches');
});
