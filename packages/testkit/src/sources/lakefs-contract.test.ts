import { describe, expect, test } from 'vitest';
import { fakeLakefs } from './fake-lakefs.js';
import { lakefsAnswer, lakefsQuestion } from './lakefs-contract.js';

const refs = '/api/v1/repositories/lake/refs';
const query = (text = '') => new URLSearchParams(text);
const pagination = { has_more: false, next_offset: '', results: 0, max_per_page: 1000 };

describe("lakeFS's own description", () => {
  test('names the operations that are asked, with what stands in their paths', () => {
    expect(lakefsQuestion('GET', `${refs}/main~1/commits`, query('amount=1'))).toEqual({
      operation: 'logCommits',
      path: { repository: 'lake', ref: 'main~1' },
    });
    expect(lakefsQuestion('GET', `${refs}/a%2Fb/objects/ls`, query('prefix=raw/&amount=1'))).toEqual({
      operation: 'listObjects',
      path: { repository: 'lake', ref: 'a/b' },
    });
    expect(lakefsQuestion('POST', `${refs}/main/commits`, query())).toBeNull();
    expect(lakefsQuestion('GET', `${refs}/main/objects/list`, query())).toBeNull();
  });

  test.each(['max=1', 'amount=many', 'amount=5000'])('does not know the query %s', (text) => {
    expect(() => lakefsQuestion('GET', `${refs}/main/commits`, query(text))).toThrow(/query/);
  });

  test.each([
    ['without its page', 200, { results: [] }],
    ['with an object for a commit', 200, { pagination, results: [{ path: 'a', path_type: 'object' }] }],
    ['with a time in words', 200, { pagination, results: [{ ...commit(), creation_date: 'now' }] }],
    ['with another status', 204, {}],
    ['without a message', 404, {}],
  ])('refuses an answer %s', (_, status, json) => {
    expect(() => lakefsAnswer('logCommits', status, json)).toThrow(/logCommits/);
  });

  test('takes what the fake answers, and the fake takes no question that it does not know', () => {
    const ask = fakeLakefs(() => ({ key: 'k', secret: 's', repositories: {} }));
    const request = {
      method: 'GET',
      path: `${refs}/main/commits`,
      query: query(),
      authorization: null,
      range: null,
      acceptEncoding: null,
      body: '',
    };
    expect(ask(request).status).toBe(401);
    expect(lakefsAnswer('logCommits', 200, { pagination, results: [commit()] }).status).toBe(200);
    expect(() => ask({ ...request, path: `${refs}/main` })).toThrow(/describes no GET/);
  });
});

function commit(): object {
  return { id: 'c', parents: [], committer: 'a', message: 'm', creation_date: 1, meta_range_id: 'r' };
}
