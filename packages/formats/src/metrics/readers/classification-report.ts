import { metricText, sampleCount } from '../metric-draft.js';
import { mapAt, textAt } from '../metric-node.js';
import type { MetricReader } from './metric-reader.js';

const measures = ['precision', 'recall', 'f1-score'] as const;
const averages = new Set(['macro avg', 'weighted avg', 'micro avg', 'samples avg']);

/**
 * scikit-learn `classification_report(output_dict=True)`. Keys: `accuracy`, `<class>.f1-score`, `macro avg.f1-score`.
 * Each class is also a slice `class` of the averages: an average over one class is that class's own value.
 */
export const classificationReport: MetricReader = {
  format: 'sklearn-classification-report',
  recognises(root) {
    const average = mapAt(root, 'macro avg') ?? mapAt(root, 'weighted avg');
    return average !== null && [...measures, 'support'].every((measure) => textAt(average, measure) !== null);
  },
  read(root, draft) {
    if (root.kind !== 'map') return {};
    const present = [...root.entries.keys()].filter((name) => averages.has(name));
    for (const [row, node] of root.entries) {
      if (node.kind !== 'map') {
        const value = metricText(node);
        if (value !== null)
          draft.add({ key: row, value, samples: sampleCount(textAt(mapAt(root, 'macro avg'), 'support')) });
        continue;
      }
      const samples = sampleCount(textAt(node, 'support'));
      for (const measure of measures) {
        const value = metricText(node.entries.get(measure));
        if (value === null) continue;
        draft.add({ key: `${row}.${measure}`, value, samples });
        if (averages.has(row)) continue;
        for (const average of present)
          draft.add({ key: `${average}.${measure}`, value, samples, slice: { class: row } });
      }
    }
    return {};
  },
};
