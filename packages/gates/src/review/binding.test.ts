import { describe, expect, test } from 'vitest';
import { reviewPolicy } from '../../test/gate-case.js';
import { actor, at, commit, commits, pushed, reviewFacts } from '../../test/review-case.js';
import type { ReviewFacts } from '../facts.js';
import type { PullEventFact, PullFacts } from '../pull-facts.js';
import { whyStale } from './binding.js';
import type { Voice } from './voice.js';

/** An approval of the head by bob at 11:00. */
function approval(parts: Partial<Voice> = {}): Voice {
  return {
    id: '1',
    via: 'review',
    person: actor('bob'),
    says: 'approve',
    commit: commits.head,
    at: at('11:00'),
    url: null,
    dismissal: null,
    ...parts,
  };
}

const stale = (voice: Voice, pull: Partial<PullFacts> = {}, more: Partial<ReviewFacts> = {}) =>
  whyStale(voice, reviewFacts(pull, more), reviewPolicy());

describe('an approval has to say', () => {
  test('when it was given', () => {
    for (const when of [null, 'yesterday', '2026-06-01']) {
      expect(stale(approval({ at: when }))).toBe('it does not say when it was given');
    }
    expect(stale(approval())).toBeNull();
  });
  test('for which commit', () => {
    expect(stale(approval({ commit: null }))).toBe('it names no commit');
  });
});

describe('the commit of an approval', () => {
  const ofOld = approval({ commit: commits.old });
  test('that is not the head is told as far as it is known', () => {
    expect(stale(ofOld)).toBe('it is for 01d0000, and the head is 4ead000');
    expect(stale(ofOld, {}, { otherCommits: [commits.other] })).toBe('it is for 01d0000, and the head is 4ead000');
    expect(stale(ofOld, {}, { otherCommits: [commits.old] })).toBe(
      'it is for 01d0000, whose content differs, and the head is 4ead000',
    );
  });
  test('that is the head does not speak for what a merge makes of it', () => {
    expect(stale(approval(), {}, { otherCommits: [commits.head] })).toBe(
      'it is for 4ead000 by itself, and merged with what comes before it, its content is another',
    );
  });
  test('speaks across any number of clean updates from the base, and across nothing else', () => {
    const chain = (clean: boolean | null): Partial<PullFacts> => ({
      commits: [
        commit(commits.old),
        commit(commits.other, { parents: [commits.old, commits.base], cleanUpdate: clean, committedAt: at('10:20') }),
        commit(commits.head, { parents: [commits.other, commits.base], cleanUpdate: true, committedAt: at('10:40') }),
      ],
    });
    expect(stale(ofOld, chain(true))).toBeNull();
    expect(stale(ofOld, chain(false))).toContain('it is for 01d0000');
    expect(stale(ofOld, chain(null))).toContain('it is for 01d0000');
    expect(stale(approval({ commit: commits.other }), chain(false))).toBeNull();
  });
  test('speaks across clean updates before a commit of equal content too', () => {
    const commitsOf = [
      commit(commits.old),
      commit(commits.other, { parents: [commits.old, commits.base], cleanUpdate: true }),
      commit(commits.head, { parents: [commits.other] }),
    ];
    expect(stale(ofOld, { commits: commitsOf })).toContain('it is for 01d0000');
    expect(stale(ofOld, { commits: commitsOf }, { equalCommits: [commits.head, commits.other] })).toBeNull();
  });
  test('ends where an update has no parent that is known, or the content is known to differ', () => {
    const orphan = { commits: [commit(commits.head, { parents: [], cleanUpdate: true })] };
    expect(stale(approval(), orphan)).toBeNull();
    expect(stale(ofOld, orphan)).toContain('it is for 01d0000');
    const update = {
      commits: [commit(commits.old), commit(commits.head, { parents: [commits.old], cleanUpdate: true })],
    };
    expect(stale(ofOld, update)).toBeNull();
    // The second parent is of the base: even a command for it is none for the head.
    const merge = { commits: [commit(commits.head, { parents: [commits.old, commits.base], cleanUpdate: true })] };
    expect(stale(approval({ commit: commits.old, via: 'command' }), merge)).toBeNull();
    expect(stale(approval({ commit: commits.base, via: 'command' }), merge)).toContain('it is for bbbbbbb');
    expect(stale(ofOld, update, { otherCommits: [commits.old] })).toContain('whose content differs');
    // An approval further back would have to pass what differs.
    const further = {
      commits: [
        commit(commits.other),
        commit(commits.old, { parents: [commits.other], cleanUpdate: true }),
        commit(commits.head, { parents: [commits.old], cleanUpdate: true }),
      ],
    };
    expect(stale(approval({ commit: commits.other }), further)).toBeNull();
    expect(stale(approval({ commit: commits.other }), further, { otherCommits: [commits.old] })).toContain('07e4000');
  });
});

describe('a force push after an approval', () => {
  const equal = { equalCommits: [commits.head, commits.old] };
  const ofOld = approval({ commit: commits.old });
  const gone = (timeline: readonly PullEventFact[]): Partial<PullFacts> => ({ timeline });
  const still = (timeline: readonly PullEventFact[]): Partial<PullFacts> => ({
    timeline,
    commits: [commit(commits.old), commit(commits.head, { parents: [commits.old] })],
  });
  const moved = (time: string) =>
    `the branch was force-pushed at ${at(time)}, after it, and the forge may have moved it to a commit that its writer never saw`;

  test('of the head makes it stale, even when nothing is known of the commits', () => {
    expect(stale(approval(), { timeline: [pushed(at('11:10'))] })).toBe(moved('11:10'));
    expect(stale(approval(), { timeline: [pushed(at('11:10'))], commits: [] })).toBe(moved('11:10'));
    expect(stale(approval(), { timeline: [pushed(at('11:00'))] })).toBeNull();
  });
  test('that took the head away makes it stale, though a later one brought the same commit back', () => {
    const timeline = [pushed(at('11:10'), 'alice', { before: commits.head }), pushed(at('11:20'))];
    expect(stale(approval(), { timeline })).toBe(moved('11:20'));
  });
  test('does nothing to a command, whose writer named the commit', () => {
    expect(stale(approval({ via: 'command' }), { timeline: [pushed(at('11:10'))] })).toBeNull();
  });
  test('does nothing when it is known to have taken that very commit away', () => {
    const taken = pushed(at('11:10'), 'alice', { before: commits.old });
    expect(stale(ofOld, gone([taken]), equal)).toBeNull();
    expect(stale(ofOld, still([taken]), equal)).toBeNull();
    expect(stale(ofOld, gone([taken, pushed(at('11:20'))]), equal)).toBeNull();
  });
  test('is judged by the first of them, in whatever order they are listed', () => {
    const first = pushed(at('11:10'), 'alice', { before: commits.old });
    const then = pushed(at('11:20'), 'alice', { before: commits.other });
    const unknown = pushed('some day', 'alice', { before: commits.other });
    expect(stale(ofOld, gone([then, first]), equal)).toBeNull();
    expect(stale(ofOld, gone([unknown, first, then]), equal)).toBeNull();
    const later = pushed(at('11:20'), 'alice', { before: commits.old });
    expect(stale(ofOld, gone([later, pushed(at('11:10'), 'alice', { before: commits.other })]), equal)).toBe(
      moved('11:20'),
    );
  });
  test('that does not say what it took away is believed to have taken a commit that is gone, if it is the only one', () => {
    const silent = (when: string) => pushed(at(when));
    expect(stale(ofOld, gone([silent('11:10')]), equal)).toBeNull();
    expect(stale(ofOld, gone([silent('11:10'), silent('11:20')]), equal)).toBe(moved('11:20'));
    expect(stale(ofOld, still([silent('11:10')]), equal)).toBe(moved('11:10'));
    const elsewhere = pushed(at('11:10'), 'alice', { before: commits.other });
    expect(stale(ofOld, gone([elsewhere]), equal)).toBe(moved('11:10'));
  });
  test('at a time that cannot be read lies after everything', () => {
    expect(stale(approval(), { timeline: [pushed('some day')] })).toContain('force-pushed at some day');
  });
});

describe('an approval cannot be older than its commit', () => {
  const older = (id: string, time: string) =>
    `it is older than ${id}, which came at ${at(time)}, so that its writer cannot have seen that commit`;
  test('the head came when the forge first saw it, else when it was committed', () => {
    const late = [commit(commits.head, { committedAt: at('11:30') })];
    expect(stale(approval(), { headSeenAt: null, commits: late })).toBe(older('4ead000', '11:30'));
    expect(stale(approval(), { headSeenAt: at('11:01'), commits: [] })).toBe(older('4ead000', '11:01'));
    expect(stale(approval(), { headSeenAt: at('11:00'), commits: late })).toBeNull();
    expect(stale(approval(), { headSeenAt: null, commits: [] })).toBe('it is not known when the head came');
  });
  test('another commit came when it was committed, and has to be one of the pull request', () => {
    const equal = { equalCommits: [commits.head, commits.old] };
    const ofOld = approval({ commit: commits.old });
    const made = (time: string) => ({
      commits: [commit(commits.old, { committedAt: at(time) }), commit(commits.head)],
    });
    expect(stale(ofOld, made('11:00'), equal)).toBeNull();
    expect(stale(ofOld, made('11:01'), equal)).toBe(older('01d0000', '11:01'));
    expect(stale(ofOld, {}, equal)).toBe('01d0000 is no commit of this pull request');
  });
});

describe('what happened after an approval', () => {
  const asked = (reviewer: string | null, when = '11:10'): PullEventFact => ({
    kind: 'review-requested',
    at: at(when),
    actor: actor('alice'),
    reviewer,
  });
  const rebased = (when: string): PullEventFact => ({ kind: 'base-changed', at: at(when), actor: null });
  test('is told: another base, a new request, evidence', () => {
    expect(stale(approval(), { timeline: [rebased('11:10')] })).toBe(
      `it was for another base, which changed at ${at('11:10')}`,
    );
    expect(stale(approval(), { timeline: [asked('@Bob')] })).toBe(`a new review was asked for at ${at('11:10')}`);
    expect(stale(approval(), {}, { evidenceSince: at('11:10') })).toBe(
      `evidence was added to the version at ${at('11:10')}, after it`,
    );
  });
  test('is a part of what is judged, where the approved commit does not hold it', () => {
    const since = (commit: string, when: string) => stale(approval(), {}, { partsSince: { [commit]: at(when) } });
    expect(since(commits.head, '11:10')).toBe(
      `a part got the version that it is built on now at ${at('11:10')}, after it`,
    );
    expect(since(commits.head, '11:00')).toBeNull();
    expect(since(commits.old, '11:10')).toBeNull();
  });
  test('overrules a command as well', () => {
    const command = approval({ via: 'command' });
    expect(stale(command, { timeline: [rebased('11:10')] })).not.toBeNull();
    expect(stale(command, { timeline: [asked('bob')] })).not.toBeNull();
    expect(stale(command, {}, { evidenceSince: at('11:10') })).not.toBeNull();
    expect(stale(command, {}, { partsSince: { [commits.head]: at('11:10') } })).not.toBeNull();
  });
  test('is not what came before it, or at the same moment', () => {
    for (const when of ['10:50', '11:00']) {
      expect(stale(approval(), { timeline: [rebased(when), asked('bob', when)] })).toBeNull();
      expect(stale(approval(), {}, { evidenceSince: at(when) })).toBeNull();
    }
    expect(stale(approval(), { timeline: [rebased('10:50'), asked('bob')] })).not.toBeNull();
  });
  test('is not the request to another, to a team, or where nobody knows who approved', () => {
    for (const reviewer of ['carol', null]) expect(stale(approval(), { timeline: [asked(reviewer)] })).toBeNull();
    expect(stale(approval({ person: null }), { timeline: [asked('bob')] })).toBeNull();
    expect(stale(approval(), { timeline: [asked('carol'), asked('bob', '11:20')] })).toContain('11:20');
  });
  test('is not a new request, where the policy keeps approvals', () => {
    const policy = reviewPolicy({ reRequest: 'keeps' });
    expect(whyStale(approval(), reviewFacts({ timeline: [asked('bob')] }), policy)).toBeNull();
    expect(whyStale(approval(), reviewFacts({ timeline: [asked('bob'), rebased('11:20')] }), policy)).not.toBeNull();
  });
});
