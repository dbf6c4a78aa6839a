import { describe, expect, it } from 'vitest';
import { pullHintOf } from './pull-hint.js';

describe('which pull requests an event says to look at', () => {
  it.each(['pull_request', 'pull_request_target', 'pull_request_review'])('%s names one', (name) => {
    expect(pullHintOf(name, { pull_request: { number: 7, head: { sha: 'x' } } })).toEqual({ kind: 'pull', number: 7 });
  });

  it.each([undefined, null, 'seven', 0, -1, 1.5])('a number that is %s names none', (number) => {
    expect(pullHintOf('pull_request', { pull_request: { number } })).toBeNull();
  });

  it('a comment counts on a pull request only', () => {
    const issue = { number: 9, pull_request: { url: 'https://api.example.test/pulls/9' } };
    expect(pullHintOf('issue_comment', { issue })).toEqual({ kind: 'pull', number: 9 });
    expect(pullHintOf('issue_comment', { issue: { number: 9 } })).toMatchObject({ kind: 'nothing' });
  });

  it('a merge group names its commits and branches', () => {
    const merge_group = {
      head_sha: 'a'.repeat(40),
      base_sha: 'b'.repeat(40),
      base_ref: 'refs/heads/main',
      head_ref: 'refs/heads/gh-readonly-queue/main/pr-7-bbbb',
    };
    expect(pullHintOf('merge_group', { merge_group })).toEqual({
      kind: 'group',
      group: {
        head: 'a'.repeat(40),
        base: 'b'.repeat(40),
        baseRef: 'main',
        headRef: 'gh-readonly-queue/main/pr-7-bbbb',
      },
    });
    expect(pullHintOf('merge_group', { merge_group: { head_sha: 'a' } })).toBeNull();
  });

  it('a relay is told the head, whatever the list of pull requests says', () => {
    const workflow_run = {
      head_repository: { full_name: 'mallory/models' },
      head_branch: 'main',
      head_sha: 'c'.repeat(40),
      pull_requests: [{ number: 1 }],
    };
    expect(pullHintOf('workflow_run', { workflow_run })).toEqual({
      kind: 'head',
      repository: 'mallory/models',
      branch: 'main',
      commit: 'c'.repeat(40),
    });
    expect(pullHintOf('workflow_run', {})).toMatchObject({ kind: 'nothing' });
  });

  it('a schedule sweeps, and a dispatch does so unless it names one', () => {
    expect(pullHintOf('schedule', {})).toEqual({ kind: 'sweep' });
    expect(pullHintOf('workflow_dispatch', { inputs: { pull: '12' } })).toEqual({ kind: 'pull', number: 12 });
    expect(pullHintOf('workflow_dispatch', { inputs: { pull: '' } })).toEqual({ kind: 'sweep' });
    expect(pullHintOf('push', {})).toBeNull();
  });
});
