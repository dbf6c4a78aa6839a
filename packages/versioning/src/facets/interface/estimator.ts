import type { JsonValue } from '@weighbridge/core';
import type { Estimator } from '../../artifacts/estimator.js';
import { showValue } from '../../difference.js';
import { equalJson, isJsonList, isJsonObject } from '../../json/key-differences.js';
import type { InterfaceDifference } from './kinds.js';
import { compareLabels } from './labels.js';

/** What callers of an estimator outside neural networks see: its features, its classes and the shape of its output. */
export function compareEstimatorCalls(from: Estimator, to: Estimator, path: string): InterfaceDifference[] {
  const labels = compareClasses(from.classes, to.classes, path);
  // More classes are more columns: that is said once.
  return [...compareFeatures(from, to, path), ...labels, ...(labels.length > 0 ? [] : compareOutputs(from, to, path))];
}

function compareFeatures(from: Estimator, to: Estimator, path: string): InterfaceDifference[] {
  const [before, after] = [namesOf(from.featureNames), namesOf(to.featureNames)];
  if (before === null || after === null) {
    const [old, now] = [from.inputFeatures, to.inputFeatures];
    if (old === now || old === null || now === null) return [];
    const because = `${path} takes ${now} features, before ${old}.`;
    return [{ kind: 'input-reshaped', path: `${path}#features`, from: old, to: now, because }];
  }
  const removed = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  const found = [
    ...removed.map((name): InterfaceDifference => {
      const because = `${path} no longer takes the feature ${name}.`;
      return { kind: 'input-removed', path: `${path}#feature.${name}`, from: name, to: null, because };
    }),
    ...added.map((name): InterfaceDifference => {
      const because = `${path} asks for a further feature, ${name}.`;
      return { kind: 'input-added-required', path: `${path}#feature.${name}`, from: null, to: name, because };
    }),
  ];
  if (found.length > 0 || before.join('\n') === after.join('\n')) return found;
  const because = `${path} takes its features in another order.`;
  return [{ kind: 'input-reshaped', path: `${path}#features`, from: before, to: after, because }];
}

function namesOf(names: readonly JsonValue[] | null): string[] | null {
  return names === null ? null : names.map((name) => (typeof name === 'string' ? name : JSON.stringify(name)));
}

/** One list of labels, a list for each output, or a count of more labels than are read. */
function compareClasses(from: JsonValue, to: JsonValue, path: string): InterfaceDifference[] {
  if (equalJson(from, to)) return [];
  const [before, after] = [outputsOf(from), outputsOf(to)];
  if (before === null || after === null || before.length !== after.length) {
    const because = `${path} gives other classes: ${showValue(from)} -> ${showValue(to)}.`;
    return [{ kind: 'output-reshaped', path: `${path}#classes`, from, to, because }];
  }
  return after.flatMap((labels, output) =>
    compareLabels(before[output] ?? [], labels, after.length === 1 ? path : `${path}#output.${output}`),
  );
}

/** Labels by output; null where they were only counted or there are none. */
function outputsOf(classes: JsonValue): readonly JsonValue[] | null {
  if (!isJsonList(classes)) return null;
  const lists = classes.filter(isJsonList);
  if (lists.length === 0 && !classes.some(isJsonObject)) return [classes];
  return lists.length === classes.length ? lists : null;
}

function compareOutputs(from: Estimator, to: Estimator, path: string): InterfaceDifference[] {
  const [before, after] = [from.outputs, to.outputs];
  if (before === null || after === null || equalJson(before, after)) return [];
  const because = `${path} gives outputs of shape ${showValue(after)}, before ${showValue(before)}.`;
  return [{ kind: 'output-reshaped', path: `${path}#outputs`, from: before, to: after, because }];
}
