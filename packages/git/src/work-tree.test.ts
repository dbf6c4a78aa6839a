import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { utf8 } from '@weighbridge/core';
import { type BuiltRepository, buildRepository, describeWorkTree, expectCode } from '@weighbridge/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { findRepositoryRoot } from './repository-root.js';
import { openWorkTree } from './work-tree.js';

async function lay(root: string, files: Readonly<Record<string, string | Uint8Array | null>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    if (content === null) {
      await rm(file);
      continue;
    }
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

describeWorkTree('checkout', async ({ committed = {}, files = {}, ignored = [], symlinks = [] }) => {
  const built = await buildRepository({ commits: [{ files: committed }] });
  await writeFile(join(built.root, '.git', 'info', 'exclude'), ignored.map((path) => `/${path}\n`).join(''));
  await lay(built.root, files);
  for (const link of symlinks) await symlink('/etc', join(built.root, link));
  return { workTree: openWorkTree(built.root), dispose: built.dispose };
});

describeWorkTree('folder of a checkout', async ({ committed = {}, files = {}, ignored = [], symlinks = [] }) => {
  const inner = Object.entries(committed).map(([path, content]) => [`in ner/${path}`, content] as const);
  const built = await buildRepository({ commits: [{ files: { ...Object.fromEntries(inner), 'outer.txt': 'o' } }] });
  const root = join(built.root, 'in ner');
  await writeFile(join(built.root, '.git', 'info', 'exclude'), ignored.map((path) => `/in ner/${path}\n`).join(''));
  await lay(root, files);
  for (const link of symlinks) await symlink('/etc', join(root, link));
  return { workTree: openWorkTree(root), dispose: built.dispose };
});

describe('work tree', () => {
  let built: BuiltRepository | null = null;
  let folder: string | null = null;
  afterEach(async () => {
    await built?.dispose();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
    built = null;
    folder = null;
  });

  test('a folder outside of git is read, listed and written all the same', async () => {
    folder = await mkdtemp(join(tmpdir(), 'weighbridge-plain-'));
    await lay(folder, { 'b.txt': 'b', 'a/ü x.txt': 'a', 'node_modules/x.js': '', '.git-not/x': '' });
    await symlink('/etc', join(folder, 'link'));
    const workTree = openWorkTree(folder);
    expect(await workTree.list('')).toEqual(['.git-not/x', 'a/ü x.txt', 'b.txt', 'link']);
    expect(await workTree.list('a')).toEqual(['a/ü x.txt']);
    expect(await workTree.list('absent')).toEqual([]);
    expect(await workTree.ignored(['b.txt'])).toEqual(new Set());
    expect(await workTree.changed(['b.txt', 'a', 'absent'])).toEqual(new Set(['b.txt', 'a']));
    await expectCode(workTree.list('link'), 'git/symlink');
    await expectCode(workTree.read('link/passwd', 100), 'git/symlink');
  });

  test('names with line breaks', async () => {
    built = await buildRepository({ commits: [{ files: { 'a\nb': '1', 'tab\tx': '1' } }] });
    await lay(built.root, { 'c\n\nd': '', 'a\nb': '2' });
    const workTree = openWorkTree(built.root);
    expect(await workTree.list('')).toEqual(['a\nb', 'c\n\nd', 'tab\tx']);
    expect(await workTree.changed(['a\nb', 'c\n\nd', 'tab\tx'])).toEqual(new Set(['a\nb', 'c\n\nd']));
  });

  test('a checkout without a commit: everything is new', async () => {
    built = await buildRepository({ commits: [] });
    await lay(built.root, { a: '' });
    expect(await openWorkTree(built.root).list('')).toEqual(['a']);
    expect(await openWorkTree(built.root).changed(['a', 'b'])).toEqual(new Set(['a']));
  });

  test('a folder is listed whatever the length of its name', async () => {
    const folders = Array.from({ length: 40 }, (_, length) => `base-model/llama/${'v'.repeat(length + 1)}`);
    const files = Object.fromEntries(folders.map((folder) => [`${folder}/m.bin`, 'x']));
    built = await buildRepository({ commits: [{ files: { ...files, 'base-model/node_modules/a/b': 'x' } }] });
    const workTree = openWorkTree(built.root);
    for (const folder of folders) expect(await workTree.list(folder)).toEqual([`${folder}/m.bin`]);
    expect((await workTree.list('base-model')).filter((path) => path.includes('node_modules'))).toEqual([]);
  });

  test('staged files count as changed, and repositories inside are not listed', async () => {
    built = await buildRepository({ commits: [{ files: { a: '1' } }] });
    await lay(built.root, { staged: '1', 'inner/x': '' });
    built.git('add', 'staged');
    built.git('init', '--quiet', 'inner');
    const workTree = openWorkTree(built.root);
    expect(await workTree.changed(['a', 'staged'])).toEqual(new Set(['staged']));
    expect(await workTree.list('')).toEqual(['a', 'staged']);
  });

  test('writing keeps the mode, leaves no temporary file, and cannot replace a folder', async () => {
    built = await buildRepository({ commits: [{ files: { 'run.sh': '1', 'folder/x': '' } }] });
    await chmod(join(built.root, 'run.sh'), 0o755);
    const workTree = openWorkTree(built.root);
    await workTree.write('run.sh', new Uint8Array(3));
    expect((await stat(join(built.root, 'run.sh'))).mode & 0o777).toBe(0o755);
    await expectCode(workTree.write('folder', new Uint8Array(1)), 'git/io');
    await expectCode(workTree.write('run.sh/x', new Uint8Array(1)), 'git/io');
    expect((await readdir(built.root)).sort()).toEqual(['.git', 'folder', 'run.sh']);
  });

  test('a file that became shorter is an error, not other bytes', async () => {
    const sizeBytes = 3_000_000;
    built = await buildRepository({ commits: [{ files: { a: new Uint8Array(sizeBytes) } }] });
    const source = await openWorkTree(built.root).open('a');
    await writeFile(join(built.root, 'a'), 'he');
    await expectCode(source?.read(0, sizeBytes) ?? Promise.resolve(), 'git/io');
    expect(await source?.readInto?.(new Uint8Array(10), 0)).toBe(2);
    await source?.close();
  });

  test('a file that is closed again takes no other file along', async () => {
    built = await buildRepository({ commits: [{ files: { a: 'first', b: 'second' } }] });
    const workTree = openWorkTree(built.root);
    const first = await workTree.open('a');
    await first?.close();
    // The system gives the lowest number that is free: that of the first file.
    const second = await workTree.open('b');
    await first?.close();
    expect(await second?.read(0, 6)).toEqual(utf8('second'));
    await second?.close();
    await first?.close();
  });

  test('of a small file what was there at the first read is read, whole and no more', async () => {
    built = await buildRepository({ commits: [{ files: { a: 'hello' } }] });
    const source = await openWorkTree(built.root).open('a');
    expect(await source?.read(0, 1)).toEqual(utf8('h'));
    await writeFile(join(built.root, 'a'), 'other words');
    expect(await source?.read(1, 4)).toEqual(utf8('ello'));
    const target = new Uint8Array(7);
    expect(await source?.readInto?.(target, 3)).toBe(2);
    expect(target).toEqual(utf8('lo\0\0\0\0\0'));
    await expectCode(source?.read(3, 3) ?? Promise.resolve(), 'git/io');
    await source?.close();
  });

  test('finds the root from below, and says when there is none', async () => {
    built = await buildRepository({ commits: [{ files: { 'a/b/c': '' } }] });
    expect(await findRepositoryRoot(join(built.root, 'a', 'b'))).toBe(built.root);
    expect(await findRepositoryRoot(built.root)).toBe(built.root);
    expect(await findRepositoryRoot(join(built.root, 'a', 'not there'))).toBe(built.root);
    folder = await mkdtemp(join(tmpdir(), 'weighbridge-plain-'));
    expect(await findRepositoryRoot(folder)).toBeNull();
    await symlink(join(built.root, 'a'), join(folder, 'link'));
    expect(await findRepositoryRoot(join(folder, 'link'))).toBe(built.root);
  });
});
