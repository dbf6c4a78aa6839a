import { describe, expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import { absentCommit, text, threeCommits, time, type OpenRepository } from './repository-under-test.js';

/** Commits that the program makes itself. */
export function describeCommits(open: OpenRepository): void {
  describe('commits on a branch', () => {
    const change = { branch: 'weighbridge/fraud', message: 'Set production to 1.2.0', time };

    test.each([false, true])('are made over a base and leave the rest alone (remote: %s)', async (remote) => {
      const { repository, first, last, branches } = await open({
        commits: [{ files: { 'models/fraud/stages.yaml': 'old', other: 'o', 'gone/x': 'x' } }, { files: { a: '2' } }],
        remote,
      });
      const files = new Map([
        ['models/fraud/stages.yaml', text('new')],
        ['gone/x', null],
        ['new folder/ü', text('fresh')],
      ]);
      const made = await repository.commitFiles({ ...change, base: first, files });
      expect(await repository.listAt(made, '')).toEqual(['models/fraud/stages.yaml', 'new folder/ü', 'other']);
      expect(await repository.readFileAt(made, 'models/fraud/stages.yaml', 9)).toEqual(text('new'));
      expect((await repository.commit(made))?.time).toBe(time);
      expect(await repository.isAncestor(first, made)).toBe(true);
      expect((await branches()).get(change.branch)).toBe(made);
      expect((await repository.commit('HEAD'))?.id).toBe(last);
      expect(await repository.currentBranch()).toBe('main');
    });

    test.each([false, true])('repeating is no error and going on is possible (remote: %s)', async (remote) => {
      const { repository, first, second, branches } = await open({ commits: threeCommits, remote });
      const one = await repository.commitFiles({ ...change, base: first, files: new Map([['b', text('1')]]) });
      const again = { ...change, base: first, files: new Map([['b', text('1')]]) };
      expect(await repository.commitFiles(again)).toBe(one);
      expect(await repository.commitFiles({ ...again, time: '2027-01-01T00:00:00Z', message: 'x' })).toBe(one);
      const two = await repository.commitFiles({ ...change, base: one, files: new Map([['b', text('2')]]) });
      expect((await branches()).get(change.branch)).toBe(two);
      const elsewhere = { ...change, base: second, files: new Map([['b', text('1')]]) };
      const error = await expectCode(repository.commitFiles(elsewhere), 'git/branch-moved');
      expect(error.fields).toEqual({ branch: change.branch, existing: two });
      expect((await branches()).get(change.branch)).toBe(two);
    });

    test('need a base that is there and paths inside', async () => {
      const { repository, first } = await open({ commits: threeCommits });
      await expectCode(repository.commitFiles({ ...change, base: absentCommit, files: new Map() }), 'git/no-commit');
      const files = new Map([['../x', text('')]]);
      await expectCode(repository.commitFiles({ ...change, base: first, files }), 'git/path');
      await expectCode(
        repository.commitFiles({ ...change, branch: 'main', base: first, files: new Map() }),
        'git/branch-in-use',
      );
    });

    test('work in a shallow clone', async () => {
      const { repository, last, branches } = await open({ commits: threeCommits, remote: true, depth: 1 });
      const made = await repository.commitFiles({ ...change, base: last, files: new Map([['b', text('1')]]) });
      expect((await branches()).get(change.branch)).toBe(made);
    });
  });
}
