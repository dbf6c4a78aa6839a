import { type JsonValue, weighbridgeError } from '@weighbridge/core';
import { numberOrNull, sortedObject, sortedSet, sortKeys, textOrNull } from './json-facts.js';
import { parseStrictJsonObject } from './strict-json.js';

/**
 * What an `adapter_config.json` of PEFT says, in PEFT's own spelling. Besides the members named here it has every key
 * whose value is neither null nor the library's default, with sets as sorted lists.
 */
export interface PeftAdapterFacts {
  /** `LORA` and its kin, as written. */
  readonly peft_type: string;
  readonly task_type: string | null;
  readonly base_model_name_or_path: string | null;
  /** Of the base. Almost always null. */
  readonly revision: string | null;
  /** The rank: 8 for LoRA unless given, null where the method has none. */
  readonly r: number | null;
  /** 8 for LoRA unless given. */
  readonly lora_alpha: number | null;
  /** 0 for LoRA unless given. */
  readonly lora_dropout: number | null;
  /** A set of module names, sorted; or a pattern, or `all-linear`; null when the library chooses. */
  readonly target_modules: readonly string[] | string | null;
  readonly [key: string]: JsonValue;
}

/** Members of the facts, or written anew by every save. */
const toldElsewhere = new Set([
  'auto_mapping',
  'base_model_name_or_path',
  'inference_mode',
  'lora_alpha',
  'lora_dropout',
  'peft_type',
  'peft_version',
  'r',
  'revision',
  'target_modules',
  'task_type',
]);

/** Defaults of peft's LoraConfig, as JSON: a release that learns a key must not look like a change of the adapter. */
const loraDefaults: Readonly<Record<string, string>> = {
  alpha_pattern: '{}',
  bias: '"none"',
  ensure_weight_tying: 'false',
  fan_in_fan_out: 'false',
  init_lora_weights: 'true',
  loftq_config: '{}',
  lora_bias: 'false',
  megatron_core: '"megatron.core"',
  qalora_group_size: '16',
  rank_pattern: '{}',
  use_bdlora: 'false',
  use_dora: 'false',
  use_qalora: 'false',
  use_rslora: 'false',
};

const setKeys = new Set(['exclude_modules', 'layers_to_transform', 'modules_to_save', 'target_parameters']);

/**
 * Parses `adapter_config.json` of any PEFT method. Unknown keys are kept, since every release has new ones.
 * @throws formats/json-malformed, formats/document-malformed
 */
export function parsePeftAdapter(
  text: string,
  { name = 'adapter_config.json' }: { readonly name?: string } = {},
): PeftAdapterFacts {
  const document = parseStrictJsonObject(text, { name, nonFinite: 'keep-as-text' });
  const type = textOrNull(document['peft_type']);
  if (type === null) {
    throw weighbridgeError('formats/document-malformed', {
      name,
      kind: 'PEFT adapter configuration',
      reason: 'it has no peft_type',
    });
  }
  const isLora = type === 'LORA';
  return {
    ...sortedObject(
      Object.entries(document)
        .filter(isKept)
        .map(([key, value]) => [key, normalise(key, value)]),
    ),
    peft_type: type,
    task_type: textOrNull(document['task_type']),
    base_model_name_or_path: textOrNull(document['base_model_name_or_path']),
    revision: textOrNull(document['revision']),
    r: numberOrNull(document['r']) ?? (isLora ? 8 : null),
    lora_alpha: numberOrNull(document['lora_alpha']) ?? (isLora ? 8 : null),
    lora_dropout: numberOrNull(document['lora_dropout']) ?? (isLora ? 0 : null),
    target_modules: parseTargets(name, document['target_modules']),
  };

  function isKept([key, value]: [string, JsonValue]): boolean {
    if (toldElsewhere.has(key) || value === null) return false;
    return !isLora || !Object.hasOwn(loraDefaults, key) || loraDefaults[key] !== JSON.stringify(value);
  }
}

function normalise(key: string, value: JsonValue): JsonValue {
  return setKeys.has(key) && Array.isArray(value) ? sortedSet(value) : sortKeys(value);
}

function parseTargets(name: string, value: JsonValue | undefined): readonly string[] | string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((module) => typeof module === 'string')) {
    return sortedSet(value) as readonly string[];
  }
  throw weighbridgeError('formats/document-malformed', {
    name,
    kind: 'PEFT adapter configuration',
    reason: 'target_modules is neither text nor a list of text',
  });
}
