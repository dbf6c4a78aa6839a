import type { VerdictNode } from '@weighbridge/core';
import type { ModelKind } from '@weighbridge/manifest';
import type { MetadataFacts } from '../facts.js';
import { defineRule } from '../rule.js';
import { listWords, nameCandidate, offerWaiver } from '../wording.js';

type Field = keyof MetadataFacts | 'version' | 'metrics';

/** A required field: what people call it, and how it is supplied. */
const fields: Readonly<Record<Field, { readonly title: string; readonly supply: string }>> = {
  version: { title: 'version', supply: 'Run weighbridge version, or push the tag of the release.' },
  data: {
    title: 'version or hash of the training data',
    supply:
      'Name it under data in model.yaml with role train, by a reference that can be pinned (dvc:, s3://…?versionId=, a path in git).',
  },
  commit: { title: 'commit', supply: 'Commit the change; the commit is read from git.' },
  framework: {
    title: 'framework',
    supply:
      'Set training.framework in model.yaml, or have it captured: name the run under training.run, or let the training write weighbridge-run.json (docs/capture.md).',
  },
  frameworkVersion: {
    title: 'framework version',
    supply:
      'Set training.framework_version in model.yaml, or have it captured: name the run under training.run, or let the training write weighbridge-run.json (docs/capture.md).',
  },
  duration: {
    title: 'training duration',
    supply:
      'Set training.duration in model.yaml as an ISO 8601 duration such as PT3H12M, or have it captured: name the run under training.run, or let the training write weighbridge-run.json (docs/capture.md).',
  },
  hardware: {
    title: 'training hardware',
    supply:
      'Set training.hardware in model.yaml, such as 8xH100, or have it captured: name the run under training.run, or let the training write weighbridge-run.json (docs/capture.md).',
  },
  metrics: {
    title: 'primary evaluation metrics',
    supply: 'List an evaluation result under metrics in model.yaml, or run weighbridge evidence add.',
  },
};

const trained: readonly Field[] = [
  'version',
  'data',
  'commit',
  'framework',
  'frameworkVersion',
  'duration',
  'hardware',
  'metrics',
];
const assembled: readonly Field[] = ['version', 'commit', 'metrics'];

/** What is not trained has no training to describe; a data set is its own data and has no metrics to show. */
const required: Readonly<Record<ModelKind, readonly Field[]>> = {
  model: trained,
  adapter: trained,
  prompt: assembled,
  retrieval: assembled,
  system: assembled,
  dataset: ['version', 'data', 'commit'],
};

/** What the required fields are looked for in. */
export interface KnownMetadata {
  readonly version: string | null;
  readonly metadata: MetadataFacts;
  /** Whether any evaluation result has a value. */
  readonly hasMetrics: boolean;
}

/** Required fields of the metadata standard that nobody knows, with what supplies each; empty for a complete record. */
export function missingMetadata(
  kind: ModelKind,
  known: KnownMetadata,
): readonly { readonly title: string; readonly supply: string }[] {
  return required[kind].filter((field) => !isPresent(field, known)).map((field) => fields[field]);
}

/**
 * The required fields of the metadata standard, one child for each that is missing. Changed by the manifest or a run.
 */
export const metadataRule = defineRule({
  kind: 'metadata',
  needs: ['candidate', 'metadata', 'evidence'],
  judge(request, facts): readonly VerdictNode[] {
    if (request.policy.gate?.metadata !== 'complete') return [];
    const { kind, identity } = facts.candidate;
    const asked = required[kind];
    const hasMetrics = Object.values(facts.evidence).some((document) => document.document.values.length > 0);
    const known = { version: request.version, metadata: facts.metadata, hasMetrics };
    const missing = asked.filter((field) => !isPresent(field, known));
    const node = { id: 'metadata', kind: 'metadata', facts: { required: asked, missing } };
    if (missing.length === 0) {
      return [
        {
          ...node,
          verdict: 'pass',
          because: `All ${asked.length} required fields of ${kind === 'adapter' ? 'an' : 'a'} ${kind} are present.`,
        },
      ];
    }
    const because = `${nameCandidate(request)} lacks ${listWords(missing.map((field) => fields[field].title))}.`;
    const children = missing.map((field) => missingField(field));
    const remedy = `${missing.map((field) => fields[field].supply).join(' ')} Else ${offerWaiver(request, 'metadata', identity).replace(/^or /, '')}.`;
    return [{ ...node, verdict: 'fail', because, remedy, children }];
  },
});

function missingField(field: Field): VerdictNode {
  const { title, supply } = fields[field];
  return {
    id: `metadata/${field}`,
    kind: 'metadata',
    verdict: 'fail',
    because: `The ${title} is missing.`,
    remedy: supply,
  };
}

function isPresent(field: Field, { version, metadata, hasMetrics }: KnownMetadata): boolean {
  if (field === 'version') return version !== null;
  if (field === 'metrics') return hasMetrics;
  const text = metadata[field];
  return text !== null && text.trim() !== '';
}
