import { digestBytes, type Sha256 } from '@weighbridge/core';
import { parseExampleFiles, parseMetricDocument } from '@weighbridge/formats';
import type { MetricsFacet } from '@weighbridge/versioning';

/** A metric document of a manifest with the files that score its examples, as they were read. */
export interface MetricFiles {
  readonly id: string;
  /** As the manifest writes it: a metric file of MLflow is named by it. */
  readonly path: string;
  /** From the root of the repository: what a fault names. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly examples: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** One metric document of a manifest as a facet. @throws formats/metrics-* naming the file */
export function readMetrics({ id, path, file, bytes, examples }: MetricFiles, sha256: Sha256): MetricsFacet {
  const document = parseMetricDocument({ name: file, path, bytes });
  return {
    id,
    path,
    digest: digestBytes(sha256, bytes),
    format: document.format,
    values: document.values,
    context: document.context,
    ...(examples.length === 0 ? {} : { examples: parseExampleFiles(examples) }),
  };
}
