import type { Digest, ModelName, Version } from '@weighbridge/core';
import type { Snapshot } from '@weighbridge/versioning';
import type { VersionRecord } from '../src/documents/version-record.js';
import { changeOf, evidenceOf, identity, otherIdentity } from './decision-case.js';

export const fileDigest = '3'.repeat(64);

/** A snapshot of one safetensors file, training and evaluation data, and a base of the Hub. */
export function snapshotOf(parts: Partial<Snapshot> = {}): Snapshot {
  return {
    schema: 1,
    model: 'fraud' as ModelName,
    kind: 'model',
    base: { model: 'hf://acme/base', revision: 'ABCDEF', content: null, version: null },
    artifacts: [
      {
        path: 'model.safetensors',
        size: 16,
        sha256: `sha256:${fileDigest}`,
        header: { format: 'safetensors', tensors: [], attributes: {}, graph: null, imports: [] },
        tensors: {},
        document: null,
      },
    ],
    data: [
      { name: 'train', role: 'train', ref: 'data.csv', pinned: otherIdentity },
      { name: 'holdout', role: 'eval', ref: 'hf://datasets/acme/holdout@aaaa', pinned: null },
    ],
    config: [],
    code: [],
    prompts: [],
    retrieval: null,
    interface: null,
    metrics: [],
    runtime: { framework: 'pytorch', frameworkVersion: '2.9.0', image: null, lock: null },
    uses: [],
    training: { hardware: '8xH100', duration: 'PT3H', run: null },
    documentation: { description: 'Scores payments', owners: [], files: [] },
    metadata: { license: 'apache-2.0', pipeline_tag: 'text-classification' },
    ...parts,
  };
}

/** fraud 2.0.0 after 1.3.2, in development. */
export function recordOf(parts: Partial<VersionRecord> = {}): VersionRecord {
  return {
    model: 'fraud' as ModelName,
    version: '2.0.0' as Version,
    tag: 'fraud@v2.0.0',
    commit: 'c'.repeat(40),
    registeredAt: '2026-06-01T12:00:00Z',
    bump: 'major',
    previous: { version: '1.3.2' as Version, identity: otherIdentity },
    changes: [changeOf({})],
    digests: { identity, evidence: otherIdentity, record: `sha256:${'4'.repeat(64)}` satisfies Digest },
    snapshot: snapshotOf(),
    artifacts: [{ path: 'models/fraud/model.safetensors', size: 16, sha256: fileDigest }],
    store: null,
    evidence: { eval: evidenceOf({ accuracy: '0.931', loss: '1e-7' }) },
    moves: [
      {
        to: 'development',
        time: '2026-06-01T12:00:00Z',
        actor: 'dave',
        justification: null,
        pull: 7,
        approvals: [{ login: 'alice', roster: 'ml' }],
        decision: {
          verdict: 'pass',
          because: 'All requirements are met.',
          requirements: [{ id: 'accuracy', kind: 'metric', verdict: 'pass', because: '0.931 is at least 0.92.' }],
        },
      },
    ],
    repository: 'https://github.com/acme/models',
    run: null,
    ...parts,
  };
}
