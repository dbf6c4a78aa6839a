import { describe, expect, test } from 'vitest';
import { gateFacts, gatePolicy, gateRequest, identity, metricGate } from '../../test/gate-case.js';
import {
  actor,
  at,
  comment,
  commit,
  commits,
  dismissed,
  judgeCase,
  judgeReview,
  oneOfMl,
  person,
  review,
  reviewFacts,
  rosters,
  verdict,
  type ReviewCase,
} from '../../test/review-case.js';
import { evaluate } from '../evaluate.js';
import type { AmendmentFact } from '../facts.js';

/**
 * The hard cases of review gates, by the numbers that the project gives them. Those that only a forge or a flow can get
 * wrong (how a status is written, which commit it goes to, pagination, tokens, merge queues) are tested there.
 */

describe('14 and 15 a change of the rules is judged by the rules of the base', () => {
  const amendments: readonly AmendmentFact[] = [
    {
      what: 'policy',
      path: 'weighbridge.yaml',
      because: 'the gate of production is removed',
      rule: null,
      takesOver: [],
    },
  ];
  const judge = (reviews: ReturnType<typeof review>[]) =>
    judgeCase({ pull: { reviews }, facts: { amendments }, slice: { owners: ['erin'] } });
  test('the gate of the base still asks', () => {
    const tree = judge([review('erin')]);
    expect(tree.children?.map(({ id, verdict: came }) => [id, came])).toEqual([
      ['transition', 'pass'],
      ['reviewers/ml', 'pending'],
      ['amendment/policy/weighbridge.yaml', 'pass'],
    ]);
  });
  test('and the owners of the base must approve', () => {
    const tree = judge([review('bob')]);
    expect(tree.verdict).toBe('pending');
    expect(tree.children?.[2]?.because).toBe(
      'In weighbridge.yaml, the gate of production is removed. 0 of 1 from the policy owners (erin) approved; bob approved and is not one of them.',
    );
    expect(judge([review('bob'), review('erin')]).verdict).toBe('pass');
  });
});

describe('16 an ownership that is handed over needs both sides', () => {
  const amendments: readonly AmendmentFact[] = [
    {
      what: 'manifest',
      path: 'models/fraud/model.yaml',
      because: 'owners go from erin to dave',
      rule: null,
      takesOver: ['dave'],
    },
  ];
  const judge = (logins: readonly string[], parts: ReviewCase['pull'] = {}) =>
    judgeCase({
      asked: [],
      pull: { reviews: logins.map((login) => review(login)), ...parts },
      facts: { amendments },
      slice: { owners: ['erin'] },
    }).verdict;
  test('those who had it and those who take it', () => {
    expect(judge([])).toBe('pending');
    expect(judge(['erin'])).toBe('pending');
    expect(judge(['dave'])).toBe('pending');
    expect(judge(['erin', 'dave'])).toBe('pass');
  });
  test('who takes over and proposed it agreed', () => {
    const parts = {
      author: actor('dave'),
      commits: [commit(commits.head, { author: person('dave'), committer: person('dave') })],
    };
    expect(judge(['erin'], parts)).toBe('pass');
    expect(judge([], parts)).toBe('pending');
  });
});

test('23 waiting is pending, an objection fails, what cannot be judged is an error; nothing is ever neutral', () => {
  expect(judgeCase({}).verdict).toBe('pending');
  expect(judgeCase({ pull: { reviews: [review('bob', 'changes-requested')] } }).verdict).toBe('fail');
  expect(judgeCase({ asked: [{ ...oneOfMl, from: 'gone' }] }).verdict).toBe('error');
});

test('24 where nothing is asked, that is said', () => {
  const tree = evaluate(gateRequest(null), gateFacts({ review: reviewFacts(), amendments: [] }));
  expect(tree.because).toContain('No gate is set for production.');
  const skipped = judgeCase({ asked: [{ from: 'risk', count: 1, when: { impact: 'high' } }] });
  expect(skipped.verdict).toBe('pass');
  expect(skipped.because).toContain(
    'Nothing that the gate of production asks applies here (reviewers/risk/impact=high).',
  );
});

test('26 a draft is judged, and waits', () => {
  const tree = judgeCase({ pull: { draft: true, reviews: [review('bob')] } });
  expect(tree.verdict).toBe('pending');
  expect(tree.children?.find(({ id }) => id === 'reviewers/ml')?.verdict).toBe('pass');
  expect(tree.children?.find(({ id }) => id === 'draft')).toEqual({
    id: 'draft',
    kind: 'reviewers',
    verdict: 'pending',
    because: 'The pull request is a draft.',
    remedy: 'Mark https://forge.test/pull/7 as ready for review.',
  });
  expect(judgeCase({ asked: [], pull: { draft: true } }).verdict).toBe('pending');
  expect(evaluate(gateRequest(null), gateFacts({ review: reviewFacts({ draft: true }), amendments: [] })).verdict).toBe(
    'pending',
  );
});

describe('31 and 45 facts that are not complete fail closed', () => {
  test.each(['only 250 of 300 commits were read', 'only 3000 files were read'])('%s', (incomplete) => {
    const node = judgeReview({ pull: { reviews: [review('bob')], incomplete: [incomplete] } });
    expect(node.verdict).toBe('error');
    expect(node.because).toContain(incomplete);
  });
  test('a pull request whose amendments nobody looked for', () => {
    const facts = gateFacts({ review: reviewFacts({ reviews: [review('bob')] }) });
    const tree = evaluate(gateRequest(gatePolicy({ reviewers: [oneOfMl] }), { rosters }), facts);
    expect(tree.children?.at(-1)).toMatchObject({ id: 'amendment', verdict: 'error' });
  });
});

describe('34 the text of a review has no authority', () => {
  const sha = commits.head;
  test('whatever it says', () => {
    for (const state of ['commented', 'dismissed'] as const) {
      const reviews = [review('bob', state, { body: `/weighbridge approve ${sha}` })];
      expect(verdict({ pull: { reviews }, policy: { commands: true } })).toBe('pending');
    }
    const reviews = [review('bob', 'approved', { body: 'no, I object' })];
    expect(verdict({ pull: { reviews } })).toBe('pass');
  });

  const commanded = (body: string, parts = {}, more: Partial<ReviewCase> = {}) =>
    judgeReview({
      policy: { commands: true },
      ...more,
      pull: { comments: [comment('bob', body, parts)], ...more.pull },
    });
  test('a command counts where the policy allows it', () => {
    expect(commanded(`/weighbridge approve ${sha}`).verdict).toBe('pass');
    expect(
      commanded(`/weighbridge approve ${sha.slice(0, 12)}\r\nthank you`, {}, { pull: { commits: [] } }).verdict,
    ).toBe('pass');
    expect(commanded(`/weighbridge approve ${sha}`, {}, { policy: {} }).verdict).toBe('pending');
    expect(judgeReview({ policy: { commands: true } }).remedy).toContain(`"/weighbridge approve ${sha.slice(0, 12)}"`);
  });
  test.each([
    ['another commit', `/weighbridge approve ${commits.other}`],
    ['too few digits', `/weighbridge approve ${sha.slice(0, 11)}`],
    ['no commit', '/weighbridge approve'],
    ['a quotation', `> /weighbridge approve ${sha}`],
    ['a later line', `Please write:\n/weighbridge approve ${sha}`],
    ['a code block', `    /weighbridge approve ${sha}`],
    ['further words', `/weighbridge approve ${sha} not`],
    ['another verb', `/weighbridge approved ${sha}`],
  ])('not with %s', (_, body) => {
    expect(commanded(body).verdict).toBe('pending');
  });
  test('not when it was edited, and not of somebody who may not approve', () => {
    const edited = commanded(`/weighbridge approve ${sha}`, { edited: true });
    expect(edited.verdict).toBe('pending');
    expect(edited.because).toContain('the comment was edited');
    expect(commanded(`/weighbridge approve ${sha}`, { author: actor('alice') }).verdict).toBe('pending');
    expect(commanded(`/weighbridge approve ${sha}`, { author: null }).verdict).toBe('pending');
    expect(commanded(`/weighbridge approve ${sha}`, {}, { review: { permissions: { bob: 'read' } } }).verdict).toBe(
      'pending',
    );
  });
  test('an edited command takes nothing back that was said before', () => {
    const more = { pull: { reviews: [review('bob', 'approved', { submittedAt: at('10:30') })] } };
    expect(commanded(`/weighbridge approve ${sha}`, { edited: true }, more).verdict).toBe('pass');
  });
  test('an objection after it blocks, and it clears one before', () => {
    const objecting = (submittedAt: string) => ({
      pull: { reviews: [review('bob', 'changes-requested', { submittedAt })] },
    });
    expect(commanded(`/weighbridge approve ${sha}`, {}, objecting(at('11:30'))).verdict).toBe('fail');
    expect(commanded(`/weighbridge approve ${sha}`, {}, objecting(at('10:30'))).verdict).toBe('pass');
  });
  test('a digit more than one commit starts with names none', () => {
    const twin = `${sha.slice(0, 20)}${'f'.repeat(20)}`;
    const pull = { commits: [commit(sha), commit(twin)] };
    expect(commanded(`/weighbridge approve ${sha.slice(0, 12)}`, {}, { pull }).verdict).toBe('pending');
    expect(commanded(`/weighbridge approve ${sha}`, {}, { pull }).verdict).toBe('pass');
  });
});

test('38 an approval that is revoked after the merge counts no more when the release asks again', () => {
  const merged = { state: 'merged' as const, merged: { commit: 'm'.repeat(40), by: actor('alice'), at: at('11:20') } };
  expect(verdict({ pull: { ...merged, reviews: [review('bob')] } })).toBe('pass');
  const reviews = [review('bob', 'dismissed', { id: '9001' })];
  expect(verdict({ pull: { ...merged, reviews, timeline: [dismissed('9001', 'approved')] } })).toBe('pending');
  const objecting = [review('bob'), review('bob', 'changes-requested', { submittedAt: at('11:40') })];
  expect(verdict({ pull: { ...merged, reviews: objecting } })).toBe('fail');
});

describe('a pull request cannot loosen its own gate', () => {
  const failing = metricGate({ bounds: { min: '0.95', max: null } });
  test('a waiver that it adds does nothing for it: only the policy of the base is read', () => {
    const amendments = [
      {
        what: 'waiver' as const,
        path: 'weighbridge.yaml',
        because: 'a waiver lets fraud pass',
        rule: 'risk',
        takesOver: [],
      },
    ];
    const tree = judgeCase({
      asked: [],
      gate: { metrics: [failing] },
      facts: { amendments },
      pull: { reviews: [review('dave')] },
    });
    expect(tree.children?.map(({ id, verdict: came }) => [id, came])).toEqual([
      ['transition', 'pass'],
      ['accuracy', 'fail'],
      ['amendment/waiver/risk/weighbridge.yaml', 'pass'],
    ]);
  });
  test('and the author of a waiver cannot approve it', () => {
    const amendments = [
      {
        what: 'waiver' as const,
        path: 'weighbridge.yaml',
        because: 'a waiver lets fraud pass',
        rule: 'risk',
        takesOver: [],
      },
    ];
    const slice = { rosters: { risk: { users: ['alice', 'dave'], teams: [] } } };
    const id = 'amendment/waiver/risk/weighbridge.yaml';
    const node = judgeReview({ asked: [], slice, facts: { amendments }, pull: { reviews: [review('alice')] } }, id);
    expect(node.verdict).toBe('pending');
    expect(node.because).toContain('alice cannot approve: opened the pull request');
  });
  test('nor does it matter that a waiver of the base names what another digest holds', () => {
    const waivers = [
      {
        gate: 'accuracy',
        model: 'fraud',
        digest: `sha256:${'9'.repeat(64)}`,
        reason: 'r',
        expires: '2099-01-01',
        rule: 'risk',
      },
    ];
    expect(identity).not.toBe(waivers[0]?.digest);
    expect(judgeCase({ asked: [], gate: { metrics: [failing] }, slice: { waivers } }).verdict).toBe('fail');
  });
});
