import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Version } from '@weighbridge/core';
import {
  filesOfWorkTree,
  type Governance,
  readGovernance,
  selectModels,
  type Surroundings,
  takeSnapshot,
} from '@weighbridge/flows';
import { defaultPolicy } from '@weighbridge/manifest';
import { buildRepository, type BuiltRepository } from '@weighbridge/testkit';
import { assess, type Snapshot } from '@weighbridge/versioning';
import { openSurroundings } from './governed-repository.js';
import { adapterCases } from './version-corpus/adapters.js';
import { archiveCases } from './version-corpus/archives.js';
import type { CorpusCase, Tree } from './version-corpus/corpus-case.js';
import { encoderCases } from './version-corpus/encoders.js';
import { edgeCases } from './version-corpus/edges.js';
import { exportCases } from './version-corpus/exports.js';
import { llamaCases } from './version-corpus/llama.js';
import { mistralQwenCases } from './version-corpus/mistral-qwen.js';
import { promptRetrievalCases } from './version-corpus/prompts-retrieval.js';

const families: Readonly<Record<string, readonly CorpusCase[]>> = {
  Llama: llamaCases,
  'Mistral and Qwen': mistralQwenCases,
  'BERT, T5 and Whisper': encoderCases,
  'LoRA adapters': adapterCases,
  'prompts and retrieval': promptRetrievalCases,
  'files of exporters': exportCases,
  'archives that were compressed': archiveCases,
  'edges of the rules': edgeCases,
};
const all = Object.values(families).flat();
const nameOf = (corpusCase: CorpusCase) => `case-${all.indexOf(corpusCase)}`;

type Side = 'from' | 'to';
interface OpenedSide {
  readonly built: BuiltRepository;
  readonly surroundings: Surroundings;
  readonly governance: Governance;
}
const sides: Partial<Record<Side, OpenedSide>> = {};

/** Both sides as two repositories on the disk, each with every model of its side. */
beforeAll(async () => {
  for (const side of ['from', 'to'] as const) {
    const built = await buildRepository({ commits: [{ files: { 'README.md': '# Corpus\n' } }] });
    for (const corpusCase of all) {
      const name = nameOf(corpusCase);
      const manifest = corpusCase.manifest?.[side] ?? 'kind: model\n';
      const artifacts = Object.keys(corpusCase[side]).some((path) => path.startsWith('w/')) ? 'artifacts: [w]\n' : '';
      await write(join(built.root, 'models', name), {
        'model.yaml': `name: ${name}\n${manifest}${artifacts}`,
        ...corpusCase[side],
      });
    }
    const surroundings = await openSurroundings(built.root);
    const governance = await readGovernance(filesOfWorkTree(surroundings.workTree), surroundings.sha256);
    sides[side] = { built, surroundings, governance };
  }
}, 120_000);
afterAll(async () => {
  for (const side of Object.values(sides)) await side.built.dispose();
});

async function write(folder: string, tree: Tree): Promise<void> {
  for (const [path, content] of Object.entries(tree)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

function opened(side: Side): OpenedSide {
  const found = sides[side];
  if (found === undefined) throw new Error('the corpus is not on the disk');
  return found;
}

async function snapshotOf(side: Side, corpusCase: CorpusCase): Promise<Snapshot> {
  const { surroundings, governance } = opened(side);
  const taken = [];
  for (const model of selectModels(governance, [nameOf(corpusCase)]))
    taken.push(await takeSnapshot(surroundings, model, { depth: 'bytes' }));
  const [first] = taken;
  if (first === undefined) throw new Error(`${corpusCase.name} is not in the corpus`);
  return first.snapshot;
}

test('the corpus has changes of every size in every family', () => {
  expect(all.length).toBeGreaterThanOrEqual(60);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

describe.each(Object.entries(families))('%s', (_, cases) => {
  test.each(cases.map((corpusCase) => [corpusCase.name, corpusCase] as const))(
    '%s',
    { timeout: 60_000 },
    async (_name, corpusCase) => {
      const [from, to] = [await snapshotOf('from', corpusCase), await snapshotOf('to', corpusCase)];
      const [byWeights, byInterface] =
        typeof corpusCase.bump === 'string' ? [corpusCase.bump, corpusCase.bump] : corpusCase.bump;
      for (const [preset, bump] of [
        ['weights', byWeights],
        ['interface', byInterface],
      ] as const) {
        const assessment = assess({
          previous: { version: '1.0.0' as Version, snapshot: from },
          candidate: to,
          policy: { ...defaultPolicy().versioning, preset },
          existing: [],
          sha256: opened('from').surroundings.sha256,
        });
        const told = assessment.changes.map(({ rule }) => rule).sort();
        expect({ preset, bump: assessment.bump, rules: told }).toEqual({ preset, bump, rules: corpusCase.rules });
        expect(assessment.changes.every(({ because }) => because.length > 10)).toBe(true);
        expect(assessment.next).toBe({ none: null, patch: '1.0.1', minor: '1.1.0', major: '2.0.0' }[bump]);
      }
    },
  );
});
