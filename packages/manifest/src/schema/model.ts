import type { JsonObject } from '@weighbridge/core';
import { dataRoles, modelKinds } from '../manifest.js';
import {
  choice,
  element,
  idPattern,
  isoDurationPattern,
  list,
  loginPattern,
  modelNamePattern,
  record,
  text,
} from './fragments.js';
import { published } from './published.js';

const path = (description: string, example: string) =>
  element('path', description, [example], { type: 'string', minLength: 1, maxLength: 1024 });

const paths = (title: string, description: string, examples: readonly string[]) =>
  list(
    { title, description, examples: [examples] },
    path(
      'A file, folder or glob, relative to this file; a leading / means the root of the repository.',
      examples[0] ?? 'file',
    ),
  );

const file = (title: string, description: string, example: string) =>
  text({ title, description, examples: [example] }, { maxLength: 1024 });

/** `models/<name>/model.yaml`. */
export const modelSchema: JsonObject = published('model', {
  ...record(
    {
      title: 'model manifest',
      description: 'What one model is made of. One file a model, usually models/<name>/model.yaml.',
      examples: [
        { name: 'fraud', kind: 'model', artifacts: ['model.onnx'], metrics: [{ id: 'eval', path: 'metrics.json' }] },
      ],
    },
    {
      name: text(
        {
          title: 'model name',
          description:
            'Lower-case letters, digits and inner hyphens, at most 63. Used in tags and registries; never re-used.',
          examples: ['fraud', 'support-bot'],
        },
        { maxLength: 63, pattern: modelNamePattern },
      ),
      kind: choice(
        {
          title: 'kind',
          description:
            'What the version rules look at: a model, a LoRA or other adapter, prompts, a retrieval set-up, a system of several parts, or a data set.',
          examples: ['model', 'adapter'],
        },
        modelKinds,
      ),
      description: text({
        title: 'description',
        description: 'One sentence for people.',
        examples: ['Scores card payments'],
      }),
      owners: list(
        {
          title: 'owners',
          description: 'Logins, or teams as "@org/team". They are the default reviewers.',
          examples: [['alice', '@acme/nlp']],
        },
        element('login or team', 'A login, or a team as "@org/team".', ['alice', '@acme/nlp'], {
          type: 'string',
          pattern: loginPattern,
        }),
      ),
      impact: choice(
        {
          title: 'impact',
          description: 'Policies ask for more where the impact is high. Lowering it needs the owners of the policy.',
          examples: ['high'],
          default: 'low',
        },
        ['low', 'high'],
      ),
      base: record(
        {
          title: 'base model',
          description: 'What this model was made from. Another base is a major change.',
          examples: [{ model: 'hf://meta-llama/Llama-3.1-8B', revision: '0e9e39f249a16976918f6564b8830bc894c89659' }],
        },
        {
          model: text({
            title: 'reference of the base model',
            description: 'hf://org/name, registry:name@range, vendor:provider/model, or another reference.',
            examples: ['hf://meta-llama/Llama-3.1-8B', 'registry:llama-3-1-8b@^1.2', 'vendor:openai/gpt-4.1'],
          }),
          revision: text({
            title: 'revision',
            description: 'The commit or version of the base. Needs quotes when it consists of digits only.',
            examples: ['0e9e39f249a16976918f6564b8830bc894c89659'],
          }),
        },
        ['model'],
      ),
      data: list(
        {
          title: 'data sets',
          description: 'What it was trained, validated and evaluated with.',
          examples: [[{ name: 'tickets', role: 'train', ref: 'dvc:data/tickets.dvc' }]],
        },
        record(
          {
            title: 'data set',
            description: 'One data set.',
            examples: [{ name: 'holdout', role: 'eval', ref: 's3://acme-data/holdout.parquet?versionId=3HL4' }],
          },
          {
            name: text(
              {
                title: 'name',
                description: 'What this data set is called here; unique in this list.',
                examples: ['tickets'],
              },
              { pattern: idPattern },
            ),
            role: choice(
              {
                title: 'role',
                description: 'Other training data with other weights is a minor change; evaluation data alone is none.',
                examples: ['train'],
              },
              dataRoles,
            ),
            ref: text({
              title: 'reference',
              description:
                'A path in the repository, dvc:, s3://, gs://, az://, hf://, lakefs://, registry:, mlflow:, wandb: or sha256:.',
              examples: ['dvc:data/tickets.dvc', 's3://acme-data/holdout.parquet?versionId=3HL4', '/data/train.csv'],
            }),
          },
          ['name', 'role', 'ref'],
        ),
      ),
      artifacts: list(
        {
          title: 'artifacts',
          description:
            'The weights and what belongs to them: files, folders, globs (*, **, ?), or references (s3://, gs://, az://, hf://, lakefs://) to one file, to a folder with a slash at its end, or with a glob.',
          examples: [['out/adapter_model.safetensors', 'out/adapter_config.json'], ['s3://acme-models/runs/42/']],
        },
        element(
          'path or reference',
          'A file, folder or glob relative to this file, or a reference.',
          ['out/*.safetensors'],
          {
            type: 'string',
            minLength: 1,
            maxLength: 2048,
          },
        ),
      ),
      config: paths('configuration', 'Hyperparameters and other settings; a change is a patch.', [
        'configs/train.yaml',
      ]),
      code: paths('training code', 'Files and folders whose content counts as training code.', ['/src/train']),
      prompts: paths('prompts', 'Templates. Their variables are part of the interface.', ['prompts/*.md']),
      retrieval: file(
        'retrieval settings',
        'File with the embedding model, chunking, index and query parameters.',
        'retrieval.yaml',
      ),
      interface: file(
        'interface',
        'JSON Schema of inputs and outputs, or an MLmodel file with a signature.',
        'interface.json',
      ),
      metrics: list(
        {
          title: 'metric documents',
          description: 'Results of evaluations. Their format is recognised by content.',
          examples: [[{ id: 'eval', path: 'results/eval.json' }]],
        },
        record(
          {
            title: 'metric document',
            description: 'One document of results.',
            examples: [{ id: 'eval', path: 'results/eval.json' }],
          },
          {
            id: text(
              {
                title: 'id',
                description: 'What gates call it: a gate on eval.accuracy reads the document eval.',
                examples: ['eval'],
              },
              { pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$' },
            ),
            path: file('path', 'The file, relative to this file.', 'results/eval.json'),
            examples: paths(
              'examples',
              'Files with the score of each example, which paired comparisons need: samples_*.jsonl of lm-evaluation-harness, or lines of {"id", "scores"}.',
              ['results/samples_*.jsonl'],
            ),
            attestation: file(
              'attestation',
              'The signed statement about it, relative to this file. Without it, <path>.sigstore.json and <path>.intoto.jsonl are looked for.',
              'results/eval.json.sigstore.json',
            ),
            run: text(
              {
                title: 'workflow run',
                description: 'The run of this repository that made it, by its number, in quotes.',
                examples: ['17243984411'],
              },
              { pattern: '^[1-9]\\d{0,19}$' },
            ),
            artifact: text(
              {
                title: 'artifact',
                description: 'The artifact of that run which holds it, where the run has several.',
                examples: ['evaluation'],
              },
              { maxLength: 255 },
            ),
          },
          ['id', 'path'],
        ),
      ),
      training: record(
        {
          title: 'training',
          description:
            'What the metadata standard asks for and no file knows. A run, dvc.lock or MLmodel fills it in where there is one.',
          examples: [{ framework: 'pytorch', framework_version: '2.9.0', hardware: '8xH100', duration: 'PT3H12M' }],
        },
        {
          framework: text({
            title: 'framework',
            description: 'The training framework.',
            examples: ['pytorch', 'scikit-learn'],
          }),
          framework_version: text({
            title: 'framework version',
            description: 'Its version. Another major version is a minor change.',
            examples: ['2.9.0'],
          }),
          hardware: text({ title: 'hardware', description: 'What it was trained on.', examples: ['8xH100'] }),
          duration: text(
            { title: 'ISO 8601 duration', description: 'How long training took.', examples: ['PT3H12M', 'P2DT4H'] },
            { pattern: isoDurationPattern, maxLength: 64 },
          ),
          run: text({
            title: 'run',
            description:
              'The tracked run that made it: mlflow:run, wandb:entity/project/run, or the folder of an offline W&B run.',
            examples: ['mlflow:4f1c0a3b7d5e4c6f8a9b0c1d2e3f4a5b', 'wandb:acme/fraud/1x2y3z'],
          }),
        },
      ),
      environment: record(
        {
          title: 'environment',
          description: 'What the model runs in.',
          examples: [{ image: 'ghcr.io/acme/serve@sha256:…', lock: 'requirements.lock' }],
        },
        {
          image: text({
            title: 'image',
            description: 'Container image, best by digest.',
            examples: ['ghcr.io/acme/serve:1.4'],
          }),
          lock: file('dependency lock', 'File that pins dependencies.', 'requirements.lock'),
        },
      ),
      uses: list(
        {
          title: 'uses',
          description:
            'Models of this registry that this one is made of, for systems and for bases that an adapter fits.',
          examples: [[{ model: 'llama-3-1-8b', version: '^1.2' }]],
        },
        record(
          {
            title: 'part',
            description: 'One model and the versions of it that fit.',
            examples: [{ model: 'llama-3-1-8b', version: '^1.2' }],
          },
          {
            model: text(
              { title: 'model name', description: 'A model of this registry.', examples: ['llama-3-1-8b'] },
              { maxLength: 63, pattern: modelNamePattern },
            ),
            version: text(
              {
                title: 'range of versions',
                description: 'A range, one version, or a digest.',
                examples: ['^1.2', '1.4.0'],
              },
              { maxLength: 256 },
            ),
          },
          ['model', 'version'],
        ),
      ),
      store: choice(
        {
          title: 'store',
          description:
            'copy puts the bytes into the store of the policy; reference records where they are and copies nothing.',
          examples: ['reference'],
          default: 'copy',
        },
        ['copy', 'reference'],
      ),
      bump: choice(
        {
          title: 'declared bump',
          description: 'Raises the computed bump, never lowers it.',
          examples: ['major'],
        },
        ['patch', 'minor', 'major'],
      ),
      metadata: {
        title: 'metadata',
        description: 'Further fields of the metadata standard, and your own. All of it is recorded as it is.',
        examples: [{ fairness: 'reports/fairness.html' }],
        type: 'object',
        maxProperties: 1000,
      },
    },
    ['name', 'kind'],
  ),
});
