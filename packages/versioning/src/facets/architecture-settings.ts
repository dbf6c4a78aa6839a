import type { KnownDocument } from '../known-document.js';
import type { JsonValue } from '@weighbridge/core';
import type { WeightGroup } from '../artifacts/weight-group.js';

import { type Difference, showValue } from '../difference.js';
import { type KeyDifference, keyDifferences } from '../json/key-differences.js';
import { unionOf } from '../order.js';
import { type VocabularyChange, vocabularyGrowth } from '../vocabulary.js';
import type { ArchitectureKind } from './architecture-kind.js';

/** What a setting of a model's own files speaks of; `noise` is written by whoever saved it. */
export type SettingTopic =
  | 'architecture'
  | 'context'
  | 'dtype'
  | 'quantisation'
  | 'labels'
  | 'tokenizer'
  | 'base'
  | 'noise'
  | 'other';

/** Architecture that says how long an input may be and how places in it are told apart, not what the layers are. */
const context =
  /(?:^|\.)(?:(?:original_)?max_position_embeddings|n_positions|n_ctx|max_seq_len|rope(?:\..*|_.*)?|(?:use_)?sliding_window|max_window_layers|partial_rotary_factor|rotary_(?:pct|emb_base))$/;

/** What a key of the facts of config.json speaks of: the reader has sorted them by what a change means. */
export function configTopic(key: string): SettingTopic {
  const [group = '', ...rest] = key.split('.');
  switch (group) {
    case 'architecture':
      return context.test(rest.join('.')) ? 'context' : 'architecture';
    case 'dtype':
      return 'dtype';
    case 'quantization':
      return 'quantisation';
    case 'labels':
      return 'labels';
    default:
      return 'other';
  }
}

/** Keys of GGUF metadata (ggml docs/gguf.md). */
export function ggufTopic(key: string): SettingTopic {
  if (key.startsWith('tokenizer.')) return 'tokenizer';
  if (/^general\.(?:file_type|quantization_version|quantized_by)$|^quantize\./.test(key)) return 'quantisation';
  if (key.startsWith('general.base_model.')) return 'base';
  if (key === 'general.architecture' || key === 'general.type') return 'architecture';
  if (/^(?:general|split)\./.test(key)) return 'noise';
  if (/\.(?:context_length|rope\..*|attention\.sliding_window)$/.test(key)) return 'context';
  if (/^(?:adapter|imatrix|training)\./.test(key)) return 'other';
  return /\.(?:block_count|embedding_length(?:_.*)?|feed_forward_length|vocab_size|expert_.*|attention\.(?:head_count(?:_kv)?|key_length|value_length|layer_norm.*)|ssm\..*|leading_dense_block_count|use_parallel_residual)$/.test(
    key,
  )
    ? 'architecture'
    : 'other';
}

const kinds: Partial<Readonly<Record<SettingTopic, ArchitectureKind>>> = {
  architecture: 'setting',
  context: 'context-length',
  dtype: 'dtype',
  quantisation: 'quantisation',
};

/** config.json: what it says of the network; labels and the rest are for other facets. */
export function compareModelConfig(
  from: KnownDocument,
  to: KnownDocument,
  vocabulary: VocabularyChange | null,
): Difference<ArchitectureKind>[] {
  const growth = vocabularyGrowth(vocabulary);
  return settingDifferences(from, to)
    .filter((each) => !isVocabularySize(each, growth))
    .flatMap((each) => settingDifference(each, configTopic(each.key), to.path));
}

/** GGUF carries config.json within. */
export function compareModelAttributes(from: WeightGroup, to: WeightGroup): Difference<ArchitectureKind>[] {
  return attributeDifferences(from, to).flatMap((each) => settingDifference(each, ggufTopic(each.key), to.path));
}

/** The keys in which the facts of two known documents differ. */
export function settingDifferences(from: KnownDocument, to: KnownDocument): readonly KeyDifference[] {
  return keyDifferences(from.document.facts, to.document.facts);
}

export function attributeDifferences(from: WeightGroup, to: WeightGroup): readonly KeyDifference[] {
  return unionOf(from.attributes.keys(), to.attributes.keys()).flatMap((key) =>
    keyDifferences(from.attributes.get(key), to.attributes.get(key)).length === 0
      ? []
      : [{ key, from: from.attributes.get(key), to: to.attributes.get(key) }],
  );
}

function settingDifference(each: KeyDifference, topic: SettingTopic, path: string): Difference<ArchitectureKind>[] {
  const kind = kinds[topic];
  if (kind === undefined) return [];
  const [from, to]: [JsonValue, JsonValue] = [each.from ?? null, each.to ?? null];
  return [
    {
      kind,
      path: `${path}#${shortKey(each.key)}`,
      from,
      to,
      because: `${shortKey(each.key)} ${showValue(from)} -> ${showValue(to)} in ${path}.`,
    },
  ];
}

/** The reader's own grouping says nothing to people. */
export function shortKey(key: string): string {
  return key.replace(/^(?:architecture|settings|dtype)\.(?=.)/, '');
}

function isVocabularySize({ key, from, to }: KeyDifference, growth: number | null): boolean {
  return (
    /(?:^|\.)vocab_size$/.test(key) &&
    growth !== null &&
    typeof from === 'number' &&
    typeof to === 'number' &&
    to - from === growth
  );
}
