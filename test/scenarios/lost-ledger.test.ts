import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, type GovernedRepository, makeGovernedRepository } from './governed-repository.js';

const branch = 'refs/heads/weighbridge';

describe('a ledger that somebody took away', () => {
  let repository: GovernedRepository;
  let server: string;
  let tips: string[];
  const git = (...args: string[]) => execFileSync('git', args, { cwd: server, encoding: 'utf8' }).trim();
  const change = async (value: string) => {
    await repository.write(`${folder}/settings.yaml`, `threshold: ${value}\n`);
    repository.commit(`Threshold ${value}`);
  };
  beforeAll(async () => {
    repository = await makeGovernedRepository({ remote: true });
    server = resolve(repository.root, repository.built.git('remote', 'get-url', 'origin').replace('file://', ''));
    tips = [];
    for (const value of ['0.6', '0.7']) {
      await change(value);
      await repository.run('register');
      tips.push(git('rev-parse', branch));
    }
    await change('0.8');
  });
  afterAll(() => repository.dispose());

  it('is refused by the clone that saw it, whether it was cut or deleted', async () => {
    git('update-ref', branch, tips[0] ?? '');
    for (const [command, inputs] of [
      ['register', {}],
      ['show', {}],
      ['promote', { model: 'fraud@1.0.0', to: 'staging' }],
    ] as const) {
      expect(await repository.failure(command, inputs)).toBe('ledger/rewound');
    }
    const cut = await repository.run('audit verify');
    expect(cut.exitCode).toBe(1);
    expect(cut.json).toMatchObject({ findings: [{ code: 'checkpoint-inconsistent' }] });
    expect(cut.text).toContain('the memory of this clone');
    git('update-ref', '-d', branch);
    expect(await repository.failure('register')).toBe('ledger/rewound');
    expect(await repository.failure('audit verify')).toBe('flow/ledger-missing');
    git('update-ref', branch, tips[1] ?? '');
    expect((await repository.run('audit verify')).exitCode).toBe(0);
  });

  it('is not begun anew while tags speak of it, in any clone', async () => {
    git('update-ref', '-d', branch);
    // As a fresh clone, which remembers nothing.
    expect((await repository.run('audit forget', { 'dry-run': 'true' })).outputs['forgotten']).toBe('true');
    expect((await repository.run('audit forget')).outputs['forgotten']).toBe('true');
    expect((await repository.run('audit forget')).outputs['forgotten']).toBe('false');
    expect(await repository.failure('audit verify')).toBe('flow/ledger-missing');
    expect(await repository.failure('register')).toBe('flow/ledger-missing');
    expect(await repository.failure('register', { 'dry-run': 'true' })).toBe('flow/ledger-missing');
    expect(git('for-each-ref', branch)).toBe('');
    const main = repository.built.git('branch', '--show-current');
    repository.built.git('checkout', '--quiet', 'fraud@v1.0.0');
    const begun = await repository.run('register', { 'new-ledger': 'true', 'dry-run': 'true' });
    expect(begun.outputs).toMatchObject({ outcome: 'registered', version: '1.0.0' });
    repository.built.git('checkout', '--quiet', main);
    git('update-ref', branch, tips[1] ?? '');
    expect((await repository.run('register')).outputs).toMatchObject({ outcome: 'registered', version: '1.0.2' });
  });

  it('is never written offline: not at the remote, and not as a second one in the clone', async () => {
    await change('0.9');
    const before = repository.built.git('for-each-ref', '--format=%(refname) %(objectname)');
    const objects = git('for-each-ref');
    for (const [command, inputs] of [
      ['register', {}],
      ['promote', { model: 'fraud@1.0.1', to: 'staging' }],
      ['evidence add', { model: 'fraud@1.0.1', file: `${folder}/eval.json` }],
      ['audit rebuild', {}],
    ] as const) {
      // What the clone fetched last is what it knows offline.
      repository.built.git('fetch', '--quiet', 'origin', `+${branch}:refs/remotes/origin/weighbridge`);
      expect(await repository.failure(command, { ...inputs, offline: 'true' }), command).toBe('ledger/offline');
    }
    const planned = await repository.run('register', { offline: 'true', 'dry-run': 'true' });
    expect(planned.outputs).toMatchObject({ outcome: 'registered', version: '1.0.3' });
    expect((await repository.run('audit verify', { offline: 'true' })).exitCode).toBe(0);
    repository.built.git('update-ref', '-d', 'refs/remotes/origin/weighbridge');
    expect(repository.built.git('for-each-ref', '--format=%(refname) %(objectname)')).toBe(
      before
        .split('\n')
        .filter((line) => !line.includes('refs/remotes/origin/weighbridge'))
        .join('\n'),
    );
    expect(git('for-each-ref')).toBe(objects);
    expect((await repository.run('register')).outputs).toMatchObject({ outcome: 'registered', version: '1.0.3' });
  });
});

describe('tags that say nothing of a ledger', () => {
  it('of other tools and of people let the first registration begin one', async () => {
    const repository = await makeGovernedRepository();
    try {
      repository.built.git('tag', '--annotate', '-m', 'Registering artifact churn version v0.9.0', 'churn@v0.9.0');
      repository.built.git('tag', '--annotate', '-m', 'by hand', 'fraud@v1.0.0');
      expect((await repository.run('audit verify')).exitCode).toBe(0);
      expect((await repository.run('register')).outputs).toMatchObject({ outcome: 'registered', version: '1.0.0' });
    } finally {
      await repository.dispose();
    }
  });

  it('a repository without a remote is written offline', async () => {
    const repository = await makeGovernedRepository();
    try {
      expect((await repository.run('register', { offline: 'true' })).outputs['outcome']).toBe('registered');
      expect((await repository.run('audit verify')).json).toMatchObject({ size: 3, findings: [] });
    } finally {
      await repository.dispose();
    }
  });
});
