import { describe, expect, test } from 'vitest';
import { evidenceOf, sha256 } from '../../test/decision-case.js';
import { recordOf, snapshotOf } from '../../test/document-case.js';
import { licenseChoice } from './bom-license.js';
import { hubPurl } from './bom-model.js';
import { compareCards } from './compare-cards.js';
import { modelFacts } from './model-facts.js';
import { renderBom } from './render-bom.js';
import { renderCard } from './render-card.js';
import { renderReleaseNotes } from './render-release-notes.js';
import { formatYaml } from './yaml-text.js';

const bare = snapshotOf({
  base: null,
  metadata: {},
  data: [],
  runtime: { framework: null, frameworkVersion: null, image: null, lock: null },
});
const artifact = (
  path: string,
  document: NonNullable<ReturnType<typeof snapshotOf>['artifacts'][number]['document']>,
) => ({
  path,
  size: 1,
  sha256: null,
  header: null,
  tensors: {},
  document,
});

describe('a card', () => {
  test('has the record in its front matter, for programs', () => {
    const { markdown } = renderCard(recordOf(), null);
    expect(markdown.slice(0, markdown.indexOf('\n---\n'))).toBe(`---
license: apache-2.0
library_name: pytorch
pipeline_tag: text-classification
base_model: acme/base
datasets:
- acme/holdout
model-index:
- name: fraud
  results:
  - task:
      type: text-classification
    dataset:
      type: acme/holdout
      name: holdout
    metrics:
    - type: accuracy
      value: 0.931
      name: accuracy
    - type: loss
      value: 1.0e-7
      name: loss`);
  });

  test('leaves out what nobody knows', () => {
    const { markdown } = renderCard(
      recordOf({ snapshot: bare, evidence: {}, moves: [], changes: [], previous: null }),
      null,
    );
    expect(markdown.startsWith('# fraud\n\n**fraud**: Scores payments\n')).toBe(true);
    expect(markdown).not.toMatch(/### (?:Metrics|Stages|What loading)/);
    expect(markdown).toContain('The first version.');
    // Without a task the format of results cannot be: the table has them.
    const measured = renderCard(recordOf({ snapshot: bare }), null).markdown;
    expect(measured).not.toContain('model-index');
    expect(measured).toContain('| eval.accuracy | 0.931 | reported |');
  });

  test('completes the head that the team wrote, and tells what it contradicts', () => {
    const own = '---\nlicense: MIT # chosen in 2024\nbase_model: [acme/base, acme/other]\n---\nWords.\n';
    const { markdown, disagreements } = renderCard(recordOf(), own);
    expect(
      markdown.startsWith('---\nlicense: MIT # chosen in 2024\nbase_model: [acme/base, acme/other]\nlibrary_name:'),
    ).toBe(true);
    expect(disagreements).toEqual([{ key: 'license', card: 'MIT', record: 'apache-2.0' }]);
    expect(markdown).toContain('### Where this card and the record differ\n');
    expect(renderCard(recordOf(), '---\nlicense: Apache-2.0\n---\n').disagreements).toEqual([]);
  });

  test('compares results that the team wrote with those of the record', () => {
    const index = (value: string) =>
      `---\nmodel-index: [{ name: x, results: [{ dataset: { type: acme/holdout }, metrics: [{ type: accuracy, value: ${value} }, { type: loss, value: 1e-7 }] }] }]\n---\n`;
    expect(renderCard(recordOf(), index('0.931')).disagreements).toEqual([]);
    expect(renderCard(recordOf(), index('0.99')).disagreements).toEqual([
      { key: 'model-index accuracy on acme/holdout', card: 0.99, record: 0.931 },
    ]);
  });

  test('writes a head anew that nothing can be added to', () => {
    const { markdown } = renderCard(recordOf(), '---\n{license: apache-2.0, tags: [a]}\n---\nWords.\n');
    expect(markdown).toMatch(/^---\nlicense: apache-2.0\ntags:\n- a\nlibrary_name: pytorch\n/);
  });

  test('marks what loading a pickle can do', () => {
    const header = {
      format: 'pickle' as const,
      tensors: [],
      attributes: {},
      graph: null,
      imports: ['numpy.dtype', 'os.system'],
    };
    const artifacts = snapshotOf().artifacts.map((first) => ({ ...first, header }));
    const { markdown } = renderCard(recordOf({ snapshot: snapshotOf({ artifacts }) }), null);
    expect(markdown).toContain(
      '| model.safetensors | os.system | ⚠️ runs programs |\n| model.safetensors | numpy.dtype |  |',
    );
  });
});

describe('facts', () => {
  const peft = artifact('adapter_config.json', {
    type: 'peft-adapter',
    facts: { peft_type: 'LORA', task_type: 'CAUSAL_LM', base_model_name_or_path: 'acme/base' },
  });
  test('of an adapter come from its configuration', () => {
    const snapshot = { ...bare, kind: 'adapter' as const, artifacts: [peft] };
    expect(modelFacts(snapshot)).toMatchObject({
      library: 'peft',
      task: 'text-generation',
      baseModels: ['acme/base'],
      relation: 'adapter',
      tags: ['lora'],
    });
  });
  test('a path of a training machine is no base, and what the manifest says comes first', () => {
    const local = {
      ...peft,
      document: { ...peft.document, facts: { ...peft.document.facts, base_model_name_or_path: '/mnt/x/llama' } },
    };
    expect(modelFacts({ ...bare, artifacts: [local] }).baseModels).toEqual([]);
    const dots = {
      ...peft,
      document: { ...peft.document, facts: { ...peft.document.facts, base_model_name_or_path: '../llama' } },
    };
    expect(modelFacts({ ...bare, artifacts: [dots] }).baseModels).toEqual([]);
    const base = { model: 'vendor:openai/gpt', revision: null, content: null, version: null };
    expect(modelFacts({ ...bare, base, artifacts: [peft] }).baseModels).toEqual([]);
  });
  test('of a configuration: library, task, family and class', () => {
    const config = artifact('config.json', {
      type: 'hf-config',
      facts: { architecture: { model_type: 'bert', architectures: ['BertForSequenceClassification'] } },
    });
    expect(modelFacts({ ...bare, artifacts: [config] })).toMatchObject({
      library: 'transformers',
      task: 'text-classification',
      family: 'bert',
      architecture: 'BertForSequenceClassification',
    });
  });
});

describe('a bill of materials', () => {
  test('has hashes, pedigree, licence, data and metrics', () => {
    const { bom } = renderBom(recordOf(), sha256);
    expect(bom).toMatchObject({
      specVersion: '1.6',
      metadata: {
        timestamp: '2026-06-01T12:00:00Z',
        component: {
          type: 'machine-learning-model',
          hashes: [{ alg: 'SHA-256', content: '3'.repeat(64) }],
          licenses: [{ license: { id: 'Apache-2.0' } }],
          pedigree: {
            ancestors: [{ purl: 'pkg:huggingface/acme/base@abcdef' }, { name: 'fraud', version: '1.3.2' }],
            commits: [{ uid: 'c'.repeat(40) }],
          },
          externalReferences: [{ type: 'vcs', url: 'https://github.com/acme/models' }],
          modelCard: {
            modelParameters: {
              task: 'text-classification',
              datasets: [{ ref: 'data:train' }, { ref: 'data:holdout' }],
            },
            quantitativeAnalysis: {
              performanceMetrics: [{ type: 'eval.accuracy', value: '0.931' }, { type: 'eval.loss' }],
            },
          },
        },
      },
      components: [{ type: 'file' }, { type: 'data', hashes: [{ content: '2'.repeat(64) }] }, { type: 'data' }],
    });
  });
  test('another record has another serial number', () => {
    const serial = (record = recordOf()) => renderBom(record, sha256).bom['serialNumber'];
    expect(serial()).toBe(serial());
    expect(serial(recordOf({ evidence: { eval: evidenceOf({ accuracy: '0.932' }) } }))).not.toBe(serial());
  });
  test('licences and addresses of packages in the words of their registries', () => {
    expect(licenseChoice('MIT')).toEqual({ license: { id: 'MIT' } });
    expect(licenseChoice('llama3.1')).toEqual({ license: { name: 'llama3.1' } });
    expect(licenseChoice('constructor')).toEqual({ license: { name: 'constructor' } });
    expect(hubPurl('bert-base', null)).toBe('pkg:huggingface/bert-base');
    expect(hubPurl('Org/Na+me', 'AB')).toBe('pkg:huggingface/Org/Na%2Bme@ab');
  });
});

test('release notes say what changed and how to verify', () => {
  const notes = renderReleaseNotes(recordOf());
  expect(notes).toContain('**fraud 2.0.0** (1.3.2 → 2.0.0, major): Scores payments\n');
  for (const title of ['What changed', 'Metrics', 'Gate of development', 'Files', 'Get it and verify it'])
    expect(notes).toContain(`### ${title}\n`);
});

test('YAML quotes what some reader would take for something else', () => {
  expect(formatYaml({ a: 'no', b: '1.10', c: 'x: y', d: ['Off', 'en'], e: {}, f: [], g: 1e21, h: 'a b' })).toBe(
    'a: "no"\nb: "1.10"\nc: "x: y"\nd:\n- "Off"\n- en\ne: {}\nf: []\ng: 1.0e+21\nh: a b',
  );
});

test('the comparison of cards finds the least that changed', () => {
  const card = (words: string) => `---\nlicense: mit\n---\none\n${words}\nthree\n`;
  expect(compareCards(card('two'), `${card('two')}four\n`).prose).toEqual([{ sign: '+', line: 'four' }]);
  expect(compareCards(card('two'), card('2')).prose).toEqual([
    { sign: '-', line: 'two' },
    { sign: '+', line: '2' },
  ]);
  expect(compareCards(card('x'), 'one\nx\nthree').attributes).toEqual([{ key: 'license', from: 'mit', to: null }]);
});
