import { createHash } from 'node:crypto';
import type { Sha256 } from '@weighbridge/core';
import { parseManifest, parsePolicy, type Manifest, type Policy } from '@weighbridge/manifest';
import { describe, expect, test } from 'vitest';
import { now } from '../test/gate-case.js';
import { actor, commit, commits, person, review, reviewFacts } from '../test/review-case.js';
import { decideAmendments } from './decide-amendments.js';
import type { ReviewFacts } from './facts.js';
import { findAmendments, type ProposedChange } from './find-amendments.js';
import { teamsToRead } from './teams-to-read.js';

const sha256: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const digest = `sha256:${'a'.repeat(64)}`;

function policy(lines: string): Policy {
  const parsed = parsePolicy({ path: 'weighbridge.yaml', text: `version: 1\n${lines}` });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

function manifest(lines: string): Manifest {
  const parsed = parseManifest({ path: 'models/fraud/model.yaml', text: `name: fraud\nkind: model\n${lines}` });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

const rosters = 'reviewers: { ml: { users: [bob, carol] }, risk: { users: [dave], teams: [acme/risk] } }\n';
const gate = (min: string) =>
  `gates: { production: { metrics: [{ id: acc, metric: eval.acc, direction: higher, bounds: { min: ${min} } }] } }\n`;
const waiver = (parts = '') =>
  `waivers: [{ gate: acc, model: fraud, digest: "${digest}", reason: holiday traffic, expires: 2026-12-31, rule: risk${parts} }]\n`;
const base = policy(`${rosters}owners: [erin]\n${gate('0.9')}`);

const change = (parts: Partial<ProposedChange>): ProposedChange => {
  const files = [{ path: 'weighbridge.yaml', previousPath: null }];
  return { base, head: base, policyPath: 'weighbridge.yaml', files, manifests: [], ...parts };
};
const found = (parts: Partial<ProposedChange>) =>
  findAmendments(change(parts)).map(
    ({ what, because, rule }) => `${what}${rule === null ? '' : ` (${rule})`}: ${because}`,
  );

describe('findAmendments', () => {
  test('nothing, and nothing where nothing is governed yet', () => {
    expect(found({ files: [] })).toEqual([]);
    expect(found({ base: null, files: [{ path: '.github/workflows/gate.yml', previousPath: null }] })).toEqual([]);
  });

  test('a policy that is touched and says the same', () => {
    expect(found({})).toEqual(['policy: the text changes and the rules stay the same']);
    const renamed = [{ path: 'other.yaml', previousPath: 'weighbridge.yaml' }];
    expect(found({ files: renamed })).toHaveLength(1);
    expect(found({ head: null })).toEqual(['policy: weighbridge.yaml is removed']);
  });

  test('an alias that a gate compares with, and no other', () => {
    const compared = policy(
      `${rosters}owners: [erin]\ngates: { production: { metrics: [{ id: acc, metric: eval.acc, direction: higher, baseline: { ref: 'alias:champion', max_regression: { absolute: 0.01 } } }] } }\n`,
    );
    const path = 'models/fraud/stages.yaml';
    const files = [{ path, previousPath: null }];
    const moved = (alias: string, from: string | null, to: string | null) =>
      found({ base: compared, head: compared, files, aliases: [{ path, alias, from, to }] });
    expect(moved('champion', '1.3.2', '1.0.0')).toEqual([
      'alias: the alias champion, which gates compare with, goes from 1.3.2 to 1.0.0',
    ]);
    expect(moved('champion', '1.3.2', null)).toHaveLength(1);
    expect(moved('champion', '1.3.2', '1.3.2')).toEqual([]);
    expect(moved('beta', '1.3.2', '1.0.0')).toEqual([]);
  });

  test('each part of the policy by its name', () => {
    const parts = (lines: string) => found({ head: policy(`${rosters}owners: [erin]\n${gate('0.9')}${lines}`) });
    expect(parts('mode: warn\n')).toEqual(['policy: mode goes from enforce to warn']);
    expect(parts('review: { permission: read }\n')).toEqual(['policy: the rules of review change']);
    expect(parts('waiver_limits: { max_duration: 90d }\n')).toEqual(['policy: the limits of waivers change']);
    expect(parts('rollback: { keep: 1 }\n')).toEqual(['policy: the rules of rollback change']);
    expect(parts('models: [m/*/model.yaml]\n')).toEqual(['policy: the places of manifests change']);
    expect(parts('release: on-merge\n')).toEqual(['policy: the rules of release change']);
    expect(parts('ledger: { signing: required }\n')).toEqual(['policy: the rules of the ledger change']);
    expect(parts('versioning: { preset: interface }\n')).toEqual(['policy: the rules of versioning change']);
    expect(parts('store: { type: folder, path: /srv }\n')).toEqual(['policy: the rules of the store change']);
    expect(parts('transitions: { production: [development] }\n')).toEqual(['policy: the transitions change']);
    const stages = 'stages: [development, staging, canary, production, archived]\n';
    expect(parts(stages)).toEqual(['policy: the stages change', 'policy: the transitions change']);
  });

  test('gates, by their stage', () => {
    expect(found({ head: policy(`${rosters}owners: [erin]\n${gate('0.8')}`) })).toEqual([
      'policy: the gate of production changes',
    ]);
    expect(found({ head: policy(`${rosters}owners: [erin]\n`) })).toEqual([
      'policy: the gate of production is removed',
    ]);
    const more = policy(`${rosters}owners: [erin]\n${gate('0.9').replace('} }\n', '}, staging: { soak: 1h } }\n')}`);
    expect(found({ head: more })).toEqual(['policy: the gate of staging is added']);
  });

  test('rosters, by who comes and goes', () => {
    const head = policy(
      `reviewers: { ml: { users: [bob, mallory] }, new: { users: [x] } }\nowners: [erin]\n${gate('0.9')}`,
    );
    expect(found({ head })).toEqual([
      'roster: roster ml gains mallory',
      'roster: roster ml loses carol',
      'roster: roster new is added',
      'roster: roster risk is removed',
    ]);
  });

  test('a new waiver needs its roster alone; one that changes is a new one', () => {
    const head = policy(`${rosters}owners: [erin]\n${gate('0.9')}${waiver()}`);
    expect(found({ head })).toEqual([
      'waiver (risk): a waiver lets fraud pass gate acc until 2026-12-31 (holiday traffic)',
    ]);
    expect(found({ base: head, head })).toEqual(['policy: the text changes and the rules stay the same']);
    const longer = policy(`${rosters}owners: [erin]\n${gate('0.9')}${waiver().replace('2026-12-31', '2027-12-31')}`);
    expect(found({ base: head, head: longer })).toEqual([
      'waiver (risk): a waiver lets fraud pass gate acc until 2027-12-31 (holiday traffic)',
    ]);
    expect(found({ base: head, head: base })).toEqual(['policy: waivers of fraud are removed']);
  });

  test('owners who take over', () => {
    const head = policy(`${rosters}owners: [erin, frank]\n${gate('0.9')}`);
    expect(findAmendments(change({ head }))).toEqual([
      {
        what: 'policy',
        path: 'weighbridge.yaml',
        because: 'the policy owners change',
        rule: null,
        takesOver: ['frank'],
      },
    ]);
  });

  test('workflows and owners files, also those that are renamed away', () => {
    const files = [
      '.github/workflows/gate.yml',
      'docs/CODEOWNERS',
      'CODEOWNERS',
      '.github/actions/x/action.yml',
      'src/CODEOWNERS',
      'README.md',
    ];
    const paths = (list: readonly (readonly [string, string | null])[]) =>
      findAmendments(change({ files: list.map(([path, previousPath]) => ({ path, previousPath })) })).map(
        ({ what, path }) => `${what} ${path}`,
      );
    expect(paths(files.map((path) => [path, null]))).toEqual([
      'workflow .github/actions/x/action.yml',
      'workflow .github/workflows/gate.yml',
      'owners-file CODEOWNERS',
      'owners-file docs/CODEOWNERS',
    ]);
    expect(paths([['old/gate.yml', '.github/workflows/gate.yml']])).toEqual(['workflow .github/workflows/gate.yml']);
  });

  test('what a manifest would no longer ask', () => {
    const before = manifest('impact: high\nowners: [erin]\nmetrics: [{ id: eval, path: a.json }]\n');
    const after = manifest('owners: [erin, "@frank"]\n');
    const manifests = [{ path: 'models/fraud/model.yaml', base: before, head: after }];
    const facts = findAmendments(change({ files: [], manifests }));
    expect(facts.map(({ because, takesOver }) => [because, takesOver])).toEqual([
      ['impact goes from high to low', []],
      ['owners go from erin to erin, @frank', ['@frank']],
      ['the metric document eval, which gates read, is removed', []],
    ]);
    expect(found({ files: [], manifests: [{ path: 'm', base: before, head: null }] })).toEqual([
      'manifest: the manifest of fraud is removed',
    ]);
    expect(found({ files: [], manifests: [{ path: 'm', base: null, head: after }] })).toEqual([]);
  });
});

describe('decideAmendments', () => {
  const decide = (parts: Partial<ProposedChange>, facts: ReviewFacts | undefined, from: Policy = base) =>
    decideAmendments(
      from,
      {
        now,
        amendments: findAmendments(change({ base: from, ...parts })),
        ...(facts === undefined ? {} : { review: facts }),
      },
      sha256,
    );
  const head = policy(`${rosters}owners: [erin]\n`);
  const by = (...logins: string[]) => reviewFacts({ reviews: logins.map((login) => review(login)) });

  test('nothing amended passes, saying so', () => {
    const decision = decide({ files: [] }, by());
    expect(decision).toMatchObject({ schema: 1, model: null, verdict: 'pass', assumed: [], time: now });
    expect(decision.because).toBe('The rules that models are judged by are not changed.');
    expect(decide({ files: [] }, reviewFacts({ draft: true })).verdict).toBe('pending');
  });

  test('waits for an owner of the base, who is never one of the head', () => {
    const self = policy(`${rosters}owners: [bob]\n`);
    expect(decide({ head }, by()).verdict).toBe('pending');
    expect(decide({ head }, by('erin'))).toMatchObject({
      verdict: 'pass',
      because:
        'In weighbridge.yaml, the gate of production is removed. 1 of 1 from the policy owners (erin) approved (erin).',
    });
    expect(decide({ head: self }, by('bob')).verdict).toBe('pending');
    expect(decide({ head: self }, by('bob', 'erin')).verdict).toBe('pass');
  });

  test('owners may be rosters', () => {
    const from = policy(`${rosters}owners: [ml, erin]\n${gate('0.9')}`);
    for (const login of ['bob', 'carol', 'erin']) expect(decide({ head }, by(login), from).verdict).toBe('pass');
    expect(decide({ head }, by('dave'), from).verdict).toBe('pending');
  });

  test('without owners, whoever administers the repository, who is not the author', () => {
    const from = policy(`${rosters}${gate('0.9')}`);
    const may = (login: string, permission: 'admin' | 'maintain' | 'write' | 'cannot-verify') => {
      const facts = reviewFacts({ reviews: [review(login)] }, { permissions: { [login]: permission } });
      return decide({ head: policy(rosters) }, facts, from);
    };
    expect(may('zoe', 'admin').verdict).toBe('pass');
    expect(may('zoe', 'maintain').verdict).toBe('pass');
    expect(may('zoe', 'write').verdict).toBe('pending');
    expect(may('zoe', 'write').because).toContain('not so amendment/policy/weighbridge.yaml');
    expect(may('zoe', 'write').requirements[0]?.because).toContain('as the policy names no owners');
    expect(may('zoe', 'cannot-verify').verdict).toBe('error');
    expect(may('alice', 'admin').verdict).toBe('pending');
  });

  test('an owner who objects stops it', () => {
    const from = policy(`${rosters}owners: [erin, frank]\n${gate('0.9')}`);
    const facts = reviewFacts({ reviews: [review('erin'), review('frank', 'changes-requested')] });
    expect(decide({ head }, facts, from).verdict).toBe('fail');
  });

  test('a waiver whose roster comes with it waits for the roster to be merged', () => {
    const fresh = policy(
      `reviewers: { ml: { users: [bob, carol] }, risk: { users: [dave], teams: [acme/risk] }, new: { users: [bob] } }\nowners: [erin]\n${gate('0.9')}${waiver().replace('rule: risk', 'rule: new')}`,
    );
    const decision = decide({ head: fresh }, by('bob', 'erin'));
    expect(decision.verdict).toBe('error');
    expect(decision.requirements.at(-1)?.remedy).toContain('Merge the roster new first');
  });

  test('without a forge it waits, and mode warn lets through', () => {
    expect(decide({ head }, undefined).verdict).toBe('pending');
    const warn = policy(`${rosters}owners: [erin]\nmode: warn\n${gate('0.9')}`);
    expect(decide({ head: policy(`${rosters}owners: [erin]\nmode: warn\n`) }, by(), warn)).toMatchObject({
      verdict: 'warn',
      mode: 'warn',
    });
  });

  test('each file is a requirement of its own', () => {
    const files = ['weighbridge.yaml', '.github/workflows/a.yml', '.github/workflows/b.yml'].map((path) => ({
      path,
      previousPath: null,
    }));
    const decision = decide({ head, files }, by('erin'));
    expect(decision.requirements.map(({ id }) => id)).toEqual([
      'amendment/policy/weighbridge.yaml',
      'amendment/workflow/.github/workflows/a.yml',
      'amendment/workflow/.github/workflows/b.yml',
    ]);
    expect(decision.because).toBe('All 3 changes of the rules are approved.');
  });

  test('who takes over agrees too, unless they proposed it', () => {
    const heirs = policy(`${rosters}owners: [frank]\n${gate('0.9')}`);
    const permissions = { erin: 'write', frank: 'write' } as const;
    const judge = (logins: string[], author = 'alice') => {
      const own = commit(commits.head, { author: person(author), committer: person(author) });
      const pull = { author: actor(author), commits: [own], reviews: logins.map((login) => review(login)) };
      return decide({ head: heirs }, reviewFacts(pull, { permissions }));
    };
    expect(judge(['erin']).verdict).toBe('pending');
    expect(judge(['erin', 'frank']).verdict).toBe('pass');
    expect(judge(['frank']).verdict).toBe('pending');
    expect(judge(['erin'], 'frank').verdict).toBe('pass');
    expect(judge([], 'frank').verdict).toBe('pending');
    expect(judge(['erin']).requirements[0]?.children?.map(({ id }) => id)).toEqual([
      'amendment/policy/weighbridge.yaml/owners',
      'amendment/policy/weighbridge.yaml/takes-over',
    ]);
  });
});

test('teamsToRead names each team once, of rosters, owners and heirs', () => {
  const rules = { rosters: base.reviewers, owners: ['erin', 'acme/board'] };
  const amendments = [{ what: 'policy' as const, path: 'p', because: 'x', rule: null, takesOver: ['acme/new'] }];
  expect(teamsToRead(rules, { owners: ['@ACME/Risk', 'acme/nlp', 'bob'], amendments })).toEqual([
    'acme/board',
    'acme/new',
    'acme/nlp',
    'ACME/Risk',
  ]);
});
