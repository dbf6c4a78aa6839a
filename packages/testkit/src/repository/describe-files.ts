import { describe, expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import { absentCommit, text, type OpenRepository } from './repository-under-test.js';

/** Files and objects as commits have them. */
export function describeFiles(open: OpenRepository): void {
  describe('files', () => {
    test('reads them as each commit has them', async () => {
      const { repository, first, second } = await open({
        commits: [{ files: { 'a/b.txt': 'one', gone: 'x' } }, { files: { 'a/b.txt': 'two', gone: null } }],
      });
      expect(await repository.readFileAt(first, 'a/b.txt', 3)).toEqual(text('one'));
      expect(await repository.readFileAt(second, 'a/b.txt', 3)).toEqual(text('two'));
      expect(await repository.readFileAt(second, 'gone', 3)).toBeNull();
      for (const absent of ['a', 'a/c', 'a/b.txt/c', '*', ':(top)a']) {
        expect(await repository.readFileAt(second, absent, 9)).toBeNull();
      }
      const error = await expectCode(repository.readFileAt(first, 'a/b.txt', 2), 'git/file-too-large');
      expect(error.fields).toEqual({ path: 'a/b.txt', sizeBytes: 3, maxBytes: 2 });
    });

    test('keeps bytes as they are', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      const { repository, first } = await open({ commits: [{ files: { bin: bytes, empty: '' } }] });
      expect(Buffer.from((await repository.readFileAt(first, 'bin', 256)) ?? []).equals(bytes)).toBe(true);
      expect(await repository.readFileAt(first, 'empty', 0)).toHaveLength(0);
    });

    test('reads many at once and leaves out what is absent', async () => {
      const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
      const { repository, first } = await open({ commits: [{ files: { bin: bytes, 'a b/c': 'x\n', empty: '' } }] });
      const asked = ['a b/c', 'absent', 'bin', 'a b', 'empty', 'bin', 'bin/x'];
      const read = await repository.readFilesAt(first, asked, 300);
      expect([...read.keys()].sort()).toEqual(['a b/c', 'bin', 'empty']);
      expect(read.get('bin')).toEqual(bytes);
      expect(read.get('a b/c')).toEqual(text('x\n'));
      expect(read.get('empty')).toHaveLength(0);
      expect((await repository.readFilesAt(first, [], 1)).size).toBe(0);
      const many = Array.from({ length: 450 }, (_, index) => `absent/${index}`);
      expect([...(await repository.readFilesAt(first, [...many, 'bin'], 300)).keys()]).toEqual(['bin']);
      const error = await expectCode(repository.readFilesAt(first, ['empty', 'bin'], 299), 'git/file-too-large');
      expect(error.fields).toEqual({ path: 'bin', sizeBytes: 300, maxBytes: 299 });
    });

    test('tells files by their names in many commits, and reads them by their ids', async () => {
      const { repository, first, second } = await open({
        commits: [
          { files: { lock: 'one', 'a/lock': 'two', 'a/block': 'x', 'b/lock/c': 'y', "d/li\nne'é/lock": 'one' } },
          { files: { lock: 'longer', 'a/lock': null, 'z/a.yaml': 'two' } },
        ],
      });
      const found = await repository.filesNamed([second, absentCommit, first], ['lock', 'a.yaml']);
      expect([...found.keys()].sort()).toEqual([first, second].sort());
      const pathsOf = (commit: string) => found.get(commit)?.map(({ path }) => path);
      expect(pathsOf(first)).toEqual(['a/lock', "d/li\nne'é/lock", 'lock']);
      expect(pathsOf(second)).toEqual(["d/li\nne'é/lock", 'lock', 'z/a.yaml']);
      const ids = [first, second].flatMap((commit) => found.get(commit)?.map(({ object }) => object) ?? []);
      expect(new Set(ids).size).toBe(3);
      const read = await repository.readBlobs([absentCommit, ...ids], { maxBytes: 3, maxSumBytes: 6 });
      expect([...read.values()].map((bytes) => Buffer.from(bytes).toString()).sort()).toEqual(['one', 'two']);
      expect((await repository.readBlobs(ids, { maxBytes: 6, maxSumBytes: 12 })).size).toBe(3);
      expect((await repository.readBlobs(ids, { maxBytes: 6, maxSumBytes: 5 })).size).toBe(1);
      expect((await repository.filesNamed([], ['lock'])).size).toBe(0);
    });

    test('opens them for reading piece by piece', async () => {
      const { repository, first, second } = await open({
        commits: [{ files: { 'a/b': '0123456789' } }, { files: { 'a/b': 'other' } }],
      });
      const source = await repository.openAt(first, 'a/b', 10);
      expect(source).toMatchObject({ name: 'a/b', sizeBytes: 10 });
      expect(await source?.read(3, 4)).toEqual(text('3456'));
      expect(await source?.read(0, 10)).toEqual(text('0123456789'));
      expect(await source?.read(10, 0)).toHaveLength(0);
      await source?.close();
      const later = await repository.openAt(second, 'a/b', 10);
      expect(await later?.read(0, 5)).toEqual(text('other'));
      await later?.close();
      expect(await repository.openAt(first, 'a', 10)).toBeNull();
      expect(await repository.openAt(first, 'absent', 10)).toBeNull();
      await expectCode(repository.openAt(first, 'a/b', 9), 'git/file-too-large');
    });

    const awkward = ['-dash', 'a b', 'new\nline', 'quo"te', 'ta\tb', 'ü/日本', '[x]/y', ':z'].sort();

    test('lists folders, whatever the names', async () => {
      const files = Object.fromEntries(awkward.map((path) => [path, path]));
      const { repository, first } = await open({ commits: [{ files: { ...files, x: '', 'd/1': '', 'd/2/3': '' } }] });
      expect(await repository.listAt(first, '')).toEqual([...awkward, 'x', 'd/1', 'd/2/3'].sort());
      expect(await repository.listAt(first, 'd')).toEqual(['d/1', 'd/2/3']);
      expect(await repository.listAt(first, '[x]')).toEqual(['[x]/y']);
      expect(await repository.listAt(first, 'x')).toEqual([]);
      expect(await repository.listAt(first, 'absent')).toEqual([]);
      for (const path of awkward) expect(await repository.readFileAt(first, path, 99)).toEqual(text(path));
      expect([...(await repository.objectsAt(first, awkward)).keys()].sort()).toEqual(awkward);
    });

    test('names objects by content', async () => {
      const { repository, first, second } = await open({
        commits: [
          { files: { 'src/train/a': '1', 'src/b': '1', 'copy/train/a': '1' } },
          { files: { 'src/train/a': '2' } },
        ],
      });
      const before = await repository.objectsAt(first, ['src', 'src/train', 'src/b', 'copy/train', '', 'absent']);
      const after = await repository.objectsAt(second, ['src', 'src/train', 'src/b', 'copy/train', '']);
      expect([...before.keys()].sort()).toEqual(['', 'copy/train', 'src', 'src/b', 'src/train']);
      expect(before.get('src/train')).toBe(before.get('copy/train'));
      expect(after.get('src/b')).toBe(before.get('src/b'));
      for (const path of ['src', 'src/train', '']) expect(after.get(path)).not.toBe(before.get(path));
      expect(after.get('')).toBe((await repository.commit(second))?.tree);
      expect(await repository.objectsAt(first, [])).toEqual(new Map());
    });

    test('refuses commits that are not there and paths that lead out', async () => {
      const { repository, first } = await open({ commits: [{ files: { a: '1' } }] });
      for (const commit of [absentCommit, '--help', 'main:']) {
        await expectCode(repository.readFileAt(commit, 'a', 9), 'git/no-commit');
        await expectCode(repository.readFilesAt(commit, ['a'], 9), 'git/no-commit');
        await expectCode(repository.openAt(commit, 'a', 9), 'git/no-commit');
        await expectCode(repository.listAt(commit, ''), 'git/no-commit');
        await expectCode(repository.objectsAt(commit, ['a']), 'git/no-commit');
      }
      for (const path of ['../a', '/a', 'a/../b', 'a\0']) {
        await expectCode(repository.readFileAt(first, path, 9), 'git/path');
        await expectCode(repository.readFilesAt(first, ['a', path], 9), 'git/path');
        await expectCode(repository.openAt(first, path, 9), 'git/path');
        await expectCode(repository.listAt(first, path), 'git/path');
        await expectCode(repository.objectsAt(first, [path]), 'git/path');
      }
    });
  });
}
