import type { ForgeActor } from '@weighbridge/gates';
import { defaultPolicy } from '@weighbridge/manifest';
import type { BranchProtection, RepositorySetting } from '@weighbridge/ports';
import type { DoctorFacts } from '../src/doctor/facts.js';
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
    mergeQueue: false,
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

/** A repository where everything is as it should be. */
export function soundFacts(parts: Partial<DoctorFacts> = {}): DoctorFacts {
  return {
    setting: settingOf(),
    protection: protectionOf(),
    ledgerProtection: protectionOf({ branch: 'weighbridge', requiredChecks: [], requiresPull: false }),
    defaultBranch: 'main',
    workflows: workflows(relayText, registerText),
    codeOwners: '* @acme/all\n/.github/workflows/ @acme/platform\n',
    governed: true,
    policy: policyOf(),
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
