import type { JsonObject } from '@weighbridge/core';
import type { MetricDraft } from '../metric-draft.js';
import type { MetricNode } from '../metric-node.js';

/** One format of metric documents. The first reader of the table that recognises a document reads it. */
export interface MetricReader {
  /** What `MetricDocument.format` says. */
  readonly format: string;
  /** By content alone; cheap. */
  recognises(root: MetricNode): boolean;
  /** Adds the values and returns the context. May throw formats/metrics-duplicate and formats/metrics-limit. */
  read(root: MetricNode, draft: MetricDraft): JsonObject;
}
