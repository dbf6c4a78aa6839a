import { describe, expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import { absentCommit, text, threeCommits, time, type OpenRepository } from './repository-under-test.js';

/** More than the first step of a deepening brings. */
const longHistory = 70;

/** Commits, ancestry and branches. */
export function describeHistory(open: OpenRepository): void {
  describe('history', () => {
    test('names commits by revision', async () => {
      const { repository, first, last } = await open({ commits: threeCommits });
      const head = await repository.commit('HEAD');
      expect(head?.id).toBe(last);
      expect(head?.time).toBe('2026-01-01T00:02:00Z');
      expect(await repository.commit('main')).toEqual(head);
      expect(await repository.commit(last)).toEqual(head);
      // The same files are the same tree.
      expect((await repository.commit(first))?.tree).toBe(head?.tree);
      expect(await repository.currentBranch()).toBe('main');
      expect(await repository.defaultBranch()).toEqual({ name: 'main', commit: last });
      expect(await repository.userName()).toBe('Alice');
      expect(repository.hasRemote).toBe(false);
      expect(await repository.remoteUrl()).toBeNull();
    });

    test.each(['', '-p', '--all', 'a\nb', 'a\0b', ' ', absentCommit, 'no-such-branch', 'HEAD^{/x'])(
      'answers null for %j',
      async (revision) => {
        const { repository } = await open({ commits: [{ files: { a: '1' } }] });
        expect(await repository.commit(revision)).toBeNull();
      },
    );

    test('tells ancestors from others', async () => {
      const { repository, first, second, third } = await open({ commits: threeCommits });
      const side = await repository.commitFiles({
        branch: 'side',
        base: first,
        files: new Map(),
        message: 'Side',
        time,
      });
      expect(await repository.isAncestor(first, third)).toBe(true);
      expect(await repository.isAncestor(second, second)).toBe(true);
      expect(await repository.isAncestor(third, first)).toBe(false);
      expect(await repository.isAncestor(first, side)).toBe(true);
      expect(await repository.isAncestor(side, third)).toBe(false);
      expect(await repository.isAncestor(absentCommit, third)).toBe(false);
      expect(await repository.isAncestor(third, absentCommit)).toBe('unknown');
    });

    test('lists the commits of a range with what each changed', async () => {
      const { repository, first, second, third } = await open({ commits: threeCommits });
      const files = new Map([['deep/b', text('2')]]);
      const side = await repository.commitFiles({ branch: 'side', base: second, files, message: 'Side', time });
      const changes = await repository.changesBetween({ from: first, to: side });
      expect(changes?.map(({ commit }) => commit.id).sort()).toEqual([second, side].sort());
      expect(changes?.find(({ commit }) => commit.id === side)).toMatchObject({
        commit: { parents: [second], message: expect.stringContaining('Side') },
        paths: ['deep/b'],
      });
      expect(await repository.changesBetween({ from: third, to: third })).toEqual([]);
      const all = await repository.changesBetween({ from: null, to: first });
      expect(all?.map(({ commit }) => commit.id)).toEqual([first]);
      expect(all?.[0]?.paths).not.toEqual([]);
      expect(await repository.changesBetween({ from: absentCommit, to: third })).toBeUndefined();
    });

    test('lists a range of a shallow clone whole', async () => {
      const commits = Array.from({ length: longHistory }, (_, index) => ({ files: { a: String(index) } }));
      const { repository, first } = await open({ commits, remote: true, depth: 1 });
      const last = (await repository.commit('HEAD'))?.id ?? '';
      expect(await repository.changesBetween({ from: first, to: last })).toHaveLength(longHistory - 1);
    });

    test('a change keeps its patch id on another base, and what changes nothing has none', async () => {
      const { repository, first, third } = await open({ commits: threeCommits });
      const make = (base: string, branch: string, files: ReadonlyMap<string, Uint8Array>) =>
        repository.commitFiles({ branch, base, files, message: branch, time });
      const change = new Map([['new', text('1')]]);
      const [one, other] = [await make(first, 'one', change), await make(third, 'other', change)];
      const different = await make(third, 'different', new Map([['new', text('2')]]));
      const empty = await make(third, 'empty', new Map());
      const ids = await repository.patchIds([one, other, different, empty, absentCommit]);
      expect([...ids.keys()].sort()).toEqual([one, other, different].sort());
      expect(ids.get(one)).toBe(ids.get(other));
      expect(ids.get(one)).not.toBe(ids.get(different));
    });

    test('deepens a shallow clone as far as the answer needs', async () => {
      const commits = Array.from({ length: longHistory }, (_, index) => ({ files: { a: String(index) } }));
      const { repository, first, last } = await open({ commits, remote: true, depth: 1 });
      expect(await repository.commit(first)).toBeNull();
      expect(await repository.readFileAt(last, 'a', 10)).toEqual(text(String(longHistory - 1)));
      expect(await repository.isAncestor(first, last)).toBe(true);
      expect(await repository.isAncestor(last, first)).toBe(false);
      expect(await repository.isAncestor(absentCommit, last)).toBe(false);
    });

    test('finds where two histories part', async () => {
      const { repository, first, second, third } = await open({ commits: threeCommits });
      const side = await repository.commitFiles({
        branch: 'side',
        base: first,
        files: new Map(),
        message: 'Side',
        time,
      });
      expect(await repository.mergeBase(side, third)).toBe(first);
      expect(await repository.mergeBase(third, second)).toBe(second);
      expect(await repository.mergeBase(third, third)).toBe(third);
      expect(await repository.mergeBase(absentCommit, third)).toBeUndefined();
    });

    test('finds the newest commit that changed a path, behind the edge of a shallow clone too', async () => {
      const filler = Array.from({ length: longHistory }, (_, index) => ({ files: { b: String(index) } }));
      const commits = [{ files: { a: '1' } }, { files: { a: '2' } }, ...filler];
      for (const depth of [undefined, 1, 20]) {
        const shallow = depth === undefined ? {} : { depth };
        const { repository, second, last } = await open({ commits, remote: true, ...shallow });
        expect(await repository.lastChange(last, 'a')).toBe(second);
        expect(await repository.lastChange(last, 'b')).toBe(last);
        expect(await repository.lastChange(last, 'absent')).toBeNull();
        expect(await repository.lastChange(absentCommit, 'a')).toBeUndefined();
      }
    });

    test('lists paths that differ, with both names of a rename', async () => {
      const commits = [{ files: { a: '1', 'b/c': '2' } }, { files: { a: '1', 'b/c': null, 'b/d': '2' } }];
      const { repository, first, second } = await open({ commits });
      expect(await repository.changedPaths(first, second)).toEqual(['b/c', 'b/d']);
      expect(await repository.changedPaths(second, second)).toEqual([]);
      await expectCode(repository.changedPaths(first, absentCommit), 'git/no-commit');
    });

    test('merges without help or tells of a conflict', async () => {
      const commits = [{ files: { a: '1', b: '1' } }, { files: { a: '2' } }];
      const { repository, first, second } = await open({ commits });
      const side = (branch: string, path: string, content: string) =>
        repository.commitFiles({ branch, base: first, files: new Map([[path, text(content)]]), message: 'S', time });
      const both = await repository.commitFiles({
        branch: 'both',
        base: second,
        files: new Map([['b', text('2')]]),
        message: 'Both',
        time,
      });
      const clean = await repository.mergedTree(await side('clean', 'b', '2'), second);
      expect(clean).toBe((await repository.commit(both))?.tree);
      expect(await repository.mergedTree(await side('other', 'a', '3'), second)).toBeNull();
    });

    test('brings the tip of a branch of the remote', async () => {
      const { repository, last } = await open({ commits: threeCommits, remote: true, depth: 1 });
      const side = await repository.commitFiles({
        branch: 'side',
        base: last,
        files: new Map(),
        message: 'Side',
        time,
      });
      expect(await repository.remoteUrl()).toMatch(/^file:.*remote\.git$/);
      const tip = await repository.branchTip('side');
      expect(tip).toMatchObject({ id: side, parents: [last], message: 'Side' });
      expect((await repository.branchTip('main'))?.id).toBe(last);
      for (const name of ['absent', '-x', 'a..b', '', 'a b']) expect(await repository.branchTip(name)).toBeNull();
    });

    test('fetches one commit', async () => {
      const { repository, first, last } = await open({ commits: threeCommits, remote: true, depth: 1 });
      expect(await repository.fetchCommit(last)).toBe(true);
      await expectCode(repository.readFileAt(first, 'a', 10), 'git/no-commit');
      expect(await repository.fetchCommit(first)).toBe(true);
      expect(await repository.readFileAt(first, 'a', 10)).toEqual(text('1'));
      expect(await repository.fetchCommit(absentCommit)).toBe(false);
      expect(await repository.fetchCommit('main')).toBe(false);
    });
  });
}
