import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseModelName, parseVersion } from '@weighbridge/core';
import type { Dependency } from '@weighbridge/ledger';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { RecordedVersion } from '../graph/recorded-version.js';
import { formatReproductionScript, quote } from './format-script.js';
import { planReproduction, type ReproductionFacts } from './plan-reproduction.js';

const commit = 'c0ffee'.padEnd(40, '0');
const recorded: RecordedVersion = {
  model: parseModelName('fraud'),
  kind: 'model',
  version: parseVersion('1.2.0'),
  commit,
  time: '2026-05-01T12:00:00Z',
  tag: 'fraud@v1.2.0',
  dependencies: [],
  artifacts: ['models/fraud/out/model.safetensors'],
  codeFiles: 1,
  environment: { image: null, lock: null, framework: null },
  training: {},
  placements: [],
  pipelines: [],
};
const set = (ref: string, pin: string | null): Dependency => ({ kind: 'data', role: 'train', ref, pin, range: null });
const planOf = (more: Partial<RecordedVersion>, facts: Partial<ReproductionFacts> = {}) =>
  planReproduction({ recorded: { ...recorded, ...more }, command: null, metrics: [], stored: true, ...facts });
const wordsOf = (plan: ReturnType<typeof planOf>, part: string) =>
  plan.steps
    .filter((step) => step.part === part)
    .flatMap(({ commands }) => commands)
    .map((command) => (command.kind === 'program' ? command.words.join(' ') : JSON.stringify(command)));

describe('a plan to make a version again', () => {
  test.each([
    [
      's3://acme/a/b.csv',
      's3://acme/a/b.csv?versionId=3HL4',
      'aws s3api get-object --bucket acme --key=a/b.csv --version-id=3HL4 inputs/acme/a/b.csv',
    ],
    ['gs://acme/b.csv', 'gs://acme/b.csv#17', 'gcloud storage cp gs://acme/b.csv#17 inputs/acme/b.csv'],
    [
      'hf://datasets/acme/t',
      `hf://datasets/acme/t@${commit}`,
      `hf download --repo-type dataset --revision=${commit} --local-dir inputs/acme/t -- acme/t`,
    ],
    ['dvc:/data/t.dvc', 'dvc-md5:aa', 'dvc pull -- data/t.dvc'],
    [
      'lakefs://lake/a.csv',
      `lakefs://lake/${'a'.repeat(64)}/a.csv`,
      `lakectl fs download lakefs://lake/${'a'.repeat(64)}/a.csv inputs/lake/a.csv`,
    ],
    ['wandb:acme/p/t', 'wandb:acme/p/t:v3', 'wandb artifact get --root inputs/t -- acme/p/t:v3'],
    [
      'az://box@acme/b.csv',
      'az://box@acme/b.csv?versionid=7',
      'az storage blob download --container-name=box --account-name=acme --name=b.csv --version-id=7 --file=inputs/box/b.csv',
    ],
  ])('brings %s back as it was', (ref, pin, command) => {
    expect(wordsOf(planOf({ dependencies: [set(ref, pin)] }), 'data')).toContain(command);
  });

  test('compares files of the repository with their digest', () => {
    const plan = planOf({ dependencies: [set('/data/a.csv', `sha256:${'a'.repeat(64)}`)] });
    expect(wordsOf(plan, 'data')).toEqual([
      JSON.stringify({ kind: 'sha256', path: 'data/a.csv', hex: 'a'.repeat(64) }),
    ]);
  });

  test('names what nothing holds still, with what would', () => {
    const refs = ['s3://acme/a', 'mlflow:run1', 'vendor:openai/gpt-4.1'];
    const { missing } = planOf({ dependencies: refs.map((ref) => set(ref, null)) });
    const told = missing.filter(({ part }) => part === 'data');
    expect(told.map(({ what }) => what)).toEqual(refs.map((ref) => `the training data ${ref}`));
    expect(new Set(told.map(({ remedy }) => remedy)).size).toBe(3);
    expect(missing.map(({ part }) => part)).toEqual(['environment', 'data', 'data', 'data', 'run', 'compare']);
  });

  test('runs the stage of the pipeline that made the artifacts, else the command of the record', () => {
    const file = (path: string) => ({ path, written: path, hash: null, sizeBytes: null, kept: null });
    const stages = [{ name: 'train', commands: ['python t.py'], deps: [], outs: [file('out')], params: {} }];
    const pipelines = [{ path: 'models/fraud/dvc.lock', stages }];
    expect(wordsOf(planOf({ pipelines }), 'run')).toEqual([
      'dvc repro --force --single-item -- models/fraud/dvc.yaml:train',
    ]);
    expect(wordsOf(planOf({}, { command: 'python t.py' }), 'run')).toEqual([
      JSON.stringify({ kind: 'recorded', text: 'python t.py' }),
    ]);
  });

  test('tells where dvc.yaml would run other commands than those that dvc.lock recorded', () => {
    const stages = [
      {
        name: 'train',
        commands: ['python t.py'],
        deps: [],
        outs: [{ path: 'out', written: 'out', hash: null, sizeBytes: null, kept: null }],
        params: {},
      },
    ];
    const runMissing = (written: Readonly<Record<string, readonly string[]>>) =>
      planOf({ pipelines: [{ path: 'models/fraud/dvc.lock', stages, written }] }).missing.filter(
        ({ part }) => part === 'run',
      );
    expect(runMissing({ train: ['python t.py'] })).toEqual([]);
    expect(runMissing({ train: ['python other.py'] })).toEqual([
      {
        part: 'run',
        what: 'the command that made it: dvc.lock recorded "python t.py", and models/fraud/dvc.yaml of that commit runs "python other.py"',
        remedy: expect.stringContaining('dvc repro'),
      },
    ]);
    expect(runMissing({})).toMatchObject([
      { what: 'the stage train in models/fraud/dvc.yaml, which dvc.lock recorded' },
    ]);
  });

  test('asks no training of what is written or put together', () => {
    const plan = planOf({ kind: 'system', artifacts: [] }, { stored: false });
    expect(plan.missing.map(({ part }) => part)).toEqual(['compare']);
  });
});

describe('the script', () => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));
  const makeFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'weighbridge-script-'));
    folders.push(folder);
    return folder;
  };

  test('gives a shell any word as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (word) => {
        const clean = word.replaceAll('\0', '');
        fc.pre(!/\p{Surrogate}/u.test(clean));
        const shown = execFileSync('sh', ['-c', `printf '%s' ${quote(word)}`], { encoding: 'utf8' });
        expect(shown).toBe(clean);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  test('shows no sign that a terminal obeys, and gives it to the shell all the same', () => {
    const words = ['\u001b[2Jgone', 'a\rb', "it's\u0007\n", '\u009b31m', '\u202eevil', 'x\u0001\u007f', '\u0085\n\n'];
    for (const word of words) {
      expect(quote(word)).not.toMatch(/[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
      expect(execFileSync('sh', ['-c', `printf '%s' ${quote(word)}`], { encoding: 'utf8' })).toBe(word);
    }
    const plan = planOf(
      { dependencies: [set('s3://acme/a', 's3://acme/a?versionId=\u001b[8m')] },
      { command: words[0] ?? '' },
    );
    const script = formatReproductionScript(plan, { repository: '\u001b]0;x\u0007', commit });
    expect(script).not.toMatch(/[\u0001-\u0008\u000b-\u001f\u007f-\u009f]/);
  });

  test('runs what was planned and nothing that a name asks for', () => {
    const folder = makeFolder();
    const trap = join(folder, 'trap');
    const evil = [
      `$(touch ${trap})`,
      `\`touch ${trap}\``,
      `';touch ${trap};'`,
      `\n touch ${trap}\n`,
      `"; touch ${trap} #`,
    ];
    const dependencies = evil.flatMap((text) => [
      set(`s3://acme/${text.replaceAll('\n', '')}`, `s3://acme/${text.replaceAll('\n', '')}?versionId=1`),
      set(`dvc:/${text}`, 'dvc-md5:aa'),
      set(`/-rf ${text}`, 'tree:aa'),
    ]);
    const plan = planOf(
      {
        dependencies,
        environment: { image: evil.join(' '), lock: { path: `${evil[2]}/uv.lock`, digest: 'none' }, framework: null },
      },
      {
        metrics: evil.map((text) => ({ document: text, path: text, metric: text, value: text })),
      },
    );
    const log = join(folder, 'log');
    for (const name of ['git', 'aws', 'dvc', 'docker', 'uv', 'weighbridge']) {
      const stub = join(folder, name);
      writeFileSync(stub, `#!/bin/sh\necho ${name} >> '${log}'\nif [ "$1" = worktree ]; then mkdir -p "$6"; fi\n`);
      chmodSync(stub, 0o755);
    }
    const script = formatReproductionScript(
      { ...plan, model: `fraud${evil[0]}`, version: `1${evil[3]}` },
      { repository: null, commit: `${commit}${evil[1]}` },
    );
    const ran = spawnSync('sh', ['-s', '--', join(folder, 'again')], {
      input: script,
      cwd: folder,
      env: { PATH: `${folder}:/usr/bin:/bin` },
      encoding: 'utf8',
    });
    expect(ran.stderr.replaceAll(/^missing: .*\n/gm, '')).toBe('');
    expect(ran.status).toBe(0);
    expect(existsSync(trap)).toBe(false);
    const counts = readFileSync(log, 'utf8').split('\n');
    expect(counts.filter((name) => name === 'aws').length).toBe(evil.length);
    expect(counts.at(-2)).toBe('weighbridge');
  });

  test.each([
    ['at hand', 0, 'worktree'],
    ['elsewhere', 128, 'clone'],
  ])('is run in a work tree of the clone that has the commit, else in a clone: %s', (_, status, expected) => {
    const folder = makeFolder();
    const git = `case $1 in cat-file) exit ${status};; worktree) mkdir -p "$6";; clone) mkdir -p "$5";; esac`;
    writeFileSync(join(folder, 'git'), `#!/bin/sh\necho $1 >> '${folder}/log'\n${git}\n`);
    chmodSync(join(folder, 'git'), 0o755);
    writeFileSync(join(folder, 'weighbridge'), '#!/bin/sh\n');
    chmodSync(join(folder, 'weighbridge'), 0o755);
    const script = formatReproductionScript(planOf({ dependencies: [] }), { repository: 'https://git.test/a', commit });
    const env = { PATH: `${folder}:/usr/bin:/bin` };
    const ran = spawnSync('sh', ['-s', '--', join(folder, 'again')], { input: script, cwd: folder, env });
    expect([ran.status, ran.stderr.toString().replaceAll(/^missing: .*\n/gm, '')]).toEqual([0, '']);
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe(`cat-file\n${expected}\ncheckout\n`);
  });
});
