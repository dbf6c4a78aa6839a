import type { ForgeActor } from '@weighbridge/gates';
import { defaultPolicy } from '@weighbridge/manifest';
import type { BranchProtection, MergeQueue, RepositorySetting, TagProtection, TagRuleset } from '@weighbridge/ports';
import { expect } from 'vitest';
import { diagnose } from '../src/doctor/diagnose.js';
import type { DoctorFacts } from '../src/doctor/facts.js';
import type { FindingLevel } from '../src/doctor/finding.js';
import { parseWorkflow } from '../src/doctor/parse-workflow.js';

const sha = 'a'.repeat(40);

/** Judges from the default branch, least privilege, pinned, swept. */
export const relayText = `name: weighbridge
on:
  workflow_run: { workflows: [weighbridge relay], types: [completed] }
  merge_group:
  schedule: [{ cron: '7 * * * *' }]
permissions: {}
jobs:
  gate:
    name: weighbridge gate
    runs-on: ubuntu-latest
    permissions: { contents: read, statuses: write, pull-requests: write }
    steps:
      - uses: actions/checkout@${sha}
      - uses: weighbridge-dev/weighbridge/actions/gate@${sha}
`;

export const registerText = `name: register
on: { push: { tags: ['*@v*'] } }
permissions: {}
jobs:
  register:
    environment: weighbridge
    permissions: { contents: write }
    steps:
      - uses: weighbridge-dev/weighbridge/actions/register@${sha}
        with: { signing-key: '\${{ secrets.WEIGHBRIDGE_SIGNING_KEY }}' }
`;

/** Judges as the pull request has it. */
export const jobText = relayText.replace(/  workflow_run:.*\n/, '  pull_request:\n').replace(/  schedule:.*\n/, '');

export const relay = '.github/workflows/weighbridge.yml';

export function workflows(...texts: readonly string[]): DoctorFacts['workflows'] {
  return texts.map((text, place) => parseWorkflow(place === 0 ? relay : `.github/workflows/other-${place}.yml`, text));
}

export function protectionOf(parts: Partial<BranchProtection> = {}): BranchProtection {
  return {
    branch: 'main',
    requiredChecks: [{ context: 'weighbridge', source: '4711' }],
    requiredWorkflows: [],
    strict: true,
    forcePushBlocked: true,
    deletionBlocked: true,
    requiresPull: true,
    requiredApprovals: 1,
    dismissesStale: true,
    requiresOwners: true,
    linearHistory: false,
    mergeQueue: null,
    refuses: [],
    bypass: [],
    unknown: [],
    ...parts,
  };
}

export function settingOf(parts: Partial<RepositorySetting> = {}): RepositorySetting {
  return {
    id: '1',
    name: 'acme/models',
    visibility: 'public',
    defaultBranch: 'main',
    url: 'https://github.com/acme/models',
    tokenPermissions: { contents: 'write', statuses: 'write', 'pull-requests': 'write' },
    tokenKind: 'app',
    environments: [{ name: 'weighbridge', reviewers: 0, branches: 'custom', secrets: ['WEIGHBRIDGE_SIGNING_KEY'] }],
    secrets: [],
    workflowsMayApprove: false,
    ...parts,
  };
}

type Gate = DoctorFacts['policy']['gates'][string];

/** A gate that asks for reviewers alone. */
export function reviewed(...reviewers: Gate['reviewers']): Gate {
  return {
    from: null,
    soakMs: null,
    checks: [],
    metadata: 'optional',
    formats: { allow: null, deny: [] },
    evidence: null,
    metrics: [],
    reviewers,
    onInconclusive: 'block',
    multiplicity: 'none',
  };
}

export const verifierKey = 'acme+12345678+AAAA';

export function policyOf(parts: Partial<DoctorFacts['policy']> = {}): DoctorFacts['policy'] {
  return {
    ...defaultPolicy(),
    mode: 'enforce',
    ledger: { branch: 'weighbridge', signing: 'required', keys: [verifierKey] },
    reviewers: { ml: { users: ['alice', 'bob'], teams: ['acme/ml'] } },
    owners: ['alice'],
    gates: { production: reviewed({ from: 'ml', count: 2, when: {} }) },
    ...parts,
  };
}

export const carol: ForgeActor = { id: '3', login: 'carol', kind: 'user' };

/** A merge queue that merges only what is green. */
export function queue(parts: Partial<MergeQueue> = {}): MergeQueue {
  return { method: 'merge', everyGreen: true, ...parts };
}

/** Rules for tags that cover those of versions and stages. */
export function tags(parts: Partial<TagRuleset> = {}): TagProtection {
  const ruleset = { name: 'tags', include: ['refs/tags/*@v*', 'refs/tags/*#*'], exclude: [], bypass: [] };
  return { rulesets: [{ ...ruleset, rules: ['update', 'deletion'], ...parts }], unknown: [] };
}

/** A repository where everything is as it should be. */
export function soundFacts(parts: Partial<DoctorFacts> = {}): DoctorFacts {
  return {
    setting: settingOf(),
    protection: protectionOf(),
    ledgerProtection: protectionOf({ branch: 'weighbridge', requiredChecks: [], requiresPull: false }),
    tagProtection: tags(),
    defaultBranch: 'main',
    workflows: workflows(relayText, registerText),
    codeOwners: '* @acme/all\n/.github/workflows/ @acme/platform\n',
    governed: true,
    policy: policyOf(),
    models: ['fraud'],
    ledger: { size: 12, signed: true },
    signer: verifierKey,
    drift: [],
    people: [
      { login: 'alice', rosters: ['ml'], exists: true, permission: 'write' },
      { login: 'bob', rosters: ['ml'], exists: true, permission: 'admin' },
    ],
    teams: { 'acme/ml': { state: 'read', members: [carol] } },
    unseen: [],
    ...parts,
  };
}

/** Facts in which one side differs. */
export const protection = (parts: Partial<BranchProtection>) => ({ protection: protectionOf(parts) });
export const ledger = (parts: Partial<BranchProtection>) => ({
  ledgerProtection: protectionOf({ branch: 'weighbridge', requiredChecks: [], requiresPull: false, ...parts }),
});
export const setting = (parts: Partial<RepositorySetting>) => ({ setting: settingOf(parts) });
export const policy = (parts: Partial<DoctorFacts['policy']>) => ({ policy: policyOf(parts) });

/** The usual workflows with a piece of the first replaced. */
export function replaced(text: string, from: string, to: string): Pick<DoctorFacts, 'workflows'> {
  expect(text).toContain(from);
  return {
    workflows: workflows(
      text.replace(from, () => to),
      registerText,
    ),
  };
}

export const classicHidden = { unknown: ['classic protection of the branch: the token lacks administration: read'] };

/** The verdict is the result of a job of the pull request. */
export const asJob = {
  workflows: workflows(jobText, registerText),
  ...protection({ requiredChecks: [{ context: 'weighbridge gate', source: 'github-actions' }], requiresOwners: false }),
};

/** What differs from a sound repository, and the one finding that it must lead to. */
export interface FindingCase {
  readonly what: string;
  readonly facts: Partial<DoctorFacts>;
  readonly id: string;
  readonly level: FindingLevel;
  /** Must be in the remedy. */
  readonly mends?: string;
}

const verbs =
  /gh |weighbridge|Settings|Add |Set |Remove|Write|Give|Correct|Turn on|Run |Mend |Look|Exclude|Use |Under |Pass |Compare|Make |Move |In |Apply|Begin|Empty|Shorten|Require/;

/** Diagnoses one case: its finding is there once, and every finding says why and what mends it. */
export function expectFinding({ facts, id, level, mends }: FindingCase): void {
  const { findings } = diagnose(soundFacts(facts));
  const found = findings.filter((each) => each.id === id);
  expect(found.map((each) => each.level)).toEqual([level]);
  if (mends !== undefined) expect(found[0]?.remedy).toContain(mends);
  for (const each of findings) {
    expect(each.because).toMatch(/\.$/);
    if (each.level === 'ok') expect(each.remedy).toBeNull();
    else expect(each.remedy ?? '').toMatch(verbs);
  }
  const ids = findings.map((each) => each.id);
  const twice = ids.filter((each, place) => ids.indexOf(each) !== place);
  // These are told of each file, and of each way in which people lack something.
  expect(twice.filter((each) => !['workflow-unreadable', 'roster-permission'].includes(each))).toEqual([]);
}
