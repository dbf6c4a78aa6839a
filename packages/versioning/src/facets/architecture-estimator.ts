import { estimatorOf } from '../artifacts/estimator.js';
import type { WeightGroup } from '../artifacts/weight-group.js';
import { type Difference, listNames } from '../difference.js';
import { compareText } from '../order.js';
import type { ArchitectureKind } from './architecture-kind.js';

/** Packages whose classes carry numbers and containers, whatever the model is. */
const plumbing =
  /^(?:numpy|scipy|joblib|collections|builtins|__builtin__|copyreg|copy_reg|_codecs|codecs|datetime|decimal|pathlib|functools|operator|types|typing|enum|uuid|pandas|cloudpickle|dill|re|array|itertools|random)(?:\.|$)/;

/** What torch itself needs to rebuild tensors. */
const torchPlumbing =
  /^torch\.(?:.*\._|_|.*Storage$|storage|serialization|device$|dtype$|Size$|Tensor$|nn\.parameter\.|(?:float|bfloat|int|uint|half|double|long|bool|short|quint|qint|complex)[0-9a-z]*$)/;

/**
 * What a pickled estimator is made of: its parts in their places where its reader found them, and the classes that it
 * imports. Modules move from release to release of a library, so a class is its
 * name and its package; private names are how a library saves itself.
 */
export function compareEstimators(from: WeightGroup, to: WeightGroup): Difference<ArchitectureKind>[] {
  if (from.imports.length === 0 || to.imports.length === 0) return comparePlaces(from, to);
  const [before, after] = [classesOf(from), classesOf(to)];
  const removed = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  if (removed.length === 0 && added.length === 0) return comparePlaces(from, to);
  const parts = [
    removed.length > 0 ? `without ${listNames(removed)}` : '',
    added.length > 0 ? `with ${listNames(added)}` : '',
  ];
  const because = `${to.path} is made of other classes: ${parts.filter((part) => part !== '').join(', ')}.`;
  return [{ kind: 'estimator', path: to.path, from: removed, to: added, because }];
}

/** The same classes, put together otherwise. */
function comparePlaces(from: WeightGroup, to: WeightGroup): Difference<ArchitectureKind>[] {
  const [before, after] = [estimatorOf(from)?.outline, estimatorOf(to)?.outline];
  if (before === undefined || after === undefined || before.join('\n') === after.join('\n')) return [];
  const because = `${to.path} is put together otherwise: ${listNames(after)}, before ${listNames(before)}.`;
  return [{ kind: 'estimator', path: to.path, from: before, to: after, because }];
}

function classesOf(group: WeightGroup): string[] {
  const classes = new Set<string>();
  for (const name of group.imports) {
    const [owner = '', ...path] = name.split('.');
    const own = path.at(-1) ?? '';
    if (plumbing.test(name) || torchPlumbing.test(name) || own === '' || own.startsWith('_') || /^[a-z_]/.test(own))
      continue;
    if (/^(?:Cy|Tree$|_)/.test(own) && owner === 'sklearn') continue;
    classes.add(`${owner}.${own}`);
  }
  return [...classes].sort(compareText);
}
