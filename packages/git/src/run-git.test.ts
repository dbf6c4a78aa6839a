import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectCode } from '@weighbridge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redact } from './redact.js';
import { runGit, runGitText } from './run-git.js';

const secret = 'AUTHORIZATION: basic c2VjcmV0LXRva2Vu';

describe('runGit', () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'weighbridge-git-'));
    await runGit(['init', '--quiet'], { cwd });
  });
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  test('gives output and takes input', async () => {
    expect(await runGitText(['hash-object', '--stdin'], { cwd, input: 'hello\n' })).toBe(
      'ce013625030ba8dba906f756967f9e9ca394464a',
    );
  });

  test('configuration goes by the environment, repeated keys included', async () => {
    const gitConfig = [
      ['http.https://forge.test/.extraheader', 'first: 1'],
      ['http.https://forge.test/.extraheader', 'second: 2'],
    ] as const;
    expect(await runGitText(['config', '--get-all', 'http.https://forge.test/.extraheader'], { cwd, gitConfig })).toBe(
      'first: 1\nsecond: 2',
    );
  });

  test('an exit code is a failure unless it was named as an answer', async () => {
    const args = ['rev-parse', '--verify', 'refs/heads/none'];
    const error = await expectCode(runGit(args, { cwd }), 'git/failed');
    expect(error.fields).toMatchObject({ command: 'rev-parse', exitCode: 128 });
    expect((await runGit(args, { cwd, allowExit: [128] })).exitCode).toBe(128);
    expect((await runGit(args, { cwd, allowExit: 'any' })).exitCode).toBe(128);
  });

  test('a folder that is not there is named', async () => {
    await expectCode(runGit(['status'], { cwd: join(cwd, 'none') }), 'git/no-folder');
  });

  test('too much output and too much time end the command', async () => {
    await expectCode(runGit(['help', '-a'], { cwd, maxOutputBytes: 100 }), 'git/output-too-large');
    const wait = ['-c', 'alias.wait=!node -e "setTimeout(() => {}, 60000)"', 'wait'];
    await expectCode(runGit(wait, { cwd, timeoutMs: 200 }), 'git/timeout');
  });

  test('no credential is in an error, wherever git repeats it', async () => {
    const url = 'http://user:hunter2hunter2@127.0.0.1:1/acme/models.git';
    const gitConfig = [['http.extraheader', secret]] as const;
    const error = await expectCode(runGit(['ls-remote', url], { cwd, gitConfig }), 'git/failed');
    const text = `${error.message} ${JSON.stringify(error.fields)} ${error.remedy} ${String(error.cause)}`;
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain('c2VjcmV0');
  });

  test('variables of a surrounding hook do not lead elsewhere', async () => {
    process.env['GIT_DIR'] = join(cwd, 'elsewhere');
    try {
      expect(await runGitText(['rev-parse', '--git-dir'], { cwd })).toBe('.git');
    } finally {
      delete process.env['GIT_DIR'];
    }
  });
});

test('redaction keeps what is no credential', () => {
  expect(redact('https://alice:pw@forge.test/x and https://forge.test/y')).toBe(
    'https://***@forge.test/x and https://forge.test/y',
  );
  expect(redact(`fatal: ${secret}`)).toBe('fatal: AUTHORIZATION: basic ***');
  expect(redact('key is abcdefgh12', ['abcdefgh12'])).toBe('key is ***');
  expect(redact('true story', ['true'])).toBe('true story');
});
