import type { Digest } from '@weighbridge/core';
import type { Snapshot } from '@weighbridge/versioning';

/** What a version without artifacts consists of, in the terms of its manifest. */
export function contentOf({ prompts, retrieval, config, interface: face, code }: Snapshot): readonly NamedContent[] {
  const documents = [...(retrieval === null ? [] : [retrieval]), ...(face === null ? [] : [face])];
  const all = [...prompts, ...documents, ...config, ...code];
  return [...new Map(all.map(({ path, digest }) => [path, { path, digest }])).values()];
}

/** A file that a manifest names. */
export interface NamedContent {
  readonly path: string;
  readonly digest: Digest;
}
