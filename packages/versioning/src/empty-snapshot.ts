import type { ModelName } from '@weighbridge/core';
import type { Snapshot } from './snapshot.js';

/** A full model of which nothing is known but its name: what others are told by their difference from. */
export function emptySnapshot(model: ModelName): Snapshot {
  return {
    schema: 1,
    model,
    kind: 'model',
    base: null,
    artifacts: [],
    data: [],
    config: [],
    code: [],
    prompts: [],
    retrieval: null,
    interface: null,
    metrics: [],
    runtime: { framework: null, frameworkVersion: null, image: null, lock: null },
    uses: [],
    training: {},
    documentation: { description: null, owners: [], files: [] },
    metadata: {},
  };
}
