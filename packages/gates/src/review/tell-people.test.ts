import { describe, expect, test } from 'vitest';
import { actor, pull } from '../../test/review-case.js';
import type { Standing } from './judge-reviews.js';
import { nameMissing, tellPerson } from './tell-people.js';
import { collectVoices } from './voice.js';
import { reviewPolicy } from '../../test/gate-case.js';
import { review } from '../../test/review-case.js';

const [voice] = collectVoices(pull({ reviews: [review('bob')] }), reviewPolicy());

function standing(is: Standing['standing'], because = 'it is so'): Standing {
  if (voice === undefined) throw new Error('no voice');
  return { login: 'bob', person: actor('bob'), standing: is, because, voice };
}

describe('why what somebody said fills no seat', () => {
  const told = (is: Standing['standing'], member: boolean | null) => tellPerson(standing(is), { member, seated: [] });
  test('an approval is told of everybody, asked or not', () => {
    expect(told('counts', true)).toBe('bob approved and fills another seat');
    expect(told('counts', false)).toBe('bob approved and is not one of them');
    expect(told('counts', null)).toBe('bob approved and is not one of them');
  });
  test('what does not count is told of those who are asked, or may be', () => {
    for (const member of [true, null]) {
      expect(told('stale', member)).toBe('the approval of bob does not count: it is so');
      expect(told('dismissed', member)).toBe('bob gave it is so');
      expect(told('excluded', member)).toBe('bob cannot approve: it is so');
      expect(told('cannot-verify', member)).toBe('bob cannot approve: it is so');
    }
    for (const is of ['stale', 'dismissed', 'excluded', 'cannot-verify'] as const) expect(told(is, false)).toBeNull();
  });
  test('an objection is told elsewhere, and whoever is seated needs no word', () => {
    for (const member of [true, false, null]) expect(told('objects', member)).toBeNull();
    const seated = standing('counts');
    expect(tellPerson(seated, { member: true, seated: [standing('counts'), seated] })).toBeNull();
  });
});

describe('who can fill the open seats', () => {
  const ask = (could: readonly string[], open: number, again: readonly string[] = [], commands = false) =>
    nameMissing({ could, again: new Set(again), open, ask: 'ml', pull: pull(), commands });
  const page = 'https://forge.test/pull/7';
  test('one of several, some of several, or all of them', () => {
    expect(ask(['bob', 'carol', 'dave'], 1)).toBe(`Ask bob, carol or dave to review ${page}.`);
    expect(ask(['bob', 'carol', 'dave'], 2)).toBe(`Ask 2 of bob, carol or dave to review ${page}.`);
    expect(ask(['bob', 'carol', 'dave'], 3)).toBe(`Ask bob, carol and dave to review ${page}.`);
    expect(ask(['bob', 'carol'], 3)).toBe(`Ask bob and carol to review ${page}.`);
    expect(ask(['bob'], 1)).toBe(`Ask bob to review ${page}.`);
  });
  test('where nobody is known, those asked by their name', () => {
    expect(ask([], 2)).toBe(`Ask ml to review ${page}.`);
  });
  test('first those who approved something older, in whatever case their login is written', () => {
    expect(ask(['alice', 'Bob', 'carol', 'Dave'], 1, ['dave', 'bob'])).toBe(
      `Ask Bob (again), Dave (again), alice or carol to review ${page}.`,
    );
  });
  test('eight by name, and how many more', () => {
    const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    expect(ask(eight, 1)).toBe(`Ask a, b, c, d, e, f, g or h to review ${page}.`);
    expect(ask([...eight, 'i', 'j'], 1, ['j'])).toBe(`Ask j (again), a, b, c, d, e, f, g or 2 more to review ${page}.`);
  });
  test('or by a command, where the policy takes them', () => {
    expect(ask(['bob'], 1, [], true)).toBe(
      `Ask bob to review ${page}, or to comment "/weighbridge approve 4ead00000000".`,
    );
  });
});
