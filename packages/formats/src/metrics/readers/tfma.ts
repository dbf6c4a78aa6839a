import { parseBase64Text } from '../base64-text.js';
import { contextObject, type MetricDraft, metricText, sampleCount } from '../metric-draft.js';
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
  const value = valueText(either(failure, 'metric_value', 'metricValue'));
  if (name === null) return;
  const position = sliceOf(slice);
  // One metric can fail several thresholds of a slice; its value is the same each time.
  if (!draft.has(`failed.${name}`, position))
    draft.add({ key: `failed.${name}`, value: value ?? 'N/A', slice: position });
}

/**
 * Results of TensorFlow Model Analysis: one `MetricsForSlice` as JSON (proto names or lowerCamelCase), or a list of them.
 * Keys are `[<model>.][<output>.]<metric>`, with the sub-key of a class or of a cut-off behind it. A slice's
 * `example_count` is its number of samples; the standard error of a confidence interval is taken where there is one.
 */
export const tfmaResults: MetricReader = {
  format: 'tfma-results',
  recognises: (root) => {
    const slices = slicesOf(root);
    return slices.length > 0 && slices.every((slice) => keysAndValues(slice) !== null);
  },
  read(root, draft) {
    for (const slice of slicesOf(root)) addSlice(slice, draft);
    return {};
  },
};

function slicesOf(root: MetricNode): readonly MetricNode[] {
  return root.kind === 'list' ? root.items : [root];
}

function keysAndValues(slice: MetricNode): readonly MetricNode[] | null {
  return listAt(slice, 'metric_keys_and_values') ?? listAt(slice, 'metricKeysAndValues');
}

function addSlice(slice: MetricNode, draft: MetricDraft): void {
  const position = sliceOf(slice);
  const entries = (keysAndValues(slice) ?? []).flatMap((entry) => {
    const [key, value] = [resultKey(nodeAt(entry, 'key')), valueText(nodeAt(entry, 'value'))];
    return key === null || value === null ? [] : [{ key, value, entry }];
  });
  const samples = sampleCount(entries.find(({ key }) => key === 'example_count')?.value);
  for (const { key, value, entry } of entries) {
    const interval = either(entry, 'confidence_interval', 'confidenceInterval');
    const stderr = valueText(either(interval, 'standard_error', 'standardError'));
    draft.add({ key, value, stderr, samples, slice: position });
  }
}

const subKeys = [
  ['class_id', 'classId'],
  ['k', 'k'],
  ['top_k', 'topK'],
] as const;

function resultKey(key: MetricNode | null): string | null {
  const name = textAt(key, 'name');
  if (name === null) return null;
  const sub = either(key, 'sub_key', 'subKey');
  const parts = [
    scalarText(either(key, 'model_name', 'modelName')),
    scalarText(either(key, 'output_name', 'outputName')),
  ];
  const cut = subKeys.flatMap(([snake, camel]) => {
    const holder = either(sub, snake, camel);
    const text = scalarText(nodeAt(holder, 'value') ?? holder);
    return text === null ? [] : [`${snake}=${text}`];
  });
  return [...parts.filter((part) => part !== null && part !== ''), name, ...cut].join('.');
}

/** The number of a `MetricValue`; null for plots, arrays and other kinds. */
function valueText(value: MetricNode | null): string | null {
  const holder = either(value, 'double_value', 'doubleValue') ?? either(value, 'bounded_value', 'boundedValue');
  // Wrapped numbers are bare in proto3 JSON and messages in other writers.
  const inner = nodeAt(holder, 'value') ?? holder;
  return metricText(nodeAt(inner, 'value') ?? inner);
}

function sliceOf(slice: MetricNode): Readonly<Record<string, string>> | null {
  const keys = items(either(slice, 'slice_key', 'sliceKey') ?? slice, 'single_slice_keys', 'singleSliceKeys');
  const columns = keys.map((key) => {
    const bytes = scalarText(either(key, 'bytes_value', 'bytesValue'));
    const number =
      scalarText(either(key, 'int64_value', 'int64Value')) ?? scalarText(either(key, 'float_value', 'floatValue'));
    const value = bytes === null ? (number ?? '') : (parseBase64Text(bytes) ?? bytes);
    return [textAt(key, 'column') ?? '', value] as const;
  });
  return columns.length === 0 ? null : Object.fromEntries(columns);
}

function either(node: MetricNode | null, snake: string, camel: string): MetricNode | null {
  return nodeAt(node, snake) ?? nodeAt(node, camel);
}

function items(node: MetricNode | null, snake: string, camel: string): readonly MetricNode[] {
  return listAt(node, snake) ?? listAt(node, camel) ?? [];
}
