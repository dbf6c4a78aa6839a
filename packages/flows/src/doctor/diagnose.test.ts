import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  asJob,
  classicHidden,
  jobText,
  ledger,
  policy,
  protection,
  relayText,
  setting,
  soundFacts,
  verifierKey,
  workflows,
} from '../../test/doctor-case.js';
import { diagnose } from './diagnose.js';
import type { DoctorFacts } from './facts.js';

const levelsOf = (facts: DoctorFacts, id: string) =>
  diagnose(facts)
    .findings.filter((each) => each.id === id)
    .map(({ level }) => level);

describe('a sound repository', () => {
  it('has nothing to mend', () => {
    const { findings, protection, repository } = diagnose(soundFacts());
    expect(findings.filter(({ level }) => level !== 'ok').map(({ id }) => id)).toEqual([]);
    expect(findings.every(({ level, remedy }) => (level === 'ok') === (remedy === null))).toBe(true);
    expect({ ...protection, repository }).toMatchObject({ level: 'L3', remedy: null, repository: 'acme/models' });
  });
});

describe('a finding', () => {
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

describe('what would raise the level', () => {
  const remedyAt = (facts: Partial<DoctorFacts>) => diagnose(soundFacts(facts)).protection.remedy ?? '';
  const status = protection({ requiredChecks: [{ context: 'weighbridge', source: null }] });

  it('is one thing, with its command', () => {
    expect(remedyAt(protection({ requiredChecks: [] }))).toMatch(
      /^Run: echo '.*"context":"weighbridge".*gh api --method POST repos\/acme\/models\/rulesets/,
    );
    expect(remedyAt({ ...protection({ requiredChecks: [] }), workflows: workflows(jobText) })).toContain(
      '"context":"weighbridge gate"',
    );
    expect(remedyAt(asJob)).toMatch(/ Run: weighbridge init$/);
    const job = protection({ requiredChecks: [{ context: 'weighbridge gate', source: 'github-actions' }] });
    expect(remedyAt(job)).toMatch(/^Require the status weighbridge in place of the job\. Run: echo .*"weighbridge"/);
    expect(remedyAt(status)).toContain('the token of an App');
    expect(remedyAt({ protection: null })).toMatch(/Run: GITHUB_TOKEN=\$\(gh auth token\) weighbridge doctor$/);
  });
});

it('rests on a key that is one of the policy', () => expect(verifierKey).toBe(soundFacts().signer));
