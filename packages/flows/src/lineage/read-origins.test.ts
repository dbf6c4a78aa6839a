import { parseModelName, parseVersion } from '@weighbridge/core';
import type { LineVersion, ModelLine } from '@weighbridge/lineage';
import type { LedgerLog } from '@weighbridge/ports';
import { type MemoryRepository, openMemoryRepository } from '@weighbridge/testkit';
import { expect, it } from 'vitest';
import type { Surroundings } from '../surroundings.js';
import { readOrigins } from './read-origins.js';

const model = parseModelName('fraud');
const lockOf = (raw: string) => `schema: '2.0'
stages:
  train:
    cmd: make it
    deps: [{ path: ${raw}, md5: 22a1a2931c8370d3aeedd7183606fd7f }]
    outs: [{ path: model.bin, md5: 33a1a2931c8370d3aeedd7183606fd7f }]
`;
const commits = [
  { files: { 'dvc.lock': lockOf('a.csv') } },
  { files: { 'README.md': 'Words\n' } },
  { files: { 'dvc.lock': lockOf('b.csv') } },
  { files: { 'dvc.lock': lockOf('a.csv') } },
  { files: { 'dvc.lock': null } },
];

function indexOf(repository: MemoryRepository, stages: ModelLine['stages'] = {}) {
  const versions = repository.commits.map(
    (commit, at): LineVersion => ({
      version: parseVersion(`1.${at}.0`),
      identity: `sha256:${at}`,
      dependencies: [],
      artifacts: [],
      retired: false,
      commit,
      origins: null,
    }),
  );
  return new Map([[model, { hash: 'h', line: { model, versions, stages, aliases: {}, declared: null } }]]);
}

/** The ledger says of which files the versions are; what is read of the repository is written down. */
function surroundingsOf(repository: MemoryRepository) {
  const asked: string[] = [];
  const catalogue = {
    versions: repository.commits.map((_, at) => ({ version: `1.${at}.0`, artifacts: [{ path: 'model.bin' }] })),
  };
  const surroundings = {
    ledger: { catalogues: async () => new Map([[model, catalogue]]) } as unknown as LedgerLog,
    repository: {
      ...repository,
      readBlobs: (objects, bounds) => (asked.push(...objects), repository.readBlobs(objects, bounds)),
    },
    progress: () => {},
  } as Partial<Surroundings> as Surroundings;
  return { surroundings, asked };
}

const refsOf = (index: Awaited<ReturnType<typeof readOrigins>>['index']) =>
  index.get(model)?.line.versions.map(({ origins }) => origins?.map(({ ref }) => ref) ?? null);

it('what pipelines read is told by the lock at the commit of each version, each lock is read once, and none again', async () => {
  const repository = openMemoryRepository({ commits });
  const { surroundings, asked } = surroundingsOf(repository);
  const { index, grew, notices } = await readOrigins(surroundings, indexOf(repository), { fetches: false });
  expect(refsOf(index)).toEqual([['/a.csv'], ['/a.csv'], ['/b.csv'], ['/a.csv'], []]);
  expect([grew, notices]).toEqual([true, []]);
  expect(new Set(asked).size).toBe(2);
  expect(asked).toHaveLength(2);
  expect(await readOrigins(surroundings, index, { fetches: true })).toEqual({ index, grew: false, notices: [] });
  expect(asked).toHaveLength(2);
});

it('commits that the clone does not hold are brought for versions that stand somewhere; of the others it is told', async () => {
  const repository = openMemoryRepository({ commits, remote: true, depth: 1 });
  const { surroundings } = surroundingsOf(repository);
  const start = indexOf(repository, { production: parseVersion('1.2.0') });
  const unasked = await readOrigins(surroundings, start, { fetches: false });
  expect(refsOf(unasked.index)).toEqual([null, null, null, null, []]);
  expect(unasked.notices).toMatchObject([
    { level: 'warning', text: expect.stringContaining('4 versions, of which 1') },
  ]);
  const { index, notices } = await readOrigins(surroundings, start, { fetches: true });
  expect(refsOf(index)).toEqual([null, null, ['/b.csv'], null, []]);
  expect(notices).toMatchObject([{ level: 'notice', text: expect.stringContaining('3 versions, of which 0') }]);
});
