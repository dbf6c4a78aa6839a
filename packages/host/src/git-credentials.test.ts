import { describe, expect, it } from 'vitest';
import { actorOf } from './actor.js';
import { gitCredentials } from './git-credentials.js';

describe('what git is told', () => {
  it('is a header for the server of the job, and nothing without a token', () => {
    expect(gitCredentials({}, null).size).toBe(0);
    const config = gitCredentials({ GITHUB_SERVER_URL: 'https://git.example.com/' }, 'abc');
    const [[key, value] = ['', '']] = [...config];
    expect(key).toBe('http.https://git.example.com/.extraheader');
    expect(Buffer.from(value.replace('AUTHORIZATION: basic ', ''), 'base64').toString()).toBe('x-access-token:abc');
  });
});

describe('who acts', () => {
  const job = { GITHUB_ACTIONS: 'true', GITHUB_ACTOR: 'ada', GITHUB_ACTOR_ID: '7' };

  it('is the person of the event, by an id that survives a rename', () => {
    expect(actorOf(job, 'somebody')).toEqual({ kind: 'github', id: '7', login: 'ada', authenticated: 'actions' });
  });

  it('is who re-ran the job, whose id is not that of the first actor, so that the login stands for it', () => {
    expect(actorOf({ ...job, GITHUB_TRIGGERING_ACTOR: 'bob' }, null)).toMatchObject({ login: 'bob', id: 'bob' });
  });

  it('is claimed outside of a job', () => {
    expect(actorOf({}, 'Ada')).toEqual({ kind: 'git', id: 'Ada', login: 'Ada', authenticated: 'claimed' });
  });
});
