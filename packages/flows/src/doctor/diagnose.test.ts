import { execFileSync } from 'node:child_process';
import { describe, expect, it, test } from 'vitest';
import {
  jobText,
  policyOf,
  protectionOf,
  registerText,
  relay,
  relayText,
  reviewed,
  settingOf,
  soundFacts,
  verifierKey,
  workflows,
} from '../../test/doctor-case.js';
import { diagnose } from './diagnose.js';
import type { DoctorFacts } from './facts.js';
import type { FindingLevel } from './finding.js';

const levelsOf = (facts: DoctorFacts, id: string) =>
  diagnose(facts)
    .findings.filter((each) => each.id === id)
    .map(({ level }) => level);

describe('a sound repository', () => {
  it('has nothing to mend; what protects tags is not read', () => {
    const { findings, protection, repository } = diagnose(soundFacts());
    expect(findings.filter(({ level }) => level !== 'ok').map(({ id }) => id)).toEqual(['release-tags']);
    expect(findings.every(({ level, remedy }) => (level === 'ok') === (remedy === null))).toBe(true);
    expect({ level: protection.level, repository }).toEqual({ level: 'L3', repository: 'acme/models' });
  });
});

interface Case {
  readonly what: string;
  readonly facts: Partial<DoctorFacts>;
  readonly id: string;
  readonly level: FindingLevel;
  /** Must be in the remedy. */
  readonly mends?: string;
}

const protection = (parts: Parameters<typeof protectionOf>[0]) => ({ protection: protectionOf(parts) });
const ledger = (parts: Parameters<typeof protectionOf>[0]) => ({
  ledgerProtection: protectionOf({ branch: 'weighbridge', requiredChecks: [], requiresPull: false, ...parts }),
});
const setting = (parts: Parameters<typeof settingOf>[0]) => ({ setting: settingOf(parts) });
const policy = (parts: Parameters<typeof policyOf>[0]) => ({ policy: policyOf(parts) });
const replaced = (text: string, from: string, to: string) => {
  expect(text).toContain(from);
  return {
    workflows: workflows(
      text.replace(from, () => to),
      registerText,
    ),
  };
};
const asJob = {
  workflows: workflows(jobText, registerText),
  ...protection({ requiredChecks: [{ context: 'weighbridge gate', source: 'github-actions' }], requiresOwners: false }),
};
const environment = (branches: 'all' | 'protected') =>
  setting({ environments: [{ name: 'release', reviewers: 0, branches, secrets: ['WEIGHBRIDGE_SIGNING_KEY'] }] });
const optional = { ledger: { branch: 'weighbridge', signing: 'optional' as const, keys: [] } };
const person = (parts: object) => ({
  people: [{ login: 'alice', rosters: ['ml'], exists: true, permission: 'write' as const, ...parts }],
});
const classicHidden = { unknown: ['classic protection of the branch: the token lacks administration: read'] };

const cases: readonly Case[] = [
  {
    what: 'no required check',
    facts: protection({ requiredChecks: [] }),
    id: 'status-required',
    level: 'fail',
    mends: 'gh api --method POST repos/acme/models/rulesets',
  },
  {
    what: 'no required check, but a hidden layer',
    facts: protection({ requiredChecks: [], ...classicHidden }),
    id: 'status-required',
    level: 'unknown',
  },
  {
    what: 'no required check and a hidden bypass list',
    facts: protection({ requiredChecks: [], unknown: ['who may bypass ruleset 1'] }),
    id: 'status-required',
    level: 'fail',
  },
  {
    what: 'another required check',
    facts: protection({ requiredChecks: [{ context: 'ci', source: null }] }),
    id: 'status-required',
    level: 'fail',
    mends: '"context":"weighbridge"',
  },
  {
    what: 'a check that nobody sees',
    facts: { protection: null },
    id: 'status-required',
    level: 'unknown',
    mends: 'Settings > Rules > Rulesets of acme/models',
  },
  {
    what: 'a status of one model',
    facts: protection({ requiredChecks: [{ context: 'weighbridge/fraud', source: '4711' }] }),
    id: 'status-required',
    level: 'ok',
  },
  {
    what: 'a required workflow',
    facts: protection({ requiredChecks: [], requiredWorkflows: [`acme/models/${relay}`] }),
    id: 'status-required',
    level: 'ok',
  },
  {
    what: 'a status from anybody',
    facts: protection({ requiredChecks: [{ context: 'weighbridge', source: null }] }),
    id: 'status-source',
    level: 'warn',
    mends: 'choose a source',
  },
  {
    what: 'a status from any workflow',
    facts: protection({ requiredChecks: [{ context: 'weighbridge', source: 'github-actions' }] }),
    id: 'status-source',
    level: 'warn',
    mends: 'token of an App',
  },
  {
    what: 'a job that the pull request can edit, with owners that nobody requires',
    facts: asJob,
    id: 'check-editable',
    level: 'warn',
    mends: 'Turn on "Require review from Code Owners"',
  },
  {
    what: 'a job without owners',
    facts: { ...asJob, codeOwners: null },
    id: 'check-editable',
    level: 'warn',
    mends: '.github/CODEOWNERS',
  },
  {
    what: 'a job whose workflow has owners that must approve',
    facts: { ...asJob, ...protection({ requiredChecks: [{ context: 'weighbridge gate', source: null }] }) },
    id: 'check-editable',
    level: 'ok',
  },
  {
    what: 'a job, seen in the clone alone',
    facts: { workflows: asJob.workflows, protection: null },
    id: 'check-editable',
    level: 'warn',
  },
  {
    what: 'people who pass every rule',
    facts: protection({ bypass: ['RepositoryRole 5'] }),
    id: 'branch-bypass',
    level: 'warn',
    mends: 'bypass list',
  },
  {
    what: 'approvals that a push leaves',
    facts: protection({ dismissesStale: false }),
    id: 'dismiss-stale',
    level: 'warn',
    mends: 'Dismiss stale',
  },
  { what: 'no approvals', facts: protection({ requiredApprovals: 0 }), id: 'dismiss-stale', level: 'warn' },
  {
    what: 'branches that are behind',
    facts: protection({ strict: false }),
    id: 'up-to-date',
    level: 'warn',
    mends: 'up to date',
  },
  {
    what: 'branches that are behind, with a queue',
    facts: protection({ strict: false, mergeQueue: true }),
    id: 'up-to-date',
    level: 'ok',
  },
  {
    what: 'a queue that nobody judges',
    facts: { ...replaced(relayText, '  merge_group:\n', ''), ...protection({ mergeQueue: true }) },
    id: 'merge-group',
    level: 'fail',
    mends: 'merge_group:',
  },
  { what: 'a queue that is judged', facts: protection({ mergeQueue: true }), id: 'merge-group', level: 'ok' },
  { what: 'no workflow', facts: { workflows: [] }, id: 'workflows', level: 'fail', mends: 'weighbridge init' },
  {
    what: 'a workflow that is no YAML',
    facts: { workflows: workflows(relayText, 'on: [') },
    id: 'workflow-unreadable',
    level: 'unknown',
    mends: 'other-1.yml',
  },
  {
    what: 'a path filter',
    facts: replaced(jobText, '  pull_request:\n', '  pull_request: { paths: [models/**] }\n'),
    id: 'path-filter',
    level: 'fail',
    mends: 'paths:',
  },
  {
    what: 'a filter by ignored paths',
    facts: replaced(jobText, '  pull_request:\n', '  pull_request: { paths-ignore: [docs/**] }\n'),
    id: 'path-filter',
    level: 'fail',
  },
  {
    what: 'a group of the workflow',
    facts: replaced(
      relayText,
      'permissions: {}',
      'permissions: {}\nconcurrency:\n  group: x-${{ github.ref }}\n  cancel-in-progress: false',
    ),
    id: 'concurrency',
    level: 'warn',
    mends: 'concurrency:',
  },
  {
    what: 'a group of the job',
    facts: replaced(relayText, '    name: weighbridge gate', '    name: weighbridge gate\n    concurrency: x'),
    id: 'concurrency',
    level: 'warn',
  },
  {
    what: 'a group of one run',
    facts: replaced(relayText, 'permissions: {}', 'permissions: {}\nconcurrency: x-${{ github.run_id }}'),
    id: 'concurrency',
    level: 'ok',
  },
  {
    what: 'permissions that nobody wrote',
    facts: {
      workflows: workflows(
        relayText,
        registerText.replace('permissions: {}\n', '').replace('    permissions: { contents: write }\n', ''),
      ),
    },
    id: 'permissions-wide',
    level: 'warn',
    mends: 'permissions: {}',
  },
  {
    what: 'write-all',
    facts: replaced(relayText, '{ contents: read, statuses: write, pull-requests: write }', 'write-all'),
    id: 'permissions-wide',
    level: 'warn',
  },
  {
    what: 'a judge that may write',
    facts: replaced(relayText, 'contents: read', 'contents: write'),
    id: 'permissions-wide',
    level: 'warn',
  },
  {
    what: 'a judge that cannot set its status',
    facts: replaced(relayText, 'statuses: write, ', ''),
    id: 'permissions-narrow',
    level: 'fail',
  },
  {
    what: 'a judge that cannot comment',
    facts: replaced(relayText, 'pull-requests: write', 'pull-requests: read'),
    id: 'permissions-narrow',
    level: 'fail',
  },
  {
    what: 'a register that cannot write',
    facts: { workflows: workflows(relayText, registerText.replace('contents: write', 'contents: read')) },
    id: 'permissions-narrow',
    level: 'fail',
  },
  {
    what: 'an action by its tag',
    facts: replaced(relayText, `actions/gate@${'a'.repeat(40)}`, 'actions/gate@v1'),
    id: 'pinned',
    level: 'warn',
    mends: 'full commit id',
  },
  {
    what: 'pull_request_target in public',
    facts: replaced(
      relayText,
      'workflow_run: { workflows: [weighbridge relay], types: [completed] }',
      'pull_request_target:',
    ),
    id: 'pull-request-target',
    level: 'warn',
    mends: 'workflow_run',
  },
  {
    what: 'nobody who sweeps',
    facts: replaced(relayText, "  schedule: [{ cron: '7 * * * *' }]\n", ''),
    id: 'sweep',
    level: 'warn',
    mends: 'schedule:',
  },
  { what: 'no policy', facts: { governed: false }, id: 'policy', level: 'fail', mends: 'weighbridge init' },
  { what: 'mode warn', facts: policy({ mode: 'warn' }), id: 'mode', level: 'warn', mends: 'mode: enforce' },
  {
    what: 'a policy without owners',
    facts: policy({ owners: [] }),
    id: 'policy-owners',
    level: 'fail',
    mends: 'owners:',
  },
  {
    what: 'a policy without owners that only warns',
    facts: policy({ owners: [], mode: 'warn' }),
    id: 'policy-owners',
    level: 'warn',
  },
  { what: 'no gate', facts: policy({ gates: {} }), id: 'gates', level: 'warn', mends: 'production' },
  {
    what: 'a team that the token cannot read',
    facts: {
      teams: { 'acme/ml': { state: 'cannot-verify', because: 'no members: read', remedy: 'Pass an App token.' } },
    },
    id: 'teams',
    level: 'fail',
    mends: 'Pass an App token.',
  },
  { what: 'teams without a forge', facts: { teams: null }, id: 'teams', level: 'unknown', mends: 'users:' },
  { what: 'people without a forge', facts: { people: null }, id: 'roster', level: 'unknown', mends: 'GITHUB_TOKEN' },
  {
    what: 'an account that is gone',
    facts: person({ exists: false, permission: 'none' }),
    id: 'roster',
    level: 'fail',
    mends: 'reviewers:',
  },
  {
    what: 'a reviewer who may only read',
    facts: person({ permission: 'read' }),
    id: 'roster-permission',
    level: 'warn',
    mends: 'Collaborators',
  },
  {
    what: 'a permission that is hidden',
    facts: person({ permission: 'cannot-verify' }),
    id: 'roster-permission',
    level: 'unknown',
  },
  {
    what: 'a gate that asks for more than there are',
    facts: policy({ gates: { production: reviewed({ from: 'ml', count: 4, when: {} }) } }),
    id: 'seats',
    level: 'fail',
    mends: 'lower the count',
  },
  {
    what: 'a gate that asks a roster that is not there',
    facts: policy({ gates: { production: reviewed({ from: 'law', count: 1, when: {} }) } }),
    id: 'seats',
    level: 'fail',
  },
  {
    what: 'a ledger that can be replaced',
    facts: ledger({ forcePushBlocked: false }),
    id: 'ledger-protected',
    level: 'fail',
    mends: 'non_fast_forward',
  },
  {
    what: 'a ledger that can be deleted',
    facts: ledger({ deletionBlocked: false }),
    id: 'ledger-protected',
    level: 'fail',
    mends: 'refs/heads/weighbridge',
  },
  {
    what: 'a ledger behind a hidden layer',
    facts: ledger({ deletionBlocked: false, ...classicHidden }),
    id: 'ledger-protected',
    level: 'unknown',
  },
  {
    what: 'a ledger that asks for a pull request',
    facts: ledger({ requiresPull: true }),
    id: 'ledger-protected',
    level: 'fail',
    mends: 'Exclude',
  },
  {
    what: 'a ledger that asks for a check',
    facts: ledger({ requiredChecks: [{ context: 'ci', source: null }] }),
    id: 'ledger-protected',
    level: 'fail',
    mends: 'Exclude',
  },
  { what: 'a ledger that nobody sees', facts: { ledgerProtection: null }, id: 'ledger-protected', level: 'unknown' },
  {
    what: 'people who may rewrite the ledger',
    facts: ledger({ bypass: ['Team 7'] }),
    id: 'ledger-bypass',
    level: 'warn',
    mends: 'bypass list',
  },
  {
    what: 'stages that differ',
    facts: { drift: [{ model: 'fraud', stage: 'staging', asked: '1.4.0', held: '1.3.0' }] },
    id: 'drift',
    level: 'warn',
    mends: 'weighbridge promote fraud@1.4.0 --to staging',
  },
  {
    what: 'a stage that is held and not asked',
    facts: { drift: [{ model: 'fraud', stage: 'staging', asked: null, held: '1.3.0' }] },
    id: 'drift',
    level: 'warn',
    mends: 'weighbridge show fraud',
  },
  {
    what: 'the key as a secret of the repository',
    facts: setting({ secrets: ['WEIGHBRIDGE_SIGNING_KEY'] }),
    id: 'signing-key',
    level: 'fail',
    mends: 'gh secret delete WEIGHBRIDGE_SIGNING_KEY --repo acme/models',
  },
  {
    what: 'the key under another name',
    facts: {
      ...setting({ secrets: ['SIGN'] }),
      workflows: workflows(relayText, registerText.replace('secrets.WEIGHBRIDGE_SIGNING_KEY', 'secrets.SIGN')),
    },
    id: 'signing-key',
    level: 'fail',
    mends: 'gh secret delete SIGN',
  },
  {
    what: 'an environment that is open',
    facts: environment('all'),
    id: 'signing-key',
    level: 'fail',
    mends: 'Deployment branches and tags',
  },
  { what: 'an environment of protected branches', facts: environment('protected'), id: 'signing-key', level: 'ok' },
  {
    what: 'a job that hands over the key without an environment',
    facts: {
      setting: null,
      workflows: workflows(relayText, registerText.replace('    environment: weighbridge\n', '')),
    },
    id: 'signing-key',
    level: 'fail',
    mends: 'environment: weighbridge',
  },
  { what: 'no key', facts: setting({ environments: [] }), id: 'signing-key', level: 'fail', mends: 'gh secret set' },
  {
    what: 'no key where none is asked for',
    facts: { ...setting({ environments: [] }), ...policy(optional) },
    id: 'signing-key',
    level: 'warn',
  },
  {
    what: 'secrets that nobody may list',
    facts: setting({ environments: [], secrets: null }),
    id: 'signing-key',
    level: 'unknown',
    mends: 'gh secret list',
  },
  {
    what: 'a hidden environment that the job names, open to all',
    facts: setting({ environments: [{ name: 'weighbridge', reviewers: 0, branches: 'all', secrets: null }] }),
    id: 'signing-key',
    level: 'fail',
    mends: 'Settings > Environments > weighbridge',
  },
  {
    what: 'a hidden environment that no job names',
    facts: setting({ environments: [{ name: 'other', reviewers: 0, branches: 'all', secrets: null }] }),
    id: 'signing-key',
    level: 'unknown',
    mends: 'gh secret list',
  },
  {
    what: 'an environment with the key, beside secrets that are hidden',
    facts: setting({ secrets: null }),
    id: 'signing-key',
    level: 'unknown',
    mends: 'gh secret list',
  },
  {
    what: 'an unsigned ledger',
    facts: { ledger: { size: 3, signed: false } },
    id: 'ledger-signed',
    level: 'fail',
    mends: 'ledger.branch',
  },
  {
    what: 'an unsigned ledger where that is allowed',
    facts: { ledger: { size: 3, signed: false }, ...policy(optional) },
    id: 'ledger-signed',
    level: 'warn',
  },
  { what: 'no ledger', facts: { ledger: { size: 0, signed: false } }, id: 'ledger-signed', level: 'ok' },
  {
    what: 'no verifier key',
    facts: policy({ ledger: { branch: 'weighbridge', signing: 'required', keys: [] } }),
    id: 'ledger-keys',
    level: 'fail',
    mends: 'weighbridge audit key',
  },
  {
    what: 'another key at hand',
    facts: { signer: 'other+1+x' },
    id: 'ledger-keys',
    level: 'fail',
    mends: 'ledger.keys',
  },
  { what: 'no key at hand', facts: { signer: null }, id: 'ledger-keys', level: 'ok' },
  {
    what: 'a token that cannot set a status',
    facts: setting({ tokenPermissions: { contents: 'write', statuses: 'none', 'pull-requests': 'write' } }),
    id: 'token',
    level: 'warn',
    mends: 'permissions:',
  },
  { what: 'a token that does not say', facts: setting({ tokenPermissions: {} }), id: 'token', level: 'unknown' },
  { what: 'no token', facts: { setting: null }, id: 'token', level: 'unknown', mends: 'GITHUB_TOKEN' },
];

describe('each point', () => {
  test.each(cases)('$id: $what is $level', ({ facts, id, level, mends }) => {
    const found = diagnose(soundFacts(facts)).findings.filter((each) => each.id === id);
    expect(found.map((each) => each.level)).toEqual([level]);
    if (mends !== undefined) expect(found[0]?.remedy).toContain(mends);
  });

  it('names the setting or command that mends it, whatever was found', () => {
    for (const { facts } of cases) {
      for (const { level, remedy, because } of diagnose(soundFacts(facts)).findings) {
        expect(because).toMatch(/\.$/);
        if (level !== 'ok')
          expect(remedy ?? '').toMatch(
            /gh |weighbridge|Settings|Add |Set |Remove|Write|Give|Correct|Turn on|Run |Mend |Look|Exclude|Use |Under |Pass |Compare|Make |In |Apply|Begin|Empty|Shorten|Require/,
          );
      }
    }
  });

  it('is told once for one repository, except what is told of several files or people', () => {
    for (const { facts } of cases) {
      const ids = diagnose(soundFacts(facts)).findings.map(({ id }) => id);
      const twice = ids.filter(
        (id, place) => ids.indexOf(id) !== place && !['workflow-unreadable', 'roster-permission'].includes(id),
      );
      expect(twice).toEqual([]);
    }
  });

  it('gives a command that a shell reads as it is meant, whatever a branch is called', () => {
    const ledgerPolicy = { branch: "it's $(x)", signing: 'required' as const, keys: [verifierKey] };
    const { findings } = diagnose(
      soundFacts({ ...policy({ ledger: ledgerPolicy }), ...ledger({ forcePushBlocked: false }) }),
    );
    const remedy = findings.find(({ id }) => id === 'ledger-protected')?.remedy ?? '';
    const [, quoted = ''] = /^Run: echo (.*) \| gh api/.exec(remedy) ?? [];
    const printed = execFileSync('sh', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toMatchObject({ conditions: { ref_name: { include: ["refs/heads/it's $(x)"] } } });
  });

  it('leaves out what does not apply', () => {
    expect(levelsOf(soundFacts(setting({ visibility: 'private' })), 'pull-request-target')).toEqual([]);
    const target = relayText.replace(/workflow_run:.*/, 'pull_request_target:');
    expect(
      levelsOf(
        soundFacts({ ...setting({ visibility: 'private' }), workflows: workflows(target) }),
        'pull-request-target',
      ),
    ).toEqual([]);
    expect(levelsOf(soundFacts({ workflows: workflows(target), setting: null }), 'pull-request-target')).toEqual([
      'unknown',
    ]);
    expect(levelsOf(soundFacts(), 'merge-group')).toEqual([]);
    expect(levelsOf(soundFacts(), 'branch-bypass')).toEqual([]);
  });
});

describe('the level of protection', () => {
  const levelOf = (facts: Partial<DoctorFacts>) => diagnose(soundFacts(facts)).protection.level;

  it('is L0 where nothing of ours is required, and not known where that was not seen', () => {
    expect(levelOf(protection({ requiredChecks: [] }))).toBe('L0');
    expect(levelOf(protection({ requiredChecks: [{ context: 'ci', source: '4711' }] }))).toBe('L0');
    expect(levelOf(protection({ requiredChecks: [], ...classicHidden }))).toBe('unknown');
    expect(levelOf({ protection: null })).toBe('unknown');
  });

  it('is L1 for what the pull request itself reports, be it a job or a status', () => {
    expect(levelOf(asJob)).toBe('L1');
    expect(
      levelOf({
        workflows: workflows(jobText),
        ...protection({ requiredChecks: [{ context: 'weighbridge', source: null }] }),
      }),
    ).toBe('L1');
  });

  it('is L2 for a status from the default branch, and says what that leaves open', () => {
    for (const source of [null, 'github-actions'])
      expect(levelOf(protection({ requiredChecks: [{ context: 'weighbridge', source }] }))).toBe('L2');
    const target = relayText.replace(/workflow_run:.*/, 'pull_request_target:');
    expect(
      levelOf({
        workflows: workflows(target),
        ...protection({ requiredChecks: [{ context: 'weighbridge', source: null }] }),
      }),
    ).toBe('L2');
  });

  it('is L3 for an App or a required workflow as the only source', () => {
    expect(levelOf({})).toBe('L3');
    expect(
      levelOf(
        protection({ requiredChecks: [], requiredWorkflows: ['acme/central/.github/workflows/weighbridge-gate.yml'] }),
      ),
    ).toBe('L3');
    expect(
      levelOf(protection({ requiredChecks: [], requiredWorkflows: ['acme/central/.github/workflows/lint.yml'] })),
    ).toBe('L0');
  });
});

it('rests on a key that is one of the policy', () => expect(verifierKey).toBe(soundFacts().signer));
