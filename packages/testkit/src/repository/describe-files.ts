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
        await expectCode(repository.listAt(commit, ''), 'git/no-commit');
        await expectCode(repository.objectsAt(commit, ['a']), 'git/no-commit');
      }
      for (const path of ['../a', '/a', 'a/../b', 'a\0']) {
        await expectCode(repository.readFileAt(first, path, 9), 'git/path');
        await expectCode(repository.listAt(first, path), 'git/path');
        await expectCode(repository.objectsAt(first, [path]), 'git/path');
      }
    });
  });
}
