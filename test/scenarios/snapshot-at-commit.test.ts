import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  assessModels,
  filesOfWorkTree,
  openCommitFiles,
  readContentDigests,
  readGovernance,
  type Surroundings,
} from '@weighbridge/flows';
import type { Repository, WorkTree } from '@weighbridge/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  folder,
  type GovernedRepository,
  makeGovernedRepository,
  openSurroundings,
  weights,
} from './governed-repository.js';

const tokenizer = JSON.stringify({
  version: '1.0',
  added_tokens: [],
  normalizer: null,
  pre_tokenizer: null,
  model: { type: 'BPE', dropout: null, unk_token: '<unk>', vocab: { a: 0, b: 1, ab: 2, '<unk>': 3 }, merges: ['a b'] },
});

const wide = `name: fraud
kind: model
artifacts: ["out/*", model.safetensors]
code: [/src/train]
config: ["conf*/*.yaml", settings.yaml]
prompts: ["prompts/*.md"]
interface: interface.json
retrieval: retrieval.yaml
data: [{ name: train, role: train, ref: data }, { name: holdout, role: eval, ref: holdout.csv }]
environment: { lock: /requirements.lock }
metrics: [{ id: eval, path: eval.json }]
training: { framework: pytorch, framework_version: 2.9.0, hardware: 1xA100, duration: PT1H }
`;

/** What a repository may hold besides the model that makeGovernedRepository puts there. */
const many: Readonly<Record<string, string | Uint8Array>> = {
  [`${folder}/model.yaml`]: wide,
  [`${folder}/README.md`]: '# Fraud\r\nwith the line ends of another system\r\n',
  [`${folder}/out/config.json`]: '{"model_type": "llama", "hidden_size": 8}\n',
  [`${folder}/out/tokenizer.json`]: tokenizer,
  [`${folder}/out/weights 1.safetensors`]: weights(3, [4, 4]),
  [`${folder}/conf-a/größe.yaml`]: 'batch: 32\r\nseed: 7\r\n',
  [`${folder}/prompts/answer.md`]: 'Answer {{ question }} of {{ user }}\n',
  [`${folder}/interface.json`]: '{"inputs": {"type": "object"}}\n',
  [`${folder}/retrieval.yaml`]: 'chunk: { size: 512 }\n',
  [`${folder}/data/a/1.csv`]: '1\n',
  [`${folder}/data/2.csv`]: '2\n',
  [`${folder}/data.csv`]: '',
  [`${folder}/holdout.csv`]: '3\n',
  'src/train/main.py': 'print(1)\n',
  'src/train/[odd] name.py': 'print(2)\n',
  'requirements.lock': 'torch==2.9.0\n',
};

const pointerTo = (bytes: Uint8Array) =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${createHash('sha256').update(bytes).digest('hex')}\nsize ${bytes.length}\n`;

async function weigh(surroundings: Surroundings, commit: string | null) {
  const files =
    commit === null ? filesOfWorkTree(surroundings.workTree) : await openCommitFiles(surroundings.repository, commit);
  const governance = await readGovernance(files, surroundings.sha256);
  const [weighed] = await assessModels(surroundings, governance, governance.models, { depth: 'bytes' });
  if (weighed === undefined) throw new Error('no model');
  const { snapshot, assessment, sources } = weighed;
  return { snapshot, assessment, sources };
}

/** A checkout that nobody may look at. */
const noWorkTree = new Proxy({} as WorkTree, {
  get: (_, name) => () => {
    throw new Error(`the work tree was asked for ${String(name)}`);
  },
});

describe('a snapshot at a commit', () => {
  let repository: GovernedRepository;
  beforeAll(async () => {
    repository = await makeGovernedRepository({ remote: true });
  });
  afterAll(() => repository.dispose());

  /** Pushes a commit on a branch of its own, as a pull request does, and goes back to where everybody is. */
  async function propose(branch: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
    const { built, write } = repository;
    built.git('checkout', '--quiet', '-b', branch, 'main');
    for (const [path, content] of Object.entries(files)) await write(path, content);
    built.git('add', '-A');
    built.git('commit', '--quiet', '-m', branch);
    built.git('push', '--quiet', 'origin', `HEAD:refs/pull/${branch}/head`);
    const commit = built.git('rev-parse', 'HEAD');
    built.git('checkout', '--quiet', 'main');
    return commit;
  }

  /** A clean checkout of one commit. */
  async function checkOut(commit: string, options: readonly string[] = []): Promise<Surroundings> {
    const clone = await repository.built.clone({ depth: 1 });
    for (const option of options) clone.git('config', ...option.split('='));
    clone.git('fetch', '--quiet', '--depth=1', 'origin', commit);
    // With an empty index, git writes every file anew.
    clone.git('read-tree', '--empty');
    clone.git('checkout', '--quiet', '--force', commit);
    return openSurroundings(clone.root);
  }

  /** A privileged job stands on the default branch, with one commit of history, and never looks at the checkout. */
  async function elsewhere(): Promise<Surroundings> {
    const clone = await repository.built.clone({ depth: 1 });
    return { ...(await openSurroundings(clone.root)), workTree: noWorkTree };
  }

  it('is that of a clean checkout of the commit, whatever the model is made of', async () => {
    const commit = await propose('everything', many);
    const [here, there] = [await weigh(await checkOut(commit), null), await weigh(await elsewhere(), commit)];
    expect(there).toEqual(here);
    expect(here.snapshot.artifacts.map(({ path, document }) => [path, document?.type ?? null])).toEqual([
      ['model.safetensors', null],
      ['out/config.json', 'hf-config'],
      ['out/tokenizer.json', 'tokenizer'],
      ['out/weights 1.safetensors', null],
    ]);
    expect(here.snapshot.code).toHaveLength(2);
    expect(here.snapshot.data.map(({ pinned }) => pinned)).toEqual([
      expect.stringMatching(/^sha256:/),
      expect.stringMatching(/^tree:/),
    ]);
  });

  it('is the same in a checkout that writes text with CRLF, by configuration or by attributes', async () => {
    const plain = await propose('line-ends', many);
    const crlf = await checkOut(plain, ['core.autocrlf=true']);
    const settings = await readFile(join(crlf.workTree.root, folder, 'settings.yaml'), 'utf8');
    expect(settings).toContain('\r\n');
    const there = await weigh(await elsewhere(), plain);
    expect(await weigh(crlf, null)).toEqual(there);
    const attributes = '* text=auto\n*.yaml text eol=crlf\n*.md -text\n';
    const attributed = await propose('attributes', { ...many, '.gitattributes': attributes });
    expect(await weigh(await checkOut(attributed), null)).toEqual(await weigh(await elsewhere(), attributed));
    expect((await crlf.workTree.changed([`${folder}/settings.yaml`])).size).toBe(0);
  });

  it('answers the three digests, and tells which of two commits changed what', async () => {
    const plain = await propose('digests', many);
    const metrics = await propose('metrics', { ...many, [`${folder}/eval.json`]: '{"accuracy": 0.96}\n' });
    const words = await propose('words', { ...many, [`${folder}/README.md`]: '# Other\n' });
    const weighed = await weigh(await elsewhere(), plain);
    const { identity, evidence, snapshot: record } = weighed.assessment;
    const surroundings = await elsewhere();
    const digests = (commit: string) => readContentDigests(surroundings, { commit, model: 'fraud' });
    expect(await digests(plain)).toEqual({ identity, evidence, record });
    expect(await digests(metrics)).toMatchObject({ identity, evidence: expect.not.stringContaining(evidence) });
    expect(await digests(words)).toMatchObject({ identity, evidence, record: expect.not.stringContaining(record) });
    expect(await readContentDigests(surroundings, { commit: plain, model: 'other' })).toBeNull();
    await expect(digests('f'.repeat(40))).rejects.toMatchObject({ code: 'flow/commit-missing' });
  });

  it('takes ignored weights and their documents from the lock alone', async () => {
    const { built, write, run } = repository;
    await write('.gitignore', 'out/\n*.safetensors\n');
    built.git('checkout', '--quiet', '-b', 'locked', 'main');
    for (const [path, content] of Object.entries(many)) await write(path, content);
    await write(`${folder}/model.safetensors`, weights(9));
    built.git('rm', '--quiet', '--cached', `${folder}/model.safetensors`);
    await run('store push');
    built.git('add', '-A');
    built.git('commit', '--quiet', '-m', 'Weights in the store');
    built.git('push', '--quiet', 'origin', 'HEAD:refs/heads/locked');
    const commit = built.git('rev-parse', 'HEAD');
    expect(built.git('ls-files', `${folder}/out`, `${folder}/model.safetensors`)).toBe('');
    const bytes = await weigh(await openSurroundings(built.root), null);
    built.git('checkout', '--quiet', '--force', 'main');
    const there = await weigh({ ...(await elsewhere()), store: null }, commit);
    expect(there).toEqual(bytes);
    expect(there.snapshot.artifacts.find(({ path }) => path.endsWith('tokenizer.json'))?.document?.type).toBe(
      'tokenizer',
    );
    expect(
      Object.keys(there.snapshot.artifacts.find(({ path }) => path === 'model.safetensors')?.tensors ?? {}),
    ).toEqual(['layer.weight']);
  });

  it('knows a pointer of Git LFS by its content', async () => {
    const bytes = weights(5);
    const table = new TextEncoder().encode('a,b\n7,8\n');
    const files = { [`${folder}/model.safetensors`]: pointerTo(bytes), [`${folder}/data.csv`]: pointerTo(table) };
    const commit = await propose('pointers', files);
    const there = await weigh(await elsewhere(), commit);
    expect(there).toEqual(await weigh(await checkOut(commit), null));
    const sha256 = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    expect(there.snapshot.artifacts[0]).toMatchObject({ size: bytes.length, sha256, header: null });
    expect(there.snapshot.data[0]?.pinned).toBe(`sha256:${createHash('sha256').update(table).digest('hex')}`);
    const settings = await propose('pointer-settings', { [`${folder}/settings.yaml`]: pointerTo(table) });
    await expect(weigh(await elsewhere(), settings)).rejects.toMatchObject({ code: 'flow/lfs-pointer' });
  });

  it('does not see what git ignores, and neither does the checkout', async () => {
    const commit = await propose('ignored', { ...many, '.gitignore': '__pycache__/\n' });
    const surroundings = await checkOut(commit);
    const before = await weigh(surroundings, null);
    const cache = join(surroundings.workTree.root, 'src/train/__pycache__/main.pyc');
    await mkdir(dirname(cache), { recursive: true });
    await writeFile(cache, 'x');
    expect(await weigh(surroundings, null)).toEqual(before);
    await rm(dirname(cache), { recursive: true });
  });

  it('fetches one commit and no history', async () => {
    const commit = await propose('shallow', { [`${folder}/settings.yaml`]: 'threshold: 0.9\n' });
    const clone = await repository.built.clone({ depth: 1 });
    const surroundings = await openSurroundings(clone.root);
    await readContentDigests(surroundings, { commit, model: 'fraud' });
    expect(clone.git('rev-list', '--count', commit)).toBe('1');
    expect(clone.git('status', '--porcelain')).toBe('');
  });

  it('reads a code folder of a thousand files in few commands', async () => {
    const sources = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`src/train/${index}.py`, `${index}\n`]),
    );
    const commit = await propose('thousand', { ...many, ...sources });
    const surroundings = await elsewhere();
    let asked = 0;
    const counted = new Proxy(surroundings.repository, {
      get: (target, name) => {
        const member = target[name as keyof Repository];
        if (typeof member !== 'function') return member;
        return (...args: never[]) => {
          asked++;
          return (member as (...given: never[]) => unknown)(...args);
        };
      },
    });
    const { snapshot } = await weigh({ ...surroundings, repository: counted }, commit);
    expect(snapshot.code).toHaveLength(1002);
    // Places where a manifest, a lock, a pipeline or a run may lie are asked for one by one, whatever lies beside them.
    expect(asked).toBeLessThan(100);
  });
});
