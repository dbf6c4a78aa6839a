import { test } from 'vitest';
import {
  classicHidden,
  expectFinding,
  ledger,
  policy,
  registerText,
  relayText,
  setting,
  type FindingCase,
  workflows,
} from '../../../test/doctor-case.js';

const environment = (branches: 'all' | 'protected') =>
  setting({ environments: [{ name: 'release', reviewers: 0, branches, secrets: ['WEIGHBRIDGE_SIGNING_KEY'] }] });
const optional = { ledger: { branch: 'weighbridge', signing: 'optional' as const, keys: [] } };

const cases: readonly FindingCase[] = [
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
  {
    what: 'a ledger that asks for signed commits',
    facts: ledger({ refuses: ['required_signatures'] }),
    id: 'ledger-protected',
    level: 'fail',
    mends: 'Exclude',
  },
  {
    what: 'a ledger that one App alone may push to',
    facts: ledger({ refuses: ['update'], bypass: ['Integration 4711'] }),
    id: 'ledger-protected',
    level: 'ok',
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
];

test.each(cases)('$id: $what is $level', (each) => expectFinding(each));
