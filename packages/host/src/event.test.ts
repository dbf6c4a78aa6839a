import { describe, expect, test } from 'vitest';
import { baseOf } from './event.js';

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
