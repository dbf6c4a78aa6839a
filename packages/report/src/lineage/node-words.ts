import type { LineageNode, LineageNodeKind } from '@weighbridge/lineage';

/** What people call a kind of node. */
export const nodeKindWords: Readonly<Record<LineageNodeKind, string>> = {
  'raw-data': 'raw data',
  'processed-data': 'processed data',
  features: 'features',
  'evaluation-data': 'evaluation data',
  base: 'base model',
  code: 'code',
  environment: 'environment',
  processing: 'processing',
  training: 'training',
  model: 'model',
  deployment: 'deployment',
};

const maxVersion = 20;

/** A node's version as short as it is told apart: digests and commits by their first digits. */
export function shortVersion({ version }: Pick<LineageNode, 'version'>): string {
  if (version === null) return '';
  const digits = /^((?:[a-z0-9-]+:)?)([0-9a-f]{24,})((?:\.dir)?)$/.exec(version);
  if (digits !== null) return `${digits[1] ?? ''}${(digits[2] ?? '').slice(0, 12)}${digits[3] ?? ''}`;
  // A pinned reference repeats the name before it.
  const tail = /[@#=]([^@#=/]+)$/.exec(version)?.[1] ?? version;
  return tail.length <= maxVersion ? tail : `${tail.slice(0, maxVersion - 1)}…`;
}

/** `fraud 1.2.0`, `code 1a2b3c4d5e6f`. */
export function nodeTitle(node: LineageNode): string {
  const version = shortVersion(node);
  return version === '' || node.name.includes(version) ? node.name : `${node.name} ${version}`;
}
