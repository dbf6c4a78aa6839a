import { describe, expect, test } from 'vitest';
import { actor } from '../../test/review-case.js';
import { AccountMap, compareText, foldActor, foldLogin, isMachine } from './people.js';

test('logins compare without case and without the @ before them', () => {
  expect(foldLogin('@Bob')).toBe('bob');
  expect(foldLogin('acme/ML')).toBe('acme/ml');
  expect(foldLogin('bob@acme')).toBe('bob@acme');
});

describe('machines', () => {
  test('are bots and organizations, and whatever is called so at the end', () => {
    expect(isMachine(actor('renovate', { kind: 'bot' }))).toBe(true);
    expect(isMachine(actor('acme', { kind: 'organization' }))).toBe(true);
    expect(isMachine(actor('Renovate[BOT]'))).toBe(true);
    expect(isMachine(actor('[bot]bob'))).toBe(false);
    expect(isMachine(actor('bob'))).toBe(false);
  });
  test('fold to a login that ends in [bot] once, however the forge writes it', () => {
    expect(foldActor(actor('Renovate', { kind: 'bot' }))).toBe('renovate[bot]');
    expect(foldActor(actor('Renovate[bot]', { kind: 'bot' }))).toBe('renovate[bot]');
    expect(foldActor(actor('a[bot]b', { kind: 'bot' }))).toBe('a[bot]b[bot]');
    expect(foldActor(actor('Bob'))).toBe('bob');
  });
});

describe('what is known of an account', () => {
  const known = new AccountMap<string>();
  known.add(actor('bob', { id: '1' }), 'opened it');
  known.add(actor('BOB', { id: '2' }), 'wrote a commit');
  test('is found by its id, after a change of login', () => {
    expect(known.get(actor('robert', { id: '1' }))).toBe('opened it');
  });
  test('is found by its login, where the forge gives another id', () => {
    expect(known.get(actor('Bob', { id: '3' }))).toBe('opened it');
    expect(known.named('@Bob')).toBe('opened it');
  });
  test('is what was learned first of each id and each login', () => {
    expect(known.get(actor('robert', { id: '2' }))).toBe('wrote a commit');
  });
  test('is nothing of anybody else', () => {
    expect(known.get(actor('carol', { id: '3' }))).toBeUndefined();
    expect(known.named('1')).toBeUndefined();
  });
});

test('text sorts by code units: capitals first, and equal is equal', () => {
  expect(['b', 'a', 'B', 'aa', 'ä'].sort(compareText)).toEqual(['B', 'a', 'aa', 'b', 'ä']);
  expect(compareText('a', 'b')).toBe(-1);
  expect(compareText('b', 'a')).toBe(1);
  expect(compareText('a', 'a')).toBe(0);
});
