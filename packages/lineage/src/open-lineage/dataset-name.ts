import { readReference } from '@weighbridge/manifest';
import type { LineageNode } from '../graph/graph.js';

/** What OpenLineage calls a data set: where it lives, and its name there. */
export interface DatasetName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The name of a node, after OpenLineage's rules for naming where there is one; files and models of the repository have
 * the repository's address as their namespace. @see https://openlineage.io/docs/spec/naming
 */
export function datasetNameOf({ kind, name }: Pick<LineageNode, 'kind' | 'name'>, repository: string): DatasetName {
  if (kind === 'model') return { namespace: repository, name: `models/${name}` };
  const read = readReference(name);
  if (!read.ok) return { namespace: repository, name };
  const { reference } = read;
  switch (reference.scheme) {
    case 'path':
    case 'dvc':
      return { namespace: repository, name: reference.path.replace(/^\/+/, '') };
    case 's3':
    case 'gs':
    case 'az':
      return { namespace: `${reference.scheme}://${reference.bucket}`, name: reference.key };
    case 'hf': {
      const prefix = reference.type === 'model' ? '' : `${reference.type}s/`;
      const path = reference.path === null ? '' : `/${reference.path}`;
      return { namespace: 'https://huggingface.co', name: `${prefix}${reference.repository}${path}` };
    }
    case 'lakefs':
      return { namespace: `lakefs://${reference.repository}`, name: reference.path };
    case 'vendor':
      return { namespace: `vendor:${reference.provider}`, name: reference.model };
    case 'registry':
      return { namespace: repository, name: `models/${reference.name}` };
    case 'mlflow':
    case 'wandb':
    case 'sha256':
      return { namespace: `${reference.scheme}:`, name: name.slice(reference.scheme.length + 1) };
  }
}
