import type { Bump, JsonValue } from '@weighbridge/core';

/** The sides of a snapshot that can differ, in the order in which changes are told. */
export const facets = [
  'base',
  'architecture',
  'weights',
  'tokenizer',
  'data',
  'config',
  'code',
  'prompts',
  'retrieval',
  'interface',
  'adapter',
  'metrics',
  'runtime',
  'uses',
  'documentation',
] as const;
/** One side of a snapshot. */
export type Facet = (typeof facets)[number];

/** One difference between two snapshots, with the rule that weighed it. */
export interface Change {
  readonly facet: Facet;
  /** What kind of difference within the facet, such as `input-removed`, `tensor-reshaped`, `revision`. */
  readonly kind: string;
  /** The file, tensor, key or field that differs. */
  readonly path: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
  readonly bump: Bump;
  /** Name of the rule, `facet.kind`; policy overrides by this name or by the facet. */
  readonly rule: string;
  /** One sentence for people. */
  readonly because: string;
}
