// Estimators outside neural networks: class, features, classes, outputs; what was set; what was learned.
import type { JsonObject } from '@weighbridge/core';
import type { Snapshot } from '../../src/index.js';
import { weights } from '../snapshot-builder.js';
import type { Pair } from './pair.js';

const forest: JsonObject = {
  class: 'sklearn.ensemble._forest.RandomForestClassifier',
  input_features: 3,
  feature_names: ['age', 'height', 'weight'],
  classes: ['cat', 'dog', 'owl'],
  outputs: [1],
  hyperparameters: { max_depth: 8, n_estimators: 100 },
};
const scaler: JsonObject = { in: 'steps', name: 'scale', class: 'sklearn.preprocessing._data.StandardScaler' };
const linear: JsonObject = {
  class: 'sklearn.linear_model._logistic.LogisticRegression',
  input_features: 3,
  classes: [0, 1, 2],
  outputs: [3],
};

function saved(estimator: JsonObject, wrapping = 'trees'): Partial<Snapshot> {
  const imports = [...JSON.stringify(estimator).matchAll(/"class":"([^"]+)"/g)].map((match) => match[1] ?? '');
  return { artifacts: [weights('model.pkl', {}, { format: 'pickle', attributes: { estimator }, imports, wrapping })] };
}

const pipeline = (...parts: readonly JsonObject[]): Partial<Snapshot> =>
  saved({ class: 'sklearn.pipeline.Pipeline', parts });
const step = (facts: JsonObject): JsonObject => ({ in: 'steps', name: 'model', ...facts });

export const estimatorPairs: readonly Pair[] = [
  {
    name: 'a forest that was fitted again',
    from: saved(forest),
    to: saved(forest, 'other trees'),
    bump: 'patch',
    rules: ['weights.file'],
  },
  {
    name: 'a forest with more trees',
    from: saved(forest),
    to: saved({ ...forest, hyperparameters: { max_depth: 8, n_estimators: 300 } }, 'more trees'),
    bump: 'patch',
    rules: ['config.model-setting', 'weights.file'],
  },
  {
    name: 'a forest with a further class at the end',
    from: saved(forest),
    to: saved({ ...forest, classes: ['cat', 'dog', 'owl', 'yak'] }),
    bump: 'minor',
    rules: ['interface.label-added', 'weights.file'],
  },
  {
    name: 'a forest with one class less',
    from: saved(forest),
    to: saved({ ...forest, classes: ['cat', 'dog'] }),
    bump: 'major',
    rules: ['interface.label-removed', 'weights.file'],
  },
  {
    name: 'a forest whose classes have other ids',
    from: saved(forest),
    to: saved({ ...forest, classes: ['dog', 'cat', 'owl'] }),
    bump: 'major',
    rules: ['interface.label-moved', 'interface.label-moved', 'weights.file'],
  },
  {
    name: 'a forest on a further feature',
    from: saved(forest),
    to: saved({ ...forest, input_features: 4, feature_names: ['age', 'height', 'weight', 'income'] }),
    bump: 'major',
    rules: ['interface.input-added-required', 'weights.file'],
  },
  {
    name: 'a forest that takes its features in another order',
    from: saved(forest),
    to: saved({ ...forest, feature_names: ['height', 'age', 'weight'] }),
    bump: 'major',
    rules: ['interface.input-reshaped', 'weights.file'],
  },
  {
    name: 'a linear model on fewer features without names',
    from: saved(linear),
    to: saved({ ...linear, input_features: 2 }),
    bump: 'major',
    rules: ['interface.input-reshaped', 'weights.file'],
  },
  {
    name: 'a regressor with a further output',
    from: saved({ class: 'sklearn.linear_model._base.LinearRegression', input_features: 3, outputs: [1] }),
    to: saved({ class: 'sklearn.linear_model._base.LinearRegression', input_features: 3, outputs: [2] }),
    bump: 'major',
    rules: ['interface.output-reshaped', 'weights.file'],
  },
  {
    name: 'classes of several outputs',
    from: saved({
      ...forest,
      classes: [
        ['a', 'b'],
        [0, 1],
      ],
      outputs: [2],
    }),
    to: saved({
      ...forest,
      classes: [
        ['a', 'b'],
        [1, 0],
      ],
      outputs: [2],
    }),
    bump: 'major',
    rules: ['interface.label-moved', 'interface.label-moved', 'weights.file'],
  },
  {
    name: 'more classes than are read',
    from: saved({ ...forest, classes: { count: 5000 } }),
    to: saved({ ...forest, classes: { count: 5001 } }),
    bump: 'major',
    rules: ['interface.output-reshaped', 'weights.file'],
  },
  {
    name: 'a pipeline whose model asks for another class of estimator',
    from: pipeline(scaler, step(linear)),
    to: pipeline(scaler, step({ ...linear, class: 'sklearn.svm._classes.SVC' })),
    bump: ['major', 'minor'],
    rules: ['architecture.estimator', 'weights.file'],
  },
  {
    name: 'a pipeline with its steps in another order',
    from: pipeline({ ...scaler, input_features: 3 }, step(linear)),
    to: pipeline(step(linear), { ...scaler, input_features: 3, classes: [0, 1, 2], outputs: [3] }),
    bump: ['major', 'minor'],
    rules: ['architecture.estimator', 'weights.file'],
  },
  {
    name: 'a pipeline whose first step takes other features and whose last gives a further class',
    from: pipeline({ ...scaler, input_features: 3 }, step(linear)),
    to: pipeline({ ...scaler, input_features: 4 }, step({ ...linear, classes: [0, 1, 2, 3], outputs: [4] })),
    bump: 'major',
    rules: ['interface.input-reshaped', 'interface.label-added', 'weights.file'],
  },
];
