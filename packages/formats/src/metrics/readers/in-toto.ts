import { contextObject, contextValue, metricText } from '../metric-draft.js';
import { listAt, nodeAt, textAt } from '../metric-node.js';
import { addFlattened } from './plain.js';
import type { MetricReader } from './metric-reader.js';

/**
 * An in-toto Statement (in-toto/attestation, spec v1) with a test-result predicate: `result.passed` is 1 or 0, and
 * `tests.passed`, `tests.warned`, `tests.failed` count. Numbers of any predicate's `metrics` are taken by dotted key.
 * The context names subjects and configuration, which is what was tested and with what.
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
    const metrics = nodeAt(predicate, 'metrics');
    if (metrics !== null && metricText(metrics) === null) addFlattened(metrics, draft);
    const configuration = nodeAt(predicate, 'configuration');
    return contextObject([['dataset', configuration === null ? undefined : contextValue(configuration)]]);
  },
};
