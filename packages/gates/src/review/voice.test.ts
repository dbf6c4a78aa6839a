import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reviewPolicy } from '../../test/gate-case.js';
import { actor, at, comment, commit, commits, dismissed, pull, review } from '../../test/review-case.js';
import type { PullFacts } from '../pull-facts.js';
import { collectVoices } from './voice.js';

const commanding = reviewPolicy({ commands: true });
const voices = (parts: Partial<PullFacts>) => collectVoices(pull(parts), commanding);
/** What was said, oldest first. */
const ids = (parts: Partial<PullFacts>) => voices(parts).map(({ id }) => id);

describe('a review says', () => {
  const one = { id: '5', via: 'review', person: actor('bob'), commit: commits.head, at: at('11:00'), url: 'page' };
  const said = (state: Parameters<typeof review>[1], timeline: PullFacts['timeline'] = []) =>
    voices({ reviews: [review('bob', state, { id: '5', url: 'page' })], timeline });
  test('what it is, and nothing while it is a comment or pending', () => {
    expect(said('approved')).toEqual([{ ...one, says: 'approve', dismissal: null }]);
    expect(said('changes-requested')).toEqual([{ ...one, says: 'object', dismissal: null }]);
    expect(said('commented')).toEqual([]);
    expect(said('pending')).toEqual([]);
  });
  test('who dismissed it, as far as the forge tells', () => {
    const was = { was: 'approved', by: actor('dave'), at: at('11:30') };
    expect(said('dismissed', [dismissed('5', 'approved')])).toEqual([{ ...one, says: 'dismissed', dismissal: was }]);
    const silent = { was: null, by: null, at: null };
    expect(said('dismissed', [dismissed('6', 'approved')])).toEqual([{ ...one, says: 'dismissed', dismissal: silent }]);
    expect(said('dismissed', [dismissed('5', 'commented')])).toEqual([]);
    // No other event is a dismissal, whatever else it carries.
    const other = { ...dismissed('5', 'approved'), kind: 'base-changed' as const };
    expect(said('dismissed', [other])).toEqual([{ ...one, says: 'dismissed', dismissal: silent }]);
  });
});

describe('a command says', () => {
  const commanded = (body: string, parts = {}, more: Partial<PullFacts> = {}) =>
    voices({ comments: [comment('bob', body, { id: '7', ...parts })], ...more });
  test('that its writer approves the commit that starts with its digits', () => {
    expect(commanded('/weighbridge approve 4ead00000000')).toEqual([
      {
        id: '7',
        via: 'command',
        person: actor('bob'),
        says: 'approve',
        commit: commits.head,
        at: at('11:00'),
        url: null,
        dismissal: null,
      },
    ]);
    const upper = { commits: [commit(`AB${'0'.repeat(38)}`)] };
    expect(commanded('/weighbridge approve ab0000000000', {}, upper)[0]?.commit).toBe(`AB${'0'.repeat(38)}`);
  });
  test('only the digits, where no commit starts with them or more than one', () => {
    expect(commanded('/weighbridge approve 123456789abc')[0]?.commit).toBe('123456789abc');
    const twins = { commits: [commit(commits.head), commit(`4ead${'0'.repeat(35)}1`)] };
    expect(commanded('/weighbridge approve 4ead00000000', {}, twins)[0]?.commit).toBe('4ead00000000');
  });
  test('nothing sure once it was edited', () => {
    expect(commanded('/weighbridge approve 4ead00000000', { edited: true })[0]?.says).toBe('edited');
  });
  test('nothing at all where the policy takes none, or as any other comment', () => {
    const comments = [comment('bob', '/weighbridge approve 4ead00000000')];
    expect(collectVoices(pull({ comments }), reviewPolicy())).toEqual([]);
    expect(commanded('looks good')).toEqual([]);
  });
});

describe('what was said is ordered', () => {
  const by = (id: string, time: string, state: Parameters<typeof review>[1] = 'approved') =>
    review('bob', state, { id, submittedAt: at(time) });
  test('by time', () => {
    expect(ids({ reviews: [by('1', '11:20'), by('2', '11:00'), by('3', '11:10')] })).toEqual(['2', '3', '1']);
  });
  test('within a second by the rising numbers of the forge, whatever was said', () => {
    const reviews = [by('100', '11:00'), by('99', '11:00', 'changes-requested'), by('101', '11:00', 'dismissed')];
    expect(ids({ reviews })).toEqual(['99', '100', '101']);
  });
  test('without numbers an objection comes last, and a dismissal before it', () => {
    const reviews = [by('a', '11:00', 'changes-requested'), by('b', '11:00', 'dismissed'), by('c', '11:00')];
    expect(ids({ reviews })).toEqual(['c', 'b', 'a']);
    // Only all digits are a number, and only if both are.
    for (const [objection, approval] of [
      ['1', 'x2'],
      ['1', '2x'],
      ['x1', '2'],
      ['1x', '2'],
    ] as const) {
      const both = [by(objection, '11:00', 'changes-requested'), by(approval, '11:00')];
      expect(ids({ reviews: both })).toEqual([approval, objection]);
      expect(ids({ reviews: [...both].reverse() })).toEqual([approval, objection]);
    }
  });
  test('a review and a command are numbered apart', () => {
    const comments = [comment('bob', '/weighbridge approve 4ead00000000', { id: '2' })];
    expect(ids({ reviews: [by('1', '11:00', 'changes-requested')], comments })).toEqual(['2', '1']);
    // An edited command weighs as much as an approval.
    const edited = [{ ...comment('bob', '/weighbridge approve 4ead00000000', { id: '2' }), edited: true }];
    expect(ids({ reviews: [by('1', '11:00')], comments: edited })).toEqual(['1', '2']);
    expect(ids({ reviews: [by('1', '11:00', 'dismissed')], comments: edited })).toEqual(['2', '1']);
  });
  test('the same review listed twice ends as the objection', () => {
    const [approval, objection] = [by('1', '11:00'), by('1', '11:00', 'changes-requested')];
    for (const reviews of [
      [approval, objection],
      [objection, approval],
    ]) {
      expect(voices({ reviews }).map(({ says }) => says)).toEqual(['approve', 'object']);
    }
  });
  test('without a time an objection comes after everything, and all else before', () => {
    const when = (id: string, submittedAt: string | null, state: Parameters<typeof review>[1] = 'approved') =>
      review('bob', state, { id, submittedAt });
    const reviews = [
      when('1', 'some day', 'changes-requested'),
      when('2', at('11:00'), 'changes-requested'),
      when('3', null),
      when('4', null, 'changes-requested'),
      when('5', at('10:00')),
    ];
    expect(ids({ reviews })).toEqual(['3', '5', '2', '1', '4']);
  });
  test('the same in whatever order it is listed', () => {
    const listed = [
      by('a', '11:00'),
      by('b', '11:00'),
      by('c', '11:00', 'dismissed'),
      by('9', '11:00'),
      by('10', '11:00'),
    ];
    const any = fc.shuffledSubarray(listed, { minLength: listed.length });
    const numbered = [by('9', '11:00'), by('10', '11:00', 'changes-requested'), by('8', '11:00')];
    expect(ids({ reviews: numbered })).toEqual(['8', '9', '10']);
    fc.assert(
      fc.property(any, (reviews) => {
        expect(ids({ reviews })).toEqual(ids({ reviews: listed }));
      }),
      { seed: 421, numRuns: 200 },
    );
  });
});
