import type { KnownDocument } from '../known-document.js';
import { type Comparison, documentPairs } from '../comparison.js';
import { type Difference, showValue } from '../difference.js';
import type { JsonValue } from '@weighbridge/core';
import { equalJson, isJsonList } from '../json/key-differences.js';
import { compareText } from '../order.js';
import { settingDifferences } from './architecture-settings.js';
import { isDatedSnapshotOf, isQuantisationOf } from './base-names.js';

export type AdapterKind =
  | 'rank'
  | 'target-modules'
  | 'type'
  | 'scaling'
  | 'setting'
  | 'base-name'
  | 'base-revision'
  | 'added'
  | 'removed';

type Found = Difference<AdapterKind>;

/** Keys of adapter_config.json in PEFT's own spelling (peft, LoraConfig); what none names is a setting. */
const topics: readonly (readonly [RegExp, AdapterKind])[] = [
  [/^(?:r|rank_pattern)(?:\.|$)/, 'rank'],
  [
    /^(?:target_modules|target_parameters|exclude_modules|modules_to_save|layers_to_transform|layers_pattern|trainable_token_indices|layer_replication|feedforward_modules)(?:[.[]|$)/,
    'target-modules',
  ],
  [/^(?:peft_type|task_type|use_dora|bias|lora_bias|fan_in_fan_out|num_virtual_tokens|token_dim)$/, 'type'],
  [/^(?:lora_alpha|alpha_pattern|use_rslora|init_lora_weights|(?:.*_)?dropout)(?:\.|$)/, 'scaling'],
  [/^base_model_name_or_path$/, 'base-name'],
  [/^revision$/, 'base-revision'],
];

/** LoRA and its kin: what the adapter's own configuration says. Its tensors are the architecture's and the weights'. */
export function compareAdapter(comparison: Comparison): Found[] {
  const own = (each: KnownDocument): boolean => each.document.type === 'peft-adapter';
  return [
    ...documentPairs(comparison, 'peft-adapter').flatMap(({ from, to }) => comparePair(from, to, comparison)),
    ...comparison.documents.removed.filter(own).map(
      (each): Found => ({
        kind: 'removed',
        path: each.path,
        from: each.sha256,
        to: null,
        because: `${each.path} was removed.`,
      }),
    ),
    ...comparison.documents.added.filter(own).map(
      (each): Found => ({
        kind: 'added',
        path: each.path,
        from: null,
        to: each.sha256,
        because: `${each.path} was added.`,
      }),
    ),
  ];
}

function comparePair(from: KnownDocument, to: KnownDocument, comparison: Comparison): Found[] {
  return settingDifferences(from, to).flatMap(({ key, from: before, to: after }): Found[] => {
    const kind = kindOf(key, before, after);
    const [old, now] = [unordered(before ?? null), unordered(after ?? null)];
    if (equalJson(old, now) || (kind.startsWith('base-') && isNamedElsewhere(comparison))) return [];
    return [
      {
        kind,
        path: `${to.path}#${key}`,
        from: old,
        to: now,
        because: `${key} ${showValue(old)} -> ${showValue(now)} in ${to.path}.`,
      },
    ];
  });
}

/** A dated snapshot or a quantisation of one base is as good as another revision of it. */
function kindOf(key: string, before: JsonValue | undefined, after: JsonValue | undefined): AdapterKind {
  const kind = adapterTopic(key);
  if (kind !== 'base-name' || typeof before !== 'string' || typeof after !== 'string') return kind;
  return isDatedSnapshotOf(before, after) || isQuantisationOf(before, after) ? 'base-revision' : kind;
}

export function adapterTopic(key: string): AdapterKind {
  return topics.find(([pattern]) => pattern.test(key))?.[1] ?? 'setting';
}

/** The manifest names the base: then the base facet judges it, whatever path the training machine had. */
function isNamedElsewhere({ previous, candidate }: Comparison): boolean {
  return previous.base !== null || candidate.base !== null;
}

/** peft writes sets as lists, in an order that changes from run to run; an empty one is as good as none. */
function unordered(value: JsonValue): JsonValue {
  if (!isJsonList(value)) return value;
  if (value.length === 0) return null;
  return value.every((each) => typeof each === 'string') ? [...value].map(String).sort(compareText) : value;
}
