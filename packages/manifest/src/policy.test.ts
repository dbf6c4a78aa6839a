import { describe, expect, it } from 'vitest';
import { defaultPolicy, parsePolicy } from './parse-policy.js';
import type { GatePolicy, Policy } from './policy.js';

function read(text: string): Policy {
  const parsed = parsePolicy({ path: 'weighbridge.yaml', text });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.value;
}

function readGate(lines: string): GatePolicy {
  const rosters = 'reviewers: { ml: { users: ["@Alice", bob], teams: ["@acme/ml"] }, risk: { users: [carol] } }';
  const gate = read(`version: 1\n${rosters}\ngates:\n  production:\n${lines}`).gates['production'];
  if (gate === undefined) throw new Error('no gate');
  return gate;
}

const metric = '    metrics:\n      - id: acc\n        metric: eval.acc\n        direction: higher\n';

describe('parsePolicy', () => {
  it('fills in every default, and enforces', () => {
    expect(read('version: 1\n')).toEqual({ ...defaultPolicy(), mode: 'enforce' });
  });

  it.each([
    ['none', 'transitions: { staging: [dev] }\ngates: { staging: { soak: 1d } }\n'],
    ['[[a], old]', 'gates: { b: { soak: 1d } }\n'],
  ])('with stages that cannot be read (%s) says that alone, and not which names are no stages', (stages, rest) => {
    const parsed = parsePolicy({ path: 'weighbridge.yaml', text: `version: 1\nstages: ${stages}\n${rest}` });
    expect(parsed.ok ? [] : parsed.faults).toMatchObject([{ code: 'manifest/wrong-type', line: 2 }]);
    expect(parsed.ok ? [] : parsed.faults).toHaveLength(1);
  });

  it('has a default that blocks nothing', () => {
    expect(defaultPolicy()).toEqual({
      version: 1,
      mode: 'warn',
      models: ['models/*/model.yaml'],
      stages: ['development', 'staging', 'production', 'archived'],
      transitions: {
        development: ['none'],
        staging: ['development'],
        production: ['staging'],
        archived: ['development', 'staging', 'production'],
      },
      release: { when: 'on-tag', branches: [] },
      versioning: { preset: 'weights', rules: {}, initial: '1.0.0', metrics: [] },
      store: null,
      retention: { unregisteredMs: 30 * 86_400_000, graceMs: 86_400_000 },
      ledger: { branch: 'weighbridge', signing: 'optional', keys: [] },
      reviewers: {},
      review: {
        permission: 'write',
        objections: 'rosters',
        dismissals: 'anyone',
        reRequest: 'withdraws',
        unknownContributors: 'one-more',
        commands: false,
      },
      owners: [],
      rollback: { keep: 3, allow: [] },
      gates: {},
      waivers: [],
      evidence: { keys: [], signers: [], workflows: [], trustedRoot: null },
      waiverLimits: { maxDurationMs: null, minReason: 10 },
    });
  });

  it('reads for how long versions keep their bytes, and who may end a hold', () => {
    const text = `version: 1
retention:
  archived: { none: 0s, production: 730d }
  unpromoted: 90d
  keep_versions: 5
  hold_release: ["@carol", legal]
`;
    const parsed = parsePolicy({ path: 'weighbridge.yaml', text });
    expect(parsed.ok ? parsed.value.retention : parsed.faults).toEqual({
      unregisteredMs: 30 * 86_400_000,
      graceMs: 86_400_000,
      versions: {
        keepVersions: 5,
        archivedMs: { none: 0, production: 730 * 86_400_000 },
        unpromotedMs: 90 * 86_400_000,
      },
      holdRelease: ['carol', 'legal'],
    });
  });

  it('reads a gate', () => {
    const gate = readGate(`    from: [staging]
    soak: 24h
    checks: [ci / tests]
    metadata: complete
    formats: { deny: [pickle] }
    evidence: { level: attested, max_age: 30d, same: [dataset, harness, shots], samples: any }
${metric}        bounds: { min: 0.92 }
        baseline: { ref: stage:production, max_regression: { absolute: 0.005, relative: 1% }, if_absent: bounds-only }
        uncertainty: { use: paired, confidence: 95% }
        slices: { by: language, min_samples: 200, required: [en, no], on_missing: warn, each: { bounds: { min: 0.9 } } }
        severity: warn
    reviewers: [{ from: ml, count: 2 }, { from: risk, when: { impact: high } }]
    on_inconclusive: warn
    multiplicity: holm
`);
    expect(gate).toEqual({
      from: ['staging'],
      soakMs: 86_400_000,
      checks: ['ci / tests'],
      metadata: 'complete',
      formats: { allow: null, deny: ['pickle'] },
      evidence: { level: 'attested', maxAgeMs: 2_592_000_000, same: ['dataset', 'harness', 'shots'], samples: 'any' },
      metrics: [
        {
          id: 'acc',
          metric: 'eval.acc',
          direction: 'higher',
          bounds: { min: '0.92', max: null },
          baseline: {
            ref: 'stage:production',
            maxRegression: { absolute: '0.005', relative: '0.01' },
            minImprovement: null,
            ifAbsent: 'bounds-only',
          },
          uncertainty: { use: 'paired', confidence: '0.95' },
          slices: {
            by: 'language',
            minSamples: 200,
            required: ['en', 'no'],
            onMissing: 'warn',
            each: { bounds: { min: '0.9', max: null }, maxRegression: null },
          },
          severity: 'warn',
        },
      ],
      reviewers: [
        { from: 'ml', count: 2, when: {} },
        { from: 'risk', count: 1, when: { impact: 'high' } },
      ],
      onInconclusive: 'warn',
      multiplicity: 'holm',
    });
  });

  it.each([
    ['0.10', '0.10'],
    ['0.920000000000000000000000000001', '0.920000000000000000000000000001'],
    ['"0.10"', '0.10'],
    ['1e-4', '1e-4'],
    ['1E+2', '1e2'],
    ['.5', '0.5'],
    ['+3', '3'],
    ['-0.25', '-0.25'],
    ['9007199254740993.0', '9007199254740993.0'],
  ])('keeps the threshold %s exact', (written, expected) => {
    const gate = readGate(`${metric}        bounds: { min: ${written} }\n`);
    expect(gate.metrics[0]?.bounds?.min).toBe(expected);
  });

  it('reads what is not written as the stricter choice', () => {
    const gate = readGate(
      `    evidence: {}\n${metric}        slices: { by: language, each: { bounds: { min: 0 } } }\n`,
    );
    expect(gate.multiplicity).toBe('none');
    expect(gate.evidence?.samples).toBe('complete');
    expect(gate.metrics[0]?.slices?.onMissing).toBe('fail');
  });

  it('takes a baseline that only slices are compared with', () => {
    const each = '{ max_regression: { absolute: 0 } }';
    const gate = readGate(
      `${metric}        baseline: { ref: previous }\n        slices: { by: language, each: ${each} }\n`,
    );
    expect(gate.metrics[0]?.baseline).toMatchObject({ ref: 'previous', maxRegression: null, minImprovement: null });
  });

  it('reads rosters and owners without their @', () => {
    const policy = read(
      'version: 1\nowners: ["@alice"]\nreviewers: { ml: { users: ["@bob"], teams: ["@acme/ml"] } }\n',
    );
    expect(policy.owners).toEqual(['alice']);
    expect(policy.reviewers).toEqual({ ml: { users: ['bob'], teams: ['acme/ml'] } });
  });

  it('reads the conditions of reviewers', () => {
    const when = (text: string) =>
      readGate(
        `${metric}        slices: { by: language, each: { bounds: { min: 0 } } }\n        bounds: { min: 0 }\n    reviewers: [{ from: ml, when: ${text} }]\n`,
      ).reviewers[0]?.when;
    expect(when('{ impact: low, kind: prompt, waiver: unused, from: staging, format: pickle }')).toEqual({
      impact: 'low',
      kind: 'prompt',
      waiver: 'unused',
      from: 'staging',
      format: 'pickle',
    });
    expect(when('{ metric: waived }')).toEqual({ metric: { outcomes: ['waived'], gate: null, slice: null } });
    expect(when('{ metric: { outcome: [fail, waived], gate: acc, slice: "language=de" } }')).toEqual({
      metric: { outcomes: ['fail', 'waived'], gate: 'acc', slice: 'language=de' },
    });
    expect(when('{}')).toEqual({});
  });

  it("asks the manifest's owners where no roster is named", () => {
    expect(readGate('    reviewers: [{ count: 2 }]\n').reviewers).toEqual([{ from: 'owners', count: 2, when: {} }]);
  });

  it('reads which reviews count, and the limits of waivers', () => {
    const policy = read(
      'version: 1\nreview: { permission: read, objections: writers, dismissals: others, re_request: keeps, unknown_contributors: refuse, commands: true }\nwaiver_limits: { max_duration: 90d, min_reason: 20 }\n',
    );
    expect(policy.review).toEqual({
      permission: 'read',
      objections: 'writers',
      dismissals: 'others',
      reRequest: 'keeps',
      unknownContributors: 'refuse',
      commands: true,
    });
    expect(policy.waiverLimits).toEqual({ maxDurationMs: 90 * 86_400_000, minReason: 20 });
    expect(read('version: 1\nreview: { commands: true }\n').review).toEqual({
      ...defaultPolicy().review,
      commands: true,
    });
  });

  it('reads both forms of release', () => {
    expect(read('version: 1\nrelease: on-merge\n').release).toEqual({ when: 'on-merge', branches: [] });
    const both = 'version: 1\nrelease: { when: on-merge, branches: [release/*] }\n';
    expect(read(both).release).toEqual({ when: 'on-merge', branches: ['release/*'] });
    expect(read('version: 1\nrelease: { branches: [lts] }\n').release).toEqual({ when: 'on-tag', branches: ['lts'] });
  });

  it('fills in the transitions that are not written', () => {
    const policy = read('version: 1\nstages: [a, b, c, old]\ntransitions: { c: [a, b, none] }\n');
    expect(policy.transitions).toEqual({ a: ['none'], b: ['a'], c: ['a', 'b', 'none'], old: ['a', 'b', 'c'] });
  });

  it('asks no more of a roster with a team than people can be known', () => {
    expect(readGate('    reviewers: [{ from: ml, count: 5 }]\n').reviewers[0]?.count).toBe(5);
  });
});

describe('a store', () => {
  const read = (lines: string) => {
    const parsed = parsePolicy({ path: 'weighbridge.yaml', text: `version: 1\nstore: ${lines}\n` });
    return parsed.ok ? parsed.value.store : parsed.faults;
  };
  const bare = { prefix: null, region: null, endpoint: null, pathStyle: null, profile: null, conditionalWrites: true };

  it('in a bucket, by its address', () => {
    expect(read('s3://acme-models/prod/eu/')).toEqual({
      ...bare,
      type: 's3',
      bucket: 'acme-models',
      prefix: 'prod/eu',
    });
    expect(read('s3://acme-models')).toEqual({ ...bare, type: 's3', bucket: 'acme-models' });
    expect(read('s3://acme-models/')).toEqual({ ...bare, type: 's3', bucket: 'acme-models' });
    expect(read('{ type: s3, bucket: acme-models }')).toEqual({ ...bare, type: 's3', bucket: 'acme-models' });
  });

  it('of which the address is none is told every form of one', () => {
    const faults = read('/srv/models');
    const [fault] = Array.isArray(faults) ? faults : [];
    expect(fault?.code).toBe('manifest/form');
    for (const form of ['s3://', 'gs://', 'az://', '{ type: folder, path: ']) expect(fault?.remedy).toContain(form);
  });

  it('in Google Cloud Storage', () => {
    const google = { type: 'gcs', bucket: 'acme_models', prefix: null, endpoint: null };
    expect(read('gs://acme_models/prod/eu/')).toEqual({ ...google, prefix: 'prod/eu' });
    expect(read('gs://acme_models')).toEqual(google);
    const lines = '{ type: gcs, bucket: acme_models, prefix: p/, endpoint: "http://127.0.0.1:4443" }';
    expect(read(lines)).toEqual({ ...google, prefix: 'p', endpoint: 'http://127.0.0.1:4443' });
  });

  it("on a server of one's own", () => {
    const lines =
      '{ type: s3, bucket: models, prefix: p, region: r-1, endpoint: "http://minio:9000", path_style: false, profile: ml, conditional_writes: false }';
    expect(read(lines)).toEqual({
      type: 's3',
      bucket: 'models',
      prefix: 'p',
      region: 'r-1',
      endpoint: 'http://minio:9000',
      pathStyle: false,
      profile: 'ml',
      conditionalWrites: false,
    });
  });

  it('in Azure Blob Storage', () => {
    const whole = { type: 'azure', account: 'acme', container: 'models', prefix: null, endpoint: null };
    expect(read('az://acme/models')).toEqual(whole);
    expect(read('az://acme/models/')).toEqual(whole);
    expect(read('az://acme/models/prod/eu/')).toEqual({ ...whole, prefix: 'prod/eu' });
    expect(read('{ type: azure, account: acme, container: models }')).toEqual(whole);
    const own = '{ type: azure, account: acme, container: models, prefix: p/, endpoint: "http://azurite:10000/acme" }';
    expect(read(own)).toEqual({ ...whole, prefix: 'p', endpoint: 'http://azurite:10000/acme' });
  });
});
