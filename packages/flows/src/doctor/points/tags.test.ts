import { describe, expect, it, test } from 'vitest';
import { diagnose } from '../diagnose.js';
import { expectFinding, type FindingCase, policy, soundFacts, tags } from '../../../test/doctor-case.js';

const told = (facts: Parameters<typeof soundFacts>[0], id: string) =>
  diagnose(soundFacts(facts)).findings.find((each) => each.id === id)?.because;

const cases: readonly FindingCase[] = [
  {
    what: 'no ruleset',
    facts: { tagProtection: { rulesets: [], unknown: [] } },
    id: 'release-tags',
    level: 'warn',
    mends: '"include":["refs/tags/*@v*","refs/tags/*#*"]',
  },
  {
    what: 'tags that may be moved',
    facts: { tagProtection: tags({ rules: ['deletion'] }) },
    id: 'release-tags',
    level: 'warn',
  },
  {
    what: 'tags that may be deleted',
    facts: { tagProtection: tags({ rules: ['update'] }) },
    id: 'release-tags',
    level: 'warn',
  },
  {
    what: 'versions alone that are kept',
    facts: { tagProtection: tags({ include: ['refs/tags/*@v*'] }) },
    id: 'release-tags',
    level: 'warn',
  },
  {
    what: 'an exception for one model',
    facts: { tagProtection: tags({ exclude: ['refs/tags/fraud@*'] }) },
    id: 'release-tags',
    level: 'warn',
  },
  { what: 'every tag', facts: { tagProtection: tags({ include: ['~ALL'] }) }, id: 'release-tags', level: 'ok' },
  {
    what: 'rules that nobody may read',
    facts: { tagProtection: null },
    id: 'release-tags',
    level: 'unknown',
    mends: '*@v*',
  },
  {
    what: 'new tags that nobody may make',
    facts: { tagProtection: tags({ rules: ['creation', 'update', 'deletion'] }) },
    id: 'tag-creation',
    level: 'fail',
    mends: 'bypass list of "tags"',
  },
  {
    what: 'new tags behind a hidden bypass list',
    facts: { tagProtection: tags({ rules: ['required_signatures', 'update', 'deletion'], bypass: null }) },
    id: 'tag-creation',
    level: 'unknown',
  },
];

test.each(cases)('$id: $what is $level', (each) => expectFinding(each));

describe('tags', () => {
  it('are told by name', () => {
    const open = { rulesets: [], unknown: [] };
    expect(told({ tagProtection: open }, 'release-tags')).toBe(
      'Tags that say what was released can be moved (fraud@v1.0.0, fraud#development#1, fraud#staging#1, fraud#production#1, fraud#archived#1) and deleted (fraud@v1.0.0, fraud#development#1, fraud#staging#1, fraud#production#1, fraud#archived#1): what a name stands for could be exchanged.',
    );
    expect(told({ models: [], tagProtection: open }, 'release-tags')).toContain('model@v1.0.0');
  });

  it('of stages with a slash need a pattern of their own', () => {
    const deep = policy({ stages: ['production/eu'] });
    const { findings } = diagnose(soundFacts(deep));
    const found = findings.find(({ id }) => id === 'release-tags');
    expect(found).toMatchObject({ level: 'warn', because: expect.stringContaining('fraud#production/eu#1') as string });
    const [, include = ''] = /"include":(\[.*?\])/.exec(found?.remedy ?? '') ?? [];
    const covered = { ...deep, tagProtection: tags({ include: JSON.parse(include) as string[] }) };
    expect(diagnose(soundFacts(covered)).findings.find(({ id }) => id === 'release-tags')?.level).toBe('ok');
  });

  it('may be moved by whoever is on the bypass list, and it says so', () => {
    const tagProtection = tags({ rules: ['creation', 'update', 'deletion'], bypass: ['Integration 4711'] });
    expect(told({ tagProtection }, 'release-tags')).toContain('Integration 4711 may all the same.');
    expect(told({ tagProtection }, 'tag-creation')).toBeUndefined();
  });
});
