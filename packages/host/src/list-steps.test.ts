import { expect, test } from 'vitest';
import { listSteps } from './list-steps.js';

const stored = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ effect: 'store', summary: `store part-${at}` }) as const);
const entry = { effect: 'append', summary: 'append to the ledger' } as const;

test('files are told one by one while they are few', () => {
  const lines = listSteps([...stored(21), entry]);
  expect(lines).toHaveLength(22);
  expect(lines.slice(19)).toEqual(['store part-19', 'store part-20', 'append to the ledger']);
});

test('one more than fits is counted with the one before it', () => {
  const lines = listSteps([...stored(22), entry]);
  expect(lines.slice(19)).toEqual(['store part-19', 'and 2 more files', 'append to the ledger']);
});

test('of very many files the first are told, and every step of another kind', () => {
  const lines = listSteps([...stored(2000), entry]);
  expect(lines).toHaveLength(22);
  expect(lines.slice(19)).toEqual(['store part-19', 'and 1980 more files', 'append to the ledger']);
});
