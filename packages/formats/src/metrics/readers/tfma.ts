import { contextObject, type MetricDraft, metricText } from '../metric-draft.js';
import { listAt, type MetricNode, nodeAt, scalarText, textAt } from '../metric-node.js';
import type { MetricReader } from './metric-reader.js';

/**
 * TensorFlow Model Analysis `ValidationResult` as JSON (proto names or lowerCamelCase). It holds values of failed
 * metrics only, so gates usually bound its counts: `validation_ok` (1 or 0), `failures`, `missing_slices`.
 */
export const tfmaValidation: MetricReader = {
  format: 'tfma-validation',
  recognises: (root) => either(root, 'validation_ok', 'validationOk') !== null && root.kind === 'map',
  read(root, draft) {
    const slices = items(root, 'metric_validations_per_slice', 'metricValidationsPerSlice');
    const failures = slices.flatMap((slice) =>
      items(slice, 'failures', 'failures').map((failure) => ({ slice, failure })),
    );
    const ok = scalarText(either(root, 'validation_ok', 'validationOk'));
    draft.add({ key: 'validation_ok', value: ok === 'true' ? '1' : ok === 'false' ? '0' : (ok ?? 'N/A') });
    draft.add({ key: 'failures', value: String(failures.length) });
    draft.add({ key: 'missing_slices', value: String(items(root, 'missing_slices', 'missingSlices').length) });
    for (const { slice, failure } of failures) addFailure(slice, failure, draft);
    const stamped = scalarText(either(root, 'rubber_stamp', 'rubberStamp'));
    return contextObject([['rubber_stamp', stamped ?? undefined]]);
  },
};

function addFailure(slice: MetricNode, failure: MetricNode, draft: MetricDraft): void {
  const name = textAt(either(failure, 'metric_key', 'metricKey'), 'name');
  const wrapped = either(failure, 'metric_value', 'metricValue');
  const holder = either(wrapped, 'double_value', 'doubleValue') ?? either(wrapped, 'bounded_value', 'boundedValue');
  const value = metricText(nodeAt(holder, 'value') ?? holder);
  if (name === null) return;
  const columns = items(either(slice, 'slice_key', 'sliceKey') ?? slice, 'single_slice_keys', 'singleSliceKeys').map(
    (key) => {
      const text = ['bytes_value', 'bytesValue', 'int64_value', 'int64Value', 'float_value', 'floatValue'].map((kind) =>
        textAt(key, kind),
      );
      return [textAt(key, 'column') ?? '', text.find((candidate) => candidate !== null) ?? ''] as const;
    },
  );
  const position = columns.length === 0 ? null : Object.fromEntries(columns);
  // One metric can fail several thresholds of a slice; its value is the same each time.
  if (!draft.has(`failed.${name}`, position))
    draft.add({ key: `failed.${name}`, value: value ?? 'N/A', slice: position });
}

function either(node: MetricNode | null, snake: string, camel: string): MetricNode | null {
  return nodeAt(node, snake) ?? nodeAt(node, camel);
}

function items(node: MetricNode | null, snake: string, camel: string): readonly MetricNode[] {
  return listAt(node, snake) ?? listAt(node, camel) ?? [];
}
