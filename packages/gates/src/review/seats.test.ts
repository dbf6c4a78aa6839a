import { expect, test } from 'vitest';
import { fillSeats } from './seats.js';

const row = (name: string, ...people: string[]) => {
  return { name, wanted: 1, accepts: (person: string) => people.includes(person) };
};

test('people move up one after the other, so that the last who comes finds a seat', () => {
  const rows = [row('a', 'bob', 'carol', 'dave'), row('b', 'bob', 'carol'), row('c', 'bob')];
  const seated = fillSeats(rows, ['bob', 'carol', 'dave']);
  expect(seated.map(({ row: { name }, people }) => [name, people])).toEqual([
    ['a', ['dave']],
    ['b', ['carol']],
    ['c', ['bob']],
  ]);
});

test('who could help an open row are also those of a row whose people may move into it', () => {
  const rows = [row('a', 'bob'), row('b', 'bob', 'carol'), row('c', 'dave')];
  const [a, , c] = fillSeats(rows, ['dave']);
  expect(a?.helps().map(({ name }) => name)).toEqual(['a']);
  expect(c?.helps().map(({ name }) => name)).toEqual(['c']);
  const [, open] = fillSeats([row('b', 'bob', 'carol'), row('a', 'bob')], ['bob']);
  expect(open?.helps().map(({ name }) => name)).toEqual(['a', 'b']);
});
