import type { ReviewerGate } from '@weighbridge/manifest';
import { describe, expect, test } from 'vitest';
import { gateFacts, gatePolicy, gateRequest, identity, judged, metricGate, now } from '../../test/gate-case.js';
import { actor, judgeCase, judgeReview, oneOfMl, review, rosters } from '../../test/review-case.js';
import type { GateFacts, ReviewFacts } from '../facts.js';

const two: ReviewerGate = { from: 'ml', count: 2, when: {} };

describe('counting', () => {
  test('without a forge they are pending, never a silent pass', () => {
    const request = gateRequest(gatePolicy({ reviewers: [oneOfMl] }), { rosters });
    const node = judged(request, gateFacts(), 'reviewers/ml');
    expect(node.verdict).toBe('pending');
    expect(node.because).toContain('reviewers are judged on the forge, and this evaluation had no forge facts');
    expect(node.remedy).toContain('ml');
  });

  test('people are counted, not reviews or spellings', () => {
    const reviews = [review('Bob'), review('bob'), review(actor('BOB'))];
    const node = judgeReview({ pull: { reviews }, asked: [two] });
    expect(node.verdict).toBe('pending');
    expect(node.because).toBe('1 of 2 from ml approved (BOB).');
    expect(node.remedy).toBe('Ask carol to review https://forge.test/pull/7.');
    expect(judgeReview({ pull: { reviews: [...reviews, review('carol')] }, asked: [two] }).verdict).toBe('pass');
  });

  test('the facts of the node name each person, with why', () => {
    const node = judgeReview({ pull: { reviews: [review('bob', 'approved', { id: '5' }), review('erin')] } });
    expect(node.facts).toMatchObject({
      from: 'ml',
      wanted: 1,
      approved: ['bob'],
      could: ['carol'],
      people: [
        { login: 'bob', standing: 'counts', because: 'approved', member: true, id: '5', via: 'review' },
        { login: 'erin', standing: 'counts', member: false },
      ],
    });
  });

  test('whoever approves and is not asked is told', () => {
    expect(judgeReview({ pull: { reviews: [review('erin')] } }).because).toBe(
      '0 of 1 from ml approved; erin approved and is not one of them.',
    );
  });

  test('a roster that nobody is in, or that is not there, is an error', () => {
    for (const from of ['gone', 'constructor', 'empty']) {
      const slice = { rosters: { ...rosters, empty: { users: [], teams: [] } } };
      const node = judgeReview({ slice, asked: [{ ...oneOfMl, from }] }, `reviewers/${from}`);
      expect(node).toMatchObject({
        kind: 'reviewers',
        verdict: 'error',
        because: `No roster with people in it is called ${from}, so nobody can approve for it.`,
        remedy: `Add ${from} to reviewers in weighbridge.yaml.`,
        facts: { from, count: 1, when: {} },
      });
    }
  });

  test('one of a team alone has people in it, as far as anybody knows', () => {
    const slice = { rosters: { ml: { users: [], teams: ['acme/ml'] } } };
    expect(judgeReview({ slice }).because).toContain('who else belongs to it cannot be verified');
  });

  test('one whose roster is not there leaves the others in their places', () => {
    const asked = ['ml', 'gone', 'risk'].map((from) => ({ ...oneOfMl, from }));
    const tree = judgeCase({ asked, pull: { reviews: [review('dave')] } });
    expect(tree.children?.slice(1).map(({ id, verdict }) => [id, verdict])).toEqual([
      ['reviewers/ml', 'pending'],
      ['reviewers/gone', 'error'],
      ['reviewers/risk', 'pass'],
    ]);
  });

  test('one that nobody may fill any more is an error that says so', () => {
    const slice = { rosters: { ml: { users: ['alice', 'bob'], teams: [] } } };
    const node = judgeReview({ slice, asked: [two] });
    expect(node.verdict).toBe('error');
    expect(node.because).toBe('0 of 2 from ml approved; only bob could still approve.');
    expect(judgeReview({ slice: { rosters: { ml: { users: ['alice'], teams: [] } } } }).because).toContain(
      'nobody else of it may approve',
    );
  });

  test('the owners of the manifest are asked where no roster is called so', () => {
    const asked = [{ ...oneOfMl, from: 'owners' }];
    const candidate = (owners: readonly string[]) => ({ candidate: { ...gateFacts().candidate, owners } });
    const judge = (owners: readonly string[], by: string, slice = {}) =>
      judgeReview({ asked, facts: candidate(owners), pull: { reviews: [review(by)] }, slice }, 'reviewers/owners')
        .verdict;
    expect(judge(['@erin', 'acme/ml'], 'erin')).toBe('pass');
    expect(judge(['@erin'], 'bob')).toBe('pending');
    expect(judge([], 'bob')).toBe('error');
    expect(judgeReview({ asked, facts: candidate([]) }, 'reviewers/owners')).toMatchObject({
      because: 'The manifest names no owners, so nobody can approve for them.',
      remedy: 'Add owners to model.yaml on the base branch.',
    });
    expect(judge(['erin'], 'erin', { rosters: { owners: { users: ['bob'], teams: [] } } })).toBe('pending');
  });
});

describe('several requirements at once', () => {
  const both: readonly ReviewerGate[] = [
    { from: 'ml', count: 1, when: {} },
    { from: 'risk', count: 1, when: {} },
  ];
  const shared = {
    rosters: { ml: { users: ['bob', 'carol'], teams: [] }, risk: { users: ['carol', 'dave'], teams: [] } },
  };
  const verdicts = (logins: readonly string[]) => {
    const tree = judgeCase({ asked: both, slice: shared, pull: { reviews: logins.map((login) => review(login)) } });
    return ['reviewers/ml', 'reviewers/risk'].map((id) => tree.children?.find((node) => node.id === id)?.verdict);
  };

  test('nobody fills two seats', () => {
    expect(verdicts(['carol'])).toEqual(['pass', 'pending']);
    expect(verdicts(['carol', 'bob'])).toEqual(['pass', 'pass']);
    expect(verdicts(['carol', 'dave'])).toEqual(['pass', 'pass']);
    expect(verdicts(['dave'])).toEqual(['pending', 'pass']);
  });

  test('what is short names everybody whose approval would help, also by letting another move', () => {
    const node = judgeReview({ asked: both, slice: shared, pull: { reviews: [review('carol')] } }, 'reviewers/risk');
    expect(node.because).toBe('0 of 1 from risk approved; carol approved and fills another seat.');
    expect(node.remedy).toBe('Ask bob or dave to review https://forge.test/pull/7.');
  });
});

describe('conditions', () => {
  const asked = (when: ReviewerGate['when'], facts: Partial<GateFacts> = {}, gate = {}) =>
    (judgeCase({ asked: [{ from: 'risk', count: 1, when }], facts, gate }).children ?? []).filter(
      (node) => node.kind === 'reviewers',
    );
  const candidate = (parts: object) => ({ candidate: { ...gateFacts().candidate, ...parts } });

  test('impact, kind, origin and format', () => {
    expect(asked({ impact: 'high' })).toEqual([]);
    expect(asked({ impact: 'high' }, candidate({ impact: 'high' }))[0]?.id).toBe('reviewers/risk/impact=high');
    expect(asked({ kind: 'prompt' })).toEqual([]);
    expect(asked({ kind: 'prompt' }, candidate({ kind: 'prompt' }))).toHaveLength(1);
    expect(asked({ from: 'staging' })).toHaveLength(1);
    expect(asked({ from: 'none' })).toEqual([]);
    const artifacts = [{ path: 'a.pt', format: 'pytorch-zip', imports: [] }];
    expect(asked({ format: 'pickle' })).toEqual([]);
    expect(asked({ format: 'pickle' }, { artifacts })).toHaveLength(1);
    expect(asked({ format: 'onnx' }, { artifacts })).toEqual([]);
  });

  test('all of them must hold', () => {
    expect(asked({ impact: 'high', from: 'none' }, candidate({ impact: 'high' }))).toEqual([]);
    expect(asked({ impact: 'high', from: 'staging' }, candidate({ impact: 'high' }))).toHaveLength(1);
  });

  test('a waiver', () => {
    const frozen = [{ identity, version: '1.2.0', since: now, justification: null }];
    const waivers = [{ gate: 'freeze', identity, expires: null, justification: null }];
    expect(asked({ waiver: 'used' }, { frozen, waivers })).toHaveLength(1);
    expect(asked({ waiver: 'used' }, { frozen })).toEqual([]);
    expect(asked({ waiver: 'unused' }, { frozen })).toHaveLength(1);
  });

  test('what a metric gate came to', () => {
    const gate = { metrics: [metricGate({ bounds: { min: '0.95', max: null } })] };
    const when = (outcomes: readonly string[], more = {}) =>
      ({ metric: { outcomes, gate: null, slice: null, ...more } }) as ReviewerGate['when'];
    const waivers = [{ gate: 'accuracy', identity, expires: null, justification: null }];
    expect(asked(when(['fail']), {}, gate)).toHaveLength(1);
    expect(asked(when(['waived']), {}, gate)).toEqual([]);
    expect(asked(when(['waived']), { waivers }, gate)[0]?.id).toBe('reviewers/risk/metric=waived');
    expect(asked(when(['inconclusive', 'waived'], { gate: 'accuracy' }), { waivers }, gate)[0]?.id).toBe(
      'reviewers/risk/metric=accuracy:inconclusive|waived',
    );
    expect(asked(when(['pass'], { gate: 'other' }), {}, gate)[0]?.verdict).toBe('error');
    expect(asked(when(['pass']), {})[0]?.verdict).toBe('error');
  });

  test('a slice is judged by its own verdict, though the gate was waived', () => {
    const value = (key: string, slice: Record<string, string> | null) => ({
      key: 'accuracy',
      value: key,
      stderr: null,
      samples: 500,
      slice,
    });
    const document = {
      format: 'plain',
      context: {},
      values: [value('0.93', null), value('0.8', { lang: 'de' }), value('0.95', { lang: 'en' })],
    };
    const evidence = {
      eval: { document, digest: null, level: 'reported' as const, levelChecked: false, time: null, context: {} },
    };
    const slices = {
      by: 'lang',
      minSamples: null,
      onMissing: 'fail' as const,
      required: [],
      each: { bounds: { min: '0.9', max: null }, maxRegression: null },
    };
    const gate = { metrics: [metricGate({ slices })] };
    const waivers = [{ gate: 'accuracy', identity, expires: null, justification: null }];
    const when = (slice: string) => ({ metric: { outcomes: ['fail' as const], gate: 'accuracy', slice } });
    expect(asked(when('lang=de'), { evidence, waivers }, gate)).toHaveLength(1);
    expect(asked(when('lang=en'), { evidence, waivers }, gate)).toEqual([]);
  });

  test('one that is not known is an error, never taken for one that does not hold', () => {
    expect(asked({ moon: 'full' } as object)[0]?.verdict).toBe('error');
    expect(asked({ constructor: 'x' } as object)[0]?.verdict).toBe('error');
    expect(asked({ moon: 'full', impact: 'low' } as object)[0]).toMatchObject({
      because: 'The reviewers from risk depend on what is not known here: moon=full, impact=low.',
      remedy:
        'Correct "when" in weighbridge.yaml: it may name impact, kind, waiver, from, format, or a metric gate of this stage.',
    });
  });
});

describe('objections', () => {
  test('cannot be waived', () => {
    const waivers = [{ gate: 'reviewers/ml', identity, expires: null, justification: null }];
    const reviews = [review('bob'), review('carol', 'changes-requested')];
    expect(judgeReview({ pull: { reviews }, facts: { waivers } }).verdict).toBe('fail');
  });

  test('of anybody who may write block too, where the policy says so', () => {
    const reviews = [review('bob'), review('erin', 'changes-requested')];
    expect(judgeCase({ pull: { reviews } }).verdict).toBe('pass');
    const writers = { pull: { reviews }, policy: { objections: 'writers' as const } };
    expect(judgeReview(writers, 'objections')).toEqual({
      id: 'objections',
      kind: 'reviewers',
      verdict: 'fail',
      because: 'erin asked for changes.',
      remedy: 'Settle it with erin, who can approve or have the review dismissed.',
      facts: { objections: [{ login: 'erin', id: reviews[1]?.id, at: reviews[1]?.submittedAt }] },
    });
    const permissions = { bob: 'write' as const, erin: 'read' as const };
    const tree = judgeCase({ ...writers, review: { permissions } });
    expect(tree.verdict).toBe('pass');
    expect(tree.children?.map(({ id }) => id)).toEqual(['transition', 'reviewers/ml']);
  });

  test('of people of whom nobody knows whether they may write are told apart from those who may', () => {
    const reviews = [review('bob'), review('dave', 'changes-requested'), review('erin', 'changes-requested')];
    const judge = (permissions: ReviewFacts['permissions']) =>
      judgeReview({ pull: { reviews }, policy: { objections: 'writers' }, review: { permissions } }, 'objections');
    expect(judge({ bob: 'write' })).toMatchObject({
      verdict: 'error',
      because: 'dave asked for changes; erin asked for changes, and whether they may write here cannot be verified.',
      remedy: 'Settle it with dave and erin, who can approve or have the review dismissed.',
    });
    expect(judge({ bob: 'write', erin: 'write' })).toMatchObject({
      verdict: 'fail',
      because: 'dave asked for changes; erin asked for changes.',
    });
    expect(judge({ bob: 'write', dave: 'read', erin: 'write' }).because).toBe('erin asked for changes.');
  });
});
