import { execFileSync } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectCode } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { privateFolderOf, readClone, remoteUrl, withSettings } from './clone.js';
import { isPartial, plainUrl, remoteNames, valueOf } from './clone-settings.js';

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'weighbridge-clone-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
    .toString()
    .trim();

async function init(...args: readonly string[]): Promise<string> {
  const root = join(folder, 'work');
  run(folder, 'init', '--quiet', ...args, root);
  return root;
}

describe('what a clone says of itself', () => {
  test.each([['sha1'], ['sha256']])('is where it is, in a checkout of %s', async (format) => {
    const root = await init(`--object-format=${format}`);
    const clone = await readClone(root);
    expect(clone).toMatchObject({ top: root, gitFolder: join(root, '.git'), objectFormat: format });
    expect(privateFolderOf(clone)).toBe(join(root, '.git', 'weighbridge'));
  });

  test('is the same of a linked work tree, but for its root', async () => {
    const root = await init();
    run(root, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', 'First');
    run(root, 'worktree', 'add', '--quiet', '--detach', join(folder, 'linked'));
    const linked = await readClone(join(folder, 'linked'));
    expect(linked).toMatchObject({ top: join(folder, 'linked'), gitFolder: join(root, '.git'), mainTop: root });
    expect((await readClone(root)).mainTop).toBeNull();
  });

  test('of a work tree of a bare repository has no other root', async () => {
    const root = await init('--bare');
    const tree = run(root, 'mktree');
    const commit = run(root, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit-tree', '-m', 'First', tree);
    run(root, 'worktree', 'add', '--quiet', '--detach', join(folder, 'linked'), commit);
    expect(await readClone(join(folder, 'linked'))).toMatchObject({ top: join(folder, 'linked'), mainTop: null });
  });

  test('of a work tree that is linked to a submodule has its root as git wrote it down', async () => {
    const root = await init();
    run(root, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '--quiet', '--allow-empty', '-m', 'First');
    const outer = join(folder, 'outer');
    run(folder, 'init', '--quiet', outer);
    run(outer, '-c', 'protocol.file.allow=always', 'submodule', 'add', '--quiet', root, 'inner');
    run(join(outer, 'inner'), 'worktree', 'add', '--quiet', '--detach', join(folder, 'linked'));
    expect((await readClone(join(folder, 'linked'))).mainTop).toBe(join(outer, 'inner'));
  });

  test('has no root where the repository is bare', async () => {
    const root = await init('--bare');
    expect(await readClone(root)).toMatchObject({ top: null, gitFolder: root });
  });

  test('has the reason of git when there is none', async () => {
    await expectCode(readClone(folder), 'git/failed');
    await writeFile(join(folder, '.git'), 'gitdir: nowhere');
    await expectCode(readClone(folder), 'git/failed');
  });
});

describe('the settings of a clone', () => {
  test('are those that git tells, the last one the strongest, of several lines and without a value too', async () => {
    const root = await init();
    run(root, 'config', 'user.name', 'Ada');
    run(root, 'config', '--add', 'user.name', 'Ada\nLovelace');
    await writeFile(join(folder, 'more'), '[http]\n\tsslVerify\n[remote "Odd.Name"]\n\tURL = x\n');
    run(root, 'config', 'include.path', join(folder, 'more'));
    const { settings } = await readClone(root);
    expect(valueOf(settings, 'user.name')).toBe(run(root, 'config', 'user.name'));
    expect(valueOf(settings, 'http.sslverify')).toBe('');
    expect(valueOf(settings, 'no.such')).toBeNull();
    expect(settings.find(({ key }) => key === 'remote.Odd.Name.url')).toMatchObject({ scope: 'local', value: 'x' });
    const more = withSettings(await readClone(root), [['User.Name', 'Eve']]);
    expect(valueOf(more.settings, 'user.name')).toBe('Eve');
  });

  test('leave it to git which address counts where the list of them begins anew', () => {
    const settings = ['/srv/a', '', '/srv/b'].map((value) => ({ scope: 'local', key: 'remote.origin.url', value }));
    expect(plainUrl(settings, 'origin', 'fetch')).toBeNull();
    expect(plainUrl(settings.slice(0, 1), 'origin', 'fetch')).toBe('/srv/a');
  });

  test.each([
    ['one remote', [['remote.origin.url', '/srv/a']]],
    [
      'several addresses',
      [
        ['remote.origin.url', '/srv/a'],
        ['remote.origin.url', '/srv/b'],
      ],
    ],
    [
      'an address of its own for pushes',
      [
        ['remote.origin.url', '/srv/a'],
        ['remote.origin.pushurl', '/srv/p'],
      ],
    ],
    [
      'rewritten addresses',
      [
        ['remote.origin.url', 'gh:a'],
        ['url.https://github.com/.insteadOf', 'gh:'],
      ],
    ],
    [
      'addresses rewritten for pushes',
      [
        ['remote.origin.url', 'gh:a'],
        ['url.ssh://x/.pushInsteadOf', 'gh:'],
      ],
    ],
    ['a name that is a path', [['remote./srv/a.url', '/srv/b']]],
    ['a remote without an address', [['remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*']]],
    [
      'a name with dots and capitals',
      [
        ['remote.Up.Stream.url', '/srv/a'],
        ['remote.other.url', '/srv/b'],
      ],
    ],
    [
      'no remote',
      [
        ['remote.pushDefault', 'origin'],
        ['branch.main.remote', 'elsewhere'],
      ],
    ],
  ])('name the remotes and their addresses as git does: %s', async (_, configured) => {
    const root = await init();
    for (const [key = '', value = ''] of configured) run(root, 'config', '--add', key, value);
    const clone = await readClone(root);
    const names = run(root, 'remote').split('\n').filter(Boolean);
    expect([...remoteNames(clone.settings)].sort()).toEqual(names.sort());
    const askGit = (...args: readonly string[]): string | null => {
      try {
        return run(root, 'remote', 'get-url', ...args);
      } catch {
        return null;
      }
    };
    for (const name of ['origin', ...names]) {
      expect(await remoteUrl(clone, name, 'fetch')).toBe(askGit(name));
      expect(await remoteUrl(clone, name, 'push')).toBe(askGit('--push', name));
    }
  });

  test('tell a partial clone', async () => {
    const root = await init();
    expect(isPartial((await readClone(root)).settings)).toBe(false);
    for (const [key, value] of [
      ['remote.origin.partialclonefilter', 'blob:none'],
      ['remote.a.b.promisor', 'true'],
      ['extensions.partialClone', 'origin'],
    ] as const) {
      run(root, 'config', key, value);
      expect(isPartial((await readClone(root)).settings), key).toBe(true);
      run(root, 'config', '--unset', key);
      expect(isPartial((await readClone(root)).settings)).toBe(false);
    }
  });
});
