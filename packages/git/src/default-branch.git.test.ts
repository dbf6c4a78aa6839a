import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { disposedBuilds, fiveCommits as commits, lastOf as last } from '../test/disposed-builds.js';
import { openRepository } from './repository.js';

describe('the default branch', () => {
  const build = disposedBuilds();

  test('is asked of the remote when the clone does not say, and may be unknown offline', async () => {
    const built = await build({ commits, remote: true, branch: 'trunk' });
    built.git('remote', 'set-head', 'origin', '--delete');
    built.git('checkout', '--quiet', '-b', 'topic');
    const repository = await openRepository(built.root);
    expect(await repository.defaultBranch()).toEqual({ name: 'trunk', commit: last(built) });
    const offline = await openRepository(built.root, { offline: true });
    expect(await offline.defaultBranch()).toEqual({ name: 'topic', commit: last(built) });
    const named = await openRepository(built.root, { offline: true, gitConfig: [['init.defaultBranch', 'trunk']] });
    expect((await named.defaultBranch())?.name).toBe('trunk');
  });

  test('of the remote is what the remote says now, whatever the clone believes, and nothing else', async () => {
    const built = await build({ commits, remote: true, branch: 'trunk' });
    built.git('push', '--quiet', 'origin', 'trunk:later');
    built.git('--git-dir', built.remote ?? '', 'symbolic-ref', 'HEAD', 'refs/heads/later');
    const repository = await openRepository(built.root);
    // The clone has a stale origin/HEAD.
    expect((await repository.defaultBranch())?.name).toBe('trunk');
    expect(await repository.defaultBranch({ ofRemote: true })).toEqual({ name: 'later', commit: last(built) });
    await rm(built.remote ?? '', { recursive: true });
    const alone = await openRepository(built.root);
    expect(await alone.defaultBranch({ ofRemote: true })).toBeNull();
  });

  test('falls back when the remote is gone', async () => {
    const built = await build({ commits, remote: true });
    built.git('remote', 'set-head', 'origin', '--delete');
    await rm(built.remote ?? '', { recursive: true });
    built.git('checkout', '--quiet', '--detach');
    const repository = await openRepository(built.root, { gitConfig: [['init.defaultBranch', 'none-such']] });
    expect(await repository.defaultBranch()).toBeNull();
  });
});
