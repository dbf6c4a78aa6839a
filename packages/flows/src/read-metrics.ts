import { digestBytes, type Sha256 } from '@weighbridge/core';
import { parseMetricDocument } from '@weighbridge/formats';
import type { MetricsFacet } from '@weighbridge/versioning';

/** One metric document of a manifest as a facet. @throws format/* naming the file */
export function readMetrics(id: string, path: string, bytes: Uint8Array, sha256: Sha256): MetricsFacet {
  const document = parseMetricDocument({ name: path, bytes });
  return {
    id,
    path,
    digest: digestBytes(sha256, bytes),
    format: document.format,
    values: document.values,
    context: document.context,
  };
}
