// needs: act, node24
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runAct } from './run-act.js';
import { runBundle } from './run-bundle.js';
import { parseFileCommands } from './runner-files.js';

const actionFiles = {
  'actions/greet/action.yml': `
name: Greet
description: Says what it was given
inputs:
  who-is: { description: Whom, default: nobody }
  token: { description: Never printed, default: "\${{ github.token }}" }
outputs:
  answer: { description: The greeting }
runs: { using: node24, main: main.js }
`,
  'actions/greet/main.js': `
const { appendFileSync, readFileSync } = require('node:fs');
const event = JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'));
const put = (name, text) => appendFileSync(process.env[name], text);
put('GITHUB_OUTPUT', 'answer<<END\\nhello\\n' + process.env['INPUT_WHO-IS'] + '\\nEND\\n');
put('GITHUB_OUTPUT', 'node=' + process.version + '\\nnumber=' + event.number + '\\ncwd=' + process.cwd() + '\\n');
put('GITHUB_ENV', 'GREETED=yes\\n');
put('GITHUB_STEP_SUMMARY', '# Greeted\\n');
console.log('::add-mask::s3cret');
console.log('::warning file=models/a%2Cb.yaml,line=3,title=Look::two%0Alines: 100%25');
if (process.env['INPUT_WHO-IS'] === 'trouble') { console.log('::error::no'); process.exitCode = 1; }
`,
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weighbridge-harness-'));
  await writeFiles(folder, actionFiles);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('runBundle', () => {
  test('gives inputs, defaults and the event, and reads back all that the step said', async () => {
    const result = await runBundle({
      action: join(folder, 'actions', 'greet'),
      inputs: { 'who-is': 'Ada\nLovelace' },
      event: { name: 'pull_request', payload: { number: 7 } },
      cwd: folder,
    });
    expect(result.exitCode).toBe(0);
    expect(result.outputs).toMatchObject({ answer: 'hello\nAda\nLovelace', number: '7' });
    expect(result.outputs['node']).toMatch(/^v24\./);
    expect(result.exportedEnv).toEqual({ GREETED: 'yes' });
    expect(result.summary).toBe('# Greeted\n');
    expect(result.masks).toEqual(['s3cret']);
    expect(result.annotations).toEqual([
      {
        level: 'warning',
        message: 'two\nlines: 100%',
        properties: { file: 'models/a,b.yaml', line: '3', title: 'Look' },
      },
    ]);
  });

  test('shows a step that fails, and the default of an input', async () => {
    const action = join(folder, 'actions', 'greet');
    const failed = await runBundle({ action, inputs: { 'who-is': 'trouble' }, cwd: folder });
    expect(failed.exitCode).toBe(1);
    expect(failed.annotations.at(-1)).toEqual({ level: 'error', message: 'no', properties: {} });
    const usual = await runBundle({ action, cwd: folder });
    expect(usual.outputs['answer']).toBe('hello\nnobody');
  });
});

describe('runAct', () => {
  test('runs a workflow with our actions mapped to a folder', async () => {
    const repository = join(folder, 'repository');
    await writeFiles(repository, { '.github/workflows/greet.yml': workflow });
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args]);
    git('init', '--quiet', '--initial-branch=main');
    git('add', '.');
    git('commit', '--quiet', '--message=first');

    const result = await runAct({
      event: { name: 'pull_request', payload: { number: 7 } },
      workflow: '.github/workflows/greet.yml',
      repository,
      actions: { 'weighbridge-dev/weighbridge@v1': folder },
    });

    expect(result.jobs, result.log).toEqual({ greet: 'success', refuse: 'failure' });
    expect(result.exitCode).toBe(1);
    const greet = result.steps.find((step) => step.job === 'greet' && step.id === 'greet');
    expect(greet).toMatchObject({
      result: 'success',
      summary: '# Greeted\n',
      outputs: { answer: 'hello\nact', number: '7' },
    });
    expect(greet?.outputs['node']).toMatch(/^v24\./);
    expect(greet?.annotations).toMatchObject([{ level: 'warning', message: 'two\nlines: 100%' }]);
    expect(result.steps.find((step) => step.job === 'greet' && step.id === '2')?.output).toContain(
      'answer is hello act',
    );
    expect(result.steps.find((step) => step.job === 'refuse' && step.id === 'greet')?.result).toBe('failure');
  });
});

test('file commands are read as the runner reads them', () => {
  expect(parseFileCommands('a=1=2\nb<<X\n\nc=3\nX\n')).toEqual({ a: '1=2', b: '\nc=3' });
  expect(() => parseFileCommands('a<<X\n1\n')).toThrow('has no end');
  expect(() => parseFileCommands('nothing\n')).toThrow('refuses');
});

const workflow = `
name: greet
on: [pull_request]
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - id: greet
        uses: weighbridge-dev/weighbridge/actions/greet@v1
        with: { who-is: act }
      - run: echo answer is $ANSWER
        env: { ANSWER: "\${{ steps.greet.outputs.answer }}" }
  refuse:
    runs-on: ubuntu-latest
    steps:
      - id: greet
        uses: weighbridge-dev/weighbridge/actions/greet@v1
        with: { who-is: trouble }
`;

async function writeFiles(top: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(top, path)), { recursive: true });
    await writeFile(join(top, path), text);
  }
}
