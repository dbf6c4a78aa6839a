import { expect, test } from 'vitest';
import { nearNames } from './near-names.js';

test('the nearest come first, equals by name', () => {
  expect(nearNames('accuracy', ['f1', 'acuracy', 'accuracyy', 'accurac'])).toEqual(['accurac', 'accuracyy', 'acuracy']);
  expect(nearNames('accuracy', ['zccuracy', 'accuracz', 'accuracy'])).toEqual(['accuracy', 'accuracz', 'zccuracy']);
});

test('ties go by name however they are listed, and the last letter counts', () => {
  expect(nearNames('accuracy', ['accurac', 'accuracyy', 'acuracy'])).toEqual(['accurac', 'accuracyy', 'acuracy']);
  expect(nearNames('ax', ['ab', 'ax'])).toEqual(['ax', 'ab']);
});

test('what shares too little is left out, up to three edits or six tenths of the name', () => {
  expect(nearNames('abc', ['xyz', 'wxyz'])).toEqual(['xyz']);
  expect(nearNames('abcdefghij', ['abcdqqqqqq', 'abcqqqqqqq'])).toEqual(['abcdqqqqqq']);
  expect(nearNames('acc', ['very.long.path.of.another.document.acc', 'very.long.path.of.another.document.f1'])).toEqual(
    ['very.long.path.of.another.document.acc'],
  );
});

test('case does not matter, and long lists end', () => {
  expect(nearNames('ACC', ['acc'])).toEqual(['acc']);
  const many = Array.from({ length: 5_000 }, (_, at) => `k${at}`.repeat(200));
  expect(nearNames('k1'.repeat(300), many).length).toBeLessThanOrEqual(3);
});

test('names are told apart by their first eighty characters, and five hundred of them are looked at', () => {
  const long = (tail: string) => `${'a'.repeat(80)}${tail}`;
  expect(nearNames(long('b'.repeat(90)), [`${'a'.repeat(79)}x`, long('c'.repeat(90))])).toEqual([
    long('c'.repeat(90)),
    `${'a'.repeat(79)}x`,
  ]);
  const far = Array.from({ length: 500 }, () => 'zzzzzzzzzzzz');
  expect(nearNames('accuracy', [...far, 'accuracy'])).toEqual([]);
  expect(nearNames('accuracy', [...far.slice(1), 'accuracy'])).toEqual(['accuracy']);
});
