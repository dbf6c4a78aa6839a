import { expect, test } from 'vitest';
import { evaluate } from '../evaluate.js';
import { gateFacts, gatePolicy, gateRequest } from '../../test/gate-case.js';
import { dataRule } from './data.js';

const request = gateRequest(gatePolicy({ data: 'pinned' }));
const tickets = { name: 'tickets', ref: 's3://acme/tickets', pinned: null };
const holdout = { name: 'holdout', ref: 'data.csv', pinned: `sha256:${'a'.repeat(64)}` };
const judge = (data?: readonly (typeof tickets | typeof holdout)[]) => {
  const facts = gateFacts(data === undefined ? {} : { data });
  return dataRule.judge(request, facts, { waiverUsed: false, requirements: [] })[0];
};

test('what cannot be pinned is refused by name, with the way out', () => {
  const node = judge([holdout, tickets]);
  expect(node).toMatchObject({ verdict: 'fail', facts: { sources: 2, unpinned: 1 } });
  expect(node?.because).toContain('tickets');
  expect(node?.because).not.toContain('holdout');
  expect(node?.children?.map(({ id }) => id)).toEqual(['data/tickets']);
  expect(node?.remedy).toContain('waiver for gate data');
});

test('pinned data passes, and so does a model without any', () => {
  expect(judge([holdout])?.verdict).toBe('pass');
  expect(judge([])?.verdict).toBe('pass');
});

test('without the facts nothing passes', () => {
  expect(judge()?.verdict).toBe('error');
});

test('a gate that does not ask lets it through', () => {
  const asked = evaluate(gateRequest(gatePolicy()), gateFacts({ data: [tickets] }));
  expect((asked.children ?? []).some(({ kind }) => kind === 'data')).toBe(false);
  expect(evaluate(request, gateFacts({ data: [tickets] })).verdict).toBe('fail');
});
