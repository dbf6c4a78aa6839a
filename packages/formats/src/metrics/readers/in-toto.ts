import { contextObject, contextValue, type MetricDraft, metricText, sampleCount } from '../metric-draft.js';
import { listAt, mapAt, type MetricNode, nodeAt, textAt } from '../metric-node.js';
import { addFlattened } from './plain.js';
import type { MetricReader } from './metric-reader.js';

/**
 * An in-toto Statement (in-toto/attestation, spec v1) with a test-result predicate: `result.passed` is 1 or 0, and
 * `tests.passed`, `tests.warned`, `tests.failed` count. Numbers of any predicate's `metrics` are taken by dotted key.
 * Of the proposed eval-result predicate (in-toto/attestation#575), `<metric>.passed` is 1 or 0 and `<metric>.threshold` is
 * the number that was asked; the sample size goes with both. The context names configuration, harness and data set, which
 * is what was tested and with what.
 */
export const inTotoStatement: MetricReader = {
  format: 'in-toto-test-result',
  recognises: (root) =>
    (textAt(root, '_type') ?? '').startsWith('https://in-toto.io/Statement/') && nodeAt(root, 'predicate') !== null,
  read(root, draft) {
    const predicate = nodeAt(root, 'predicate');
    const result = textAt(predicate, 'result');
    if (result !== null) draft.add({ key: 'result.passed', value: result === 'PASSED' ? '1' : '0' });
    for (const outcome of ['passed', 'warned', 'failed']) {
      const tests = listAt(predicate, `${outcome}Tests`);
      if (tests !== null) draft.add({ key: `tests.${outcome}`, value: String(tests.length) });
    }
    addClaim(predicate, draft);
    const metrics = nodeAt(predicate, 'metrics');
    if (metrics !== null && metricText(metrics) === null) addFlattened(metrics, draft);
    const dataset = nodeAt(predicate, 'configuration') ?? nodeAt(mapAt(predicate, 'commitments'), 'dataset');
    const harness = nodeAt(predicate, 'harness');
    return contextObject([
      ['dataset', dataset === null ? undefined : contextValue(dataset)],
      ['harness', harness === null ? undefined : contextValue(harness)],
    ]);
  },
};

/** `metric`, `comparator`, `threshold`, `passed` and `sampleSize` of an eval-result. */
function addClaim(predicate: MetricNode | null, draft: MetricDraft): void {
  const [metric, passed] = [textAt(predicate, 'metric'), textAt(predicate, 'passed')];
  if (metric === null || passed === null) return;
  const samples = sampleCount(textAt(predicate, 'sampleSize'));
  draft.add({ key: `${metric}.passed`, value: passed === 'true' ? '1' : passed === 'false' ? '0' : passed, samples });
  const threshold = metricText(nodeAt(predicate, 'threshold'));
  if (threshold !== null) draft.add({ key: `${metric}.threshold`, value: threshold, samples });
}
