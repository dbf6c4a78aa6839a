import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GovernedRepository, makeGovernedRepository } from '../scenarios/governed-repository.js';

// What a person waits for at every command is made of processes as much as of work: times depend on the machine, and the
// number of processes does not.
let traces: string;
let log: string;
let repository: GovernedRepository;
const path = process.env['PATH'] ?? '';

beforeAll(async () => {
  traces = await mkdtemp(join(tmpdir(), 'weighbridge-started-'));
  log = join(traces, 'log');
  await mkdir(join(traces, 'bin'));
  const wrapper = `#!/bin/sh\nprintf '%s\\n' "$*" >> '${log}'\nPATH='${path}' exec git "$@"\n`;
  await writeFile(join(traces, 'bin', 'git'), wrapper);
  await chmod(join(traces, 'bin', 'git'), 0o755);
  repository = await makeGovernedRepository({ remote: true });
  await repository.run('register', { models: 'fraud' });
  // What the next commands find as the first one left it.
  await repository.run('show');
});
afterAll(async () => {
  process.env['PATH'] = path;
  await rm(traces, { recursive: true, force: true });
  await repository.dispose();
});

async function startedBy(command: string, inputs: Readonly<Record<string, string>>): Promise<readonly string[]> {
  await writeFile(log, '');
  process.env['PATH'] = `${join(traces, 'bin')}${delimiter}${path}`;
  try {
    expect((await repository.run(command, inputs)).exitCode).toBe(0);
  } finally {
    process.env['PATH'] = path;
  }
  return (await readFile(log, 'utf8')).trimEnd().split('\n');
}

/** The clone is asked for its places and its settings; each look at the ledger is one more, and one at the server. */
it.each([
  ['show', {}, 7],
  ['pull', { model: 'fraud@1.0.0', 'dry-run': 'true' }, 5],
  ['version', { models: 'fraud' }, 11],
  ['store push', {}, 6],
  ['store verify', {}, 6],
  ['gate', { models: 'fraud', to: 'staging' }, 6],
  ['audit verify', {}, 10],
])('%s %j starts git a few times', { timeout: 120_000 }, async (command, inputs, most) => {
  const started = await startedBy(command, inputs);
  expect(started.length, started.join('\n')).toBeLessThanOrEqual(most);
  expect(started.filter((line) => line.startsWith('config --list'))).toHaveLength(1);
  expect(started.filter((line) => line.startsWith('rev-parse'))).toHaveLength(1);
});
