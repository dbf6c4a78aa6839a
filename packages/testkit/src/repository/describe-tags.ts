import { describe, expect, test } from 'vitest';
import { expectCode } from '../expect-code.js';
import type { RepositoryDescription } from '../repository-builder.js';
import { absentCommit, text, threeCommits, time, type OpenRepository } from './repository-under-test.js';

/** Reading, fetching and making tags. */
export function describeTags(open: OpenRepository): void {
  describe('tags', () => {
    const tagged: RepositoryDescription = {
      commits: [
        {
          files: { a: '1' },
          tags: [
            { name: 'fraud@v1.0.0', message: 'Registering artifact fraud version v1.0.0' },
            'churn@v0.1.0',
            { name: 'fraud#production#1', message: 'Several\n\nlines: ü "quoted"' },
            { name: 'light@v1.0.0' },
            { name: 'v2.0.0' },
          ],
        },
        { files: { a: '2' }, tags: ['pkg@v1.0.0', 'sub/dir=nn@v1.0.0-rc.1'] },
      ],
    };

    test('are given as they are, those of other tools too', async () => {
      const { repository, first, second } = await open(tagged);
      const tags = await repository.tags();
      expect(tags.map(({ name }) => name)).toEqual([
        'churn@v0.1.0',
        'fraud#production#1',
        'fraud@v1.0.0',
        'light@v1.0.0',
        'pkg@v1.0.0',
        'sub/dir=nn@v1.0.0-rc.1',
        'v2.0.0',
      ]);
      const byName = new Map(tags.map((tag) => [tag.name, tag]));
      expect(byName.get('fraud@v1.0.0')).toMatchObject({
        annotated: true,
        commit: first,
        message: 'Registering artifact fraud version v1.0.0',
        isOurs: false,
        time: '2026-01-01T00:00:00Z',
      });
      expect(byName.get('fraud#production#1')?.message).toBe('Several\n\nlines: ü "quoted"');
      expect(byName.get('fraud@v1.0.0')?.object).not.toBe(first);
      expect(byName.get('light@v1.0.0')).toEqual({
        name: 'light@v1.0.0',
        annotated: false,
        commit: first,
        object: first,
        message: '',
        isOurs: false,
        time: '2026-01-01T00:00:00Z',
      });
      expect(byName.get('pkg@v1.0.0')?.commit).toBe(second);
      expect((await repository.commit('fraud@v1.0.0'))?.id).toBe(first);
    });

    test('gives the tags that begin so', async () => {
      const tags = ['fraud@v1.0.0', 'fraud#a/b/c#1', 'fraud-two@v1.0.0', 'fraud', 'x/fraud@v1.0.0', 'sub/dir=nn@v1'];
      const { repository } = await open({ commits: [{ files: { a: '1' }, tags }] });
      const namesOf = async (...starts: readonly string[]) => (await repository.tags(starts)).map(({ name }) => name);
      expect(await namesOf('fraud@', 'fraud#')).toEqual(['fraud#a/b/c#1', 'fraud@v1.0.0']);
      expect(await namesOf('fraud')).toHaveLength(4);
      expect(await namesOf('sub/')).toEqual(['sub/dir=nn@v1']);
      expect(await namesOf('f?aud@', 'nothing', '[a-z]')).toEqual([]);
      expect(await namesOf()).toEqual([]);
    });

    test('a repository without tags has none', async () => {
      const { repository } = await open({ commits: [{}] });
      expect(await repository.tags()).toEqual([]);
      await repository.fetchTags();
    });

    const newTag = { name: 'fraud@v2.0.0', message: 'Two\n\nlines', time };

    test.each([false, true])('are made once (remote: %s)', async (remote) => {
      const { repository, first, second, remoteTags } = await open({ commits: threeCommits, remote });
      expect(await repository.createTag({ ...newTag, commit: first })).toBe('created');
      expect(await repository.createTag({ ...newTag, commit: first })).toBe('present');
      expect(await repository.createTag({ ...newTag, commit: first, message: 'x', time: '2027-01-01T00:00:00Z' })).toBe(
        'present',
      );
      const [tag] = await repository.tags();
      expect(tag).toMatchObject({
        name: newTag.name,
        annotated: true,
        isOurs: true,
        commit: first,
        message: 'Two\n\nlines',
        time,
      });
      const error = await expectCode(repository.createTag({ ...newTag, commit: second }), 'git/tag-exists');
      expect(error.fields).toEqual({ tag: newTag.name, existing: first, commit: second });
      await expectCode(repository.createTag({ ...newTag, name: 'b@v1.0.0', commit: absentCommit }), 'git/no-commit');
      expect(await repository.tags()).toHaveLength(1);
      expect(await remoteTags()).toEqual(new Map(remote ? [[newTag.name, first]] : []));
    });

    test('that somebody else made at the remote for the same commit are present', async () => {
      const { repository, first, remoteTags, tagFromOutside } = await open({ commits: threeCommits, remote: true });
      await tagFromOutside('remote', { name: newTag.name, message: 'theirs', commit: first });
      expect(await repository.createTag({ ...newTag, commit: first })).toBe('present');
      expect((await repository.tags())[0]?.message).toBe('theirs');
      expect(await remoteTags()).toEqual(new Map([[newTag.name, first]]));
    });

    test('that somebody else made at the remote for another commit are refused', async () => {
      const { repository, first, second, remoteTags, tagFromOutside } = await open({
        commits: threeCommits,
        remote: true,
      });
      await tagFromOutside('remote', { name: newTag.name, message: 'theirs', commit: second });
      await expectCode(repository.createTag({ ...newTag, commit: first }), 'git/tag-exists');
      expect(await repository.tags()).toEqual([]);
      expect(await remoteTags()).toEqual(new Map([[newTag.name, second]]));
    });

    test('that never left the clone are brought to the remote as they are', async () => {
      const { repository, first, remoteTags, tagFromOutside } = await open({ commits: threeCommits, remote: true });
      await tagFromOutside('clone', { name: newTag.name, commit: first });
      expect(await repository.createTag({ ...newTag, commit: first })).toBe('created');
      expect((await repository.tags())[0]?.annotated).toBe(false);
      expect(await remoteTags()).toEqual(new Map([[newTag.name, first]]));
    });

    test('many creators of one tag agree', async () => {
      const { repository, first } = await open({ commits: threeCommits, remote: true });
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, () => repository.createTag({ ...newTag, commit: first })),
      );
      expect(outcomes).toContain('created');
      expect(await repository.tags()).toHaveLength(1);
    });

    test('are fetched into a clone that has none, which stays shallow', async () => {
      const { repository, first, last } = await open({ ...tagged, remote: true, depth: 1 });
      expect(await repository.tags()).toEqual([]);
      await repository.fetchTags();
      await repository.fetchTags();
      expect(await repository.tags()).toHaveLength(7);
      expect((await repository.commit('fraud@v1.0.0'))?.id).toBe(first);
      expect(await repository.readFileAt(first, 'a', 9)).toEqual(text('1'));
      expect(await repository.isAncestor(first, last)).toBe(true);
    });

    test('are never overwritten by those of the remote', async () => {
      const { repository, first, second, tagFromOutside } = await open({ commits: threeCommits, remote: true });
      await tagFromOutside('clone', { name: 'moved@v1.0.0', message: 'ours', commit: first });
      await tagFromOutside('remote', { name: 'moved@v1.0.0', message: 'theirs', commit: second });
      await tagFromOutside('remote', { name: 'fresh@v1.0.0', message: 'theirs', commit: second });
      const error = await expectCode(repository.fetchTags(), 'git/tags-differ');
      expect(error.fields['tags']).toBe('moved@v1.0.0');
      const tags = new Map((await repository.tags()).map((tag) => [tag.name, tag.commit]));
      expect(tags).toEqual(
        new Map([
          ['moved@v1.0.0', first],
          ['fresh@v1.0.0', second],
        ]),
      );
    });
  });
}
