import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from '@weighbridge/host';
import { runCommandLine } from './command-line.js';
import { foreignWords, ownLineFor } from './foreign-words.js';
import { groupOfHelp } from './help-groups.js';

let stdout = '';
let stderr = '';
beforeEach(() => {
  [stdout, stderr] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

describe('the command line', () => {
  it('tells its commands and exits well', async () => {
    expect(await runCommandLine(['--help'])).toBe(0);
    for (const word of ['init', 'version', 'gate', 'register', 'promote', 'rollback', 'audit', 'Exit codes'])
      expect(stdout).toContain(word);
  });

  it('tells of one command what it tells of it among all, and runs it behind a double dash', async () => {
    expect(await runCommandLine(['show', '--help'])).toBe(0);
    const alone = stdout;
    stdout = '';
    expect(await runCommandLine(['help', 'show'])).toBe(0);
    expect(stdout).toBe(alone);
    expect(alone).toContain('weighbridge show [options] [models...]');
    expect(await runCommandLine(['--', 'promote', 'fraud@1.0.0'])).toBe(2);
    expect(stderr).toContain('--to');
  });

  it('tells all commands of a group, whichever of them is named behind it', async () => {
    expect(await runCommandLine(['help', 'store'])).toBe(0);
    const group = stdout;
    for (const word of ['push', 'stats', 'collect', 'url']) expect(group).toMatch(new RegExp(`^ +${word} `, 'm'));
    stdout = '';
    expect(await runCommandLine(['help', 'store', 'push'])).toBe(0);
    expect(stdout).toBe(group);
  });

  it('gives --version to the command that has one, and does not answer with its own', async () => {
    expect(await runCommandLine(['promote', 'fraud', '--version', '1.0.0', '--to', 'staging', '-C', '/'])).toBe(2);
    expect(stdout).toBe('');
    expect(await runCommandLine(['--version'])).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('ends with 2 for words that it does not know, and says so on stderr', async () => {
    expect(await runCommandLine(['regsiter'])).toBe(2);
    expect(stderr).toContain('regsiter');
    expect(await runCommandLine(['version', '--no-such-flag'])).toBe(2);
    expect(stdout).toBe('');
  });

  it.each([
    [
      ['pull'],
      "missing required argument 'model'",
      'weighbridge pull <model> [options]',
      'weighbridge pull fraud@1.4.0',
    ],
    [['pull', 'a@1', 'b@2'], 'too many arguments', 'weighbridge pull <model>', 'weighbridge pull fraud@1.4.0'],
    [
      ['verify', 'a@1', '--outptu', 'x'],
      'Did you mean --output?',
      'weighbridge verify <model> [folder]',
      'verify fraud',
    ],
    [['pull', 'a@1', '--into'], 'argument missing', 'weighbridge pull <model>', 'weighbridge pull fraud@1.4.0'],
    [['store', 'sattes'], "unknown command 'sattes'", 'weighbridge store <command>', 'weighbridge store'],
    [['store'], 'a command is missing', 'weighbridge store <command>', 'weighbridge store'],
    [
      ['adapters'],
      "missing required option '--for <BASE>'",
      'weighbridge adapters --for <BASE> [options]',
      'weighbridge adapters --for llama-3-1-8b@1.2.0',
    ],
    [
      ['rollback', 'fraud', '--stage', 'production', '--reason', ' '],
      "missing required option '--reason",
      'weighbridge rollback <model>',
      'weighbridge rollback fraud',
    ],
    [['regsiter'], 'Did you mean register?', 'weighbridge <command>', 'weighbridge version'],
  ])('%j is told once, with the usage and an example', async (words, reason, usage, example) => {
    expect(await runCommandLine(words)).toBe(2);
    for (const text of [reason, usage, example, '--help', '[host/usage]']) expect(stderr).toContain(text);
    expect(stderr.split(reason)).toHaveLength(2);
    expect(stdout).toBe('');
  });

  it.each([
    ['promote', ['fraud@1.0.0'], { stage: 'staging' }, '--to'],
    ['rollback', ['fraud'], { reason: 'False positives' }, '--reason'],
  ])(
    '%s takes what is left out from the inputs of a workflow that somebody ran',
    async (command, words, inputs, flag) => {
      const folder = await mkdtemp(join(tmpdir(), 'weighbridge-event-'));
      const path = join(folder, 'event.json');
      try {
        vi.stubEnv('GITHUB_EVENT_PATH', path);
        await writeFile(path, JSON.stringify({ inputs: {} }));
        expect(await runCommandLine([command, ...words, '--json', '-C', folder])).toBe(2);
        expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'host/usage' } });
        expect(stderr).toContain(flag);
        await writeFile(path, JSON.stringify({ inputs }));
        stdout = '';
        expect(await runCommandLine([command, ...words, '--json', '-C', folder])).toBe(2);
        // It goes on to the next trouble: there is no repository.
        expect(JSON.parse(stdout)).not.toMatchObject({ error: { code: 'host/usage' } });
      } finally {
        vi.unstubAllEnvs();
        await rm(folder, { recursive: true, force: true });
      }
    },
  );

  it.each(['list', 'status', 'push', 'log', 'validate'])('tells who types "%s" what does it here', async (word) => {
    expect(await runCommandLine([word])).toBe(2);
    expect(stderr).toContain(`such as "${ownLineFor(word)}"`);
  });

  it('answers an error as one JSON document with --json', async () => {
    expect(await runCommandLine(['pull', '--json'])).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'host/usage' } });
    stdout = '';
    expect(await runCommandLine(['diff', 'a.onnx', 'b.onnx', '--json', '-C', '/'])).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'flow/path-not-found', remedy: expect.any(String) } });
    expect(stderr).toContain('flow/path-not-found');
  });
});

describe('words of other tools', () => {
  const names = commands.map(({ spec }) => spec.name);

  it.each(foreignWords)('%s is no command of ours and leads to one', (word) => {
    expect(names.map((name) => name.split(' ')[0])).not.toContain(word);
    const line = ownLineFor(word) ?? '';
    expect(names.some((name) => `${line} `.startsWith(`weighbridge ${name} `))).toBe(true);
    // Who wants something done is not to be told of a preview.
    expect(line).not.toContain('--assume');
  });

  it('are those of the table alone', () => {
    expect(ownLineFor('constructor')).toBeNull();
    expect(ownLineFor('regsiter')).toBeNull();
  });
});

describe('--help', () => {
  it('has each command below a heading', () => {
    const without = commands.filter(({ spec: { name } }) => !name.includes(' ') && groupOfHelp(name) === 'Commands:');
    expect(without).toEqual([]);
    expect(['audit', 'store', 'evidence', 'hold'].map(groupOfHelp)).not.toContain('Commands:');
  });
});
