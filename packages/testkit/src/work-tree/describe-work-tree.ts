import type { WorkTree } from '@weighbridge/ports';
import { afterEach, describe, expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import type { MemoryWorkTreeDescription } from './memory-work-tree.js';

export interface WorkTreeUnderTest {
  readonly workTree: WorkTree;
  dispose(): Promise<void>;
}

const text = (content: string) => new TextEncoder().encode(content);

/** The contract of the work tree port, run by the one in memory and the one on the disk. */
export function describeWorkTree(
  name: string,
  openWorkTree: (description: MemoryWorkTreeDescription) => Promise<WorkTreeUnderTest>,
): void {
  describe(`work tree contract: ${name}`, () => {
    const opened: WorkTreeUnderTest[] = [];
    afterEach(async () => {
      for (const subject of opened.splice(0)) await subject.dispose();
    });
    async function open(description: MemoryWorkTreeDescription): Promise<WorkTree> {
      const subject = await openWorkTree(description);
      opened.push(subject);
      return subject.workTree;
    }

    const awkward = ['a b.txt', 'ü/日本.txt', 'quo"te.txt', '-dash.txt', 'star*.txt', ':colon.txt', 'sub/[x].txt'];

    test('lists tracked and untracked files, sorted, and ignored ones on request', async () => {
      const workTree = await open({
        committed: { 'b.txt': 'b', 'models/fraud/model.yaml': 'name: fraud', 'gone.txt': '' },
        files: { 'a.txt': 'a', 'models/fraud/out/w.bin': 'w', 'gone.txt': null, 'node_modules/x/y.js': '' },
        ignored: ['models/fraud/out'],
      });
      expect(await workTree.list('')).toEqual(['a.txt', 'b.txt', 'models/fraud/model.yaml']);
      expect(await workTree.list('', { ignored: true })).toEqual([
        'a.txt',
        'b.txt',
        'models/fraud/model.yaml',
        'models/fraud/out/w.bin',
      ]);
      expect(await workTree.list('models/fraud/out', { ignored: true })).toEqual(['models/fraud/out/w.bin']);
      expect(await workTree.list('models/fraud/out')).toEqual([]);
      expect(await workTree.list('models/frau')).toEqual([]);
      expect(await workTree.list('absent')).toEqual([]);
    });

    test.each([true, false])('awkward names survive (committed: %s)', async (isCommitted) => {
      const files = Object.fromEntries(awkward.map((path) => [path, path]));
      const workTree = await open(isCommitted ? { committed: files } : { committed: { z: '' }, files });
      expect(await workTree.list('')).toEqual([...awkward, ...(isCommitted ? [] : ['z'])].sort());
      for (const path of awkward) expect(await workTree.read(path, 100)).toEqual(text(path));
      expect(await workTree.changed(awkward)).toEqual(new Set(isCommitted ? [] : awkward));
      expect(await workTree.ignored(awkward)).toEqual(new Set());
    });

    test('a folder whose name has the signs of a pattern is only itself', async () => {
      const workTree = await open({ committed: { '[ab]/x': '', 'a/x': '', '*/x': '' } });
      expect(await workTree.list('[ab]')).toEqual(['[ab]/x']);
      expect(await workTree.list('*')).toEqual(['*/x']);
      expect(await workTree.changed(['*'])).toEqual(new Set());
    });

    test('reads whole files up to the bound', async () => {
      const workTree = await open({ committed: { 'a/b.txt': 'hello', empty: '' } });
      expect(await workTree.read('a/b.txt', 5)).toEqual(text('hello'));
      expect(await workTree.read('empty', 0)).toEqual(new Uint8Array(0));
      const error = await expectCode(workTree.read('a/b.txt', 4), 'git/file-too-large');
      expect(error.fields).toEqual({ path: 'a/b.txt', sizeBytes: 5, maxBytes: 4 });
      for (const absent of ['c', 'a', 'a/c', 'a/b.txt/c']) {
        expect(await workTree.read(absent, 10)).toBeNull();
        expect(await workTree.open(absent)).toBeNull();
      }
    });

    test('reads ranges', async () => {
      const workTree = await open({ committed: { 'a/b.txt': 'hello' } });
      const source = await workTree.open('a/b.txt');
      expect(source?.name).toBe('a/b.txt');
      expect(source?.sizeBytes).toBe(5);
      expect(Buffer.from((await source?.read(1, 3)) ?? [])).toEqual(Buffer.from('ell'));
      expect(await source?.read(5, 0)).toHaveLength(0);
      await source?.close();
    });

    test('writes new files, in new folders, and over old ones', async () => {
      const workTree = await open({ committed: { 'a.txt': 'old' } });
      await workTree.write('a.txt', text('new'));
      await workTree.write('x/y ü/z.txt', text('deep'));
      expect(await workTree.read('a.txt', 10)).toEqual(text('new'));
      expect(await workTree.read('x/y ü/z.txt', 10)).toEqual(text('deep'));
      expect(await workTree.list('')).toEqual(['a.txt', 'x/y ü/z.txt']);
    });

    test('refuses paths that lead out', async () => {
      const workTree = await open({ committed: { 'a.txt': '' } });
      const bad = ['../a.txt', '/etc/passwd', 'a/../../b', './a.txt', 'a//b', 'a\0b', '.git/config', 'x/.GIT/y', 'a/'];
      for (const path of bad) {
        await expectCode(workTree.read(path, 10), 'git/path');
        await expectCode(workTree.open(path), 'git/path');
        await expectCode(workTree.write(path, text('x')), 'git/path');
        await expectCode(workTree.ignored([path]), 'git/path');
        await expectCode(workTree.changed([path]), 'git/path');
        await expectCode(workTree.list(path), 'git/path');
      }
      await expectCode(workTree.read('', 10), 'git/path');
    });

    test('refuses symlinks and what lies behind them', async () => {
      const workTree = await open({ committed: { 'a.txt': '' }, symlinks: ['link'] });
      for (const path of ['link', 'link/passwd']) {
        await expectCode(workTree.read(path, 10), 'git/symlink');
        await expectCode(workTree.open(path), 'git/symlink');
        await expectCode(workTree.write(path, text('x')), 'git/symlink');
      }
      expect(await workTree.list('')).toEqual(['a.txt', 'link']);
    });

    test('says what git ignores', async () => {
      const workTree = await open({
        committed: { 'out/kept.bin': 'k' },
        files: { 'out/w.bin': 'w', 'seen.txt': '' },
        ignored: ['out'],
      });
      const paths = ['out/kept.bin', 'out/w.bin', 'out/not-there.bin', 'seen.txt', 'absent.txt'];
      expect(await workTree.ignored(paths)).toEqual(new Set(['out/w.bin', 'out/not-there.bin']));
      expect(await workTree.ignored([])).toEqual(new Set());
    });

    test('says what differs from the last commit', async () => {
      const workTree = await open({
        committed: { same: 's', edited: 'e', removed: 'r', 'dir/same': 's', 'deep/er/edited': 'e' },
        files: { edited: 'E', removed: null, fresh: 'f', 'out/w.bin': 'w', 'deep/er/edited': 'EE' },
        ignored: ['out'],
      });
      const paths = ['same', 'edited', 'removed', 'fresh', 'out/w.bin', 'out', 'dir', 'dir/same', 'deep', 'absent'];
      expect(await workTree.changed(paths)).toEqual(
        new Set(['edited', 'removed', 'fresh', 'out/w.bin', 'out', 'deep']),
      );
      expect(await workTree.changed([])).toEqual(new Set());
    });
  });
}
