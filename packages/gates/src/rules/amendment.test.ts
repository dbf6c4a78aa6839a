import { describe, expect, test } from 'vitest';
import { reviewPolicy } from '../../test/gate-case.js';
import { actor, review, reviewFacts } from '../../test/review-case.js';
import type { AmendmentFact, ReviewFacts } from '../facts.js';
import type { PullFacts, ReviewFact } from '../pull-facts.js';
import { type AmendmentRules, judgeAmendments } from './amendment.js';

const page = 'https://forge.test/pull/7';
const rosters: AmendmentRules['rosters'] = {
  ml: { users: ['bob', 'carol'], teams: [] },
  risk: { users: ['dave'], teams: ['acme/risk'] },
};

function rules(parts: Partial<AmendmentRules> = {}): AmendmentRules {
  return { owners: ['erin'], rosters, review: reviewPolicy(), ...parts };
}

function amendment(parts: Partial<AmendmentFact> = {}): AmendmentFact {
  return { what: 'policy', path: 'weighbridge.yaml', because: 'a gate goes', rule: null, takesOver: [], ...parts };
}

interface Given {
  readonly amendments?: readonly AmendmentFact[];
  readonly reviews?: readonly ReviewFact[];
  readonly rules?: Partial<AmendmentRules>;
  readonly pull?: Partial<PullFacts>;
  readonly review?: Partial<ReviewFacts>;
}

/** The nodes of a pull request, by default one that changes the policy and is owned by erin. */
function judge(given: Given = {}) {
  const facts = reviewFacts({ reviews: given.reviews ?? [], ...given.pull }, given.review);
  return judgeAmendments(rules(given.rules), { amendments: given.amendments ?? [amendment()], review: facts });
}

describe('a change of the rules', () => {
  test('waits for those who answer for it, and says what changes before it says who is missing', () => {
    expect(judge()).toMatchObject([
      {
        id: 'amendment/policy/weighbridge.yaml',
        kind: 'amendment',
        verdict: 'pending',
        because: 'In weighbridge.yaml, a gate goes. 0 of 1 from the policy owners (erin) approved.',
        remedy: `Ask erin to review ${page}.`,
        facts: { what: 'policy', path: 'weighbridge.yaml', rule: null, changes: ['a gate goes'], could: ['erin'] },
        children: [
          {
            id: 'amendment/policy/weighbridge.yaml/owners',
            kind: 'amendment',
            because: '0 of 1 from the policy owners (erin) approved.',
          },
        ],
      },
    ]);
  });
  test('passes with the approval of one of them, and leaves nothing to do', () => {
    const [node] = judge({ reviews: [review('erin')] });
    expect(node).toMatchObject({ verdict: 'pass', facts: { approved: ['erin'] } });
    expect(node).not.toHaveProperty('remedy');
  });
  test('is one requirement for each file and kind, with all its changes', () => {
    const nodes = judge({
      amendments: [
        amendment(),
        amendment({ what: 'roster', because: 'bob comes' }),
        amendment({ because: 'a stage goes' }),
        amendment({ what: 'waiver', rule: 'risk', because: 'fraud may pass' }),
        amendment({ path: 'other.yaml' }),
      ],
    });
    expect(nodes.map(({ id }) => id)).toEqual([
      'amendment/policy/weighbridge.yaml',
      'amendment/roster/weighbridge.yaml',
      'amendment/waiver/risk/weighbridge.yaml',
      'amendment/policy/other.yaml',
    ]);
    expect(nodes[0]?.because).toContain('In weighbridge.yaml, a gate goes and a stage goes. ');
    expect(nodes[0]?.facts).toMatchObject({ changes: ['a gate goes', 'a stage goes'] });
  });
  test('tells five changes and counts the rest', () => {
    const told = (count: number) =>
      judge({ amendments: Array.from({ length: count }, (_, index) => amendment({ because: `c${index}` })) })[0]
        ?.because;
    expect(told(5)).toContain('In weighbridge.yaml, c0, c1, c2, c3 and c4. ');
    expect(told(7)).toContain('In weighbridge.yaml, c0, c1, c2, c3, c4 and 2 more changes. ');
  });
});

describe('who answers for it', () => {
  test('is every owner, be it a login, a roster or a team', () => {
    const owners = ['erin', 'ml', '@acme/leads'];
    const teams = { 'acme/leads': { state: 'read' as const, members: [actor('mallory')] } };
    const [node] = judge({ rules: { owners }, review: { teams } });
    expect(node?.because).toContain('0 of 1 from the policy owners (erin, ml, @acme/leads) approved.');
    expect(node?.facts).toMatchObject({ could: ['bob', 'carol', 'erin', 'mallory'] });
    for (const login of ['erin', 'carol', 'mallory']) {
      expect(judge({ rules: { owners }, review: { teams }, reviews: [review(login)] })[0]?.verdict).toBe('pass');
    }
    expect(judge({ rules: { owners }, review: { teams }, reviews: [review('dave')] })[0]?.verdict).toBe('pending');
  });
  test('is never the owners of a manifest: they answer for no rules', () => {
    const [node] = judge({ rules: { owners: ['owners', 'bob'] } });
    expect(node?.facts).toMatchObject({ could: ['bob'] });
  });
  test('is the roster of a waiver, of the base', () => {
    const waiver = amendment({ what: 'waiver', rule: 'ml', because: 'fraud may pass' });
    expect(judge({ amendments: [waiver] })[0]?.remedy).toBe(`Ask bob or carol to review ${page}.`);
    expect(judge({ amendments: [waiver], reviews: [review('erin')] })[0]?.verdict).toBe('pending');
    expect(judge({ amendments: [waiver], reviews: [review('bob')] })[0]?.verdict).toBe('pass');
    for (const rule of ['gone', 'constructor']) {
      expect(judge({ amendments: [amendment({ what: 'waiver', rule, because: 'fraud may pass' })] })).toMatchObject([
        {
          id: `amendment/waiver/${rule}/weighbridge.yaml`,
          verdict: 'error',
          because: `In weighbridge.yaml, fraud may pass. The base policy has no roster ${rule} that could approve it.`,
          remedy: `Merge the roster ${rule} first, in a pull request of its own.`,
        },
      ]);
    }
  });
});

describe('where the policy names no owners', () => {
  const none = { owners: [] };
  const by = (login: string, permission: 'admin' | 'maintain' | 'write' | null) =>
    judge({
      rules: none,
      reviews: [review(login)],
      review: { permissions: permission === null ? {} : { [login]: permission } },
    })[0];
  test('people who maintain the repository answer, and nobody can be named', () => {
    expect(judge({ rules: none })[0]).toMatchObject({
      verdict: 'pending',
      because:
        'In weighbridge.yaml, a gate goes. 0 of 1 from those with admin or maintain permission, as the policy names no owners, approved.',
      remedy: `Ask those with admin or maintain permission, as the policy names no owners, to review ${page}.`,
      facts: { could: [] },
    });
    expect(by('bob', 'admin')?.verdict).toBe('pass');
    expect(by('bob', 'maintain')?.verdict).toBe('pass');
    expect(by('bob', 'write')?.verdict).toBe('pending');
    expect(by('bob', null)?.verdict).toBe('error');
  });
  test('a machine does not, though a roster names it and it may administer', () => {
    const named = { owners: [], rosters: { bots: { users: ['renovate[bot]'], teams: [] } } };
    const given = { rules: named, review: { permissions: { 'renovate[bot]': 'admin' as const } } };
    expect(judge({ ...given, reviews: [review(actor('renovate[bot]', { kind: 'bot' }))] })[0]).toMatchObject({
      verdict: 'pending',
      because: expect.stringContaining('renovate[bot] approved and is not one of them'),
    });
  });
});

describe('who takes over', () => {
  const handed = [amendment({ what: 'manifest', path: 'model.yaml', takesOver: ['dave', 'ml'] })];
  test('must agree too, and what is missing of both is told', () => {
    const [node] = judge({ amendments: handed });
    expect(node).toMatchObject({
      verdict: 'pending',
      remedy: `Ask erin to review ${page}. Ask bob, carol or dave to review ${page}.`,
    });
    expect(node?.children?.[1]).toMatchObject({
      id: 'amendment/manifest/model.yaml/takes-over',
      kind: 'amendment',
      verdict: 'pending',
      because: '0 of 1 from those who take over (dave or ml) approved.',
      facts: { takes_over: ['dave', 'ml'] },
    });
    expect(judge({ amendments: handed, reviews: [review('erin')] })[0]?.remedy).toBe(
      `Ask bob, carol or dave to review ${page}.`,
    );
    expect(judge({ amendments: handed, reviews: [review('erin'), review('carol')] })[0]?.verdict).toBe('pass');
  });
  test('is told once, however many changes name them', () => {
    const twice = [...handed, amendment({ what: 'manifest', path: 'model.yaml', takesOver: ['dave'] })];
    expect(judge({ amendments: twice })[0]?.children?.[1]?.facts).toMatchObject({ takes_over: ['dave', 'ml'] });
  });
  test('agreed by proposing it', () => {
    const [node] = judge({ amendments: handed, pull: { author: actor('carol'), reviews: [review('erin')] } });
    expect(node?.verdict).toBe('pass');
    expect(node?.children?.[1]).toEqual({
      id: 'amendment/manifest/model.yaml/takes-over',
      kind: 'amendment',
      verdict: 'pass',
      because: 'carol, who takes over, proposed it.',
      facts: { takes_over: ['dave', 'ml'] },
    });
    expect(judge({ amendments: handed, pull: { author: null, reviews: [review('erin')] } })[0]?.verdict).toBe(
      'pending',
    );
  });
  test('did not agree by proposing it, where nobody can tell whether the author is one of them', () => {
    const team = [amendment({ takesOver: ['acme/ml'] })];
    expect(judge({ amendments: team, reviews: [review('erin')] })[0]?.verdict).toBe('error');
  });
});

describe('without what a forge tells', () => {
  test('it waits', () => {
    expect(judgeAmendments(rules(), { amendments: [amendment()] })).toMatchObject([
      {
        id: 'amendment/policy/weighbridge.yaml',
        verdict: 'pending',
        because:
          'In weighbridge.yaml, a gate goes. Those who answer for it must approve; that is judged on the forge, and this evaluation had no forge facts.',
        remedy: 'See the status of the pull request.',
        children: [{ id: 'amendment/policy/weighbridge.yaml/owners', kind: 'amendment' }],
      },
    ]);
  });
  test('nothing is asked where nothing is amended', () => {
    expect(judgeAmendments(rules(), { amendments: [] })).toEqual([]);
    expect(judgeAmendments(rules(), {})).toEqual([]);
    expect(judge({ amendments: [] })).toEqual([]);
  });
});

test('a pull request of which nobody looked what it amends is an error of ours', () => {
  expect(judgeAmendments(rules(), { review: reviewFacts() })).toEqual([
    {
      id: 'amendment',
      kind: 'amendment',
      verdict: 'error',
      because: 'Nobody looked whether the pull request changes the rules that it is judged by.',
      remedy: 'Please report this: it is a mistake of Weighbridge.',
    },
  ]);
});
