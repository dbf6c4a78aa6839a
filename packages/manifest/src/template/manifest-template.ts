import type { ModelName } from '@weighbridge/core';
import { stringify } from 'yaml';
import type { Manifest } from '../manifest.js';
import { schemaLine } from '../schema/published.js';

/** What was recognised in a repository. What is left out is shown as a comment to fill in. */
export type ManifestFacts = { readonly name: ModelName } & Partial<Omit<Manifest, 'name' | 'metadata'>>;

/** A complete `model.yaml` with what is known filled in. It parses without faults when the facts are true. */
export function renderManifestTemplate(facts: ManifestFacts): string {
  const training = definedMembers(facts.training ?? {});
  const environment = definedMembers(facts.environment ?? {});
  const lines = [
    schemaLine('model'),
    '# What this model is made of. Paths are relative to this folder; a leading / means the root of the repository.',
    keyLine('name', facts.name, '', ''),
    keyLine('kind', facts.kind ?? 'model', '', 'model, adapter, prompt, retrieval, system or dataset'),
    keyLine('description', facts.description, 'One sentence for people', ''),
    keyLine('owners', facts.owners, '[alice, "@acme/nlp"]', 'default reviewers'),
    keyLine('impact', facts.impact, 'high', 'policies can ask for more where the impact is high'),
    keyLine(
      'base',
      facts.base ? definedMembers(facts.base) : null,
      '{ model: hf://org/name, revision: 0e9e39f }',
      'what it was made from',
    ),
    keyLine(
      'data',
      facts.data,
      '[{ name: train, role: train, ref: dvc:data/train.dvc }]',
      'role: train, validation or eval',
    ),
    keyLine('artifacts', facts.artifacts, '[model.onnx]', 'the weights and what belongs to them'),
    keyLine('config', facts.config, '[train.yaml]', 'hyperparameters and other settings'),
    keyLine('code', facts.code, '[/src/train]', 'training code'),
    keyLine('prompts', facts.prompts, '[prompts/*.md]', 'templates; their variables are part of the interface'),
    keyLine('retrieval', facts.retrieval, 'retrieval.yaml', ''),
    keyLine('interface', facts.interface, 'interface.json', 'JSON Schema of inputs and outputs'),
    keyLine(
      'metrics',
      facts.metrics?.map(definedMembers),
      '[{ id: eval, path: metrics.json }]',
      'gates read them as eval.<key>',
    ),
    keyLine(
      'training',
      training,
      '{ framework: pytorch, framework_version: 2.9.0, hardware: 8xH100, duration: PT3H12M }',
      '',
    ),
    keyLine('environment', environment, '{ lock: requirements.lock }', ''),
    keyLine('uses', facts.uses, '[{ model: other-model, version: ^1.2 }]', 'parts from this registry'),
    keyLine(
      'store',
      facts.store === 'copy' ? null : facts.store,
      'reference',
      'records where the bytes are and copies nothing',
    ),
    keyLine('bump', facts.bump, 'major', 'raises the computed bump'),
  ];
  return `${lines.join('\n')}\n`;
}

/** A key with what is known, or a comment that shows how it is written. */
function keyLine(key: string, value: unknown, example: string, note: string): string {
  const remark = note === '' ? '' : ` # ${note}`;
  if (isAbsent(value)) return `# ${key}: ${example}${remark}`;
  return `${key}: ${inlineYaml(value)}${remark}`;
}

function isAbsent(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** A value as YAML in one line, quoted where it has to be. */
function inlineYaml(value: unknown): string {
  return stringify(value, {
    collectionStyle: 'flow',
    lineWidth: 0,
    flowCollectionPadding: true,
    blockQuote: false,
  }).trimEnd();
}

function definedMembers(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => !isAbsent(value)));
}
