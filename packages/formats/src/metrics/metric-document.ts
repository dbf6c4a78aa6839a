import type { JsonObject } from '@weighbridge/core';
import type { ExampleScores } from './example-scores.js';

/** One metric of a document. Values are exact decimal text as written, or the word that stood there (`NaN`, `N/A`). */
export interface MetricValue {
  /** Dotted key. */
  readonly key: string;
  readonly value: string;
  readonly stderr: string | null;
  readonly samples: number | null;
  /** The slice it speaks of, as column to value; null for the whole. */
  readonly slice: Readonly<Record<string, string>> | null;
}

/** A metric document, whatever its format. Values sorted by key, then slice. */
export interface MetricDocument {
  readonly format: string;
  readonly values: readonly MetricValue[];
  /** What must be equal for a comparison: dataset, harness, shots, task versions, sample counts. */
  readonly context: JsonObject;
  /** The score of each example, where somebody supplied them beside the document. */
  readonly examples?: ExampleScores;
}
