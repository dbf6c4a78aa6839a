import { describe, expect, it } from 'vitest';
import { chooseCommand } from './choose-command.js';

const chosen = (action: string, environment: Record<string, string> = {}, word = '') =>
  chooseCommand(action, environment, word).spec.name;
const event = (name: string, ref = 'refs/heads/main') => ({ GITHUB_EVENT_NAME: name, GITHUB_REF: ref });

describe('which command an action runs', () => {
  it('is the one of its folder', () => {
    for (const name of [
      'version',
      'gate',
      'register',
      'promote',
      'rollback',
      'pull',
      'sign',
      'verify',
      'documents',
      'lineage',
      'impact',
      'reproduce',
      'release',
    ])
      expect(chosen(name)).toBe(name);
    expect(chosen('evidence')).toBe('evidence add');
    expect(chosen('audit')).toBe('audit verify');
    expect(chosen('audit', {}, 'export')).toBe('audit export');
    expect(chosen('store')).toBe('store stats');
    for (const word of ['stats', 'verify', 'collect', 'push']) expect(chosen('store', {}, word)).toBe(`store ${word}`);
  });

  it('follows the event at the root', () => {
    expect(chosen('', event('pull_request'))).toBe('version and gate');
    for (const name of [
      'merge_group',
      'pull_request_target',
      'pull_request_review',
      'workflow_run',
      'schedule',
      'issue_comment',
    ])
      expect(chosen('', event(name))).toBe('gate');
    expect(chosen('', event('push', 'refs/tags/fraud@v1.0.0'))).toBe('register');
    expect(chosen('', event('workflow_dispatch'))).toBe('rollback');
    expect(chosen('', event('workflow_dispatch'), 'promote')).toBe('promote');
  });

  it('says what it cannot do', () => {
    expect(() => chosen('', event('watch'))).toThrow(expect.objectContaining({ code: 'host/event-without-work' }));
    expect(() => chosen('', event('push'), 'deploy')).toThrow(expect.objectContaining({ code: 'host/input' }));
    // The root action declares no inputs of these.
    expect(() => chosen('', {}, 'pull')).toThrow(expect.objectContaining({ code: 'host/input' }));
    // Addresses are secrets, and outputs of a step are none.
    expect(() => chosen('store', {}, 'url')).toThrow(expect.objectContaining({ code: 'host/input' }));
    expect(() => chosen('audit', {}, 'erase')).toThrow(expect.objectContaining({ code: 'host/input' }));
  });
});
