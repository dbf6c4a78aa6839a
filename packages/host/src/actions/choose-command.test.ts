import { describe, expect, it } from 'vitest';
import { chooseCommand } from './choose-command.js';

const chosen = (action: string, environment: Record<string, string> = {}, word = '') =>
  chooseCommand(action, environment, word).then(({ spec }) => spec.name);
const event = (name: string, ref = 'refs/heads/main') => ({ GITHUB_EVENT_NAME: name, GITHUB_REF: ref });

describe('which command an action runs', () => {
  it('is the one of its folder', async () => {
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
      expect(await chosen(name)).toBe(name);
    expect(await chosen('evidence')).toBe('evidence add');
    expect(await chosen('audit')).toBe('audit verify');
    expect(await chosen('audit', {}, 'export')).toBe('audit export');
    expect(await chosen('store')).toBe('store stats');
    for (const word of ['stats', 'verify', 'collect', 'push'])
      expect(await chosen('store', {}, word)).toBe(`store ${word}`);
  });

  it('follows the event at the root', async () => {
    expect(await chosen('', event('pull_request'))).toBe('version and gate');
    for (const name of [
      'merge_group',
      'pull_request_target',
      'pull_request_review',
      'workflow_run',
      'schedule',
      'issue_comment',
    ])
      expect(await chosen('', event(name))).toBe('gate');
    expect(await chosen('', event('push', 'refs/tags/fraud@v1.0.0'))).toBe('register');
    expect(await chosen('', event('workflow_dispatch'))).toBe('rollback');
    expect(await chosen('', event('workflow_dispatch'), 'promote')).toBe('promote');
  });

  it('says what it cannot do', async () => {
    await expect(chosen('', event('watch'))).rejects.toThrow(
      expect.objectContaining({ code: 'host/event-without-work' }),
    );
    await expect(chosen('', event('push'), 'deploy')).rejects.toThrow(expect.objectContaining({ code: 'host/input' }));
    // The root action declares no inputs of these.
    await expect(chosen('', {}, 'pull')).rejects.toThrow(expect.objectContaining({ code: 'host/input' }));
    // Addresses are secrets, and outputs of a step are none.
    await expect(chosen('store', {}, 'url')).rejects.toThrow(expect.objectContaining({ code: 'host/input' }));
    await expect(chosen('audit', {}, 'erase')).rejects.toThrow(expect.objectContaining({ code: 'host/input' }));
  });
});
