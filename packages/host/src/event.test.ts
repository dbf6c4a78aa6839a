import { describe, expect, test } from 'vitest';
import { baseOf, isOfStranger } from './event.js';

describe('the base of an event', () => {
  const pull = { number: 17, head: { sha: 'head' }, base: { sha: 'base', ref: 'main' } };

  test('is that of the pull request', () => expect(baseOf({ pull_request: pull })).toBe('base'));

  test('of a merge group is the commit that the queue builds on', () => {
    const group = { head_sha: 'queued', base_sha: 'tip', base_ref: 'refs/heads/main' };
    expect(baseOf({ merge_group: group })).toBe('tip');
    expect(baseOf({ merge_group: group, pull_request: pull })).toBe('tip');
  });

  test.each([
    {},
    { merge_group: null },
    { merge_group: { base_sha: '' } },
    { merge_group: { base_sha: 3 } },
    { pull_request: { number: 17, head: { sha: 'head' }, base: { ref: 'main' } } },
    { ref: 'refs/heads/main' },
  ])('of %j is nothing', (event) => expect(baseOf(event)).toBeNull());
});

describe('what a stranger may have written', () => {
  const repository = { id: 7 };
  const from = (repo: unknown) => ({ repository, pull_request: { head: { sha: 'head', repo } } });

  test.each([
    ['a pull request of a fork', from({ id: 8 })],
    ['a pull request of a fork that was deleted', from(null)],
    ['a run that a fork started', { repository, workflow_run: { head_repository: { id: 8 } } }],
  ])('%s', (_name, event) => expect(isOfStranger(event)).toBe(true));

  test.each([
    ['a pull request of a branch', from({ id: 7 })],
    ['a run of this repository', { repository, workflow_run: { head_repository: { id: 7 } } }],
    ['a comment on a pull request', { repository, issue: { pull_request: { url: 'here' } } }],
    ['a comment on an issue', { repository, issue: { number: 3 } }],
    ['a push', { repository, ref: 'refs/heads/main' }],
    ['no event', {}],
  ])('and not %s', (_name, event) => expect(isOfStranger(event)).toBe(false));
});
