import { type Bump, bumps, compareVersions, parseVersion } from '@weighbridge/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectThrown } from '../test/thrown.js';
import { nextVersion, type PrereleaseLabel } from './index.js';

const next = (
  current: string | null,
  bump: Bump,
  over: { existing?: readonly string[]; declared?: Bump; prerelease?: PrereleaseLabel; initial?: string } = {},
) => {
  const { existing = current === null ? [] : [current], initial = '1.0.0', ...rest } = over;
  return nextVersion({
    current: current === null ? null : parseVersion(current),
    changes: [{ bump, because: 'It changed.' }],
    policy: { initial },
    existing: existing.map(parseVersion),
    ...rest,
  });
};

describe('the next version', () => {
  test.each([
    ['1.3.2', 'none', null],
    ['1.3.2', 'patch', '1.3.3'],
    ['1.3.2', 'minor', '1.4.0'],
    ['1.3.2', 'major', '2.0.0'],
    ['0.3.2', 'patch', '0.3.3'],
    ['0.3.2', 'minor', '0.3.3'],
    ['0.3.2', 'major', '0.4.0'],
    ['2.0.0-rc.1', 'patch', '2.0.0'],
    ['2.0.0-rc.1', 'major', '2.0.0'],
    ['1.3.0-rc.1', 'minor', '1.3.0'],
    ['1.3.0-rc.1', 'major', '2.0.0'],
    ['1.3.4-rc.1', 'patch', '1.3.4'],
    ['1.3.4-rc.1', 'minor', '1.4.0'],
  ] as const)('after %s and a %s change', (current, bump, expected) => expect(next(current, bump).next).toBe(expected));

  test('is the first one of the policy', () => {
    expect(next(null, 'major')).toEqual({ next: '1.0.0', bump: 'initial', because: ['The first version.'] });
    expect(next(null, 'none', { initial: '0.1.0' }).next).toBe('0.1.0');
    expectThrown(() => next(null, 'none', { initial: 'one' }), 'core/version');
  });

  test('is never one that there is', () => {
    expect(next('1.3.2', 'minor', { existing: ['1.3.2', '1.4.0', '1.5.0'] }).next).toBe('1.6.0');
    expect(next('1.3.2', 'patch', { existing: ['1.3.2', '1.3.3+build.5'] }).next).toBe('1.3.4');
    expect(next(null, 'none', { existing: ['1.0.0'] }).next).toBe('2.0.0');
  });

  test('is raised by a declared bump and never lowered', () => {
    expect(next('1.3.2', 'patch', { declared: 'major' })).toMatchObject({
      next: '2.0.0',
      bump: 'major',
      because: ['A major bump was declared; the changes ask for patch.'],
    });
    expect(next('1.3.2', 'major', { declared: 'patch' })).toMatchObject({ next: '2.0.0', bump: 'major' });
    expect(next('1.3.2', 'none', { declared: 'patch' }).next).toBe('1.3.3');
  });

  test('is labelled as a candidate of a pull request', () => {
    expect(next('1.3.2', 'major', { prerelease: { label: 'pr', number: 17, iteration: 3 } }).next).toBe(
      '2.0.0-pr.17.3',
    );
    expect(next(null, 'none', { prerelease: { label: 'pr', number: 1, iteration: 1 } }).next).toBe('1.0.0-pr.1.1');
    expect(next('1.3.2', 'none', { prerelease: { label: 'pr', number: 1, iteration: 1 } }).next).toBeNull();
  });

  test('counts release candidates of one release', () => {
    const existing = ['1.3.2', '2.0.0-rc.1', '2.0.0-rc.4', '3.0.0-rc.9'];
    expect(next('1.3.2', 'major', { existing, prerelease: { label: 'rc' } }).next).toBe('2.0.0-rc.5');
    expect(next('1.3.2', 'minor', { existing, prerelease: { label: 'rc' } }).next).toBe('1.4.0-rc.1');
  });

  test('is above the current one and new, whatever there is', () => {
    const number = fc.nat(4);
    const version = fc.tuple(number, number, number).map((parts) => parts.join('.'));
    fc.assert(
      fc.property(
        version,
        fc.constantFrom(...bumps),
        fc.array(version, { maxLength: 30 }),
        (current, bump, existing) => {
          const found = next(current, bump, { existing: [current, ...existing] }).next;
          if (bump === 'none') return found === null;
          return found !== null && compareVersions(found, parseVersion(current)) > 0 && !existing.includes(found);
        },
      ),
      { seed: 7, numRuns: 1000 },
    );
  });
});
