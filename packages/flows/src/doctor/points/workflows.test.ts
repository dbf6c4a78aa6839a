import { test } from 'vitest';
import {
  expectFinding,
  jobText,
  registerText,
  relayText,
  replaced,
  type FindingCase,
  workflows,
} from '../../../test/doctor-case.js';

const cases: readonly FindingCase[] = [
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
];

test.each(cases)('$id: $what is $level', (each) => expectFinding(each));
