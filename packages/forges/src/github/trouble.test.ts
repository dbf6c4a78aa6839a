import { WeighbridgeError } from '@weighbridge/core';
import { type FakeGitHub, type Repository, type Trouble, expectCode, fakeGitHub } from '@weighbridge/testkit';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GitHubBounds } from './bounds.js';
import { openGitHub } from './open-github.js';

const status = { context: 'weighbridge', state: 'pending', description: 'Waiting', url: null } as const;
const marker = '<!-- weighbridge -->';

let hub: FakeGitHub;
let repository: Repository;
let token: string;
let commit: string;
let number: number;

beforeEach(async () => {
  hub = await fakeGitHub();
  repository = hub.addRepository({ name: 'acme/models' });
  token = hub.actionsToken(repository, {
    contents: 'read',
    'pull-requests': 'write',
    statuses: 'write',
    checks: 'read',
  });
  commit = hub.people.push(repository, { by: 'alice', branch: 'topic', files: { a: '1' } });
  number = hub.people.openPull(repository, { by: 'alice', branch: 'topic' });
});
afterEach(async () => {
  await hub.dispose();
});

const opened = (bounds: Partial<GitHubBounds> = {}, given = token) =>
  openGitHub({ ...hub.reach(repository, given), bounds });
const limit = (trouble: Trouble['trouble'], times = 1) => hub.inject({ trouble, times });

describe('what passes is tried again', () => {
  test.each([500, 502, 503, 504])('status %i', async (code) => {
    limit({ kind: 'status', status: code }, 2);
    const forge = opened();
    expect((await forge.pullHead(number))?.head.commit).toBe(commit);
    expect(forge.requests()).toBe(3);
  });

  test('a connection that breaks', async () => {
    limit({ kind: 'reset' }, 3);
    const forge = opened();
    await forge.setStatus({ ...status, commit });
    expect(forge.requests()).toBe(4);
    expect(repository.statuses).toHaveLength(1);
  });

  test('a query that breaks in the middle of a pull request', async () => {
    hub.inject({ on: /graphql/, trouble: { kind: 'status', status: 502 } });
    hub.inject({ on: /files/, trouble: { kind: 'reset' } });
    expect(await opened().pull(number, { comments: true })).toMatchObject({ number, incomplete: [] });
  });

  test('a secondary limit, after the time that it names', async () => {
    limit({ kind: 'secondary-limit', retryAfterSeconds: 5 });
    const forge = opened();
    await forge.setStatus({ ...status, commit });
    expect([forge.requests(), repository.statuses.length]).toEqual([2, 1]);
  });

  test('a primary limit that ends soon', async () => {
    limit({ kind: 'primary-limit', resetSeconds: 30 });
    expect((await opened().pullHead(number))?.number).toBe(number);
  });
});

describe('what lasts is an error that says so', () => {
  test('an API that fails for ever', async () => {
    limit({ kind: 'status', status: 503 }, 1000);
    const forge = opened();
    const error = await expectCode(forge.setStatus({ ...status, commit }), 'forge/unavailable');
    expect(error.fields).toMatchObject({ tries: 4, reason: 'status 503' });
    expect(forge.requests()).toBe(4);
    expect(repository.statuses).toEqual([]);
  });

  test('a limit that ends after more than may be waited', async () => {
    limit({ kind: 'primary-limit', resetSeconds: 3000 }, 1000);
    const forge = opened();
    const before = Date.now();
    const error = await expectCode(forge.pull(number, { comments: false }), 'forge/rate-limited');
    expect(forge.requests()).toBe(1);
    const until = Date.parse(String(error.fields['until']));
    expect(Math.abs(until - before - 3_000_000)).toBeLessThan(10_000);
  });

  test('limits again and again: the waiting of all requests together has a bound', async () => {
    limit({ kind: 'secondary-limit', retryAfterSeconds: 100 }, 1000);
    const forge = opened({ waitSeconds: 250 });
    await expectCode(forge.pullHead(number), 'forge/rate-limited');
    // Two waits of 100 seconds fit into 250.
    expect(forge.requests()).toBe(3);
    await expectCode(forge.pullHead(number), 'forge/rate-limited');
    expect(forge.requests()).toBe(4);
  });

  test('pauses between tries count as waiting', async () => {
    limit({ kind: 'status', status: 500 }, 1000);
    const forge = opened({ waitSeconds: 2 });
    await expectCode(forge.pullHead(number), 'forge/unavailable');
    // One second before the second try fits, four before the third do not.
    expect(forge.requests()).toBe(2);
  });

  test('the hour of a token is over', async () => {
    hub.limits.hourly = 3;
    const forge = opened({ waitSeconds: 60 });
    await expectCode(
      forge.pull(number, { comments: false }).then(() => forge.pullHead(number)),
      'forge/rate-limited',
    );
  });

  test('an answer that never comes', async () => {
    limit({ kind: 'slow', delayMs: 2000 }, 1000);
    const error = await expectCode(opened({ requestMs: 40, retries: 1 }).pullHead(number), 'forge/unavailable');
    expect(error.fields['tries']).toBe(2);
  });

  test('more requests than may be made', async () => {
    const forge = opened({ requests: 1 });
    await forge.pullHead(number);
    await expectCode(forge.pullHead(number), 'forge/bound');
  });

  test('an answer of more bytes than are read', async () => {
    await expectCode(opened({ responseBytes: 1000 }).pullHead(number), 'forge/bound');
  });

  test('a list of more pages than are read', async () => {
    for (let index = 0; index < 101; index++) {
      hub.people.comment(repository, { by: 'bob', pull: number, body: `${index}` });
    }
    await expectCode(opened({ pages: 1 }).upsertComment({ pull: number, marker, body: 'Hi' }), 'forge/bound');
  });

  test.each(['', '{"half": ', '[]', 'null', '"text"', '<html>proxy</html>'])('an answer that is %j', async (body) => {
    limit({ kind: 'body', body }, 1000);
    await expectCode(opened().pullHead(number), 'forge/unexpected');
    await expectCode(opened().pull(number, { comments: false }), 'forge/unexpected');
  });
});

describe('what must not happen twice does not', () => {
  test('a comment whose answer was lost', async () => {
    hub.inject({ on: /^POST .*comments/, trouble: { kind: 'reset', after: true } });
    const { outcome } = await opened().upsertComment({ pull: number, marker, body: 'Pending' });
    expect(outcome).toBe('created');
    expect(repository.pulls.get(number)?.comments).toHaveLength(1);
  });

  test('a pull request whose answer was lost', async () => {
    hub.people.push(repository, { by: 'alice', branch: 'promote', files: { b: '1' } });
    hub.inject({ on: /^POST .*pulls$/, trouble: { kind: 'reset', after: true } });
    const pull = { head: 'promote', base: 'main', title: 'Promote', body: '' };
    expect((await opened().openPull(pull)).outcome).toBe('created');
    expect(repository.pulls.size).toBe(2);
  });

  test('a comment that broke before it was there is made after all', async () => {
    hub.inject({ on: /^POST .*comments/, trouble: { kind: 'status', status: 502 } });
    expect((await opened().upsertComment({ pull: number, marker, body: 'Pending' })).outcome).toBe('created');
    expect(repository.pulls.get(number)?.comments).toHaveLength(1);
  });
});

describe('tokens', () => {
  test('one that nobody gave out', async () => {
    await expectCode(opened({}, 'ghs_unknown').pullHead(number), 'forge/unauthorized');
    await expectCode(opened({}, 'ghs_unknown').pull(number, { comments: false }), 'forge/unauthorized');
  });

  test('none at all', () => {
    expect(() => opened({}, '')).toThrow(expect.objectContaining({ code: 'forge/no-token' }) as Error);
    expect(() => openGitHub({ ...hub.reach(repository, token), repository: 'models' })).toThrow(
      expect.objectContaining({ code: 'forge/repository' }) as Error,
    );
  });

  test('one of another repository finds nothing', async () => {
    const other = hub.addRepository({ name: 'acme/other' });
    const foreign = hub.actionsToken(other, { 'pull-requests': 'write', contents: 'read', statuses: 'write' });
    expect(await opened({}, foreign).pullHead(number)).toBeNull();
    await expectCode(opened({}, foreign).pull(number, { comments: false }), 'forge/not-found');
    await expectCode(opened({}, foreign).setStatus({ ...status, commit }), 'forge/not-found');
  });

  test('stand in no error, whatever goes wrong', async () => {
    const secret = 'ghs_PLANTED0123456789PLANTED0123456789';
    hub.state.tokens.set(secret, { ...hub.state.tokens.get(token)!, grants: { metadata: 'read' } });
    const troubles: readonly (Trouble['trouble'] | null)[] = [
      null,
      { kind: 'status', status: 500 },
      { kind: 'reset' },
      { kind: 'primary-limit', resetSeconds: 9000 },
      { kind: 'secondary-limit', retryAfterSeconds: 9000 },
      { kind: 'body', body: `{"message": "${secret}"` },
      { kind: 'body', body: JSON.stringify({ errors: [{ type: secret, message: secret }] }) },
    ];
    for (const trouble of troubles) {
      hub.limits.clear();
      if (trouble !== null) limit(trouble, 1000);
      const forge = opened({}, secret);
      const calls = [
        () => forge.pull(number, { comments: true }),
        () => forge.setStatus({ ...status, commit }),
        () => forge.upsertComment({ pull: number, marker, body: 'Hi' }),
        () => forge.checks(commit),
        () => forge.run('1'),
        () => forge.downloadArtifact('1', 10),
      ];
      for (const call of calls) {
        const error = await call().then(
          () => null,
          (reason: unknown) => reason,
        );
        expect(error).toBeInstanceOf(WeighbridgeError);
        expect(wholeText(error)).not.toContain('PLANTED');
      }
    }
  });
});

/** Everything that anybody could print of an error. */
function wholeText(error: unknown): string {
  const { message, stack, cause, ...rest } = error as Error & Record<string, unknown>;
  return [message, stack, cause === undefined ? '' : wholeText(cause), JSON.stringify(rest)].join('\n');
}
