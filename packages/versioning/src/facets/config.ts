import type { KnownDocument } from '../known-document.js';
import { type Estimator, estimatorOf } from '../artifacts/estimator.js';
import { type Comparison, documentPairs } from '../comparison.js';
import { type Difference, showValue } from '../difference.js';
import { documentDifferences } from '../documents.js';
import { equalJson, keyDifferences } from '../json/key-differences.js';
import { sortedBy, unionOf } from '../order.js';
import { pairItems } from '../pairing.js';
import type { DocumentFacet } from '../snapshot.js';
import { attributeDifferences, configTopic, ggufTopic, settingDifferences, shortKey } from './architecture-settings.js';

export type ConfigKind =
  | 'value'
  | 'key-added'
  | 'key-removed'
  | 'opaque'
  | 'file-added'
  | 'file-removed'
  | 'layout'
  | 'renamed'
  | 'model-setting'
  | 'generation';

type Found = Difference<ConfigKind>;

/** Hyperparameters and other settings, key by key; and what the model's own files set that is no architecture. */
export function compareConfig(comparison: Comparison): Found[] {
  const { pairs, removed, added } = pairItems(
    inOrder(comparison.previous.config),
    inOrder(comparison.candidate.config),
    [{ key: (each) => each.path }, { key: (each) => each.digest }],
  );
  return [
    ...pairs.flatMap(({ from, to }) => compareFiles(from, to)),
    ...removed.map(
      (each): Found => ({
        kind: 'file-removed',
        path: each.path,
        from: each.digest,
        to: null,
        because: `${each.path} was removed.`,
      }),
    ),
    ...added.map(
      (each): Found => ({
        kind: 'file-added',
        path: each.path,
        from: null,
        to: each.digest,
        because: `${each.path} was added.`,
      }),
    ),
    ...compareModelSettings(comparison),
    ...compareOwnDocuments(comparison),
  ];
}

function compareFiles(from: DocumentFacet, to: DocumentFacet): Found[] {
  const sides = { path: to.path, from: from.digest, to: to.digest };
  if (from.digest === to.digest) {
    return from.path === to.path
      ? []
      : [
          {
            kind: 'renamed',
            path: to.path,
            from: from.path,
            to: to.path,
            because: `${from.path} is called ${to.path} now.`,
          },
        ];
  }
  const differences = documentDifferences(from, to);
  if (differences === null)
    return [{ kind: 'opaque', ...sides, because: `The bytes of ${to.path} differ; its keys could not be compared.` }];
  if (differences.length === 0)
    return [{ kind: 'layout', ...sides, because: `${to.path} says the same in another layout.` }];
  return differences.map(({ key, from: before, to: after }): Found => {
    const kind = before === undefined ? 'key-added' : after === undefined ? 'key-removed' : 'value';
    const step =
      kind === 'key-added'
        ? `${key} ${showValue(after ?? null)} was added`
        : kind === 'key-removed'
          ? `${key} ${showValue(before ?? null)} was removed`
          : `${key} ${showValue(before ?? null)} -> ${showValue(after ?? null)}`;
    return {
      kind,
      path: key === '' ? to.path : `${to.path}#${key}`,
      from: before ?? null,
      to: after ?? null,
      because: `${step} in ${to.path}.`,
    };
  });
}

function compareModelSettings(comparison: Comparison): Found[] {
  const found: Found[] = [];
  for (const { from, to } of documentPairs(comparison, 'hf-config')) {
    for (const each of settingDifferences(from, to))
      if (configTopic(each.key) === 'other')
        found.push(setting('model-setting', each.key, each.from, each.to, to.path));
  }
  for (const { from, to } of documentPairs(comparison, 'generation-config')) {
    for (const each of settingDifferences(from, to))
      found.push(setting('generation', each.key, each.from, each.to, to.path));
  }
  for (const { from, to } of comparison.weights.pairs) {
    const [before, after] = [estimatorOf(from), estimatorOf(to)];
    if (before !== null && after !== null) found.push(...compareHyperparameters(before, after, to.path));
    if (from.format !== to.format) continue;
    const topic = from.format === 'gguf' ? ggufTopic : from.format === 'onnx' ? onnxTopic : null;
    for (const each of topic === null ? [] : attributeDifferences(from, to)) {
      if (topic?.(each.key) !== 'other') continue;
      for (const part of settingDifferencesOf(each))
        found.push(setting('model-setting', part.key, part.from, part.to, to.path));
    }
  }
  return found;
}

/** What an estimator was set to before it learned. */
function compareHyperparameters(from: Estimator, to: Estimator, path: string): Found[] {
  const differing = unionOf(from.hyperparameters.keys(), to.hyperparameters.keys()).filter(
    (name) => !equalJson(from.hyperparameters.get(name), to.hyperparameters.get(name)),
  );
  return differing.map((name) =>
    setting('model-setting', name, from.hyperparameters.get(name), to.hyperparameters.get(name), path),
  );
}

/** ONNX says who exported it and when; its free metadata may matter to who runs it. */
function onnxTopic(key: string): 'noise' | 'other' {
  return key === 'metadata' ? 'other' : 'noise';
}

const exporterWords =
  /(?:date|time|author|version|producer|license|description|docs?|url|git|commit|uuid|run_id|exported|framework|source)/i;

function settingDifferencesOf({
  key,
  from,
  to,
}: {
  key: string;
  from: Found['from'] | undefined;
  to: Found['to'] | undefined;
}) {
  if (key !== 'metadata') return [{ key, from, to }];
  return keyDifferences(from ?? {}, to ?? {}).filter((each) => !exporterWords.test(each.key));
}

function setting(
  kind: ConfigKind,
  key: string,
  from: Found['from'] | undefined,
  to: Found['to'] | undefined,
  path: string,
): Found {
  const name = shortKey(key);
  return {
    kind,
    path: `${path}#${name}`,
    from: from ?? null,
    to: to ?? null,
    because: `${name} ${showValue(from ?? null)} -> ${showValue(to ?? null)} in ${path}.`,
  };
}

/** Settings files of the model that came or went; tokenizers, adapters and signatures are for their own facets. */
function compareOwnDocuments({ documents }: Comparison): Found[] {
  const own = (each: KnownDocument): boolean =>
    ['hf-config', 'generation-config', 'tokenizer-config'].includes(each.document.type);
  return [
    ...documents.removed.filter(own).map(
      (each): Found => ({
        kind: 'file-removed',
        path: each.path,
        from: each.sha256,
        to: null,
        because: `${each.path} was removed.`,
      }),
    ),
    ...documents.added.filter(own).map(
      (each): Found => ({
        kind: 'file-added',
        path: each.path,
        from: null,
        to: each.sha256,
        because: `${each.path} was added.`,
      }),
    ),
  ];
}

function inOrder(documents: readonly DocumentFacet[]): DocumentFacet[] {
  return sortedBy(documents, (each) => each.path);
}
