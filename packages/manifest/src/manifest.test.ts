import { describe, expect, it } from 'vitest';
import { parseManifest } from './parse-manifest.js';

const full = `name: support-bot
kind: adapter
description: Answers support tickets
owners: [alice, "@acme/nlp"]
impact: high
base: { model: hf://meta-llama/Llama-3.1-8B, revision: 0e9e39f }
data:
  - { name: tickets, role: train, ref: dvc:data/tickets.dvc }
  - { name: holdout, role: eval,  ref: s3://acme-data/holdout.parquet?versionId=3HL4 }
artifacts: [out/adapter_model.safetensors, out/*.json]
config: [configs/train.yaml]
code: [/src/train]
prompts: [prompts/*.md]
retrieval: retrieval.yaml
interface: interface.json
metrics: [{ id: eval, path: results/eval.json, examples: [results/samples_*.jsonl] }]
training: { framework: pytorch, framework_version: 2.9.0, hardware: 8xH100, duration: PT3H12M, run: mlflow:4f1c }
environment: { image: "ghcr.io/acme/serve:1", lock: requirements.lock }
uses: [{ model: llama-3-1-8b, version: ^1.2 }]
store: reference
bump: major
metadata: { fairness: { groups: [a, b], gap: 0.02 }, flops: 1.5e24 }
`;

describe('parseManifest', () => {
  it('reads every key', () => {
    const parsed = parseManifest({ path: 'models/support-bot/model.yaml', text: full });
    expect(parsed.ok ? parsed.value : parsed.faults).toEqual({
      name: 'support-bot',
      kind: 'adapter',
      description: 'Answers support tickets',
      owners: ['alice', '@acme/nlp'],
      impact: 'high',
      base: { model: 'hf://meta-llama/Llama-3.1-8B', revision: '0e9e39f' },
      data: [
        { name: 'tickets', role: 'train', ref: 'dvc:data/tickets.dvc' },
        { name: 'holdout', role: 'eval', ref: 's3://acme-data/holdout.parquet?versionId=3HL4' },
      ],
      artifacts: ['out/adapter_model.safetensors', 'out/*.json'],
      config: ['configs/train.yaml'],
      code: ['/src/train'],
      prompts: ['prompts/*.md'],
      retrieval: 'retrieval.yaml',
      interface: 'interface.json',
      metrics: [
        {
          id: 'eval',
          path: 'results/eval.json',
          examples: ['results/samples_*.jsonl'],
          attestation: null,
          run: null,
          artifact: null,
        },
      ],
      training: {
        framework: 'pytorch',
        framework_version: '2.9.0',
        hardware: '8xH100',
        duration: 'PT3H12M',
        run: 'mlflow:4f1c',
      },
      environment: { image: 'ghcr.io/acme/serve:1', lock: 'requirements.lock' },
      uses: [{ model: 'llama-3-1-8b', version: '^1.2' }],
      store: 'reference',
      bump: 'major',
      metadata: { fairness: { groups: ['a', 'b'], gap: 0.02 }, flops: 1.5e24 },
    });
  });

  it('fills in defaults', () => {
    const parsed = parseManifest({ path: 'model.yaml', text: 'kind: prompt\nname: greeter\n' });
    expect(parsed.ok ? parsed.value : parsed.faults).toEqual({
      name: 'greeter',
      kind: 'prompt',
      description: null,
      owners: [],
      impact: 'low',
      base: null,
      data: [],
      artifacts: [],
      config: [],
      code: [],
      prompts: [],
      retrieval: null,
      interface: null,
      metrics: [],
      training: { framework: null, framework_version: null, hardware: null, duration: null, run: null },
      environment: { image: null, lock: null },
      uses: [],
      store: 'copy',
      bump: null,
      metadata: {},
    });
  });

  it('locates scalars by themselves, the rest by keys, and nothing that is not written', () => {
    const parsed = parseManifest({ path: 'models/support-bot/model.yaml', text: full });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    expect(parsed.locate(['name'])).toEqual({ line: 1, column: 7 });
    expect(parsed.locate(['data'])).toEqual({ line: 7, column: 1 });
    expect(parsed.locate(['data', 1])).toEqual({ line: 9, column: 5 });
    expect(parsed.locate(['data', 1, 'ref'])).toEqual({ line: 9, column: 40 });
    expect(parsed.locate(['metadata', 'fairness', 'groups', 1])).toEqual({ line: 22, column: 37 });
    expect(parsed.locate([])).toEqual({ line: 1, column: 1 });
    for (const path of [['nothing'], ['data', 2], ['name', 'x'], ['data', '1']]) expect(parsed.locate(path)).toBeNull();
  });

  it.each([
    ['base: { model: "./base.onnx" }'],
    ['base: { model: ../base/model.onnx }'],
    ['base: { model: /models/base }'],
    ['base: { model: "registry:other@sha256:' + 'a'.repeat(64) + '" }'],
    ['base: { model: hf://org/name@main }'],
    ['training: { run: wandb:acme/fraud/1x2y }'],
    ['uses: [{ model: other, version: "sha256:' + 'b'.repeat(64) + '" }]'],
    ['artifacts: [s3://b/k, hf://acme/bert, ../shared/*.bin, "/"]'],
    ['description: "no"\nmetadata: { no: yes, on: off }'],
  ])('accepts %s', (lines) => {
    const parsed = parseManifest({ path: 'models/fraud/model.yaml', text: `name: fraud\nkind: model\n${lines}\n` });
    expect(parsed.ok ? [] : parsed.faults).toEqual([]);
  });
});
