import { type Digest, digestJson, parseVersion, type Version } from '@weighbridge/core';
import { describe, expect, test } from 'vitest';
import { documents, file, layer, lora, retrained } from '../test/pairs/pieces.js';
import {
  buildSnapshot,
  digestOf,
  metrics,
  opaqueFile,
  part,
  sha256,
  trainingData,
  weights,
} from '../test/snapshot-builder.js';
import { expectThrown } from '../test/thrown.js';
import { type AssessInput, assess, evidenceOf, identityOf, recordOf, type Snapshot } from './index.js';

const policy: AssessInput['policy'] = {
  preset: 'weights',
  rules: {},
  initial: '1.0.0',
  metrics: [{ metric: 'eval.accuracy', direction: 'higher', threshold: '0.01' }],
};
const previousVersion = parseVersion('1.3.2');
const identity = (snapshot: Partial<Snapshot>): Digest => digestJson(sha256, identityOf(buildSnapshot(snapshot)));

function weigh(from: Partial<Snapshot> | null, to: Partial<Snapshot>, over: Partial<AssessInput> = {}) {
  const previous = from === null ? null : { version: previousVersion, snapshot: buildSnapshot(from) };
  return assess({
    previous,
    candidate: buildSnapshot(to),
    policy,
    existing: previous === null ? [] : [previousVersion],
    sha256,
    ...over,
  });
}

describe('an assessment', () => {
  test('of the first version', () => {
    const first = weigh(null, file(layer));
    expect(first).toMatchObject({
      model: 'fraud',
      current: null,
      next: '1.0.0',
      bump: 'initial',
      changes: [],
      warnings: [],
      sameAs: null,
    });
    expect(first.snapshot).toBe(digestJson(sha256, recordOf(buildSnapshot(file(layer)))));
    expect(first.identity).toBe(identity(file(layer)));
    expect(first.evidence).toBe(digestJson(sha256, evidenceOf(buildSnapshot(file(layer)))));
  });

  test('of a retrained model', () => {
    const weighed = weigh(file(layer), file(retrained));
    expect(weighed).toMatchObject({ current: '1.3.2', next: '1.3.3', bump: 'patch' });
    expect(weighed.changes.map(({ rule }) => rule)).toEqual(['weights.tensors']);
    expect(weighed.because).toEqual(['1 of 4 tensors differs: lm_head.weight.']);
  });

  test('refuses a base or part outside its range', () => {
    const uses = [part('llama', '2.0.0', { range: '^1.2' })];
    const error = expectThrown(() => weigh(null, { kind: 'adapter', uses }), 'versioning/base-out-of-range');
    expect(error.fields).toEqual({ model: 'fraud', part: 'llama', range: '^1.2', version: '2.0.0' });
    const base = { model: 'registry:llama', revision: null, content: null, version: parseVersion('2.1.0') };
    expectThrown(
      () => weigh(null, { kind: 'adapter', base, uses: [part('llama', '1.2.0', { range: '^1.2' })] }),
      'versioning/base-out-of-range',
    );
    expect(weigh(null, { uses: [part('llama', '1.4.0', { range: '^1.2' })] }).next).toBe('1.0.0');
  });
});

describe('same content', () => {
  test('is never a new version, whatever is asked for', () => {
    const words = { documentation: { description: 'New words', owners: [], files: [] } };
    const weighed = weigh(
      file(layer),
      { ...file(layer), ...words },
      { declared: 'major', policy: { ...policy, rules: { documentation: 'patch' } } },
    );
    expect(weighed).toMatchObject({ next: null, bump: 'none', sameAs: '1.3.2' });
    expect(weighed.changes.map(({ rule }) => rule)).toEqual(['documentation.description']);
    expect(weighed.warnings).toEqual([
      'A major bump was asked for, but the content is the same: same content is never a new version.',
    ]);
  });

  test('of an earlier version is that version', () => {
    const registered = [{ version: parseVersion('1.2.0'), identity: identity(file(retrained)) }];
    const weighed = weigh(file(layer), file(retrained), { registered });
    expect(weighed).toMatchObject({ next: null, bump: 'none', sameAs: '1.2.0' });
    expect(weighed.warnings[0]).toContain('roll back');
  });

  test('of a release candidate becomes its release', () => {
    const rc: Version = parseVersion('2.0.0-rc.2');
    const registered = [{ version: rc, identity: identity(file(retrained)) }];
    expect(weigh(file(layer), file(retrained), { registered, existing: [previousVersion, rc] })).toMatchObject({
      next: '2.0.0',
      sameAs: rc,
    });
    expect(
      weigh(file(layer), file(retrained), { registered, existing: [previousVersion, rc], prerelease: { label: 'rc' } }),
    ).toMatchObject({ next: null, sameAs: rc });
    const low = [{ version: parseVersion('1.3.3-rc.1'), identity: identity(file(retrained)) }];
    expect(weigh(file(layer), file(retrained), { registered: low, declared: 'major' }).next).toBe('2.0.0');
  });

  test.each([
    ['evaluation data', { data: [trainingData('holdout', 'x', { role: 'eval' as const })] }],
    ['metrics', { metrics: [metrics({ accuracy: '0.99' })] }],
    [
      'documentation',
      { documentation: { description: 'x', owners: ['bob'], files: [{ path: 'README.md', digest: digestOf('r') }] } },
    ],
    ['training records and metadata', { training: { hardware: 'x' }, metadata: { note: 'y' } }],
    ['the order of keys in settings', { config: [{ path: 'a.yaml', digest: digestOf('2'), content: { b: 2, a: 1 } }] }],
  ])('is not told by %s', (_, over) => {
    const config = [{ path: 'a.yaml', digest: digestOf('1'), content: { a: 1, b: 2 } }];
    const own = { config, ...file(layer) };
    expect(identity({ ...own, ...over })).toBe(identity(own));
    expect(digestJson(sha256, recordOf(buildSnapshot({ ...own, ...over })))).not.toBe(
      digestJson(sha256, recordOf(buildSnapshot(own))),
    );
  });

  test('is told by every bit of the weights, and not by how tensors were saved', () => {
    expect(identity(file(layer))).not.toBe(identity(file(retrained)));
    expect(identity(file(layer, { wrapping: 'padding' }))).toBe(identity(file(layer)));
    expect(identity(file(layer, { wrapping: 'padding', hashed: false }))).not.toBe(
      identity(file(layer, { hashed: false })),
    );
    // Whoever loads these runs or reads more than tensors.
    for (const format of ['pytorch-zip', 'onnx', 'pickle'] as const) {
      expect(identity(file(layer, { format, wrapping: 'other' }))).not.toBe(identity(file(layer, { format })));
    }
  });
});

describe('evidence', () => {
  test('is what metrics and evaluation data say', () => {
    const of = (snapshot: Partial<Snapshot>): Digest => digestJson(sha256, evidenceOf(buildSnapshot(snapshot)));
    expect(of(file(layer))).toBe(of(file(retrained)));
    expect(of({ metrics: [metrics({ accuracy: '0.9' })] })).not.toBe(of({ metrics: [metrics({ accuracy: '0.90' })] }));
    expect(of({ data: [trainingData('h', 'a', { role: 'eval' })] })).not.toBe(
      of({ data: [trainingData('h', 'b', { role: 'eval' })] }),
    );
  });

  test('moves the version where a watched metric moves with the model', () => {
    const before = { ...file(layer), metrics: [metrics({ accuracy: '0.91' })] };
    expect(weigh(before, { ...file(retrained), metrics: [metrics({ accuracy: '0.92' })] })).toMatchObject({
      bump: 'minor',
      next: '1.4.0',
    });
    expect(weigh(before, { ...file(retrained), metrics: [metrics({ accuracy: '0.919' })] })).toMatchObject({
      bump: 'patch',
    });
    expect(weigh(before, { ...file(layer), metrics: [metrics({ accuracy: '0.97' })] })).toMatchObject({
      bump: 'none',
      next: null,
    });
  });

  test('measured otherwise is no comparison, and that is said', () => {
    const before = { ...file(layer), metrics: [metrics({ accuracy: '0.91' })] };
    const weighed = weigh(before, {
      ...file(retrained),
      metrics: [metrics({ accuracy: '0.97' }, { dataset: 'other' })],
    });
    expect(weighed.bump).toBe('patch');
    expect(weighed.warnings).toEqual([
      'eval.accuracy was measured under other circumstances (0.91 to 0.97), so its move does not count.',
    ]);
  });
});

describe('warnings', () => {
  test('say where the comparison could not look', () => {
    expect(weigh(file(layer), file(retrained, { read: false })).warnings).toEqual([
      'Of model.safetensors only headers were read now: weights were not compared.',
    ]);
    const [first, second] = [weights('m-1-of-2.bin', layer), opaqueFile('m-2-of-2.bin', 'x')];
    const unread = weigh({ artifacts: [first, second] }, { artifacts: [first, { ...second, sha256: null }] });
    expect(unread.warnings).toEqual(['Of m.bin only headers were read now: weights were not compared.']);
  });

  test('say where records and weights disagree', () => {
    const weighed = weigh(
      { ...file(layer), data: [trainingData('t', 'a')] },
      { ...file(layer), data: [trainingData('t', 'b')] },
    );
    expect(weighed).toMatchObject({ bump: 'patch' });
    expect(weighed.warnings).toEqual([
      'The training data "t" changed, but the weights are the same: the record and the weights disagree.',
    ]);
  });

  test('say that a declared bump cannot lower', () => {
    const weighed = weigh({ kind: 'model' }, { kind: 'adapter' }, { declared: 'patch' });
    expect(weighed.next).toBe('2.0.0');
    expect(weighed.warnings[0]).toContain('never lowers');
  });

  test('say that an adapter names another base than the manifest', () => {
    const base = (model: string) => ({ model, revision: 'a', content: null, version: null });
    const adapter = documents(['adapter_config.json', lora]);
    expect(weigh(null, { ...adapter, base: base('hf://meta-llama/Llama-3.1-8B') }).warnings).toEqual([]);
    expect(weigh(null, { ...adapter, base: base('hf://Qwen/Qwen3-8B') }).warnings).toHaveLength(1);
  });
});
