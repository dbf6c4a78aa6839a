import type { VerdictNode } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import {
  evidenceFacts,
  gateFacts,
  gatePolicy,
  gateRequest,
  identity,
  judged,
  metricDocument,
  metricGate,
  now,
  otherIdentity,
  reviewPolicy,
} from '../../test/gate-case.js';
import { evaluate } from '../evaluate.js';
import type { EvidenceFacts } from '../facts.js';
import { policySlice } from '../request.js';

const all = (node: VerdictNode): readonly VerdictNode[] => [node, ...(node.children ?? []).flatMap(all)];

describe('transition', () => {
  const judge = (from: string | null, to: string, allowedFrom: readonly string[]) =>
    judged({ ...gateRequest(null, { allowedFrom }), transition: { from, to } }, gateFacts(), 'transition');
  test('the stage before is allowed, others are not', () => {
    expect(judge('staging', 'production', ['staging']).verdict).toBe('pass');
    const node = judge('development', 'production', ['staging']);
    expect(node.verdict).toBe('fail');
    expect(node.because).toBe('production may be entered from staging, and fraud 1.4.0 is in development.');
    expect(node.remedy).toBe('Promote it there first: weighbridge promote fraud@1.4.0 --to staging.');
  });
  test('none is a stage of its own', () => {
    expect(judge(null, 'development', ['none']).verdict).toBe('pass');
    expect(judge('staging', 'development', ['none']).verdict).toBe('fail');
    expect(judge('staging', 'development', ['none']).remedy).toContain('alice');
    expect(judge(null, 'production', []).because).toContain('from nowhere');
  });
  test('an unknown stage is an error', () => {
    const node = judge('staging', 'prod', ['staging']);
    expect(node.verdict).toBe('error');
    expect(node.remedy).toContain('development, staging, production or archived');
  });
});

describe('policySlice', () => {
  const policy = {
    version: 1,
    mode: 'enforce',
    models: [],
    stages: ['development', 'staging', 'production', 'archived'],
    transitions: { production: ['staging', 'canary'] },
    release: { when: 'on-tag', branches: [] },
    versioning: { preset: 'weights', rules: {}, initial: '1.0.0', metrics: [] },
    store: null,
    retention: { unregisteredMs: 30 * 86_400_000, graceMs: 86_400_000 },
    ledger: { branch: 'weighbridge', signing: 'required', keys: [] },
    reviewers: { ml: { users: ['bob'], teams: [] }, risk: { users: [], teams: [] } },
    review: reviewPolicy(),
    waiverLimits: { maxDurationMs: null, minReason: 10 },
    owners: ['alice'],
    rollback: { keep: 3, allow: [] },
    evidence: { keys: ['k'], signers: [], workflows: [], trustedRoot: null },
    gates: { staging: gatePolicy({ from: ['none'], reviewers: [{ from: 'ml', count: 1, when: {} }] }) },
    waivers: [
      { gate: 'a', model: 'fraud', digest: identity, reason: 'r', expires: '2026-12-31', rule: 'risk' },
      { gate: 'a', model: 'other', digest: identity, reason: 'r', expires: '2026-12-31', rule: 'risk' },
    ],
  } as const;
  const slice = (to: string) => policySlice(policy, { model: gateRequest(null).model, transition: { from: null, to } });
  test('from of the gate, then transitions, then the order of the stages', () => {
    expect(slice('staging').allowedFrom).toEqual(['none']);
    expect(slice('production').allowedFrom).toEqual(['staging', 'canary']);
    expect(slice('development').allowedFrom).toEqual(['none']);
    expect(slice('archived').allowedFrom).toEqual(['none', 'development', 'staging', 'production']);
    const bare = { ...policy, transitions: {}, gates: {} };
    expect(
      policySlice(bare, { model: gateRequest(null).model, transition: { from: null, to: 'production' } }).allowedFrom,
    ).toEqual(['staging']);
    expect(slice('constructor').gate).toBe(null);
    expect(slice('constructor').allowedFrom).toEqual(['none']);
  });
  test('holds whose word counts where the gate asks for more than reported documents', () => {
    const asking = (level: 'reported' | 'workflow') => {
      const evidence = { level, maxAgeMs: null, same: [], samples: 'any' } as const;
      const gates = { staging: gatePolicy({ evidence }) };
      return policySlice(
        { ...policy, gates },
        { model: gateRequest(null).model, transition: { from: null, to: 'staging' } },
      );
    };
    expect(asking('workflow').trust).toBe(policy.evidence);
    expect(asking('reported')).not.toHaveProperty('trust');
    expect(slice('staging')).not.toHaveProperty('trust');
  });
  test('waivers of what only other stages ask are left out, slips are not', () => {
    const gates = {
      staging: gatePolicy({
        metrics: [metricGate({ bounds: { min: '0', max: null } })],
        checks: ['ci'],
        metadata: 'complete',
      }),
      production: gatePolicy({
        soakMs: 1,
        formats: { allow: [], deny: [] },
        evidence: { level: 'reported', maxAgeMs: null, same: [], samples: 'any' },
      }),
    };
    const names = ['accuracy', 'checks/ci', 'metadata', 'soak', 'formats', 'evidence', 'freeze', 'slip'];
    const waivers = names.map((gate) => ({
      gate,
      model: 'fraud',
      digest: identity,
      reason: 'r',
      expires: '2026-12-31',
      rule: 'risk',
    }));
    const told = (to: string) =>
      policySlice(
        { ...policy, gates, waivers },
        { model: gateRequest(null).model, transition: { from: null, to } },
      ).waivers.map(({ gate }) => gate);
    expect(told('staging')).toEqual(['accuracy', 'checks/ci', 'metadata', 'freeze', 'slip']);
    expect(told('production')).toEqual(['soak', 'formats', 'evidence', 'freeze', 'slip']);
    expect(told('development')).toEqual(['freeze', 'slip']);
  });
  test('what a change amends brings the rosters of the base that answer for it', () => {
    const amendments = [
      { what: 'waiver' as const, path: 'weighbridge.yaml', because: 'x', rule: 'risk', takesOver: ['ml', 'erin'] },
    ];
    const asked = { model: gateRequest(null).model, transition: { from: null, to: 'production' } };
    expect(Object.keys(policySlice(policy, { ...asked, amendments }).rosters)).toEqual(['ml', 'risk']);
    expect(Object.keys(policySlice({ ...policy, owners: ['risk', 'alice'] }, asked).rosters)).toEqual(['risk']);
  });
  test('holds what the decision rests on and nothing else', () => {
    expect(slice('staging').waivers.map(({ model }) => model)).toEqual(['fraud']);
    expect(Object.keys(slice('staging').rosters)).toEqual(['ml']);
    expect(slice('production').rosters).toEqual({});
    expect(slice('production').gate).toBe(null);
  });
});

describe('freeze', () => {
  const frozen = [{ identity, version: '1.2.0', since: '2026-05-20T00:00:00Z', justification: 'false positives' }];
  test('content that was rolled back from enters nothing but the archive', () => {
    const node = judged(gateRequest(null), gateFacts({ frozen }), 'freeze');
    expect(node.verdict).toBe('fail');
    expect(node.because).toContain('frozen since 2026-05-20T00:00:00Z, as version 1.2.0 (false positives)');
    expect(node.remedy).toContain('waiver for gate freeze');
    const silent = judged(
      gateRequest(null),
      gateFacts({ frozen: frozen.map((one) => ({ ...one, justification: null })) }),
      'freeze',
    );
    expect(silent.because).toContain('(no reason was recorded)');
    const archive = {
      ...gateRequest(null, { allowedFrom: ['staging'] }),
      transition: { from: 'staging', to: 'archived' },
    };
    expect(evaluate(archive, gateFacts({ frozen })).verdict).toBe('pass');
    const single = { ...gateRequest(null, { stages: ['production'] }) };
    expect(evaluate(single, gateFacts({ frozen })).verdict).toBe('fail');
  });
  test('other content is free', () => {
    expect(
      evaluate(gateRequest(null), gateFacts({ frozen: frozen.map((one) => ({ ...one, identity: otherIdentity })) }))
        .verdict,
    ).toBe('pass');
  });
  test('a waiver of the ledger lifts it', () => {
    const waivers = [{ gate: 'freeze', identity, expires: null, justification: 'root cause was elsewhere' }];
    const node = judged(gateRequest(null), gateFacts({ frozen, waivers }), 'freeze');
    expect(node.verdict).toBe('waived');
    expect(node.because).toContain('Waived without an end by ledger: root cause was elsewhere');
  });
});

describe('soak', () => {
  const hour = 3_600_000;
  const judge = (soakMs: number, entered: Readonly<Record<string, string>>, from: string | null = 'staging') =>
    judged(
      {
        ...gateRequest(gatePolicy({ soakMs }), { allowedFrom: ['staging', 'none'] }),
        transition: { from, to: 'production' },
      },
      gateFacts({ stagesEntered: entered }),
      'soak',
    );
  test('exactly the time asked is enough, a second less is not', () => {
    expect(judge(24 * hour, { staging: '2026-05-31T12:00:00Z' }).verdict).toBe('pass');
    const node = judge(24 * hour, { staging: '2026-05-31T12:00:01Z' });
    expect(node.verdict).toBe('pending');
    expect(node.because).toBe('fraud 1.4.0 has been in staging for 23h 59m, 1s less than the 1d asked.');
    expect(node.remedy).toBe('Wait until 2026-06-01T12:00:01.000Z, then evaluate again: weighbridge gate fraud.');
  });
  test('another offset is the same moment', () => {
    expect(judge(24 * hour, { staging: '2026-05-31T14:00:00+02:00' }).verdict).toBe('pass');
  });
  test('a version that is not there fails', () => {
    expect(judge(hour, { development: '2026-05-01T00:00:00Z' }).verdict).toBe('fail');
    expect(judge(hour, { development: '2026-05-01T00:00:00Z' }).because).toContain('is not in staging');
    expect(judge(hour, {}, null).because).toContain('in no stage');
    expect(judge(hour, {}, 'constructor').verdict).toBe('fail');
  });
  test('a time that cannot be is an error', () => {
    expect(judge(hour, { staging: '2026-06-02T00:00:00Z' }).verdict).toBe('error');
    expect(judge(hour, { staging: 'yesterday' }).verdict).toBe('error');
    expect(judge(hour, { staging: now }).verdict).toBe('pending');
    expect(judge(0, { staging: now }).verdict).toBe('pass');
  });
});

describe('checks', () => {
  const request = gateRequest(gatePolicy({ checks: ['ci / tests'] }));
  const check = (state: 'success' | 'running' | 'failure', url: string | null = 'https://ci.example/1') => ({
    'ci / tests': { state, conclusion: state, commit: 'c0ffee', url },
  });
  test('without a forge they are pending, never a silent pass', () => {
    const node = judged(request, gateFacts(), 'checks/ci / tests');
    expect(node.verdict).toBe('pending');
    expect(node.because).toContain('this evaluation had no forge facts');
    expect(node.remedy).toBeDefined();
  });
  test.each([
    ['success', 'pass'],
    ['running', 'pending'],
    ['failure', 'fail'],
  ] as const)('%s: %s', (state, verdict) => {
    const node = judged(request, gateFacts({ checks: check(state) }), 'checks/ci / tests');
    expect(node.verdict).toBe(verdict);
    expect(node.remedy?.includes(' at https://ci.example/1')).toBe(verdict === 'pass' ? undefined : true);
    expect(judged(request, gateFacts({ checks: check(state, null) }), 'checks/ci / tests').remedy ?? '').not.toContain(
      ' at ',
    );
  });
  test('a check that has not run is pending', () => {
    expect(judged(request, gateFacts({ checks: {} }), 'checks/ci / tests').because).toContain('has not run');
    expect(
      judged(gateRequest(gatePolicy({ checks: ['constructor'] })), gateFacts({ checks: {} }), 'checks/constructor')
        .verdict,
    ).toBe('pending');
  });
});

describe('metadata', () => {
  const request = gateRequest(gatePolicy({ metadata: 'complete' }));
  const none = { data: null, commit: null, framework: null, frameworkVersion: null, duration: null, hardware: null };
  const candidate = (kind: 'model' | 'adapter' | 'prompt' | 'retrieval' | 'system' | 'dataset') => ({
    identity,
    evidence: otherIdentity,
    kind,
    impact: 'low' as const,
    owners: [],
  });
  const missing = (kind: Parameters<typeof candidate>[0]) => {
    const node = judged(
      { ...request, version: null },
      gateFacts({ metadata: none, evidence: {}, candidate: candidate(kind) }),
      'metadata',
    );
    return (node.children ?? []).map((child) => child.id.slice('metadata/'.length));
  };
  test('complete passes, optional asks nothing', () => {
    expect(judged(request, gateFacts(), 'metadata').verdict).toBe('pass');
    expect(evaluate(gateRequest(gatePolicy()), gateFacts({ metadata: none })).verdict).toBe('pass');
  });
  test('each kind needs what it can have', () => {
    const full = ['version', 'data', 'commit', 'framework', 'frameworkVersion', 'duration', 'hardware', 'metrics'];
    expect(missing('model')).toEqual(full);
    expect(missing('adapter')).toEqual(full);
    expect(missing('prompt')).toEqual(['version', 'commit', 'metrics']);
    expect(missing('retrieval')).toEqual(['version', 'commit', 'metrics']);
    expect(missing('system')).toEqual(['version', 'commit', 'metrics']);
    expect(missing('dataset')).toEqual(['version', 'data', 'commit']);
  });
  test('every missing field is named with how to supply it', () => {
    const node = judged(request, gateFacts({ metadata: { ...none, commit: ' ' } }), 'metadata');
    expect(node.verdict).toBe('fail');
    expect(node.because).toBe(
      'fraud 1.4.0 lacks version or hash of the training data, commit, framework, framework version, training duration and training hardware.',
    );
    for (const child of node.children ?? [])
      expect(child).toMatchObject({ verdict: 'fail', remedy: expect.stringMatching(/\./) });
    expect(node.remedy).toContain('training.hardware');
    expect(node.remedy).toContain('waiver for gate metadata');
  });
  test('a document without values is no metric', () => {
    const node = judged(request, gateFacts({ evidence: { eval: evidenceFacts(metricDocument({})) } }), 'metadata');
    expect(node.children?.map((child) => child.id)).toEqual(['metadata/metrics']);
  });
});

describe('evidence', () => {
  const day = 86_400_000;
  const judge = (
    asked: { level?: EvidenceFacts['level']; maxAgeMs?: number | null },
    parts: Partial<EvidenceFacts>,
    metrics = [metricGate({ bounds: { min: '0', max: null } })],
  ) =>
    judged(
      gateRequest(
        gatePolicy({
          metrics,
          evidence: {
            level: asked.level ?? 'reported',
            maxAgeMs: asked.maxAgeMs ?? null,
            same: [],
            samples: 'complete',
          },
        }),
      ),
      gateFacts({
        evidence: {
          eval: evidenceFacts(metricDocument({ accuracy: '0.93' }), parts),
          zz: evidenceFacts(metricDocument({ a: '1' }), { time: null }),
        },
      }),
      'evidence',
    );
  test('more than reported cannot be verified unless somebody looked', () => {
    const node = judge({ level: 'attested' }, {});
    expect(node.verdict).toBe('error');
    expect(node.because).toContain('cannot verify');
    expect(node.remedy).toContain('evidence.level');
  });
  test.each([
    ['reported', 'workflow', 'fail'],
    ['workflow', 'workflow', 'pass'],
    ['workflow', 'attested', 'fail'],
    ['recomputed', 'attested', 'pass'],
  ] as const)('%s where %s is asked: %s', (level, asked, verdict) => {
    expect(judge({ level: asked }, { level, levelChecked: true }).verdict).toBe(verdict);
  });
  test('who stands behind it is named, and why others do not count', () => {
    const signer = {
      kind: 'workflow',
      name: 'eval.yml',
      ref: 'refs/heads/main',
      issuer: null,
      commit: null,
      run: null,
    } as const;
    const told = (parts: object) => judge({ level: 'attested' }, { levelChecked: true, ...parts });
    expect(told({ level: 'attested', signer }).children?.[0]).toMatchObject({
      because: 'eval is attested, signed by eval.yml on refs/heads/main; attested is asked.',
      facts: { signer },
    });
    expect(told({ level: 'attested', signer: { ...signer, kind: 'key', ref: null } }).because).toContain(
      'the key eval.yml',
    );
    expect(told({ level: 'workflow', signer: { ...signer, kind: 'run' } }).because).toContain('only workflow');
    expect(told({ refused: ['its signature is bad', 'it is old'] }).because).toBe(
      'eval is only reported; attested is asked. What was found does not count: its signature is bad; it is old.',
    );
    expect(judge({ level: 'attested' }, { refused: ['no run'] }).because).toContain('does not count: no run.');
  });
  test('a known level needs no second look', () => {
    expect(judge({ level: 'workflow' }, { level: 'attested', levelChecked: false }).verdict).toBe('pass');
  });
  test('age: exactly the limit is allowed', () => {
    expect(judge({ maxAgeMs: day }, { time: '2026-05-31T12:00:00Z' }).verdict).toBe('pass');
    const node = judge({ maxAgeMs: day }, { time: '2026-05-31T11:59:59Z' });
    expect(node.verdict).toBe('fail');
    expect(node.because).toBe('eval is 1d old, 1s more than the 1d allowed.');
    expect(node.remedy).toContain('weighbridge evidence add fraud@1.4.0 FILE');
  });
  test('an unknown or future time fails', () => {
    expect(judge({ maxAgeMs: day }, { time: null }).verdict).toBe('fail');
    expect(judge({ maxAgeMs: day }, { time: 'today' }).verdict).toBe('fail');
    expect(judge({ maxAgeMs: day }, { time: '2026-06-01T12:00:01Z' }).because).toContain('after now');
    expect(judge({ maxAgeMs: day }, { time: '2026-06-01T12:00:01Z' }).verdict).toBe('fail');
    expect(judge({ maxAgeMs: day }, { time: now }).verdict).toBe('pass');
  });
  test('the documents of the gates are judged, all where no gate names one', () => {
    expect(judge({ maxAgeMs: day }, {}).verdict).toBe('pass');
    expect(judge({ maxAgeMs: day }, {}, []).because).toContain('When zz was made is not known');
  });
  test('both questions are asked', () => {
    const node = judge({ level: 'attested', maxAgeMs: day }, { time: null });
    expect(node.verdict).toBe('error');
    expect(node.children?.map((child) => child.verdict)).toEqual(['error', 'fail']);
  });
  test('no document at all is an error; asking nothing asks nothing', () => {
    const request = gateRequest(
      gatePolicy({ evidence: { level: 'workflow', maxAgeMs: null, same: [], samples: 'complete' } }),
    );
    expect(judged(request, gateFacts({ evidence: {} }), 'evidence').verdict).toBe('error');
    const nothing = gateRequest(
      gatePolicy({ evidence: { level: 'reported', maxAgeMs: null, same: ['dataset'], samples: 'complete' } }),
    );
    expect(evaluate(nothing, gateFacts({ evidence: {} })).children?.map((child) => child.id)).toEqual([
      'transition',
      'gates',
    ]);
  });
});

test('everything that is not a pass says who or what can change it', () => {
  const policy = gatePolicy({
    soakMs: 1e12,
    checks: ['ci'],
    metadata: 'complete',
    formats: { allow: ['onnx'], deny: [] },
    evidence: { level: 'attested', maxAgeMs: 1, same: [], samples: 'complete' },
    metrics: [
      metricGate({ bounds: { min: '0.99', max: null } }),
      metricGate({ id: 'gone', metric: 'eval.gone', bounds: { min: '0', max: null } }),
      metricGate({ id: 'empty' }),
    ],
    reviewers: [{ from: 'ml', count: 1, when: {} }],
  });
  const metadata = {
    data: null,
    commit: null,
    framework: null,
    frameworkVersion: null,
    duration: null,
    hardware: null,
  };
  const frozen = [{ identity, version: '1.2.0', since: now, justification: null }];
  const tree = evaluate(gateRequest(policy, { allowedFrom: ['development'] }), gateFacts({ metadata, frozen }));
  const open = (tree.children ?? []).flatMap(all).filter((node) => node.verdict !== 'pass');
  expect(new Set(open.map((node) => node.kind))).toEqual(
    new Set(['transition', 'freeze', 'soak', 'checks', 'metadata', 'formats', 'evidence', 'metric', 'reviewers']),
  );
  for (const node of open)
    expect([node.id, node.remedy ?? '']).toEqual([node.id, expect.stringMatching(/[a-z]{3}.*\.$/)]);
  for (const node of open) expect(node.because).toMatch(/\.$/);
});
