import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectCode, seededBytes } from '@weighbridge/testkit';
import { describe, expect, test } from 'vitest';
import { disposedBuilds, firstOf as first, fiveCommits as commits, lastOf as last } from '../test/disposed-builds.js';
import { openRepository } from './repository.js';

const text = (content: string) => new TextEncoder().encode(content);
const time = '2026-03-04T05:06:07Z';
const linesOf = (output: string) => output.split('\n').filter((line) => line !== '');

/** What git does beyond the contract of the port: odd histories, odd remotes, odd configurations. */
describe('repository over git', () => {
  const build = disposedBuilds();

  test('opens from any folder of a checkout, and of a linked work tree', async () => {
    const built = await build({ commits: [{ files: { 'deep/er/a': '1' } }] });
    const fromBelow = await openRepository(join(built.root, 'deep', 'er'));
    expect(await fromBelow.listAt(first(built), '')).toEqual(['deep/er/a']);
    expect((await fromBelow.objectsAt(first(built), ['deep/er'])).size).toBe(1);
    const linked = join(built.root, '..', 'linked');
    built.git('worktree', 'add', '--quiet', '--detach', linked);
    const repository = await openRepository(linked);
    expect((await repository.commit('HEAD'))?.id).toBe(first(built));
    expect(await repository.currentBranch()).toBeNull();
  });

  test('commits in the name of an account, or in its own', async () => {
    const built = await build({ commits: commits.slice(0, 1) });
    const repository = await openRepository(built.root);
    const change = { base: first(built), files: new Map([['a', text('x')]]), message: 'Change', time };
    const author = { name: 'alice', email: '7+alice@users.noreply.github.com' };
    const named = await repository.commitFiles({ ...change, branch: 'named', author });
    expect(built.git('log', '-1', '--format=%an %ae %cn %ce', named)).toBe(
      `alice ${author.email} alice ${author.email}`,
    );
    const own = await repository.commitFiles({ ...change, branch: 'own' });
    expect(built.git('log', '-1', '--format=%an %ae', own)).toBe('weighbridge weighbridge@weighbridge.invalid');
  });

  test('says what is no repository', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'weighbridge-plain-'));
    await expectCode(openRepository(folder), 'git/not-a-repository');
    await writeFile(join(folder, '.git'), 'gitdir: nowhere');
    await expectCode(openRepository(folder), 'git/failed');
    await rm(folder, { recursive: true });
  });

  test('a repository without a commit', async () => {
    const built = await build({ commits: [] });
    const repository = await openRepository(built.root);
    expect(await repository.commit('HEAD')).toBeNull();
    expect(await repository.defaultBranch()).toBeNull();
    expect(await repository.currentBranch()).toBe('main');
    expect(await repository.tags()).toEqual([]);
  });

  describe('a shallow clone', () => {
    test('of which the remote is gone does not know', async () => {
      const built = await build({ commits, remote: true, depth: 1 });
      await rm(built.remote ?? '', { recursive: true });
      const repository = await openRepository(built.root);
      expect(await repository.isAncestor(first(built), last(built))).toBe('unknown');
      expect(await repository.isAncestor(last(built), last(built))).toBe(true);
    });

    test('that is offline does not know and does not ask', async () => {
      const built = await build({ commits, remote: true, depth: 1 });
      const repository = await openRepository(built.root, { offline: true });
      expect(repository.hasRemote).toBe(false);
      expect(await repository.isAncestor(first(built), last(built))).toBe('unknown');
      await repository.fetchTags();
      expect(await repository.fetchCommit(first(built))).toBe(false);
    });

    test('is deepened below commits that the remote does not have, and no further than needed', async () => {
      const many = Array.from({ length: 130 }, (_, index) => ({ files: { a: String(index) } }));
      const built = await build({ commits: many, remote: true, depth: 1 });
      built.git('commit', '--quiet', '--allow-empty', '-m', 'Mine');
      const mine = built.git('rev-parse', 'HEAD');
      const repository = await openRepository(built.root);
      expect(await repository.isAncestor(built.commits[110] ?? '', mine)).toBe(true);
      const held = Number(built.git('rev-list', '--count', 'HEAD'));
      expect(held).toBeGreaterThan(20);
      expect(held).toBeLessThan(70);
      expect(await repository.isAncestor(first(built), mine)).toBe(true);
      expect(await repository.isAncestor('d'.repeat(40), mine)).toBe(false);
    }, 60_000);

    test('takes tags without the history behind them', async () => {
      const many = Array.from({ length: 30 }, (_, index) => ({
        files: { a: String(index) },
        tags: index % 10 === 0 || index === 29 ? [`m@v1.${index}.0`] : [],
      }));
      const built = await build({ commits: many, remote: true, depth: 1 });
      const repository = await openRepository(built.root);
      await repository.fetchTags();
      expect((await repository.tags()).map(({ name }) => name)).toEqual([
        'm@v1.0.0',
        'm@v1.10.0',
        'm@v1.20.0',
        'm@v1.29.0',
      ]);
      expect(built.git('rev-list', '--count', '--all')).toBe('4');
      expect(await repository.isAncestor(built.commits[10] ?? '', last(built))).toBe(true);
    });

    test('reads commit by commit; other refs and FETCH_HEAD stay as they were', async () => {
      const built = await build({
        commits: [{ files: { a: '1' }, tags: ['m@v1.0.0'] }, ...commits],
        remote: true,
        depth: 1,
      });
      const before = built.git('for-each-ref');
      const repository = await openRepository(built.root);
      expect(await repository.isAncestor(first(built), last(built))).toBe(true);
      expect(await repository.fetchCommit(built.commits[1] ?? '')).toBe(true);
      expect(built.git('for-each-ref')).toBe(before);
      expect(existsSync(join(built.root, '.git', 'FETCH_HEAD'))).toBe(false);
    });
  });

  describe('files of a commit', () => {
    test('symlinks are refused, submodules are not listed, modes do not matter', async () => {
      const built = await build({ commits: [{ files: { a: '1' } }] });
      await symlink('/etc/passwd', join(built.root, 'link'));
      await chmod(join(built.root, 'a'), 0o755);
      built.git('add', '.');
      built.git('update-index', '--add', '--cacheinfo', `160000,${first(built)},sub`);
      built.git('commit', '--quiet', '-m', 'Odd');
      const repository = await openRepository(built.root);
      const head = built.git('rev-parse', 'HEAD');
      expect(await repository.listAt(head, '')).toEqual(['a', 'link']);
      await expectCode(repository.readFileAt(head, 'link', 99), 'git/symlink');
      expect(await repository.readFileAt(head, 'sub', 99)).toBeNull();
      expect(await repository.readFileAt(head, 'a', 99)).toEqual(text('1'));
    });

    test('a partial clone brings what is read', async () => {
      const built = await build({ commits, remote: true });
      built.gitRemote('config', 'uploadpack.allowFilter', 'true');
      const partial = join(built.root, '..', 'partial');
      built.git('clone', '--quiet', '--filter=blob:none', '--no-checkout', `file://${built.remote}`, partial);
      const repository = await openRepository(partial);
      expect(await repository.readFileAt(first(built), 'a', 9)).toEqual(text('0'));
    });

    test('a partial clone brings many files in one trip', async () => {
      const files = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}`, `content ${index}`]));
      const built = await build({ commits: [{ files }], remote: true });
      built.gitRemote('config', 'uploadpack.allowFilter', 'true');
      built.gitRemote('config', 'uploadpack.allowAnySHA1InWant', 'true');
      const partial = join(built.root, '..', 'partial');
      built.git('clone', '--quiet', '--filter=blob:none', '--no-checkout', `file://${built.remote}`, partial);
      const repository = await openRepository(partial);
      const read = await repository.readFilesAt(first(built), Object.keys(files), 99);
      expect(read.size).toBe(20);
      expect(read.get('7')).toEqual(text('content 7'));
      // One pack of the clone itself, and one of what was read.
      const packs = (await readdir(join(partial, '.git', 'objects', 'pack'))).filter((name) => name.endsWith('.pack'));
      expect(packs).toHaveLength(2);
    });

    test('a full clone stays full, however much is read', async () => {
      const files = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}`, `content ${index}`]));
      const built = await build({ commits: [{ files }], remote: true });
      built.gitRemote('config', 'uploadpack.allowFilter', 'true');
      built.gitRemote('config', 'uploadpack.allowAnySHA1InWant', 'true');
      const full = join(built.root, '..', 'full');
      built.git('clone', '--quiet', '--no-checkout', `file://${built.remote}`, full);
      const told = async () => [
        await readFile(join(full, '.git', 'config'), 'utf8'),
        await readdir(join(full, '.git', 'objects', 'pack')),
      ];
      const before = await told();
      const repository = await openRepository(full);
      expect((await repository.readFilesAt(first(built), Object.keys(files), 99)).size).toBe(20);
      expect(await told()).toEqual(before);
    });

    test('a large file waits on the disk while it is open, and is gone afterwards', async () => {
      const large = seededBytes(7, 17 * 1024 * 1024);
      const built = await build({ commits: [{ files: { large, small: 'x' } }] });
      const repository = await openRepository(built.root);
      const folders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('weighbridge-blob-'));
      const before = await folders();
      const source = await repository.openAt(first(built), 'large', large.length);
      expect((await folders()).length).toBe(before.length + 1);
      const offset = 16 * 1024 * 1024;
      expect(Buffer.from((await source?.read(offset, 999)) ?? [])).toEqual(
        Buffer.from(large.subarray(offset, offset + 999)),
      );
      await source?.close();
      expect(await folders()).toEqual(before);
      const both = await repository.readFilesAt(first(built), ['small', 'large'], large.length);
      expect(Buffer.compare(Buffer.from(both.get('large') ?? []), large)).toBe(0);
      expect(both.get('small')).toEqual(text('x'));
    });

    test('a commit may claim any time', async () => {
      const built = await build({ commits: [{ files: { a: '1' } }] });
      const raw = built
        .git('cat-file', 'commit', 'HEAD')
        .replace(/^committer .*$/m, 'committer A <a@b> 99999999999999999 +0000');
      await writeFile(join(built.root, 'raw'), `${raw}\n`);
      const id = built.git('hash-object', '-t', 'commit', '-w', '--literally', 'raw');
      const repository = await openRepository(built.root);
      expect((await repository.commit(id))?.time).toBe('9999-12-31T23:59:59Z');
    });
  });

  describe('tags', () => {
    const newTag = { name: 'fraud@v1.0.0', message: 'Registering artifact fraud version v1.0.0', time };

    test('are made by the tool at the time given, whatever the user configured', async () => {
      const built = await build({ commits, remote: true });
      built.git('tag', '-a', '-m', 'local', 'local@v1.0.0', first(built));
      built.git('branch', 'local-branch');
      for (const [key, value] of [
        ['tag.gpgSign', 'true'],
        ['push.followTags', 'true'],
        ['fetch.prune', 'true'],
        ['fetch.pruneTags', 'true'],
        ['push.default', 'matching'],
        ['user.signingKey', 'none'],
      ]) {
        built.git('config', key ?? '', value ?? '');
      }
      const repository = await openRepository(built.root);
      expect(await repository.createTag({ ...newTag, commit: last(built) })).toBe('created');
      await repository.fetchTags();
      const [, , , tagger] = linesOf(built.gitRemote('cat-file', 'tag', newTag.name));
      expect(tagger).toBe(`tagger weighbridge <weighbridge@weighbridge.invalid> ${Date.parse(time) / 1000} +0000`);
      expect(linesOf(built.gitRemote('for-each-ref', '--format=%(refname)'))).toEqual([
        'refs/heads/main',
        `refs/tags/${newTag.name}`,
      ]);
      expect((await repository.tags()).map(({ name }) => name)).toEqual([newTag.name, 'local@v1.0.0']);
      built.git('fsck', '--strict');
    });

    test('of trees and blobs are left out, tags of tags are followed', async () => {
      const built = await build({ commits: [{ files: { a: '1' }, tags: ['one'] }] });
      built.git('tag', '-a', '-m', 'two', 'two', 'one');
      built.git('tag', '-a', '-m', 'three', 'three', 'two');
      built.git('tag', 'tree', 'HEAD^{tree}');
      built.git('tag', '-a', '-m', 'blob', 'blob', 'HEAD:a');
      const repository = await openRepository(built.root);
      const tags = await repository.tags();
      expect(tags.map(({ name, commit }) => [name, commit])).toEqual([
        ['one', first(built)],
        ['three', first(built)],
        ['two', first(built)],
      ]);
      await expectCode(repository.createTag({ ...newTag, name: 'tree', commit: first(built) }), 'git/tag-exists');
    });

    test('two clones race for one name: the same commit is one tag, another commit is refused', async () => {
      const built = await build({ commits, remote: true });
      const clones = await Promise.all([built.clone(), built.clone(), built.clone(), built.clone()]);
      const repositories = await Promise.all(clones.map(({ root }) => openRepository(root)));
      const outcomes = await Promise.all(
        repositories.map((repository, index) =>
          repository.createTag({ ...newTag, commit: last(built), time: `2026-03-04T05:06:0${index}Z` }),
        ),
      );
      expect([...outcomes].sort()).toEqual(['created', 'present', 'present', 'present']);
      const objects = await Promise.all(repositories.map(async (repository) => (await repository.tags())[0]?.object));
      expect(new Set(objects)).toEqual(new Set([built.gitRemote('rev-parse', newTag.name)]));

      const name = 'fraud@v2.0.0';
      const settled = await Promise.allSettled(
        repositories.map((repository, index) =>
          repository.createTag({ ...newTag, name, commit: built.commits[index] ?? '' }),
        ),
      );
      const codes = settled.map((result) => (result.status === 'rejected' ? result.reason.code : 'created'));
      expect([...codes].sort((left, right) => (String(left) < String(right) ? -1 : 1))).toEqual([
        'created',
        'git/tag-exists',
        'git/tag-exists',
        'git/tag-exists',
      ]);
    });

    test('that the remote has a rule against are refused by name, and not made in the clone', async () => {
      const built = await build({ commits, remote: true });
      const hook = join(built.remote ?? '', 'hooks', 'pre-receive');
      await writeFile(hook, '#!/bin/sh\necho protected >&2\nexit 1\n');
      await chmod(hook, 0o755);
      const repository = await openRepository(built.root);
      const error = await expectCode(repository.createTag({ ...newTag, commit: last(built) }), 'git/push-refused');
      expect(error.fields['reason']).toContain('pre-receive hook declined');
      expect(await repository.tags()).toEqual([]);
    });

    test('whose name git does not allow, and a remote that is gone', async () => {
      const built = await build({ commits, remote: true });
      const repository = await openRepository(built.root);
      await expectCode(repository.createTag({ ...newTag, name: 'a..b', commit: last(built) }), 'git/failed');
      await rm(built.remote ?? '', { recursive: true });
      await expectCode(repository.createTag({ ...newTag, commit: last(built) }), 'git/failed');
      await expectCode(repository.fetchTags(), 'git/failed');
      expect(await repository.tags()).toEqual([]);
    });
  });

  describe('commits on a branch', () => {
    const change = { branch: 'weighbridge/fraud', message: 'Set production to 1.2.0\n\nBecause.', time };

    test('leave work tree and index as they are, and keep modes', async () => {
      const built = await build({ commits: [{ files: { 'run.sh': '1', a: '1' } }], remote: true });
      await chmod(join(built.root, 'run.sh'), 0o755);
      built.git('commit', '--quiet', '-am', 'Mode');
      await writeFile(join(built.root, 'staged'), 's');
      built.git('add', 'staged');
      await writeFile(join(built.root, 'a'), 'dirty');
      const [status, refs] = [built.git('status', '--porcelain'), built.git('for-each-ref', 'refs/heads')];
      const repository = await openRepository(built.root);
      const base = built.git('rev-parse', 'HEAD');
      const made = await repository.commitFiles({
        ...change,
        base,
        files: new Map([
          ['run.sh', text('2')],
          ['b', text('b')],
        ]),
      });
      expect(built.git('status', '--porcelain')).toBe(status);
      expect(built.git('for-each-ref', 'refs/heads')).toBe(refs);
      expect(await readFile(join(built.root, 'a'), 'utf8')).toBe('dirty');
      expect(built.gitRemote('ls-tree', '--name-only', made)).toBe('a\nb\nrun.sh');
      expect(built.gitRemote('ls-tree', made, 'run.sh')).toMatch(/^100755 /);
      const log = built.gitRemote('log', '-1', '--format=%an %cn%n%B', made).trimEnd();
      expect(log).toBe(`weighbridge weighbridge\n${change.message}`);
    });

    test('a file takes the place of a folder', async () => {
      const built = await build({ commits: [{ files: { 'x/y': '1', z: '1' } }] });
      const repository = await openRepository(built.root);
      const files = new Map([
        ['x', text('file')],
        ['z/deep', text('2')],
      ]);
      const made = await repository.commitFiles({ ...change, base: first(built), files });
      expect(await repository.listAt(made, '')).toEqual(['x', 'z/deep']);
    });

    test('two clones that make the same change agree on one commit', async () => {
      const built = await build({ commits, remote: true });
      const clones = await Promise.all([built.clone(), built.clone({ depth: 1 })]);
      const made = await Promise.all(
        clones.map(async ({ root }, index) => {
          const repository = await openRepository(root);
          const files = new Map([['b', text('1')]]);
          return repository.commitFiles({ ...change, base: last(built), files, time: `2026-03-04T05:06:0${index}Z` });
        }),
      );
      expect(new Set(made)).toEqual(new Set([built.gitRemote('rev-parse', change.branch)]));
    });

    test('a branch of unrelated commits at the remote is not overwritten', async () => {
      const built = await build({ commits, remote: true });
      const other = await built.clone();
      other.git('checkout', '--quiet', '-b', change.branch);
      other.git('commit', '--quiet', '--allow-empty', '-m', 'Theirs');
      other.git('push', '--quiet', 'origin', change.branch);
      const repository = await openRepository(built.root);
      const attempt = repository.commitFiles({ ...change, base: last(built), files: new Map([['b', text('1')]]) });
      await expectCode(attempt, 'git/branch-moved');
      expect(built.gitRemote('rev-parse', change.branch)).toBe(other.git('rev-parse', 'HEAD'));
    });
  });
});
